"""Which body each party of a grant is, by the rules of docs/identity.md, worked anew: clusters and their heads."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from urllib.parse import quote

from tests.questions import answers_identity
from tests.questions.recipients import named
from tests.support.raw.grants import Grant, grants

ORDER = ("GB-CHC", "GB-SC", "GB-NIC", "GB-MPR", "GB-COH", "GB-LAE", "GB-LAS", "GB-PLA", "GB-LANI", "GB-GOR", "GB-SHPE")


def body(identifier: str) -> str:
    """The identifier that stands for a body, as its address has it."""
    written = quote(identifier, safe="-._~")
    return min(clusters().get(written, {written}), key=rank)


@cache
def clusters() -> Mapping[str, frozenset[str]]:
    return answers_identity.components(answers_identity.accepted())


def rank(identifier: str) -> tuple[int, str, int, str]:
    of = answers_identity.register(identifier)
    no_registers = {"placeholder": 1, "DIR": 2, "GB-COOPUK": 2, "360G": 3}
    later = no_registers.get(of, no_registers.get(of.partition("-")[0], 0))
    return ORDER.index(of) if of in ORDER else len(ORDER) + later, of, len(identifier), identifier


@cache
def given() -> Sequence[tuple[Grant, str, str]]:
    """Each grant with the bodies that made and got it."""
    return [(it, body(named(it, it.funder)), body(named(it, it.recipient))) for it in grants()]


@cache
def by_recipient() -> Mapping[str, Sequence[tuple[Grant, str]]]:
    """What each body got, and from whom."""
    found: dict[str, list[tuple[Grant, str]]] = defaultdict(list)
    for grant, funder, recipient in given():
        found[recipient].append((grant, funder))
    return found
