"""Fixtures: each column that a mapping reads holds values, and no two columns of a table hold the same ones.

Golden files notice a column that is read wrongly, or in the place of its neighbour, only if these two would differ.
"""

import codecs
import csv
import io
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import cast

import pytest

from graph.sources.source import Source, source_names
from tests.support.paths import fixtures

ALWAYS_ALIKE = {
    ("local_authorities", "key", "government-organisation"),
    ("local_authorities", "key", "local-authority-eng"),
    ("local_authorities", "key", "local-authority-nir"),
    ("local_authorities", "key", "local-authority-sct"),
    ("local_authorities", "key", "principal-local-authority"),
}
"""Columns that a publisher fills with the same value in every row: who reads one for the other reads the same."""

Rows = Sequence[Mapping[str, str]]


def table_rows(file: Path, source: Source) -> list[dict[str, str]]:
    """The rows of a file as the csv module reads them, or as it is split at tabs."""
    content, delimiter = file.read_bytes(), source.dialect.delimiter
    text = content.removeprefix(codecs.BOM_UTF8).decode(source.dialect.encoding)
    quoted = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    head, *lines = quoted if source.dialect.quoted else [line.split(delimiter) for line in text.splitlines()]
    columns = [column.strip() for column in head]
    return [dict(zip(columns, map(str.strip, line), strict=True)) for line in lines if len(line) == len(columns)]


def records(value: object) -> Iterator[dict[str, str]]:
    """The objects in a file of JSON at the top, with their fields as texts."""
    if isinstance(value, list):
        for each in cast(list[object], value):
            yield from records(each)
    elif isinstance(value, dict):
        fields = cast(dict[str, object], value)
        yield {name: "" if each is None else str(each) for name, each in fields.items()}


def rows_of(file: Path, source: Source) -> list[dict[str, str]]:
    if file.suffix == ".json":
        return [*records(json.loads(file.read_text("utf-8-sig")))]
    if file.suffix == ".geojson":
        features = json.loads(file.read_text("utf-8"))["features"]
        return [{**each["properties"], "WKT": str(each["geometry"])} for each in features]
    return table_rows(file, source)


def by_table(source: Source) -> dict[str, list[dict[str, str]]]:
    """The rows of all fixtures of a source that have the columns of one of its tables."""
    found: dict[str, list[dict[str, str]]] = {}
    for file in fixtures(source.name):
        rows = rows_of(file, source)
        if rows and (table := source.table_of([*rows[0]])) is not None:
            found.setdefault(table, []).extend(rows)
    return found


def read_columns(source: Source, table: str) -> list[str]:
    """The columns of a table that its mapping reads."""
    return [
        it for it in source.tables[table].columns if it not in source.ignore and f"{table}.{it}" not in source.ignore
    ]


def unfilled(source: Source, rows: Rows, columns: Collection[str]) -> list[str]:
    """The columns in which no row has a value, or only what stands for none."""
    return [it for it in columns if not any(row[it] and row[it] not in source.empty.get(it, ()) for row in rows)]


def alike(source: Source, rows: Rows, columns: Collection[str]) -> list[tuple[str, str]]:
    """Pairs of columns that hold the same value in every row."""
    pairs = [(a, b) for a, b in combinations(columns, 2) if all(row[a] == row[b] for row in rows)]
    return [pair for pair in pairs if (source.name, *pair) not in ALWAYS_ALIKE]


TABLED = tuple(name for name in source_names() if not Source.named(name).form)
"""The sources whose files are tables, with columns of their own."""


@pytest.mark.parametrize("name", [*TABLED, "directory", "engagement"])
def test_each_column_that_is_read_has_a_value_and_no_two_have_the_same_in_every_row(name: str) -> None:
    source = Source.named(name)
    found = by_table(source)
    required = {table for table, shape in source.tables.items() if shape.required or len(source.tables) == 1}
    assert found and required <= found.keys()
    columns = {table: read_columns(source, table) for table in found}
    assert {table: gaps for table, rows in found.items() if (gaps := unfilled(source, rows, columns[table]))} == {}
    assert {table: same for table, rows in found.items() if (same := alike(source, rows, columns[table]))} == {}


def test_a_column_without_a_value_and_two_columns_that_are_alike_are_found() -> None:
    source = Source.named("casc")
    rows = [
        {"id": "1", "name": "A", "other": "A", "postcode": "NA"},
        {"id": "2", "name": "B", "other": "B", "postcode": ""},
    ]
    assert unfilled(source, rows, ["id", "name", "other", "postcode"]) == ["postcode"]
    assert alike(source, rows, ["id", "name", "other", "postcode"]) == [("name", "other")]
