"""The problems of a source as a CSV: a fix list for the owners of the data, and how a release remembers them."""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from graph.model.problems import Parameters, Problem, parameters
from graph.model.terms import Iri
from graph.model.values.spreadsheet import armed, defused
from graph.model.vocabulary.rules import rules

COLUMNS = (
    *("file", "row", "reference", "column", "value", "fault", "remedy"),
    *("kind", "severity", "evidence", "about"),
    *("rule", "outcome", "parameters"),
)
"""`fault` and `remedy` are for people; `rule` and `parameters`, an object of JSON, are what they are made of."""
_BETWEEN = " "  # IRIs hold no blanks


def write_problems(problems: Iterable[Problem], path: Path) -> None:
    """Write the problems of one source, sorted by file and row, with the mark by which spreadsheets know UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        for it in sorted(problems):
            table.writerow(map(defused, _cells(it)))


def read_problems(source: str, path: Path) -> tuple[Problem, ...]:
    """Read back what `write_problems` wrote, exactly.

    What a release without rules wrote, or with rules that are no longer in the table, keeps its sentences, as
    parameters of the rule `earlier-release`.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return tuple(_problem(source, [armed(cell) for cell in row]) for row in rows)


def _cells(it: Problem) -> tuple[str, ...]:
    evidence = _BETWEEN.join(thing.value for thing in it.evidence)
    about = it.about.value if it.about else ""
    return (
        *(it.file, str(it.row), it.reference, it.column, it.value, it.fault, it.remedy),
        *(it.kind, it.severity, evidence, about),
        *(it.rule, it.outcome, json.dumps(dict(it.parameters), ensure_ascii=False) if it.parameters else ""),
    )


def _problem(source: str, cells: Sequence[str]) -> Problem:
    file, row, reference, column, value, fault, remedy, kind, severity, evidence, about = cells[:11]
    code, named, outcome = _rule(cells[11:], fault, remedy)
    return Problem(
        *(source, file, int(row), column, value, code, named, outcome),
        about=Iri(f"<{about}>") if about else None,
        kind=kind,
        severity=severity,
        reference=reference,
        evidence=tuple(Iri(f"<{thing}>") for thing in evidence.split()),
    )


def _rule(cells: Sequence[str], fault: str, remedy: str) -> tuple[str, Parameters, str]:
    """The rule that a line states, with its parameters and the outcome."""
    if cells:
        code, outcome, given = cells
        named = parameters(**json.loads(given)) if given else ()
        if code in rules() and rules()[code].parameters == frozenset(name for name, _ in named):
            return code, named, outcome
    return "earlier-release", parameters(fault=fault, remedy=remedy), ""
