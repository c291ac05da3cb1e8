"""The tables in a file, whatever kind of file it is: a CSV file, the sheets of a workbook, an array of JSON objects."""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import cast

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from graph.errors import InputError
from graph.forms.directory.columns import SEPARATOR
from graph.forms.document import members
from graph.pipeline.json_table import LARGEST_CELL
from graph.pipeline.table import Dialect, read_table
from graph.pipeline.unpacking import checked_workbook
from graph.words.record import as_text

LARGEST_BOOK = 256 * 1024**2
"""Bytes that a workbook may unpack to; one of 40,000 organisations has some 60 MB."""

MOST_COLUMNS = 500

MOST_ROWS = 1_048_576
"""Rows that a sheet can have."""


@dataclass(frozen=True, slots=True)
class Rows:
    """One table: its header, and its rows by number as a spreadsheet counts them, cells by column."""

    name: str
    header: Sequence[str]
    records: Iterator[tuple[int, Mapping[str, str]]]


def sheets(file: Path) -> Iterator[Rows]:
    """The tables of a file; InputError names it if it cannot be read."""
    start = _start(file)
    if start.startswith(b"PK\x03\x04"):
        yield from _book(file)
    elif start.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"[", b"{"):
        yield _objects(file)
    else:
        yield _text(file)


def _start(file: Path) -> bytes:
    try:
        with file.open("rb") as binary:
            return binary.read(4096)
    except FileNotFoundError:
        raise InputError(str(file), "does not exist", "check the path") from None
    except IsADirectoryError:
        raise InputError(str(file), "is a folder", "name a file in it") from None


def _text(file: Path) -> Rows:
    """A CSV file; what is not UTF-8 is taken to be what Windows writes."""
    encoding = "utf-8" if _is_utf8(file) else "cp1252"
    records = read_table(file, Dialect(encoding))
    header = [column.strip() for column in next(records)[1]]
    return Rows(file.name, header, _cells(header, records))


def _is_utf8(file: Path) -> bool:
    try:
        with file.open(encoding="utf-8") as text:
            while text.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _cells(header: Sequence[str], records: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, Mapping[str, str]]]:
    for number, record in records:
        if any(record):
            yield number, dict(zip(header, (text.strip() for text in record), strict=False))


def _objects(file: Path) -> Rows:
    """An array of flat objects, whose fields may be lists of texts."""
    found = [_flat(file, number, each) for number, each in enumerate(members(file, "organisations", "rows"), start=1)]
    header = list(dict.fromkeys(key for _, record in found for key in record))
    return Rows(file.name, header, iter(found))


def _flat(file: Path, number: int, value: object) -> tuple[int, Mapping[str, str]]:
    if not isinstance(value, Mapping):
        raise InputError(f"{file.name}: record {number}", "is no object", "give one object an organisation")
    fields = cast(Mapping[str, object], value)
    return number, {key: _joined(field) for key, field in fields.items()}


def _joined(value: object) -> str:
    if isinstance(value, list):
        return f"{SEPARATOR} ".join(as_text(each) for each in cast("list[object]", value))
    return "" if isinstance(value, Mapping) else as_text(value)


def _book(file: Path) -> Iterator[Rows]:
    """The sheets of a workbook that have a header; formulas count as what they last gave."""
    checked_workbook(file, LARGEST_BOOK)
    try:
        with closing(openpyxl.load_workbook(file, read_only=True, data_only=True)) as book:
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # what a sheet says of its own size may be false
                header = [
                    _cell(file, value) for value in next(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), ())
                ]
                while header and not header[-1]:
                    header.pop()
                if header:
                    name = file.name if len(book.worksheets) == 1 else f"{file.name} [{sheet.title}]"
                    yield Rows(name, header, _cells(header, _lines(file, sheet, len(header))))
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as fault:
        said = " ".join(str(fault).split())[:120]
        raise InputError(file.name, f"cannot be read as a workbook: {said}", "save it again as XLSX or CSV") from None


def _lines(file: Path, sheet: ReadOnlyWorksheet, width: int) -> Iterator[tuple[int, list[str]]]:
    """The rows below the header that hold anything, by number."""
    for number, line in enumerate(sheet.iter_rows(min_row=2, values_only=True, max_col=width), start=2):
        if number > MOST_ROWS:
            raise InputError(file.name, f"numbers rows beyond {MOST_ROWS:,}", "do not trust this file")
        if line.count(None) < len(line):
            yield number, [_cell(file, value) for value in line]


def _cell(file: Path, value: object) -> str:
    if isinstance(value, datetime):
        value = value.date() if value.time().isoformat() == "00:00:00" else value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = as_text(value)
    if len(text) > LARGEST_CELL:
        raise InputError(file.name, f"holds a cell of more than {LARGEST_CELL:,} characters", "cut it")
    return text
