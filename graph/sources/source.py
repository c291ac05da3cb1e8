"""A source: the metadata of `mappings/<name>.toml` and the mapping in `mappings/<name>.py`.

Sources are found by name, never registered.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Literal, cast

from graph.errors import MappingError, UsageError
from graph.model.node import Node
from graph.model.own_graphs import OWN_GRAPHS
from graph.model.rows.row import Row
from graph.model.vocabulary.measures import statistics
from graph.sources.dialect import Dialect

Nodes = Callable[[Row], Iterator[Node]]

How = Literal["file", "pages", "records", "registry"]
"""One file; all pages of an interface; each of its records in full; a registry of 360Giving with the files it lists."""

COLUMNS_GIVEN = ("directory",)
"""Forms of files whose keepers have columns of their own, which somebody must describe."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True, slots=True)
class Expect:
    """What a file must keep to, otherwise the build stops."""

    rows: int
    """Fewer rows than this stop the build."""
    problems: float
    """More problems than this share of the rows stop the build."""
    lost: float = 0.1
    """Losing more than this share of the rows of the served release stops the build."""


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of table that a source publishes, known by its header."""

    columns: Sequence[str]
    key: Sequence[str]
    """The columns that together identify a row; none where several records may describe one thing."""
    required: bool = False
    """Whether a source without it is incomplete."""
    one_each: bool = False
    """Whether a second row of a key is set aside, as only the key distinguishes the two things."""
    rest: str = ""
    """Why columns beyond these are left out, where the publisher's own list of them varies; if empty, none may be."""
    measures: bool = False
    """Whether it has columns of statistics as well, those in `ontology/cubes/<source>.toml`."""

    def has(self, columns: Sequence[str]) -> bool:
        """Whether a header with these columns, in whatever order, is one of this table."""
        return set(columns) == set(self.columns) or (bool(self.rest) and set(columns) > set(self.columns))

    def with_measures(self, source: str, name: str) -> "Table":
        """The table with all of its columns."""
        return replace(self, columns=[*self.columns, *statistics(source).columns(name)]) if self.measures else self


@dataclass(frozen=True, slots=True)
class Source:
    """Everything that `mappings/<name>.toml` says."""

    name: str
    title: str
    publisher: str
    homepage: str
    licence: str
    attribution: str
    tables: Mapping[str, Table]
    """By name; a source of one table calls it ''."""
    expect: Expect
    dialect: Dialect
    download: str | Sequence[str] = ()
    """Where the publisher has the file, or each of them; `{YYYY-MM-01}` stands for the first of the month."""
    fetch: How = "file"
    """What is behind such an address: a file, or what else `graph.acquisition.fetching` can get whole."""
    mapping: str = ""
    """The module in `mappings/` that maps it; its own name if left out."""
    form: str = ""
    """The module in `graph/acquisition/readers/` that reads its files, if they are not tables."""
    items: Sequence[str] = ()
    """Of files that are JSON objects: the keys under which the records stand."""
    parts: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    """The fields of records within records, by form; `address: Address` is a field that holds some."""
    empty: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    """Placeholders that mean an empty cell, by column."""
    ignore: Mapping[str, str] = field(default_factory=dict[str, str])
    """Columns that are left out on purpose, each with the reason; `table.column` for those of one table."""
    lookup: bool = False
    """Whether it is mapped after the other sources, because it describes only what they refer to: a lookup source."""
    lookup_pass: int = 2
    """Of the lookup sources, those with a lower number are mapped first, and are among the others for later ones."""
    kind: str = ""
    """The source of which this is an instance, such as `directory` of one district's list; its own name if left out."""
    column_mapping: Path | None = None
    """The names of the columns of its files, where its form can read other people's lists."""

    @property
    def metadata(self) -> str:
        """The file that says what its tables are, as messages name it."""
        return f"mappings/{self.kind or self.name}.toml"

    def instance(self, name: str) -> "Source":
        """The same kind of source under a name of its own, with a named graph of its own: one list among many.

        UsageError for a name that IRIs cannot have as it is, or that another graph has.
        """
        if name == self.name:
            return self
        refuse_name(name)
        return replace(self, name=name, kind=self.name, mapping=self.mapping or self.name)

    def with_columns(self, columns: Path | None) -> "Source":
        """The source with the names of its files' columns; UsageError if its files need none."""
        if columns and self.form not in COLUMNS_GIVEN:
            fact = f"is given {columns} for its columns, and knows them itself"
            raise UsageError(f"source {self.name!r}", fact, "leave it out; it is for lists such as directories")
        return replace(self, column_mapping=columns)

    @classmethod
    def named(cls, name: str) -> "Source":
        """Find a source; UsageError lists the known ones, MappingError names what its metadata lacks."""
        if name not in _metadata():
            raise UsageError(f"source {name!r}", "is not known", f"use one of {', '.join(source_names())}")
        return _parsed(name, _metadata()[name].read_text("utf-8"))

    def addresses(self, today: date) -> list[str]:
        """Where its files are to be had on a day; empty if the publisher gives no lasting address."""
        given = [self.download] if isinstance(self.download, str) else self.download
        return [address.replace("{YYYY-MM-01}", today.replace(day=1).isoformat()) for address in given]

    def table_of(self, columns: Sequence[str]) -> str | None:
        """The name of the table that has exactly these columns, in whatever order, or more if it may have more."""
        return next((name for name, table in self.tables.items() if table.has(columns)), None)

    def column_named(self, words: Sequence[str]) -> str:
        """The heading of the column that has one of some names, the likeliest first; '' where there is none."""
        headings = (column.partition(": ")[0] for table in self.tables.values() for column in table.columns)
        columns = [column for column in headings if column not in self.ignore]
        return next((column for word in words for column in columns if column.casefold() == word), "")

    def nodes(self) -> Nodes:
        """The mapping: a function from a row to what it says."""
        module = import_module(f"mappings.{self.mapping or self.name}")
        return cast(Nodes, module.nodes)


