"""The problems of a source as a CSV: a fix list for whoever owns the data, and how a release remembers them."""

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from graph.model.problems import Problem
from graph.model.terms import Iri

COLUMNS = (
    *("file", "row", "reference", "column", "value", "fault", "remedy"),
    *("kind", "severity", "evidence", "about"),
)
_BETWEEN = " "  # IRIs hold no blanks

# A spreadsheet would run such a cell as a formula (OWASP, CSV injection).
_FORMULA = re.compile(r"'*[=+@-].")
_DEFUSED = re.compile(r"'+[=+@-].")


def write_problems(problems: Iterable[Problem], path: Path) -> None:
    """Write the problems of one source, sorted by file and row."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        for it in sorted(problems):
            table.writerow(map(defused, _cells(it)))


def read_problems(source: str, path: Path) -> tuple[Problem, ...]:
    """Read back what `write_problems` wrote, exactly."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return tuple(_problem(source, [_armed(cell) for cell in row]) for row in rows)


def _cells(it: Problem) -> tuple[str, ...]:
    evidence = _BETWEEN.join(thing.value for thing in it.evidence)
    about = it.about.value if it.about else ""
    return (
        *(it.file, str(it.row), it.reference, it.column, it.value, it.fault, it.remedy),
        *(it.kind, it.severity, evidence, about),
    )


def _problem(source: str, cells: Sequence[str]) -> Problem:
    file, row, reference, column, value, fault, remedy, kind, severity, evidence, about = cells
    return Problem(
        *(source, file, int(row), column, value, fault, remedy),
        about=Iri(f"<{about}>") if about else None,
        kind=kind,
        severity=severity,
        reference=reference,
        evidence=tuple(Iri(f"<{thing}>") for thing in evidence.split()),
    )


def defused(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would run.

    >>> defused("=1+1"), defused("-"), defused("it's")
    ("'=1+1", '-', "it's")
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _armed(cell: str) -> str:
    return cell[1:] if _DEFUSED.match(cell) else cell
