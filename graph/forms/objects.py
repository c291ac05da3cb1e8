"""Files of plain JSON objects: an array of them, a page of an API that holds them under a key, or one alone.

Which keys hold them, the source's metadata says (`items = ["contents"]`); an object that has none is a record itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import cast

from graph.errors import InputError
from graph.forms.document import document, members, scalars
from graph.forms.sheet import Item, Sheet
from graph.pipeline.source import Source
from graph.words.record import Fields


def read(files: Sequence[Path], source: Source) -> Iterator[Sheet]:
    """A sheet a file, of the table whose fields those of its first record match best."""
    for file in files:
        items = _objects(file, source)
        first = next(items, None)
        if first is None:
            continue
        yield Sheet(file.name, _table(file, first.fields, source), chain((first,), items))


def _objects(file: Path, source: Source) -> Iterator[Item]:
    found = members(file, *source.items) if _is_page(file, source) else iter((document(file),))
    for number, each in enumerate(found, start=1):
        if not isinstance(each, Mapping):
            raise InputError(f"{file.name}: record {number}", "is no object", "check that it is a file of this source")
        yield Item(number, cast(Fields, each))


def _is_page(file: Path, source: Source) -> bool:
    """Whether the document is an array, or has one of the keys under which records stand."""
    whole = not source.items or "id" in scalars(file)
    return not whole


def _table(file: Path, fields: Fields, source: Source) -> str:
    def likeness(table: str) -> float:
        known = {column.partition(":")[0] for column in source.tables[table].columns}
        return len(known & fields.keys()) / len(known | fields.keys())

    best = max(source.tables, key=likeness)
    if likeness(best) == 0:
        raise InputError(file.name, "has no field of this source", "check that it is a file of this source")
    return best