def refuse_name(name: str) -> None:
    """UsageError for the name of a new source that IRIs cannot have as it is, or that another graph has."""
    if not _NAME.fullmatch(name):
        remedy = "use small letters, digits and underscores, as in glen_tsi"
        raise UsageError(f"source {name[:60]!r}", "is not a name for a source", remedy)
    if name in (*source_names(), *OWN_GRAPHS):
        raise UsageError(f"source {name!r}", "has the name of another source", "give it its own, as in glen_tsi")


def mappings_folder() -> Path:
    """Where the mappings lie, and new ones belong."""
    return Path(import_module("mappings").__path__[0])


def source_names() -> tuple[str, ...]:
    """Every source that has metadata, in alphabetical order."""
    return tuple(sorted(_metadata()))


def _metadata() -> dict[str, Path]:
    """The metadata files beside the mappings, by the name of their source."""
    folders = import_module("mappings").__path__
    return {file.stem: file for folder in folders for file in Path(folder).glob("*.toml")}


def sources_with(columns: Sequence[str]) -> list[str]:
    """The sources that have a table with exactly these columns: whose file this really is."""
    return [name for name in source_names() if Source.named(name).table_of(columns) is not None]


def _parsed(name: str, text: str) -> Source:
    place = f"mappings/{name}.toml"
    try:
        entries = tomllib.loads(text)
        file, tables = entries.pop("file", {}), entries.pop("tables", {})
        if not tables:
            tables = {"": {key: file.pop(key) for key in ("columns", "key")}}
            tables[""]["measures"] = file.pop("measures", False)
        expect = Expect(**entries.pop("expect"))
        shapes = {table: Table(**keys).with_measures(name, table) for table, keys in tables.items()}
        return Source(name=name, tables=shapes, dialect=Dialect(**file), expect=expect, **entries)
    except tomllib.TOMLDecodeError as error:
        raise MappingError(place, f"is not TOML: {error}", "correct the line it names") from error
    except KeyError as error:
        raise MappingError(place, f"lacks {error.args[0]!r}", "see docs/adding-a-source.md") from error
    except TypeError as error:
        raise MappingError(place, f"does not fit: {error}", "see docs/adding-a-source.md for the keys") from error
