"""The tables in a file, whatever kind of file it is: a CSV file, the sheets of a workbook, an array of JSON objects."""

import re
import warnings
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path
from typing import cast
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet.worksheet import Worksheet

from graph.acquisition.readers.directory.columns import SEPARATOR
from graph.acquisition.readers.directory.texts import SIGNS, records_of
from graph.acquisition.readers.json_document import members
from graph.acquisition.tables.json_bytes import LARGEST_CELL
from graph.acquisition.tables.json_table import READ_ERRORS
from graph.acquisition.tables.unpacking import checked_workbook
from graph.errors import InputError
from graph.model.problems import FormFault, parameters
from graph.model.rows.record import as_text

LARGEST_BOOK = 256 * 1024**2
"""Bytes that a workbook may unpack to; one of 40,000 organisations has some 60 MB."""

MOST_COLUMNS, MOST_ROWS = 500, 1_048_576
"""Of a sheet; a hostile one claims more rows than any machine could read. No workbook has more than the second."""

LONGEST_TITLE = 31
"""Characters of the title of a sheet, by the rules of spreadsheets."""

LOOKED_DOWN = 20
"""Rows of a sheet among which the names of the columns are looked for, if they are not in the first."""

_ASIDE = 26
"""Columns right of the header in which something is looked for that would be lost."""

# What openpyxl raises over a workbook that is damaged, or made to hurt.
_BOOK_ERRORS = (*READ_ERRORS, InvalidFileException, ParseError, LookupError, ValueError, TypeError, AttributeError)
_DOCUMENTS = frozenset((".doc", ".docx", ".odt", ".pages", ".pdf", ".rtf"))
_OLD_BOOK = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Line:
    """One row by the number that its spreadsheet shows. Without cells it is set aside; `faults` say why."""

    number: int
    cells: Mapping[str, str]
    faults: Sequence[FormFault] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """One table: its header, blank where a column has none, and its rows, cells by column."""

    name: str
    title: str
    """Of the sheet; '' where the file has no sheets."""
    header: Sequence[str]
    lines: Iterator[Line]
    below: Sequence[tuple[int, Sequence[str]]] = ()
    """The first rows below the header, as far down as somebody may have put the names of the columns."""


def sheets(file: Path) -> Iterator[Rows]:
    """The tables of a file; InputError names it if it cannot be read."""
    start = _start(file)
    if not start:
        raise InputError(file.name, "is empty", "save the list again, as XLSX or CSV")
    if file.suffix.lower() in _DOCUMENTS or start.startswith(b"%PDF"):
        raise InputError(file.name, "is not a spreadsheet", "save the list as XLSX or CSV")
    if start.startswith(b"PK\x03\x04"):
        yield from _book(file)
    elif start.startswith(_OLD_BOOK):
        raise InputError(file.name, "is a workbook of the old kind (.xls)", "save it as XLSX or CSV")
    elif start.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"[", b"{"):
        yield _objects(file)
    else:
        yield _text(file, start)


def _start(file: Path) -> bytes:
    try:
        with file.open("rb") as binary:
            return binary.read(4096)
    except FileNotFoundError:
        raise InputError(str(file), "does not exist", "check the path") from None
    except IsADirectoryError:
        raise InputError(str(file), "is a folder", "name a file in it") from None


def _text(file: Path, start: bytes) -> Rows:
    sign, records = records_of(file, start)
    header = [column.strip() for column in next(records)[1]]
    below = [*islice(records, LOOKED_DOWN)]
    return Rows(file.name, "", header, _lines(header, chain(below, records), sign), below)


