"""A row of a table: typed cells, each of which is a value, nothing, or a recorded problem.

An invalid cell loses that one statement; only a missing key sets the row aside. Mappings see nothing else of a file.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from graph.model.problems import FormFault, Problem, clean_parameters, shown
from graph.model.rows.layout import Layout
from graph.model.terms import Iri, Literal
from graph.model.values import cells, dates
from graph.model.values.redaction import holds_address, reaches_somebody, redact, says_nothing
from graph.model.vocabulary.codes import code
from graph.model.vocabulary.rules import Outcome

T = TypeVar("T")


class SetAside(Exception):
    """Raised by `Row.need`: the row cannot be mapped, and its problem is recorded."""


class Row:
    """One record; `number` counts as a spreadsheet does (the header is row 1)."""

    __slots__ = ("_at", "_cells", "_layout", "number")

    faults: Sequence[FormFault] = ()
    """What is known to be wrong with it before it is mapped."""

    def __init__(self, layout: Layout, number: int, record: Sequence[str]) -> None:
        self._layout, self.number = layout, number
        self._at = layout.watched if layout.unread else layout.places
        self._cells = list(map(str.strip, record))
        for place, empty in layout.placeholders:
            if self._cells[place] in empty:
                self._cells[place] = ""

    @property
    def source(self) -> str:
        """The name of the source in this build, which is also that of its named graph."""
        return self._layout.source

    @property
    def aside(self) -> Outcome:
        """What becomes of a row that lacks what it needs."""
        return Outcome.ROW_SET_ASIDE

    @property
    def table(self) -> str:
        """Which of its source's tables the row is from; '' if there is only one."""
        return self._layout.table

    def referenced(self, thing: Iri) -> bool:
        """Whether another source refers to a thing; always so for a source that is not a lookup source."""
        return self._layout.referenced is None or thing.value in self._layout.referenced

    def first(self, thing: Iri) -> bool:
        """Whether this is the first use of a thing in the file: what many rows name is described only once."""
        seen = self._layout.seen
        if thing in seen:
            return False
        seen.add(thing)
        return True

    def earlier(self, *key: str) -> int | None:
        """The row of the file that gave the same key before; None for the first, which is remembered."""
        first = self._layout.keyed.setdefault(hash(key), self.number)
        return first if first != self.number else None

    def has(self, column: str) -> bool:
        """Whether this layout of the file has the column at all."""
        return column in self._at

    def cell(self, column: str) -> str:
        """The cell as written, without outer blanks and contact details; '' also for what the metadata calls empty."""
        clean = redact(self._cells[self._at[column]])
        return "" if says_nothing(clean) else clean

    def only_contacts(self, column: str) -> bool:
        """Whether the cell holds contact details and nothing else, so that it is as good as empty."""
        return says_nothing(redact(self._as_read(column)))

    def key_hash(self, columns: Sequence[str]) -> int:
        """Equal for rows of one table that have the same key, within one process; by the cells as they were read."""
        return hash((self._layout.table, *[self._cells[self._at[column]] for column in columns]))

    def content_hash(self) -> int:
        """Equal for rows that are equal cell for cell, within one process."""
        return hash(tuple(self._cells))

    def need(self, column: str, form: re.Pattern[str] | None = None) -> str:
        """A text, of the given form, without which the row means nothing: SetAside if there is none."""
        found = self.text(column)
        if found and (form is None or form.fullmatch(found)):
            return found
        if found and form:
            self.problem(column, "form-wrong", outcome=self.aside, form=form.pattern)
        else:
            missing = "contact-details-only" if self.only_contacts(column) else "cell-empty"
            self.problem(column, missing, outcome=self.aside)
        raise SetAside

    def coded(self, column: str, form: re.Pattern[str]) -> str:
        """The cell as written, if it has the form of a number that is nobody's; it may read like a telephone number."""
        written = self._cells[self._at[column]]
        return written if form.fullmatch(written) and not holds_address(written) else ""

    def key(self, column: str, form: re.Pattern[str] | None = None) -> str:
        """Like `need`, for what a thing's address is made of: if it is somebody's e-mail or telephone, SetAside."""
        if reaches_somebody(self._cells[self._at[column]]):
            self.problem(column, "key-contact-details", "")
            raise SetAside
        found = cells.one_line(self._cells[self._at[column]])
        return found if found and (form is None or form.fullmatch(found)) else self.need(column, form)

    def identifier(self, column: str) -> str:
        """What a cell names things by, as it is written; '' if that would reach somebody."""
        written = cells.one_line(self._cells[self._at[column]])
        return "" if reaches_somebody(written) else written

    def text(self, column: str) -> str | None:
        """A text on one line, runs of blanks made one, contact details taken out."""
        value = self._cells[self._at[column]]
        if not value:
            return None
        line = cells.one_line(value)
        clean = redact(line)
        return line if clean == line else self.cleared(column, line)

    def prose(self, column: str) -> str | None:
        """A text that keeps its line breaks, contact details taken out."""
        value = self._cells[self._at[column]]
        if not value:
            return None
        return self.cleared(column, cells.paragraphs(value))

    def cleared(self, column: str, text: str) -> str | None:
        """A text of the cell without the contact details in it, which are reported; nothing if it is nothing else."""
        clean = redact(text)
        if clean == text:
            return text
        self.problem(column, "contact-details")
        return None if says_nothing(clean) else clean

    def choice(self, column: str, *lists: str) -> Iri | None:
        """What a coded cell means in the first of the code lists that knows it."""
        value = self._cells[self._at[column]]
        if not value:
            return None
        found = code(value, lists)
        if found is None:
            self._unknown(column, value, lists)
        return found

    def choices(self, column: str, *lists: str, split: Callable[[str], Sequence[str]] = cells.items) -> list[Iri]:
        """What each item of a list in one cell means; `split` is the form of such lists, one of those in `cells`."""
        value = self._cells[self._at[column]]
        known: list[Iri] = []
        for item in split(value) if value else ():
            if found := code(item, lists):
                known.append(found)
            else:
                self._unknown(column, item, lists)
        return known

    def date(self, column: str, *formats: str) -> date | None:
        """A date in one of the `strptime` formats; a time of day is dropped."""
        value = self._cells[self._at[column]]
        if not value:
            return None
        try:  # `_parsed` in place: dates are the commonest of all typed cells
            return cells.day(value, formats)
        except cells.Fault as fault:
            self.problem(column, fault.rule, **fault.parameters)
            return None

    def published(self, column: str) -> Literal | None:
        """A date as precise as it is given, in any of the ways in which people write dates."""
        return self._parsed(column, dates.published)

    def money(self, column: str) -> Decimal | None:
        """An amount in pounds."""
        return self._parsed(column, cells.amount)

    def count(self, column: str) -> int | None:
        """A whole number, zero or more."""
        return self._parsed(column, cells.count)

    def figure(self, column: str) -> Decimal | None:
        """A number, with or without thousands commas or a percent sign."""
        return self._parsed(column, cells.figure)

    def needed(self, column: str, read: Callable[[str], T | None]) -> T:
        """What a reader such as `self.figure` makes of a cell without which the row means nothing, or SetAside.

        The row is set aside by whatever problem the reader records.
        """
        self._layout.outcome = self.aside
        try:
            found = read(column)
            if found is None and not self._cells[self._at[column]]:
                self.problem(column, "cell-empty")
        finally:
            self._layout.outcome = ""
        if found is None:
            raise SetAside
        return found

    def year(self, column: str) -> Literal | None:
        """A year as xsd:gYear."""
        return self._parsed(column, cells.year)

    def flag(self, column: str) -> bool | None:
        """Yes or No, True or False."""
        return self._parsed(column, cells.yes_or_no)

    def month(self, column: str) -> Literal | None:
        """A month as xsd:gYearMonth."""
        return self._parsed(column, cells.month)

    def website(self, column: str, *, bare: bool = False, private: bool = False) -> Iri | None:
        """An address that a browser can open, `bare` of scheme and www too.

        A problem does not show a `private` cell: people type their own addresses into some columns.
        """
        return self._parsed(column, cells.bare_website if bare else cells.website, private=private)

    def postcode(self, column: str, *, private: bool = False) -> str | None:
        """A UK postcode in its spaced form; a problem does not show one that is nobody's business."""
        return self._parsed(column, cells.postcode, private=private)

    def point(self, latitude: str, longitude: str) -> Literal | None:
        """A point from two columns of decimal degrees; nothing if either is empty."""
        east = self._cells[self._at[longitude]]
        return self._parsed(latitude, lambda north: cells.point(north, east) if east else None)

    def problem(
        self, column: str, rule: str, value: str | None = None, /, *, outcome: str = "", **parameters: object
    ) -> None:
        """Record a problem of a cell or a part of it, or of the whole row if no column is named.

        `rule` is a code of the table in ontology/lists/problem_rules.ttl, whose sentences name the parameters;
        MappingError if there is no such rule. `outcome` is that of the rule where none is given.
        """
        layout, offending = self._layout, shown(self._as_read(column) if value is None else value)
        given = clean_parameters(rule, parameters)
        place = (layout.source, layout.file, self.number, self._column(column))
        layout.problems.append(Problem(*place, offending, rule, given, outcome or layout.outcome))

    def _column(self, column: str) -> str:
        """A column as problems name it."""
        return column

    def _as_read(self, column: str) -> str:
        """The cell of a column, if there is such a one; to show it is not to read it."""
        place = self._at.get(column)
        return "" if place is None else self._cells[place]

    def _parsed(self, column: str, parse: Callable[[str], T], *, private: bool = False) -> T | None:
        value = self._cells[self._at[column]]
        if not value:
            return None
        try:
            return parse(value)
        except cells.Fault as fault:
            self.problem(column, fault.rule, "" if private else None, **fault.parameters)
            return None

    def _unknown(self, column: str, value: str, lists: Sequence[str]) -> None:
        self.problem(column, "code-unknown", value, lists=" or ".join(f"def/{name}" for name in lists))
