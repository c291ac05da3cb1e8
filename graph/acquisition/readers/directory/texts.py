"""Lists as files of text: in UTF-8, in what Windows writes, or in UTF-16; with commas, semicolons or tabs."""

import codecs
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.acquisition.tables.table import read_table
from graph.errors import InputError
from graph.sources.dialect import Dialect

SIGNS = {",": "comma", ";": "semicolon", "\t": "tab"}
"""What may stand between cells, and what it is called."""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CHUNK = 1 << 20

Records = Iterator[tuple[int, Sequence[str]]]


def records_of(file: Path, start: bytes) -> tuple[str, Records]:
    """The sign between cells, and the records with their numbers; `start` are the first bytes of the file."""
    if start.startswith(_UTF16):
        sign = delimiter(start.decode("utf-16", "replace"))
        return sign, _unicode_text(file, sign)
    sign = delimiter(start.decode("cp1252", "replace"))
    return sign, read_table(file, Dialect("utf-8" if _is_utf8(file) else "cp1252", sign))


def delimiter(start: str) -> str:
    """What parts the cells of the first line: a comma, the semicolon of a European spreadsheet, or a tab.

    >>> delimiter("reference;name;area\\r\\n1;Choir, The;Fife"), delimiter('"Name; in full",area')
    (';', ',')
    """
    outside = "".join(start.splitlines()[:1]).split('"')[::2]
    found = Counter(sign for part in outside for sign in part if sign in SIGNS)
    return max(SIGNS, key=lambda sign: found[sign])


def _is_utf8(file: Path) -> bool:
    try:
        with file.open(encoding="utf-8") as text:
            while text.read(_CHUNK):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _unicode_text(file: Path, sign: str) -> Records:
    """What Excel calls Unicode text, by way of a copy in UTF-8 that is gone once it is read."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / file.name
        try:
            with file.open(encoding="utf-16", newline="") as text, copy.open("w", encoding="utf-8", newline="") as out:
                while part := text.read(_CHUNK):
                    out.write(part)
        except UnicodeError:
            raise InputError(file.name, "is cut off, or is not UTF-16", "save it as CSV in UTF-8") from None
        yield from read_table(copy, Dialect("utf-8", sign))