def _lines(header: Sequence[str], records: Iterable[tuple[int, Sequence[str]]], sign: str = ",") -> Iterator[Line]:
    """Rows that contain anything. Text under no header is reported; a row with more cells than the header is set
    aside."""
    nameless = [place for place, column in enumerate(header) if not column]
    for number, record in records:
        if not any(record):
            continue
        if any(record[len(header) :]):
            named = parameters(columns=len(header), sign=SIGNS[sign])
            yield Line(number, {}, [FormFault("", "", "row-too-long", named)])
            continue
        cells = {column: text.strip() for column, text in zip(header, record, strict=False) if column}
        broken = [column for column, text in cells.items() if text.startswith("#") and _BROKEN.fullmatch(text)]
        faults = [FormFault(column, cells[column], "formula-error") for column in broken]
        if any(record[place].strip() for place in nameless if place < len(record)):
            faults.append(FormFault("", "", "column-nameless"))
        yield Line(number, {**cells, **dict.fromkeys(broken, "")}, faults)


_BROKEN = re.compile(r"#(REF|VALUE|DIV/0|NULL|NUM)!|#NAME\?|#N/A")


def _objects(file: Path) -> Rows:
    """An array of flat objects, whose fields may be lists of texts."""
    found = [_flat(file, number, each) for number, each in enumerate(members(file, "organisations", "rows"), start=1)]
    header = list(dict.fromkeys(key for line in found for key in line.cells))
    return Rows(file.name, "", header, iter(found))


def _flat(file: Path, number: int, value: object) -> Line:
    if not isinstance(value, Mapping):
        raise InputError(f"{file.name}: record {number}", "is not an object", "give one object an organisation")
    fields = cast(Mapping[str, object], value)
    return Line(number, {key: _joined(field) for key, field in fields.items()})


def _joined(value: object) -> str:
    if isinstance(value, list):
        return f"{SEPARATOR} ".join(as_text(each) for each in cast("list[object]", value))
    return "" if isinstance(value, Mapping) else as_text(value)


def _book(file: Path) -> Iterator[Rows]:
    """The sheets of a workbook that have a header; formulas count as what they last gave."""
    checked_workbook(file, LARGEST_BOOK)
    with _faults_in_words(file):
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    with closing(book):
        for sheet in cast("list[ReadOnlyWorksheet]", book.worksheets):
            sheet.reset_dimensions()  # those that a workbook states may be wrong, and rows beyond them would be lost
            with _faults_in_words(file):
                start = [
                    [_cell(file, value) for value in values] for values in _values(sheet, 1, LOOKED_DOWN, MOST_COLUMNS)
                ]
            if any(map(any, start)):
                name = file.name if len(book.worksheets) == 1 else f"{file.name} [{sheet.title[:LONGEST_TITLE]}]"
                header = start[0][: max((place for place, text in enumerate(start[0], start=1) if text), default=0)]
                wide = [*header, *[""] * _ASIDE][:MOST_COLUMNS]
                lines = _lines(wide, _numbered(file, sheet, len(wide)))
                yield Rows(name, sheet.title, header, lines, [*enumerate(start[1:], start=2)])


def _numbered(file: Path, sheet: ReadOnlyWorksheet, width: int) -> Iterator[tuple[int, list[str]]]:
    """The rows below the header with their numbers; what is wrong with the workbook may show at any of them."""
    with _faults_in_words(file):
        for number, values in enumerate(_values(sheet, 2, None, width), start=2):
            if number > MOST_ROWS:
                raise InputError(file.name, f"claims more than {MOST_ROWS:,} rows", "do not trust this file")
            if values.count(None) < len(values):  # a sheet may have a million rows that hold nothing
                yield number, [_cell(file, value) for value in values]


def _values(sheet: ReadOnlyWorksheet, first: int, last: int | None, width: int) -> Iterator[tuple[object, ...]]:
    return cast(Worksheet, sheet).iter_rows(first, last, 1, width, True)  # the library types it for these alone


@contextmanager
def _faults_in_words(file: Path) -> Generator[None]:
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module="openpyxl")  # of what it cannot write again, and of bad dates
            yield
    except _BOOK_ERRORS as fault:
        message = " ".join(str(fault).split())[:120]
        raise InputError(
            file.name, f"cannot be read as a workbook: {message}", "save it again as XLSX or CSV"
        ) from None


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
