"""Reading a table as it was published: plain, gzip or zip, in its encoding, with every fault named by place."""

import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from graph.errors import InputError

LARGEST_CELL = 1024 * 1024
"""Characters in one cell; the longest objective of a real charity is some 20,000."""

_READ_ERRORS = (OSError, EOFError, zlib.error, zipfile.BadZipFile)


def read_table(path: Path, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the records of a CSV file with their row numbers, the header (row 1) first.

    InputError, with the line, for a file that is missing, broken, truncated, or in another encoding.
    """
    with _opened(path) as binary:
        _refuse_other_encodings(path, binary)
        text = io.TextIOWrapper(binary, "utf-8-sig" if encoding == "utf-8" else encoding, newline="")
        yield from _records(path, text, encoding, delimiter)


def _records(path: Path, text: IO[str], encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(LARGEST_CELL)
    reader = csv.reader(_lines(path, text), delimiter=delimiter, strict=True)
    try:
        yield from ((number, record) for number, record in enumerate(reader, start=1) if record)
    except csv.Error as error:
        raise _csv_fault(f"{path.name}:{reader.line_num}", error) from error
    except UnicodeDecodeError as error:
        place = f"{path.name}: after line {reader.line_num}"
        raise InputError(place, f"holds bytes that are not {encoding}", f"save it as {encoding}") from error
    except _READ_ERRORS as error:
        raise InputError(path.name, f"cannot be read to its end: {error}", "get the file again") from error


def _lines(path: Path, text: IO[str]) -> Iterator[str]:
    for number, line in enumerate(text, start=1):
        if "\0" in line:
            raise InputError(f"{path.name}:{number}", "holds a NUL character", "get the file again: it is damaged")
        yield line


def _csv_fault(place: str, error: csv.Error) -> InputError:
    if "field larger" in str(error):
        return InputError(
            place,
            f"holds a cell of more than {LARGEST_CELL:,} characters",
            "mend the quotes around it, or cut it",
        )
    if "unexpected end of data" in str(error):
        return InputError(place, "ends inside a quoted cell: the file is cut off", "get the file again, whole")
    return InputError(place, f"is no well-formed CSV: {error}", "double the quotes inside quoted cells")


def _refuse_other_encodings(path: Path, binary: IO[bytes]) -> None:
    """UTF-16 and binary files, which would otherwise read as one long line of rubbish."""
    try:
        start = binary.read(4096)
        binary.seek(0)
    except _READ_ERRORS as error:
        raise InputError(path.name, f"cannot be read: {error}", "get the file again") from error
    if not start:
        raise InputError(path.name, "is empty", "get the file again")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(path.name, "is in UTF-16", "save it as CSV in UTF-8")
    if b"\0" in start:
        raise InputError(path.name, "holds NUL bytes, so it is no text", "save it as CSV in UTF-8")


@contextmanager
def _opened(path: Path) -> Generator[IO[bytes], None, None]:
    """The bytes of the table, out of its zip or gzip if it is in one."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
            file.seek(0)
            if start.startswith(b"PK\x03\x04"):
                with zipfile.ZipFile(file) as archive, archive.open(_only_member(path, archive)) as member:
                    yield member
            elif start.startswith(b"\x1f\x8b"):
                with gzip.open(file) as unpacked:
                    yield io.BufferedReader(unpacked)
            else:
                yield file
    except FileNotFoundError as error:
        raise InputError(str(path), "does not exist", "check the path, or fetch the file first") from error
    except IsADirectoryError as error:
        raise InputError(str(path), "is a folder", "name a file in it") from error
    except _READ_ERRORS as error:
        raise InputError(str(path), f"cannot be read: {error}", "get the file again") from error


def _only_member(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The one table of an archive: nothing is unpacked to disk, and a path that leaves the folder is refused."""
    for member in archive.infolist():
        name = PurePosixPath(member.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts:
            raise InputError(
                path.name,
                f"holds a path that leaves its folder, {member.filename!r}",
                "do not trust this archive",
            )
    tables: Sequence[zipfile.ZipInfo] = [
        member for member in archive.infolist() if member.filename.lower().endswith((".csv", ".txt", ".tsv"))
    ]
    if len(tables) != 1:
        raise InputError(path.name, f"holds {len(tables)} tables", "name an archive that holds one")
    return tables[0]
