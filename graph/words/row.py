"""A row of a table: typed cells, each of which is a value, nothing, or a recorded problem.

A fault in a cell loses that one statement; only a missing key sets the row aside. Mappings see nothing else of a file.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from graph.errors import MappingError
from graph.words import cells
from graph.words.codes import code
from graph.words.problem import Problem, shown
from graph.words.redact import redact
from graph.words.terms import Iri, Literal

T = TypeVar("T")


class SetAside(Exception):
    """Raised by `Row.need`: the row cannot be mapped, and its problem is recorded."""


@dataclass(slots=True)
class Layout:
    """What all rows of one file share: its columns, what counts as empty in each, and which were read."""

    source: str
    file: str
    columns: Sequence[str]
    empty: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    read: set[str] = field(default_factory=set[str])
    problems: list[Problem] = field(default_factory=list[Problem])
    index: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.index = {column: place for place, column in enumerate(self.columns)}


class Row:
    """One record; `number` counts as a spreadsheet does (the header is row 1)."""

    __slots__ = ("_cells", "_layout", "about", "number")

    def __init__(self, layout: Layout, number: int, record: Sequence[str]) -> None:
        self._layout, self.number, self._cells = layout, number, record
        self.about: Iri | None = None  # what the row is about, once the mapping knows it

    def has(self, column: str) -> bool:
        """Whether this layout of the file has the column at all."""
        return column in self._layout.index

    def cell(self, column: str) -> str:
        """The cell as written, without outer blanks; '' also for what the metadata calls empty."""
        layout = self._layout
        layout.read.add(column)
        try:
            value = self._cells[layout.index[column]].strip()
        except KeyError:
            raise MappingError(
                f"mappings of {layout.source}",
                f"read column {column!r}, which {layout.file} lacks",
                "ask row.has() first",
            ) from None
        return "" if value in layout.empty.get(column, ()) else value

    def need(self, column: str, form: re.Pattern[str] | None = None) -> str:
        """A text, of the given form, without which the row means nothing: SetAside if there is none."""
        found = self.text(column)
        if found and (form is None or form.fullmatch(found)):
            return found
        fault = f"does not have the form {form.pattern}" if found and form else "is empty"
        self.problem(column, f"{fault}, so the row was set aside", "mend it: rows are known by it")
        raise SetAside

    def text(self, column: str) -> str | None:
        """A text on one line, runs of blanks made one, contact details taken out."""
        return self._redacted(column, cells.one_line(self.cell(column)))

    def prose(self, column: str) -> str | None:
        """A text that keeps its line breaks, contact details taken out."""
        return self._redacted(column, cells.paragraphs(self.cell(column)))

    def choice(self, column: str, *lists: str) -> Iri | None:
        """What a coded cell means in the first of the code lists that knows it."""
        value = self.cell(column)
        return self._coded(column, value, lists) if value else None

    def choices(self, column: str, *lists: str) -> list[Iri]:
        """What each item of a list in one cell means; the form of such lists is in `cells.items`."""
        coded = (self._coded(column, item, lists) for item in cells.items(self.cell(column)))
        return [found for found in coded if found is not None]

    def date(self, column: str, *formats: str) -> date | None:
        """A date in one of the `strptime` formats; a time of day is dropped."""
        return self._parsed(column, lambda value: cells.day(value, formats))

    def money(self, column: str) -> Decimal | None:
        """An amount in pounds."""
        return self._parsed(column, cells.amount)

    def year(self, column: str) -> Literal | None:
        """A year as xsd:gYear."""
        return self._parsed(column, cells.year)

    def flag(self, column: str) -> bool | None:
        """Yes or No."""
        return self._parsed(column, cells.yes_or_no)

    def website(self, column: str) -> Iri | None:
        """An address that a browser can open."""
        return self._parsed(column, cells.website)

    def postcode(self, column: str) -> str | None:
        """A UK postcode in its spaced form."""
        return self._parsed(column, cells.postcode)

    def problem(self, column: str, fault: str, remedy: str) -> None:
        """Record a fault of a cell."""
        layout = self._layout
        raw = self._cells[layout.index[column]] if column in layout.index else ""
        layout.problems.append(
            Problem(layout.source, layout.file, self.number, column, shown(raw), fault, remedy, self.about)
        )

    def _parsed(self, column: str, parse: Callable[[str], T]) -> T | None:
        value = self.cell(column)
        if not value:
            return None
        try:
            return parse(value)
        except cells.Fault as fault:
            self.problem(column, fault.fault, fault.remedy)
            return None

    def _coded(self, column: str, value: str, lists: Sequence[str]) -> Iri | None:
        found = code(value, *lists)
        if found is None:
            where = " or ".join(f"def/{name}" for name in lists)
            fault = f"holds the unknown value {shown(value)!r}"
            self.problem(column, fault, f"mend the cell, or add the wording to {where} in ontology/concepts.ttl")
        return found

    def _redacted(self, column: str, value: str) -> str | None:
        clean = redact(value)
        if clean != value:
            self.problem(column, "held contact details, which were taken out", "take them out of the source")
        return clean or None
