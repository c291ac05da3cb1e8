"""Reading a JSON array of flat objects as a table, one object at a time however long the array is."""

import codecs
import lzma
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import IO, cast

import ijson  # pyright: ignore[reportMissingTypeStubs]

from graph.acquisition.tables.json_bytes import LARGEST_CELL, JsonBytes
from graph.errors import InputError

MOST_DIGITS = 100
"""Before or after the point of a number."""

_REMEDY = "correct it; if it is a code and not a number, write it as a text"

READ_ERRORS = (OSError, EOFError, NotImplementedError, lzma.LZMAError, zlib.error, zipfile.BadZipFile)
"""What reading a damaged file or archive raises."""


def json_records(path: Path, binary: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
    """Yield the keys of the first object as the header, then each object's values as text, in that order.

    An object with other keys yields a record that is too long, as a ragged row may be.
    """
    skip_mark(binary)
    number = 1
    try:
        for number, cells in as_rows(_objects(path, binary)):
            yield number, cells
    except ijson.IncompleteJSONError as error:
        place = f"{path.name}: after item {number - 1}"
        raise InputError(place, "is cut off, or is not JSON", "get the file again, whole") from error
    except (ijson.JSONError, UnicodeDecodeError) as error:
        raise InputError(
            f"{path.name}: after item {number - 1}", f"is not JSON: {parser_words(error)}", "correct it there"
        ) from error
    except READ_ERRORS as error:
        raise InputError(path.name, f"cannot be read to its end: {error}", "get the file again") from error
    if number == 1:
        raise InputError(path.name, "is an empty array", "get the file again")


def skip_mark(binary: IO[bytes]) -> None:
    """Pass over the byte order mark, if the file begins with one."""
    if binary.read(3) != codecs.BOM_UTF8:
        binary.seek(0)


def as_rows(records: Iterable[dict[str, str]]) -> Iterator[tuple[int, list[str]]]:
    """The keys of the first record as row 1, then the values of each, with one too many where its keys are others."""
    header: list[str] = []
    for number, record in enumerate(records, start=2):
        if not header:
            header = list(record)
            yield 1, header
        texts = [record.get(key, "") for key in header]
        yield number, texts if record.keys() == set(header) else [*texts, ""]


def _objects(path: Path, binary: IO[bytes]) -> Iterator[dict[str, str]]:
    """The objects of the array. Events, not ijson's own objects: those nest as deep as a hostile file likes."""
    reader = JsonBytes(path, binary)
    events = cast(Iterator[tuple[str, object]], ijson.basic_parse(reader))  # ijson has no types of its own
    next(events)  # the array's start, which the caller saw
    record: dict[str, str] | None = None
    key = ""
    for event, value in events:
        reader.since = 0
        if event == "start_map" and record is None:
            record = {}
        elif event == "end_map" and record is not None:
            yield record
            record = None
        elif event == "map_key" and record is not None:
            key = _text(path, value)
        elif record is not None and event in ("null", "boolean", "number", "string"):
            record[key] = _text(path, value)
        elif event != "end_array":
            raise InputError(path.name, "is not an array of flat objects", "give one object a row, with plain values")


def _text(path: Path, value: object) -> str:
    """A value as the text table of the same source would write it."""
    refuse_endless(path, value)
    text = "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
    if len(text) > LARGEST_CELL:
        raise InputError(path.name, f"holds a text of more than {LARGEST_CELL:,} characters", "cut it")
    return text


def refuse_endless(path: Path, value: object) -> None:
    """InputError for a number that takes more digits to write than any figure has."""
    if isinstance(value, Decimal) and not (value.is_finite() and abs(value.adjusted()) < MOST_DIGITS):
        raise InputError(path.name, f"holds a number of more than {MOST_DIGITS} digits", _REMEDY)


def parser_words(error: Exception) -> str:
    """What a parser says is wrong, without the excerpt of the file that it adds, which may be about somebody."""
    return str(error).removeprefix("b'").replace("\\n", "\n").split("\n")[0][:120]
