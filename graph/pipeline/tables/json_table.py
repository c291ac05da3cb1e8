"""Reading a JSON array of flat objects as a table, one object at a time however long the array is."""

import codecs
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import IO, cast

import ijson  # pyright: ignore[reportMissingTypeStubs]

from graph.errors import InputError

LARGEST_CELL = 1024 * 1024
"""Characters in one cell; the longest objective of a real charity is some 20,000."""

MOST_DIGITS = 100
"""Before or after the point of a number."""

_DIGITS = bytes(ord("0") if chr(code).isdigit() and code < 128 else code for code in range(256))
_ENDLESS = b"0" * 1000
_REMEDY = "mend it; if it is a code and no number, write it as a text"

READ_ERRORS = (OSError, EOFError, NotImplementedError, lzma.LZMAError, zlib.error, zipfile.BadZipFile)
"""What reading a damaged file or archive raises."""


def json_records(path: Path, binary: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
    """Yield the keys of the first object as the header, then each object's values as text, in that order.

    An object with other keys yields a record that is too long, as a ragged row may be.
    """
    if binary.read(3) != codecs.BOM_UTF8:
        binary.seek(0)
    header: list[str] = []
    number = 1
    try:
        for number, record in enumerate(_objects(path, binary), start=2):
            if not header:
                header = list(record)
                yield 1, header
            texts = [record.get(key, "") for key in header]
            yield number, texts if record.keys() == set(header) else [*texts, ""]
    except ijson.IncompleteJSONError as error:
        place = f"{path.name}: after item {number - 1}"
        raise InputError(place, "is cut off, or is no JSON", "get the file again, whole") from error
    except (ijson.JSONError, UnicodeDecodeError) as error:
        raise InputError(
            f"{path.name}: after item {number - 1}", f"is no JSON: {parser_words(error)}", "mend it there"
        ) from error
    except READ_ERRORS as error:
        raise InputError(path.name, f"cannot be read to its end: {error}", "get the file again") from error


def _objects(path: Path, binary: IO[bytes]) -> Iterator[dict[str, str]]:
    """The objects of the array. Events, not ijson's own objects: those nest as deep as a hostile file likes."""
    events = cast(
        Iterator[tuple[str, object]], ijson.basic_parse(ShortNumbers(path, binary))
    )  # ijson has no types of its own
    next(events)  # the array's start, which the caller saw
    record: dict[str, str] | None = None
    key = ""
    for event, value in events:
        if event == "start_map" and record is None:
            record = {}
        elif event == "end_map" and record is not None:
            yield record
            record = None
        elif event == "map_key" and record is not None:
            key = str(value)
        elif record is not None and event in ("null", "boolean", "number", "string"):
            record[key] = _text(path, value)
        elif event != "end_array":
            raise InputError(path.name, "is no array of flat objects", "give one object a row, with plain values")


def _text(path: Path, value: object) -> str:
    """A value as the text table of the same source would write it."""
    refuse_endless(path, value)
    text = "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
    if len(text) > LARGEST_CELL:
        raise InputError(path.name, f"holds a text of more than {LARGEST_CELL:,} characters", "cut it")
    return text


class ShortNumbers:
    """Bytes of JSON that are refused at a run of digits so long that the parser would crash on it."""

    def __init__(self, path: Path, binary: IO[bytes]) -> None:
        self._path, self._binary, self._last = path, binary, b""

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        chunk = self._binary.read(size)
        digits = self._last + chunk.translate(_DIGITS)
        if _ENDLESS in digits:
            raise InputError(self._path.name, f"holds more than {len(_ENDLESS):,} digits in a row", _REMEDY)
        self._last = digits[-len(_ENDLESS) :]
        return chunk


def refuse_endless(path: Path, value: object) -> None:
    """InputError for a number that takes more digits to write than any figure has."""
    if isinstance(value, Decimal) and not (value.is_finite() and abs(value.adjusted()) < MOST_DIGITS):
        raise InputError(path.name, f"holds a number of more than {MOST_DIGITS} digits", _REMEDY)


def parser_words(error: Exception) -> str:
    """What a parser says is wrong, without the excerpt of the file that it adds, which may be about somebody."""
    return str(error).removeprefix("b'").replace("\\n", "\n").split("\n")[0][:120]
