"""Reading JSON of any shape within bounds: how deep it nests, how long its texts are, how large it unpacks.

Values are put together here, event by event, because recursion over a hostile file would end the process.
"""

import codecs
import gzip
import io
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

import ijson  # pyright: ignore[reportMissingTypeStubs]

from graph.errors import InputError
from graph.pipeline.json_table import LARGEST_CELL, READ_ERRORS

DEEPEST = 40
"""Levels of nesting; the standards that we read have a dozen."""

READ_AT_ONCE = 4096
"""Bytes that are parsed before the bounds are looked at: each level names all those above it, so 64 kB of brackets
would take gigabytes."""

LARGEST = 2 * 1024**3
"""Bytes of a document once unpacked: the largest package of a grant maker has some 300 MB."""

Event = tuple[str, str, object]
"""Where in the document, what happens there, and the value, as ijson tells it."""


def members(path: Path, *keys: str) -> Iterator[object]:
    """The members of the array under one of the keys of the outermost object, one at a time.

    An object under such a key is the only member; a document that is itself an array gives its own. InputError if
    there is none of these, or the document is no JSON, is cut off, or passes a bound.
    """
    arrays, objects, found = {"item", *(f"{key}.item" for key in keys)}, set(keys), False
    with _faults_in_words(path), _opened(path) as binary:
        events = _events(path, binary)
        for place, event, value in events:
            if place in arrays or (place in objects and event == "start_map"):
                found = True
                yield _value(path, event, value, events)
            elif place in objects and event == "start_array":
                found = True  # if it turns out to be empty
    if not found:
        named = " or ".join(repr(key) for key in keys)
        raise InputError(path.name, f"holds no {named} of records", "check that it is a file of this source")


def scalars(path: Path) -> dict[str, object]:
    """The plain values of the outermost object and of objects in it, such as `publisher.name`."""
    with _faults_in_words(path), _opened(path) as binary:
        return {
            place: value
            for place, event, value in _events(path, binary)
            if place and place.count(".") < 2 and event in ("string", "number", "boolean")
        }


def keys(path: Path) -> list[str]:
    """The names of the fields of the outermost object; none if the document is no object."""
    with _faults_in_words(path), _opened(path) as binary:
        return [str(value) for place, event, value in _events(path, binary) if event == "map_key" and not place]


def document(path: Path) -> object:
    """A whole document as one value."""
    with _faults_in_words(path), _opened(path) as binary:
        events = _events(path, binary)
        _, event, value = next(events)
        return _value(path, event, value, events)


def _events(path: Path, binary: IO[bytes]) -> Iterator[Event]:
    """The parser's events, as long as they keep to the bounds."""
    depth = 0
    parsed = cast(Iterator[Event], ijson.parse(binary, buf_size=READ_AT_ONCE))  # ijson has no types of its own
    for place, event, value in parsed:
        if event.startswith("start_"):
            depth += 1
            if depth > DEEPEST:
                raise InputError(path.name, f"nests deeper than {DEEPEST} levels", "do not trust this file")
        elif event.startswith("end_"):
            depth -= 1
        elif isinstance(value, str) and len(value) > LARGEST_CELL:
            place = f"{path.name}: {place[:80]}"
            raise InputError(place, f"holds a text of more than {LARGEST_CELL:,} characters", "cut it")
        yield place, event, value


def _value(path: Path, event: str, value: object, events: Iterator[Event]) -> object:
    """The value that an event begins, the rest of its events taken."""
    if event not in ("start_map", "start_array"):
        return value
    result: dict[str, object] | list[object] = {} if event == "start_map" else []
    open_: list[tuple[dict[str, object] | list[object], str]] = [(result, "")]
    for _, event, value in events:
        inside, key = open_[-1]
        if event == "map_key":
            open_[-1] = inside, str(value)
            continue
        if event in ("end_map", "end_array"):
            open_.pop()
            if not open_:
                return result
            continue
        begun: object = {} if event == "start_map" else [] if event == "start_array" else value
        if isinstance(inside, dict):
            inside[key] = begun
        else:
            inside.append(begun)
        if isinstance(begun, dict | list):
            open_.append((cast("dict[str, object] | list[object]", begun), ""))
    raise InputError(path.name, "is cut off", "get the file again, whole")


@contextmanager
def _opened(path: Path) -> Generator[IO[bytes]]:
    """The bytes of a document, unpacked if it is gzip, without a byte order mark, and not more than `LARGEST`."""
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        plain = cast(IO[bytes], gzip.GzipFile(fileobj=file)) if packed else file
        bounded = io.BufferedReader(_Bounded(path, plain))
        if bounded.peek(3).startswith(codecs.BOM_UTF8):
            bounded.read(3)
        if not bounded.peek(1):
            raise InputError(path.name, "is empty", "get the file again")
        yield bounded


class _Bounded(io.RawIOBase):
    """Bytes that are refused once they are more than `LARGEST`: a bomb of a megabyte unpacks to terabytes."""

    def __init__(self, path: Path, binary: IO[bytes]) -> None:
        self._path, self._binary, self._size = path, binary, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        chunk = self._binary.read(len(buffer))
        self._size += len(chunk)
        if self._size > LARGEST:
            raise InputError(self._path.name, f"unpacks to more than {LARGEST:,} bytes", "do not trust this file")
        buffer[: len(chunk)] = chunk
        return len(chunk)


@contextmanager
def _faults_in_words(path: Path) -> Generator[None]:
    try:
        yield
    except FileNotFoundError:
        raise InputError(str(path), "does not exist", "check the path, or fetch the file first") from None
    except IsADirectoryError:
        raise InputError(str(path), "is a folder", "name a file in it") from None
    except ijson.IncompleteJSONError as error:
        raise InputError(path.name, f"is cut off, or is no JSON: {_one_line(error)}", "get it again, whole") from error
    except (ijson.JSONError, UnicodeDecodeError) as error:
        raise InputError(path.name, f"is no JSON: {_one_line(error)}", "mend it there") from error
    except READ_ERRORS as error:
        raise InputError(path.name, f"cannot be read to its end: {error}", "get the file again") from error


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:120]
