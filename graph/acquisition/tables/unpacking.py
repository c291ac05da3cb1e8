"""What a packed file may unpack to: a bomb of a few kilobytes is refused before it has taken time and memory."""

import io
import re
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from graph.errors import InputError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

ALWAYS = 16 * 1024**2
"""Bytes that any file may unpack to: little enough to be read in seconds, whatever they are."""

MOST_TIMES = 200
"""How many times its size a file may unpack to beyond that: tables shrink to a tenth or so, bombs to a thousandth."""

LONGEST_LINE = 32 * 1024**2
"""Bytes without a line end in a table; a row of a thousand cells of a full page has some 4 million."""

MOST_CELLS = 20_000_000
"""Cells of the rectangle that a sheet spreads over: 200,000 rows of 100 columns."""

_HEAD = _CHUNK = 65536
_LONGEST_TAG = 256
_PLACE = re.compile(rb'<(?:\w+:)?(?:c|row)\s[^>]{0,200}?\br=["\']([A-Z]{0,3})(\d{1,10})["\']')

_REMEDY = "do not trust this file; if it is right, unpack it by hand"


class Unpacked(io.RawIOBase):
    """Bytes out of a packed file, as long as they are in proportion to it."""

    def __init__(self, path: Path, binary: IO[bytes], packed: int) -> None:
        self._path, self._binary, self._size = path, binary, 0
        self._most = max(ALWAYS, packed * MOST_TIMES)

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always: what begins a file is looked at before it is read."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go elsewhere in what is unpacked."""
        self._size = self._binary.seek(offset, whence)
        return self._size

    def tell(self) -> int:
        """Where in what is unpacked it is read."""
        return self._size

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Read on; InputError once it is too much."""
        view = memoryview(buffer)
        chunk = self._binary.read(len(view))
        self._size += len(chunk)
        if self._size > self._most:
            raise InputError(self._path.name, f"unpacks to more than {self._most:,} bytes", _REMEDY)
        view[: len(chunk)] = chunk
        return len(chunk)


def checked_members(path: Path, archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The members of an archive that stays in its folder; InputError for one that would leave it, or is locked."""
    members = archive.infolist()
    for member in members:
        name = PurePosixPath(member.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts:
            fact = f"holds a path that leaves its folder, {member.filename[:200]!r}"
            raise InputError(path.name, fact, "do not trust this archive")
        if member.flag_bits & 0x1:
            raise InputError(path.name, "is locked with a password", "give it unlocked")
    return members


def checked_workbook(path: Path, largest: int) -> None:
    """InputError for a file that is not a workbook, or that may do harm; little of it is unpacked to decide."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = checked_members(path, archive)
            if not any(member.filename == "xl/workbook.xml" for member in members):
                raise InputError(path.name, "is an archive and no workbook", "give the XLSX, CSV or JSON itself")
            size, most = sum(member.file_size for member in members), max(ALWAYS, path.stat().st_size * MOST_TIMES)
            if size > min(most, largest):
                raise InputError(path.name, f"unpacks to more than {min(most, largest):,} bytes", _REMEDY)
            for member in members:
                _refuse_entities(path, archive, member)
    except (NotImplementedError, zipfile.BadZipFile, OSError, EOFError, zlib.error) as fault:
        raise InputError(path.name, f"cannot be read as a workbook: {fault}", "get the file again") from None


def _refuse_entities(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """No spreadsheet program writes a document type; who does means to read other files, or to fill the memory."""
    with archive.open(member) as part:
        if b"<!DOCTYPE" in part.read(_HEAD):
            raise InputError(path.name, "declares a document type, as no workbook does", "do not trust this file")


def refuse_sprawl(path: Path) -> None:
    """InputError for a workbook whose cells lie so far apart that a reader which fills the gaps would not end."""
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml"):
                with archive.open(member) as part:
                    rows, columns = _extent(part)
                if rows * max(columns, 1) > MOST_CELLS:
                    fact = f"spreads over {rows:,} rows and {columns:,} columns"
                    raise InputError(path.name, fact, "delete the empty rows and columns that it ends with")


def _extent(part: IO[bytes]) -> tuple[int, int]:
    """The last row and the last column that a sheet names."""
    rows = columns = 0
    rest = b""
    while chunk := part.read(_CHUNK):
        for column, row in _PLACE.findall(rest + chunk):
            rows, columns = max(rows, int(row)), max(columns, _number(column))
        rest = chunk[-_LONGEST_TAG:]
    return rows, columns


def _number(column: bytes) -> int:
    """The number of a column by its letters.

    >>> _number(b"A"), _number(b"XFD")
    (1, 16384)
    """
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number
