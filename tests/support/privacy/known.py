"""The values of the columns that are known to be personal, read from the files with csv, json and openpyxl."""

import codecs
import csv
import io
import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import openpyxl

from graph.build.plan import Plan
from graph.sources.planned import PlannedSource
from tests.support.privacy.patterns import Leak

PERSONAL = re.compile(r"personal|home", re.IGNORECASE)
"""How the metadata say that a column is left out for what it may tell of somebody."""

GRANT_COLUMNS = re.compile(
    r"contact ?name|e-?mail|telephone|street ?address|individual|recipient ?ind\b", re.IGNORECASE
)
"""Columns and fields of 360Giving that tell of persons."""

PLACES = ("areas", "authority_areas", "local_authorities")

HOLDERS = ("contacts", "phones")
"""Tables of Open Referral UK whose names are those of the fields that hold their records in documents."""

MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
"""Accents that NFKD parts from their letters."""

PLAIN = bytes(sign if sign < 128 and chr(sign).isalnum() else 32 for sign in bytes(range(256)).lower())
"""What words are made of, in small letters; all other signs are blanks."""

WORD = re.compile(r"[^\W_]+")
TELLING_LETTERS, TELLING_WORDS = 10, 2


@dataclass
class Known:
    """Personal values, each as its words in small letters, with the column that it stands in."""

    values: dict[str, str] = field(default_factory=dict[str, str])
    alone: bool = False
    """Whether these are looked for alone, and not e-mail addresses and telephone numbers as well."""
    _by_key: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    def add(self, value: str, column: str) -> None:
        """Look for a value, if it is long enough to be told from words that stand anywhere."""
        if telling(words(value)):
            self.look_for(value, column)

    def look_for(self, value: str, column: str) -> None:
        """Look for a value, however short."""
        found = words(value)
        if (text := " ".join(found)) not in self.values:
            self.values[text] = column
            self._by_key.setdefault(max(found, key=len), []).append(text)

    def may_stand_in(self, text: str) -> bool:
        """Whether any of the values may stand in a text of any length, told in a fraction of the time of `leaks`."""
        if not all(map(str.isascii, self.values)):
            return True
        if not text.isascii():
            text = MARKS.sub("", unicodedata.normalize("NFKD", text))
        line = b" %b " % b" ".join(text.encode("ascii", "replace").translate(PLAIN).split())
        return any(f" {value} ".encode() in line for value in self.values)

    def leaks(self, place: str, text: str) -> Iterator[Leak]:
        """The values that stand in a text, as whole words."""
        found = words(text)
        hits = self._by_key.keys() & set(found)
        line = f" {' '.join(found)} " if hits else ""
        for value in (value for key in sorted(hits) for value in self._by_key[key]):
            if f" {value} " in line:
                yield Leak(place, self.values[value], value)


def words(text: str) -> list[str]:
    """The words of a text in small letters, without accents."""
    plain = (
        text
        if text.isascii()
        else "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    )
    return WORD.findall(plain.lower())


def telling(found: list[str]) -> bool:
    """Whether words tell of one person or place: a house with its street, a name, an address, a telephone number."""
    letters = sum(map(len, found))
    if all(word.isdigit() for word in found):  # no date, no number of an entry
        return letters >= TELLING_LETTERS and len(found) < 5 and found[0].startswith(("0", "44"))
    return letters >= TELLING_LETTERS and len(found) >= TELLING_WORDS


def known(plan: Plan) -> Known:
    """The personal values of all sources of a build file, less the names of places, which addresses hold too."""
    found, places = Known(), _names_of_places(plan)
    for planned in plan.sources:
        for value, column in personal_cells(planned):
            if " ".join(words(value)) not in places:
                found.add(value, column)
    return found


def _names_of_places(plan: Plan) -> set[str]:
    """What sources of areas have as a whole cell."""
    return {
        " ".join(words(value))
        for planned in plan.sources
        if planned.name in PLACES
        for file in planned.files
        for record in records(file, planned.source.dialect.delimiter, planned.source.dialect.encoding)
        for _, value in record
    }


def personal_cells(planned: PlannedSource) -> Iterator[tuple[str, str]]:
    """The cells of a source's personal columns, each with the name of its column."""
    source = planned.source
    ignored = {column for column, reason in source.ignore.items() if PERSONAL.search(reason)}
    # Fields of records within records are known by the field that holds those, fields of tables by themselves.
    columns = {column if column.partition(".")[0] in HOLDERS else column.rpartition(".")[2] for column in ignored}
    if source.column_mapping:
        tables = tomllib.loads(source.column_mapping.read_text("utf-8")).values()
        own = {column: reason for table in tables for column, reason in table.get("ignore", {}).items()}
        columns |= {column for column, reason in own.items() if PERSONAL.search(reason)}
    for file in planned.files:
        for record in records(file, source.dialect.delimiter, source.dialect.encoding):
            for column, value in record:
                if column in columns or (source.form == "threesixty" and GRANT_COLUMNS.search(column)):
                    yield value, f"{planned.name}: {column}"


def records(file: Path, delimiter: str, encoding: str) -> Iterator[list[tuple[str, str]]]:
    """The cells of a file by column, whatever kind of file it is; of nested JSON each text with its field."""
    start = file.read_bytes()[:4096]
    if start.startswith(b"PK"):
        yield from _book(file)
    elif start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        yield [*_fields("", cast(object, json.loads(file.read_text("utf-8-sig"))))]
    else:
        csv.field_size_limit(1 << 20)
        data = file.read_bytes().removeprefix(codecs.BOM_UTF8)
        text = io.StringIO(data.decode(encoding, "replace"), newline="")
        header, *rows = csv.reader(text, delimiter=delimiter)
        yield from ([*zip(header, row, strict=False)] for row in rows)


def _book(file: Path) -> Iterator[list[tuple[str, str]]]:
    with closing(openpyxl.load_workbook(file, read_only=True, data_only=True)) as book:
        for sheet in book.worksheets:
            header, *rows = sheet.iter_rows(values_only=True) or [()]
            for row in rows:
                yield [
                    (str(column), str(value)) for column, value in zip(header, row, strict=False) if value is not None
                ]


def _fields(name: str, value: object) -> Iterable[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inside in cast(Mapping[str, object], value).items():
            # Everything about an individual is personal.
            within = name if GRANT_COLUMNS.search(name) else f"{name}.{key}" if name in HOLDERS else key
            yield from _fields(within, inside)
    elif isinstance(value, list):
        for inside in cast("list[object]", value):
            yield from _fields(name, inside)
    elif isinstance(value, str):
        yield name, value
