"""The form of directories: lists of local organisations, in CSV, XLSX or JSON, in the profile's columns or in others.

A list that has columns of its own brings a small TOML that says which column is which (`columns.py`). What it calls
personal goes no further than here.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from graph.errors import InputError
from graph.forms.directory.columns import Columns, read_columns
from graph.forms.directory.sheets import Rows, sheets
from graph.forms.sheet import Item, Sheet
from graph.pipeline.source import Source

__all__ = ["read"]


def read(files: Sequence[Path], source: Source) -> Iterator[Sheet]:
    """A sheet for each table of each file."""
    translations = read_columns(source.column_mapping) if source.column_mapping else {}
    for file in files:
        for rows in sheets(file):
            table, columns = _table(rows, source, translations)
            yield Sheet(rows.name, table, _items(rows, columns))


def _items(rows: Rows, columns: Columns) -> Iterator[Item]:
    for number, cells in rows.records:
        if columns.keeps(cells):
            yield Item(number, columns.profile(cells), columns.faults(cells))


def _table(rows: Rows, source: Source, translations: dict[str, Columns]) -> tuple[str, Columns]:
    """Which table of the profile the rows are, and how their columns are read."""
    header = set(rows.header)
    own = {name: Columns.same(table.columns) for name, table in source.tables.items()}
    known = {name: translations.get(name, columns) for name, columns in own.items()}
    if translations:
        known = translations
    best = max(known, key=lambda name: known[name].likeness(header))
    columns = known[best]
    place = f"{rows.name}:1"
    if missing := sorted(columns.needed(source.tables[best].key) - header):
        told = source.column_mapping or "the template of the profile"
        raise InputError(place, f"lacks the column {missing[0]!r} of the {best}", f"add it, or name another in {told}")
    if strange := sorted(header - columns.told):
        own_columns = source.column_mapping
        where = f"[{best}.ignore] of {own_columns}" if own_columns else "a TOML of your own columns"
        fact = f"has the unknown column {strange[0]!r}"
        raise InputError(place, fact, f"correct its name, take it out, or tell of it in {where}")
    return best, columns
