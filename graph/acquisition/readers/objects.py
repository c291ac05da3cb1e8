"""Files of plain objects: JSON, in which they are an array, a page of an API that holds them under a key, one alone, or
arrays named for their tables; or CSV, whose rows are objects that hold no others.

Which keys hold them, the source's metadata says (`items = ["contents"]`); an object that has none is a record itself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import cast

from graph.acquisition.readers.json_document import document, keys, members
from graph.acquisition.tables.table import read_table
from graph.errors import InputError
from graph.model.rows.record import Fields
from graph.model.rows.sheet import Item, Sheet
from graph.sources.dialect import Dialect
from graph.sources.source import Source

TABLE = ".csv"
"""How the names of arrays end that are tables written as JSON."""


def read(files: Sequence[Path], source: Source) -> Iterator[Sheet]:
    """A sheet a file, or a table in it; which table of the source it is, the fields of its first record tell."""
    for file in files:
        for name, items in _tables(file, source):
            first = next(items, None)
            if first is not None:
                yield Sheet(name, _table(name, first.fields, source), chain((first,), items))


def _tables(file: Path, source: Source) -> Iterator[tuple[str, Iterator[Item]]]:
    """The records of a file, by the name that problems call them by."""
    if not _is_json(file):
        yield file.name, _rows(file)
        return
    names = keys(file)
    if names and all(name.endswith(TABLE) for name in names):
        for name in names:
            yield f"{file.name} [{name}]", _numbered(file, members(file, name))
    elif names and source.items and not set(names) & set(source.items):
        yield file.name, _numbered(file, (document(file),))
    else:
        yield file.name, _numbered(file, members(file, *source.items))


def _is_json(file: Path) -> bool:
    """Whether a file is JSON, packed or not, and no text in columns."""
    return file.suffix != TABLE


def _rows(file: Path) -> Iterator[Item]:
    """The rows of a table; cells beyond its header are refused, as nobody knows what they are."""
    records = read_table(file, Dialect())
    header = [column.strip() for column in next(records)[1]]
    for number, record in records:
        if len(record) > len(header):
            place = f"{file.name}:{number}"
            raise InputError(place, "has more cells than the header", "correct the quotes or commas of the row")
        if any(record):
            yield Item(number, dict(zip(header, record, strict=False)))


def _numbered(file: Path, found: Iterable[object]) -> Iterator[Item]:
    for number, each in enumerate(found, start=1):
        if not isinstance(each, Mapping):
            raise InputError(
                f"{file.name}: record {number}", "is not an object", "check that it is a file of this source"
            )
        yield Item(number, cast(Fields, each))


def _table(name: str, fields: Fields, source: Source) -> str:
    """The table that the name of a table of rows names; otherwise the one that has most of the fields."""
    stem = name.removesuffix("]").rpartition("[")[2].removesuffix(TABLE)
    for table in (stem, f"{stem}s", f"{stem}es", f"{stem.removesuffix('y')}ies"):
        if table in source.tables and fields.keys() <= _known(table, source):
            return table

    def likeness(table: str) -> tuple[int, float]:
        known = _known(table, source)
        return len(known & fields.keys()), len(known & fields.keys()) / len(known | fields.keys())

    best = max(source.tables, key=likeness)
    if likeness(best)[0] == 0:
        raise InputError(name, "has no field of this source", "check that it is a file of this source")
    return best


def _known(table: str, source: Source) -> set[str]:
    return {column.partition(":")[0] for column in source.tables[table].columns}
