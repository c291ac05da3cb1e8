"""The raw files of a source, as the build file names them: rows of text, read without any of civsoc's own readers."""

import csv
import gzip
import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

import openpyxl

Row = dict[str, str]

CP1252 = {"ccni", "ccni_2020"}
"""Sources whose files are not UTF-8."""

CONSENT = "publish_to_strive_directory"
"""The column by which an export of Milo says whether a row may be published."""


TO_A_PERSON = "'organisationType': 'Individual'"
"""How a grant says that its recipient is a person, in the text of its cell."""
MEMBERS = ("features", "grants", "data", "results", "contents")
"""Where in a JSON object its records stand; one without any is a record itself."""


@dataclass(frozen=True)
class RawFile:
    """One file of a source."""

    source: str
    path: Path

    @cached_property
    def rows(self) -> list[Row]:
        """Its rows below the header: cells without outer blanks, and without what is longer than the header."""
        return list(self._read())

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.path.read_bytes()).hexdigest()

    def _read(self) -> Iterator[Row]:
        name = self.path.name
        if name.endswith((".json", ".geojson")):
            return self._objects()
        return self._book() if name.endswith(".xlsx") else self._lines()

    def _book(self) -> Iterator[Row]:
        with closing(openpyxl.load_workbook(self.path, read_only=True, data_only=True)) as book:
            header, *rows = book.worksheets[0].iter_rows(values_only=True)
            for row in rows:
                yield {str(title): "" if cell is None else str(cell) for title, cell in zip(header, row, strict=True)}

    def _objects(self) -> Iterator[Row]:
        found = cast("object", json.loads(self.path.read_text("utf-8-sig")))
        if isinstance(found, dict):
            inside = cast("dict[str, object]", found)
            held = [inside[key] for key in MEMBERS if key in inside]
            found = held[0] if held else inside
        for record in cast("list[dict[str, object]]", found if isinstance(found, list) else [found]):
            cells = cast("Mapping[str, object]", record.get("properties", record))  # GeoJSON has its rows in features
            yield {key: "" if value is None else str(value).strip() for key, value in cells.items()}

    def _lines(self) -> Iterator[Row]:
        tabs = self.path.suffix == ".txt"
        encoding = "cp1252" if self.source in CP1252 else "utf-8-sig"
        opened = gzip.open if self.path.suffix == ".gz" else open
        with opened(self.path, "rt", encoding=encoding, newline="") as file:
            table = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if tabs else csv.reader(file)
            header = [column.strip() for column in next(table)]
            for cells in table:
                if cells:
                    yield dict(zip(header, (cell.strip() for cell in cells), strict=False))


class RawSource:
    """All files of one source."""

    def __init__(self, name: str, paths: list[Path]) -> None:
        self.name = name
        self.files = [RawFile(name, path) for path in paths]

    @property
    def rows(self) -> list[Row]:
        """The rows of all files: a grant of several files once, and of a list what it lets be published."""
        rows = [row for file in self.files for row in file.rows if row.get(CONSENT, "true") == "true"]
        if not self.grants:
            return rows
        bodies = [row for row in rows if TO_A_PERSON not in row.get("recipientOrganization", "")]
        return list({row.get("id") or row["Identifier"]: row for row in bodies}.values())

    @property
    def grants(self) -> bool:
        """Whether its rows are grants, which have identifiers that are the same in all files."""
        return self.name == "threesixty"

    def having(self, *columns: str) -> list[Row]:
        """The rows of the files that have these columns."""
        return [row for file in self.files if file.rows and columns[0] in file.rows[0] for row in file.rows
                if all(column in row for column in columns)]  # fmt: skip

    def named(self, part: str) -> list[Row]:
        """The rows of the files whose name has this in it."""
        return [row for file in self.files if part in file.path.name for row in file.rows]


def raw_sources(build_file: Path) -> dict[str, RawSource]:
    """The sources of a build file by name."""
    found = tomllib.loads(build_file.read_text("utf-8"))["sources"]
    entries = cast("dict[str, dict[str, object]]", found)
    return {
        name: RawSource(name, [build_file.parent / each for each in _files(entry)]) for name, entry in entries.items()
    }


def _files(entry: Mapping[str, object]) -> list[str]:
    return cast("list[str]", entry.get("files") or [entry["file"]])
