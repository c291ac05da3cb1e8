"""The rules of identity: what a build accepts, which identifier stands for a body, and what was rejected by hand."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from graph.errors import InputError
from graph.model import iri
from graph.model.terms import Iri
from graph.model.values import orgid

PRIORITY = (
    *("GB-CHC", "GB-SC", "GB-NIC"),  # charities
    *("GB-MPR", "GB-COH"),  # societies and companies
    *("GB-LAE", "GB-LAS", "GB-PLA", "GB-LANI", "GB-GOR"),  # councils and public bodies
    "GB-SHPE",
)
"""Registers in the order in which their identifier is chosen to stand for a body; others follow by name, then lists."""

THRESHOLD = Decimal("0.9")
"""A register's own word, or a list compiled from registers, is surer than this; likeness of names never is."""

CAP = 8
"""Two or three identifiers are usual; a national body with trading companies may have more."""

PLACEHOLDER = "placeholder"
"""The register that numbers count as which Companies House gives to charitable incorporated organisations."""

_IDENTIFIER = re.compile(r"([A-Z0-9]+-[A-Z0-9]+)-(.+)")
_PLACEHOLDER = re.compile(r"GB-COH-C[ES][0-9]+")
_OF_FUNDERS = "360G-"
_COLUMNS = ["org_id_a", "org_id_b", "reason"]

Pair = frozenset[str]
"""Two identifiers, in no order."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a build file says of identity."""

    threshold: Decimal = THRESHOLD
    """Links less sure than this are not acted on."""
    cap: int = CAP
    """A body with more identifiers than this is a mistake."""
    kinds: tuple[str, ...] = ()
    """The kinds of link that are acted on, as codes of def/link-kind; all of them if none is named."""
    rejected: Mapping[Pair, str] = field(default_factory=dict[Pair, str])
    """Pairs of identifiers that a person found to be two bodies, each with the reason."""


def read_rejected(path: Path) -> dict[Pair, str]:
    """Read a list of rejected pairs; InputError for anything but `org_id_a,org_id_b,reason` with all three filled."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file)
            if (header := next(rows, list[str]())) != _COLUMNS:
                place = f"{path}:1"
                raise InputError(place, f"has the columns {', '.join(header)}", f"name them {', '.join(_COLUMNS)}")
            return dict(_rejected(path, number, row) for number, row in enumerate(rows, start=2) if row)
    except FileNotFoundError:
        raise InputError(str(path), "does not exist", "correct `reject` in the build file") from None
    except UnicodeDecodeError:
        raise InputError(str(path), "is not UTF-8", "save it as UTF-8") from None


def _rejected(path: Path, number: int, row: list[str]) -> tuple[Pair, str]:
    cells = [cell.strip() for cell in row]
    if len(cells) != len(_COLUMNS) or not all(cells) or cells[0] == cells[1]:
        raise InputError(f"{path}:{number}", "does not hold two identifiers and a reason", "fill all three cells")
    return frozenset(cells[:2]), cells[2]


def identifier(organisation: str) -> str:
    """The org-id.guide identifier of an organisation's IRI.

    >>> identifier(iri.organisation("GB-SC", "SC012345"))
    'GB-SC-SC012345'
    """
    return iri.last_segment(organisation)


def register(name: str) -> str:
    """The register that gave an identifier; what a funder calls a body is of none, and stands for itself.

    >>> register("GB-CHC-263710"), register("GB-COH-CE008706"), register("360G-GLEN-7")
    ('GB-CHC', 'placeholder', '360G-GLEN-7')
    """
    if _PLACEHOLDER.fullmatch(name):
        return PLACEHOLDER
    if name.startswith(_OF_FUNDERS):
        return name
    found = _IDENTIFIER.fullmatch(name)
    return found[1] if found else name


def number(name: str) -> str:
    """The identifier without the code of its list, as its IRI writes it."""
    found = _IDENTIFIER.fullmatch(name)
    return found[2] if found else name


def registered(organisation: str) -> bool:
    """Whether a register gave an organisation's identifier, and not a directory, a funder or a federation.

    >>> [registered(f"<x:id/organisation/{name}>") for name in ("GB-SC-SC012345", "DIR-GLENTSI-7", "360G-glen-org:7")]
    [True, False, False]
    """
    name = identifier(organisation)
    return orgid.is_register("360G" if name.startswith(_OF_FUNDERS) else register(name))


def rank(organisation: str) -> tuple[int, str, int, str]:
    """Sorts identifiers: the one that stands for a body comes first.

    Registers come before placeholders, these before lists that are not registers, the references of funders last; older
    numbers come first.
    """
    name = identifier(organisation)
    source = register(name)
    if source in PRIORITY:
        return PRIORITY.index(source), source, len(name), name
    unregistered = 2 + name.startswith(_OF_FUNDERS)
    later = int(source == PLACEHOLDER) if registered(organisation) else unregistered
    return len(PRIORITY) + later, source, len(name), name


def registration(organisation: str) -> Iri:
    """The entry in a register that an organisation's identifier is the number of."""
    return Iri(f"<{iri.base()}id/registration/{identifier(organisation)}>")
