"""Reading a table as it was published: plain, gzip or zip, in its encoding, with every fault named by place."""

import codecs
import csv
import gzip
import io
import itertools
import re
import zipfile
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from graph.acquisition.tables.geojson_table import geojson_records
from graph.acquisition.tables.json_bytes import LARGEST_CELL
from graph.acquisition.tables.json_table import READ_ERRORS, json_records
from graph.acquisition.tables.unpacking import LONGEST_LINE, Unpacked, checked_members
from graph.errors import InputError
from graph.sources.dialect import Dialect

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CHUNK = 1024 * 1024
"""Bytes read at once."""

_START = 4096
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
"""How an archive begins, and how one without members does."""
_ESCAPED = re.compile("[\udc80-\udcff]")  # how Python's surrogateescape keeps bytes that it cannot decode


def read_table(path: Path, dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    """Yield the records of a file with their row numbers, the header (row 1) first; blank lines are empty.

    JSON is an array of flat objects, whose keys are the header, or a GeoJSON feature collection. InputError, with the
    line, for a file that is missing, broken, truncated, or in another encoding.
    """
    with _opened(path) as binary:
        start = _refuse_other_encodings(path, binary)
        if start.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"[":
            yield from json_records(path, binary)
            return
        if start.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"{":
            yield from geojson_records(path, binary)
            return
        if start.startswith(codecs.BOM_UTF8) and dialect.encoding != "utf-8":
            binary.read(len(codecs.BOM_UTF8))  # some publishers put it before text of another encoding
        yield from _records(path, _decoded(path, binary, dialect, "strict"), dialect)


def ends_in_a_line(path: Path) -> bool:
    """Whether the last line has its line end: if it is short of cells, it is broken and the file is whole."""
    last = b""
    with _opened(path) as binary:
        while chunk := binary.read(CHUNK):
            last = chunk[-1:]
    return last in (b"\n", b"\r")


def _decoded(path: Path, binary: IO[bytes], dialect: Dialect, errors: str) -> IO[str]:
    guarded = io.BufferedReader(_WithoutNuls(path, binary), CHUNK)
    encoding = "utf-8-sig" if dialect.encoding == "utf-8" else dialect.encoding
    return io.TextIOWrapper(guarded, encoding, errors, newline="")


def _records(path: Path, text: IO[str], dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(LARGEST_CELL)
    if dialect.quoted:
        reader = csv.reader(text, delimiter=dialect.delimiter, strict=True)
    else:
        reader = csv.reader(text, delimiter=dialect.delimiter, quoting=csv.QUOTE_NONE)
    numbers = itertools.count(1)
    try:
        yield from zip(numbers, reader, strict=False)
    except csv.Error as error:
        raise _csv_fault(f"{path.name}:{next(numbers) - 1}", error) from error  # zip has taken the number of the row
    except UnicodeDecodeError as error:
        fact, remedy = f"holds bytes that are not {dialect.encoding}", f"save it as {dialect.encoding}"
        raise InputError(f"{path.name}:{_row_of_wrong_byte(path, dialect)}", fact, remedy) from error
    except READ_ERRORS as error:
        raise InputError(path.name, f"cannot be read to its end: {error}", "get the file again") from error


def _row_of_wrong_byte(path: Path, dialect: Dialect) -> int:
    """The first row with bytes of another encoding: text is decoded far ahead of the row that is being read."""
    with _opened(path) as binary:
        for number, record in _records(path, _decoded(path, binary, dialect, "surrogateescape"), dialect):
            if any(not cell.isascii() and _ESCAPED.search(cell) for cell in record):
                return number
    return 1


class _WithoutNuls(io.RawIOBase):
    """Bytes of a file that is refused at the first NUL: no text holds one, and the csv module would let it through."""

    def __init__(self, path: Path, binary: IO[bytes]) -> None:
        self._path, self._binary = path, binary
        self._lines, self._since = 1, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        chunk = self._binary.read(len(memoryview(buffer)))
        if (place := chunk.find(b"\0")) >= 0:
            line = self._lines + chunk[:place].count(b"\n")
            fact = "holds a NUL character"
            raise InputError(f"{self._path.name}:{line}", fact, "get the file again: it is damaged")
        if lines := chunk.count(b"\n") or chunk.count(b"\r"):
            self._lines, self._since = self._lines + lines, 0
        self._since += len(chunk)
        if self._since > LONGEST_LINE:
            fact = f"has a line of more than {LONGEST_LINE:,} bytes"
            raise InputError(f"{self._path.name}:{self._lines}", fact, "get the file again: it is damaged")
        memoryview(buffer)[: len(chunk)] = chunk
        return len(chunk)


def _csv_fault(place: str, error: csv.Error) -> InputError:
    if "unexpected end of data" in str(error):
        fact = "ends inside a quoted cell of this row: a quotation mark is not closed, or the file is cut off"
        return InputError(place, fact, "close the quotation mark, or get the file again, whole")
    if "field larger" in str(error):
        return InputError(
            place, f"holds a cell of more than {LARGEST_CELL:,} characters", "correct the quotes around it, or cut it"
        )
    return InputError(place, f"is not well-formed CSV: {error}", "double the quotes inside quoted cells")


def _refuse_other_encodings(path: Path, binary: IO[bytes]) -> bytes:
    """The start of the file; UTF-16 and binary files would otherwise read as one long line of rubbish."""
    try:
        start = binary.read(_START)
        binary.seek(0)
    except READ_ERRORS as error:
        raise InputError(path.name, f"cannot be read: {error}", "get the file again") from error
    if not start.removeprefix(codecs.BOM_UTF8).strip() and len(start) < _START:
        raise InputError(path.name, "is empty", "get the file again")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(path.name, "is in UTF-16", "save it as CSV in UTF-8")
    if b"\0" in start:
        raise InputError(path.name, "holds NUL bytes, so it is not a text", "save it as CSV in UTF-8")
    return start


@contextmanager
def _opened(path: Path) -> Generator[IO[bytes], None, None]:
    """The bytes of the table, out of its zip or gzip if it is in one."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
            file.seek(0)
            if start.startswith(_ZIP):
                with zipfile.ZipFile(file) as archive, archive.open(_only_member(path, archive)) as member:
                    yield io.BufferedReader(Unpacked(path, member, path.stat().st_size))
            elif start.startswith(b"\x1f\x8b"):
                with gzip.open(file) as unpacked:
                    yield io.BufferedReader(Unpacked(path, cast(IO[bytes], unpacked), path.stat().st_size))
            else:
                yield file
    except FileNotFoundError as error:
        raise InputError(str(path), "does not exist", "check the path, or fetch the file first") from error
    except IsADirectoryError as error:
        raise InputError(str(path), "is a folder", "name a file in it") from error
    except READ_ERRORS as error:
        raise InputError(str(path), f"cannot be read: {error}", "get the file again") from error


def _only_member(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The one table of an archive: nothing is unpacked to disk, and a path that leaves the folder is refused."""
    members = checked_members(path, archive)
    suffixes = (".csv", ".txt", ".tsv", ".json", ".geojson")
    named = [member for member in members if not _is_of_macos(member.filename)]
    tables: Sequence[zipfile.ZipInfo] = [member for member in named if member.filename.lower().endswith(suffixes)]
    if len(tables) != 1:
        raise InputError(path.name, f"holds {len(tables)} tables", "name an archive that holds one")
    return tables[0]


def _is_of_macos(name: str) -> bool:
    """Whether a member is what macOS packs beside each file: its attributes, under the same suffix.

    >>> _is_of_macos("__MACOSX/._a.csv"), _is_of_macos("a.csv")
    (True, False)
    """
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith("._")
