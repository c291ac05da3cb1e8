"""The rules that data are checked by, as the table in ontology/lists/problem_rules.ttl has them, and their sentences.

Here alone a sentence is made of a rule and parameters, for maintainers of sources and for keepers of directories. What
a problem is and where it stands: graph.model.problems.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from string import Formatter

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from graph.errors import MappingError
from graph.model.iri import last_segment
from graph.model.terms import CIV, SKOS
from graph.model.vocabulary.files import list_file

_BASE = "https://example.org/"
"""Completes the IRIs of the table, of which only the last segments are looked at."""


class Outcome(StrEnum):
    """What becomes of the data in which a problem is: the codes of def/problem-outcome."""

    VALUE_LOST = "value-lost"
    ROW_SET_ASIDE = "row-set-aside"
    PART_LEFT_OUT = "part-left-out"
    REMARK = "remark"
    FILE_REFUSED = "file-refused"


class Reader(StrEnum):
    """For whom a sentence is."""

    MAINTAINER = "maintainer"
    KEEPER = "keeper"


_CLAUSES = {
    (Reader.MAINTAINER, Outcome.ROW_SET_ASIDE): ", so the row was set aside",
    (Reader.MAINTAINER, Outcome.PART_LEFT_OUT): ", so the part was left out",
    (Reader.KEEPER, Outcome.ROW_SET_ASIDE): ", so the whole row is left out",
    (Reader.KEEPER, Outcome.PART_LEFT_OUT): ", so the part is left out",
}
"""What a sentence says of the outcome; of others nothing."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; its templates name parameters in braces."""

    code: str
    title: str
    kind: str
    """The code of def/problem-kind."""
    outcome: Outcome
    """What becomes of the data, where a problem does not state another outcome."""
    severity: str
    """Warning or Info where it is stated: of a finding how grave it is, of a problem in a cell that it is a remark."""
    templates: Mapping[Reader, tuple[str, str]]
    """Fault and remedy."""
    shown: frozenset[str]
    """The parameters that the fault names, which may hold what a cell holds."""
    parameters: frozenset[str]
    """All that a problem must give."""

    def fault(self, parameters: Mapping[str, str], outcome: str, reader: Reader = Reader.MAINTAINER) -> str:
        """What is wrong, and what became of it."""
        clause = _CLAUSES.get((reader, Outcome(outcome)), "")
        return self.templates[reader][0].format_map(parameters) + clause

    def remedy(self, parameters: Mapping[str, str], reader: Reader = Reader.MAINTAINER) -> str:
        """What would fix it."""
        return self.templates[reader][1].format_map(parameters)


def rule(code: str) -> Rule:
    """A rule by its code; MappingError if the table has none."""
    found = rules().get(code)
    if found is None:
        raise MappingError(f"the rule {code!r}", "is not in ontology/lists/problem_rules.ttl", "add it there")
    return found


@cache
def rules() -> Mapping[str, Rule]:
    """All rules by code, in the order of their codes."""
    stated: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in parse(list_file("problem_rules.ttl"), RdfFormat.TURTLE, base_iri=_BASE):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            stated[quad.subject.value][quad.predicate.value] = quad.object.value
    start = f"{_BASE}def/problem-rule/"
    return {iri.removeprefix(start): _rule(stated[iri]) for iri in sorted(stated) if iri.startswith(start)}


def _rule(stated: Mapping[str, str]) -> Rule:
    own = stated[CIV.faultTemplate.value], stated[CIV.remedyTemplate.value]
    keeper = (stated.get(CIV.keeperFaultTemplate.value, own[0]), stated.get(CIV.keeperRemedyTemplate.value, own[1]))
    shown = _fields(own[0])
    return Rule(
        stated[SKOS.notation.value],
        stated[SKOS.prefLabel.value],
        last_segment(stated[SKOS.broader.value]),
        Outcome(last_segment(stated[CIV.outcome.value])),
        stated.get(CIV.ruleSeverity.value, ""),
        {Reader.MAINTAINER: own, Reader.KEEPER: keeper},
        shown,
        shown | _fields(own[1]),
    )


def _fields(template: str) -> frozenset[str]:
    """The parameters that a template names.

    >>> sorted(_fields("repeats row {row} of {file}, cell for cell"))
    ['file', 'row']
    """
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)
