"""Which table of the data set some rows are, and what of their header cannot be read."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from graph.acquisition.readers.directory.columns import Columns, read_columns
from graph.acquisition.readers.directory.sheets import Line, Rows, sheets
from graph.acquisition.readers.directory.suggestion import guesses, table_of
from graph.errors import InputError
from graph.model.problems import FormFault, parameters
from graph.model.rows.sheet import Item
from graph.sources.source import Source
from graph.standards.directory import EXPLANATION, LISTS, description, folded


@dataclass(frozen=True, slots=True)
class Recognised:
    """Rows whose table is known; `columns` reads them."""

    rows: Rows
    table: str
    columns: Columns
    toml: str
    """The TOML of the list's own columns; '' if it has those of the data set."""

    @property
    def name(self) -> str:
        """The file, and the sheet in it if there are several."""
        return self.rows.name

    @property
    def strange(self) -> list[str]:
        """Columns that are not described, in their order."""
        return [column for column in self.rows.header if column and column not in self.columns.described]

    @property
    def doubled(self) -> list[str]:
        """Columns that are there more than once, of which only one could be read."""
        return [column for column, times in Counter(self.rows.header).items() if column and times > 1]

    def items(self) -> Iterator[Item]:
        """The rows that may be published, in the columns of the data set, and a word on how many may not."""
        kept_back = 0
        for line in self.rows.lines:
            if not line.cells:
                yield Item(line.number, {}, line.faults)
            elif self.columns.keeps(line.cells):
                faults = [*line.faults, *self.columns.faults(line.cells)]
                yield Item(line.number, self.columns.profile(line.cells), faults)
            else:
                kept_back += 1
        if kept_back:
            rows = f"{kept_back:,} row{'s' * (kept_back != 1)}"
            named = parameters(rows=rows, table=self.table)
            yield Item(1, {}, [FormFault(next(iter(self.columns.only)), "", "rows-kept-back", named)])

    def refuse_strange(self) -> None:
        """InputError for the first column that would be lost silently."""
        place = f"{self.name}:1"
        if self.doubled:
            raise InputError(place, f"has two columns {self.doubled[0]!r}", "give each a name of its own")
        if self.strange:
            where = f"[{self.table}.ignore] of {self.toml}" if self.toml else "a TOML of your own columns"
            fact = f"has the unknown column {self.strange[0]!r}"
            raise InputError(place, fact, f"correct its name, take it out, or describe it in {where}")


def recognised(files: Sequence[Path], source: Source) -> Iterator[Recognised]:
    """The tables of the files; InputError for one that is not recognised, or lacks what identifies its rows.

    A sheet that is not a table, beside others that are, is left out with a remark.
    """
    toml = str(source.column_mapping) if source.column_mapping else ""
    reader = _Reader(source, read_columns(source.column_mapping) if source.column_mapping else {}, toml)
    for file in files:
        strays: list[Rows] = []
        found = 0
        for rows in sheets(file):
            if rows.title in (EXPLANATION, LISTS):
                continue
            if rows.title and reader.is_none(rows):
                strays.append(rows)
            else:
                yield reader.recognised(rows)
                found += 1
        for rows in strays:
            if not found:
                reader.refuse(rows)
            yield reader.passed_over(rows)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Recognises which table some rows are."""

    source: Source
    translations: Mapping[str, Columns]
    toml: str

    def recognised(self, rows: Rows) -> Recognised:
        """The rows as a table."""
        table, columns = self._best(rows.header)
        if table not in self.source.tables:
            fact = f"describes the unknown table {table!r}"
            raise InputError(self.toml, fact, f"use {', '.join(self.source.tables)}")
        if not self._fits(rows.header):
            self.refuse(rows)
        if missing := [column for column in columns.only if column not in rows.header]:
            fact = f"lacks the column {missing[0]!r}, which says what may be published"
            raise InputError(f"{rows.name}:1", fact, f"add it, or take it out of [{table}.only] in {self.toml}")
        return Recognised(rows, table, columns, self.toml)

    def is_none(self, rows: Rows) -> bool:
        """Whether neither the first row nor one below it names columns."""
        known = any(self._best(cells)[1].likeness(set(cells)) for cells in (rows.header, *self._below(rows)))
        return not known

    def passed_over(self, rows: Rows) -> Recognised:
        """No table, but a word on it."""
        empty = Rows(rows.name, rows.title, [], iter([Line(1, {}, [FormFault("", "", "sheet-not-read")])]))
        return Recognised(empty, next(iter(self.source.tables)), Columns({}), self.toml)

    def refuse(self, rows: Rows) -> NoReturn:
        """InputError that says what is wrong with the first row: it may be in another place, or in other words."""
        place, start = f"{rows.name}:1", f"see {self.toml}" if self.toml else START
        table, columns = self._best(rows.header)
        for number, cells in rows.below:
            if self._fits(names := [cell.strip() for cell in cells]) and self._best(names)[1].likeness(set(names)) > 1:
                above = f"rows 1 to {number - 1} above them" if number > 2 else "row 1 above them"
                raise InputError(
                    place, f"is not where the column names are: they are in row {number}", f"delete {above}"
                )
        if not self.toml and (alike := _alike(rows.header, self.source.tables[table].key)):
            raise InputError(place, f"names its columns otherwise: {alike}", f"rename them; or {START}")
        if not columns.likeness(set(rows.header)):
            raise InputError(place, "names none of the columns of a directory in its first row", start)
        missing = min(columns.needed(self.source.tables[table].key) - set(rows.header))
        remedy = f"add it, or name another in {self.toml}" if self.toml else f"add it; {START}"
        raise InputError(place, f"lacks the column {title_of(table, missing)!r} of the {table}", remedy)

    def _best(self, header: Sequence[str]) -> tuple[str, Columns]:
        """The table that most of a header fits, and how its columns are read."""
        known = self.translations or {
            name: Columns.titled(table.columns, header) for name, table in self.source.tables.items()
        }
        best = max(known, key=lambda name: known[name].likeness(set(header)))
        return best, known[best]

    def _fits(self, header: Sequence[str]) -> bool:
        """Whether a header has what the rows are known by."""
        table, columns = self._best(header)
        needed = columns.needed(self.source.tables[table].key) if table in self.source.tables else set[str]()
        return bool(columns.likeness(set(header))) and needed <= set(header)

    def _below(self, rows: Rows) -> Iterator[list[str]]:
        return ([cell.strip() for cell in cells] for _, cells in rows.below if self._fits([*map(str.strip, cells)]))


def title_of(table: str, column: str) -> str:
    """What the template calls a column; the name itself where there is no such column.

    >>> title_of("organisations", "last_checked"), title_of("organisations", "Ref no")
    ('Last checked', 'Ref no')
    """
    known = description().tables.get(table)
    found = known.column(column) if known else None
    return found.title if found else column


def _alike(header: Sequence[str], key: Sequence[str]) -> str:
    """Which columns of the data set the names of a list seem to mean, in words; '' if not all of its key is there."""
    names = [name for name in header if name]
    table = table_of(names)
    guessed = {column: owns[0] for column, owns in guesses(names, table).items()}
    other = {own: title_of(table, column) for column, own in guessed.items() if folded(own) != column}
    alike = ", ".join(f"{own} looks like {title}" for own, title in other.items())
    return alike if len(guessed) > 1 and guessed.keys() >= set(key) else ""


START = "civsoc template shows the columns, and civsoc columns helps with a list that has others"
"""What to do about columns that are not known, at a terminal."""
