"""Which table of the data set some rows are, and what of their header cannot be read."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.errors import InputError
from graph.forms.directory.columns import Columns, read_columns
from graph.forms.directory.sheets import Rows, sheets
from graph.forms.sheet import Item
from graph.pipeline.mapping.source import Source
from graph.standards.directory import EXPLANATION, LISTS


@dataclass(frozen=True, slots=True)
class Recognised:
    """Rows whose table is known; `columns` reads them."""

    rows: Rows
    table: str
    columns: Columns
    told: str
    """The TOML of the list's own columns; '' if it has those of the data set."""

    @property
    def name(self) -> str:
        """The file, and the sheet in it if there are several."""
        return self.rows.name

    @property
    def strange(self) -> list[str]:
        """Columns that nothing is said of, in their order."""
        return [column for column in self.rows.header if column and column not in self.columns.told]

    @property
    def doubled(self) -> list[str]:
        """Columns that stand there more than once, of which only one could be read."""
        return [column for column, times in Counter(self.rows.header).items() if column and times > 1]

    def items(self) -> Iterator[Item]:
        """The rows that may be published, in the columns of the data set."""
        for line in self.rows.lines:
            if not line.cells:
                yield Item(line.number, {}, line.faults)
            elif self.columns.keeps(line.cells):
                faults = [*line.faults, *self.columns.faults(line.cells)]
                yield Item(line.number, self.columns.profile(line.cells), faults)

    def refuse_strange(self) -> None:
        """InputError for the first column that would be lost without a word."""
        place = f"{self.name}:1"
        if self.doubled:
            raise InputError(place, f"has two columns {self.doubled[0]!r}", "give each a name of its own")
        if self.strange:
            where = f"[{self.table}.ignore] of {self.told}" if self.told else "a TOML of your own columns"
            fact = f"has the unknown column {self.strange[0]!r}"
            raise InputError(place, fact, f"correct its name, take it out, or tell of it in {where}")


def recognised(files: Sequence[Path], source: Source) -> Iterator[Recognised]:
    """The tables of the files; InputError for one that cannot be told, or lacks what its rows are known by."""
    told = str(source.column_mapping) if source.column_mapping else ""
    translations = read_columns(source.column_mapping) if source.column_mapping else {}
    for file in files:
        for rows in sheets(file):
            if rows.title not in (EXPLANATION, LISTS):
                yield _recognised(rows, source, translations, told)


def _recognised(rows: Rows, source: Source, translations: Mapping[str, Columns], told: str) -> Recognised:
    header = set(rows.header)
    known = translations or {name: Columns.titled(it.columns, rows.header) for name, it in source.tables.items()}
    best = max(known, key=lambda name: known[name].likeness(header))
    columns, place = known[best], f"{rows.name}:1"
    if best not in source.tables:
        raise InputError(told, f"tells of the unknown table {best!r}", f"use {', '.join(source.tables)}")
    if not columns.likeness(header):
        raise InputError(
            place, "names none of the columns of a directory in its first row", f"see {told}" if told else _START
        )
    if missing := sorted(columns.needed(source.tables[best].key) - header):
        remedy = f"add it, or name another in {told}" if told else f"add it; {_START}"
        raise InputError(place, f"lacks the column {missing[0]!r} of the {best}", remedy)
    return Recognised(rows, best, columns, told)


_START = "civsoc template shows the columns, and civsoc columns helps with a list that has others"
