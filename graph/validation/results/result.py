"""One finding of a validation: its words and its order. Reports of many are in `report`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from graph.model.terms import PREFIXES

SH = "http://www.w3.org/ns/shacl#"
VIOLATION = "Violation"
WARNING = "Warning"
_ORDER = {VIOLATION: 0, WARNING: 1, "Info": 2}


@dataclass(frozen=True)
class Result:
    """One `sh:ValidationResult`.

    `focus`, `value` and `shape` are terms as N-Triples writes them, `path` is in SPARQL's path syntax (None
    on a node shape), `component` and `severity` are local names (`MinCountConstraintComponent`, `Warning`).
    `source`, `file` and `row` say which source's file, and which spreadsheet row of it, the focus node came from.
    """

    focus: str
    path: str | None
    value: str | None
    shape: str
    component: str
    severity: str
    message: str
    source: str | None = None
    row: int | None = None
    file: str = ""

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What two engines must agree on; wording and severity are the shape's, not the engine's."""
        return (self.focus, self.path or "", self.component, self.shape, self.value or "")

    @property
    def place(self) -> str:
        """`oscr: charities.csv:212`, without the file where that is unknown, or nothing where the row is."""
        named = f"{self.source}: {self.file}" if self.file else self.source
        return "" if self.source is None else f"{named}:{self.row}"


def in_order(results: Iterable[Result]) -> tuple[Result, ...]:
    """Violations first, then by focus node, path, …: the same report for the same data."""
    return tuple(sorted(results, key=lambda r: (_ORDER.get(r.severity, 3), r.key, r.message)))


def short(text: str, length: int = 80) -> str:
    """A term or path as a person reads it: known prefixes, no brackets, nothing that a terminal obeys, cut.

    >>> short('^<https://w3id.org/civsoc/ns#annualReturn>')
    '^civ:annualReturn'
    >>> short('"2020-02-31"^^<http://www.w3.org/2001/XMLSchema#date>')
    '"2020-02-31"^^xsd:date'
    """
    text = re.sub(r"<([^<>\s]*)>", _prefixed, text[: length * 4])
    # Escape sequences in a register's cells must not reach the terminal.
    text = "".join(letter if letter.isprintable() else "�" for letter in text)
    return text if len(text) <= length else text[: length - 1] + "…"


def _prefixed(found: re.Match[str]) -> str:
    for prefix, namespace in PREFIXES.items():
        if found[1].startswith(namespace):
            return f"{prefix}:{found[1][len(namespace) :]}"
    return found[1]


def local_name(iri: str) -> str:
    """SHACL's own terms are shortened to their local name, all others keep their IRI."""
    iri = iri.removeprefix("<").removesuffix(">")
    return iri.removeprefix(SH) if iri.startswith(SH) else f"<{iri}>"


def default_message(component: str) -> str:
    """For a shape without a message: the parameter that is not met, as in `sh:minCount`."""
    name = component.removesuffix("ConstraintComponent")
    return f"does not meet sh:{name[:1].lower()}{name[1:]}"
