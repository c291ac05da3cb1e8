"""The problems of a source as a CSV: a fix list for whoever owns the data, and how a release remembers them."""

import csv
import re
from collections.abc import Iterable
from pathlib import Path

from graph.words.problem import Problem
from graph.words.terms import Iri

COLUMNS = ("file", "row", "column", "value", "fault", "remedy", "about")

# A spreadsheet would run such a cell as a formula (OWASP, CSV injection).
_FORMULA = re.compile(r"'*[=+@-].")
_DEFUSED = re.compile(r"'+[=+@-].")


def write_problems(problems: Iterable[Problem], path: Path) -> None:
    """Write the problems of one source, sorted by file and row."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        for it in sorted(problems):
            about = it.about.value if it.about else ""
            table.writerow(map(defused, (it.file, str(it.row), it.column, it.value, it.fault, it.remedy, about)))


def read_problems(source: str, path: Path) -> tuple[Problem, ...]:
    """Read back what `write_problems` wrote, exactly."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return tuple(_problem(source, *(_armed(cell) for cell in row)) for row in rows)


def _problem(source: str, file: str, row: str, column: str, value: str, fault: str, remedy: str, about: str) -> Problem:
    return Problem(source, file, int(row), column, value, fault, remedy, Iri(f"<{about}>") if about else None)


def defused(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would run.

    >>> defused("=1+1"), defused("-"), defused("it's")
    ("'=1+1", '-', "it's")
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _armed(cell: str) -> str:
    return cell[1:] if _DEFUSED.match(cell) else cell
