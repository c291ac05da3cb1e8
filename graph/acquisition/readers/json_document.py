"""Reading JSON of any shape within bounds: how deep it nests, how long its texts are, how large it unpacks.

Values are put together here, event by event, because recursion over a hostile file would end the process.
"""

import codecs
import gzip
import io
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import ijson  # pyright: ignore[reportMissingTypeStubs]

from graph.acquisition.tables.json_events import MOST_EVENTS, events_of, refuse_sprawl, value_of
from graph.acquisition.tables.json_table import READ_ERRORS, parser_words
from graph.acquisition.tables.unpacking import Unpacked
from graph.errors import InputError


def members(path: Path, *keys: str) -> Iterator[object]:
    """The members of the array under one of the keys of the outermost object, one at a time.

    An object under such a key is the only member; a document that is itself an array gives its own. InputError if there
    is none of these, or the document is not JSON, is cut off, or exceeds a bound.
    """
    arrays, objects, found = {"item", *(f"{key}.item" for key in keys)}, set(keys), False
    with _faults_in_words(path), _opened(path) as binary:
        events = events_of(path, binary)
        for place, event, value in events:
            if place in arrays or (place in objects and event == "start_map"):
                found = True
                yield value_of(path, event, value, events)
            elif place in objects and event == "start_array":
                found = True  # if it turns out to be empty
    if not found:
        named = " or ".join(repr(key) for key in keys)
        raise InputError(path.name, f"holds no {named} of records", "check that it is a file of this source")


@dataclass(frozen=True, slots=True)
class Outline:
    """What we know about a document that was read to its end, and keeps to the bounds."""

    scalars: Mapping[str, object]
    """The plain values of the outermost object and of objects in it, such as `publisher.name`."""
    place: str
    """Where its records are, as the parser names places; '' if they are nowhere, or in several places."""


def outline(path: Path, *keys: str) -> Outline:
    """Read a document to its end within the bounds, to know it, and to read its records quickly from then on."""
    inside, scalars, places, size = {"item", *(f"{key}.item" for key in keys)}, dict[str, object](), set[str](), 0
    with _faults_in_words(path), _opened(path) as binary:
        for place, event, value in events_of(path, binary):
            size += 1
            if place in inside and event != "map_key":
                places.add(place)
                size = 0
            elif place in keys and event.startswith("start_"):
                places.add(place if event == "start_map" else f"{place}.item")
            elif event in ("string", "number", "boolean") and place.count(".") < 2:
                scalars[place] = value
            if size > MOST_EVENTS:
                refuse_sprawl(path, size)
    return Outline(scalars, places.pop() if len(places) == 1 else "")


def checked_members(path: Path, place: str) -> Iterator[object]:
    """What `members` gives of a document whose outline is known, five times as fast: the parser builds the values."""
    with _faults_in_words(path), _opened(path) as binary:
        yield from cast(Iterator[object], ijson.items(binary, place))


def keys(path: Path) -> list[str]:
    """The names of the fields of the outermost object; none if the document is not an object."""
    with _faults_in_words(path), _opened(path) as binary:
        return [str(value) for place, event, value in events_of(path, binary) if event == "map_key" and not place]


def document(path: Path) -> object:
    """A whole document as one value."""
    with _faults_in_words(path), _opened(path) as binary:
        events = events_of(path, binary)
        _, event, value = next(events)
        return value_of(path, event, value, events)


@contextmanager
def _opened(path: Path) -> Generator[IO[bytes]]:
    """The bytes of a document, unpacked if it is gzip, without a byte order mark."""
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        plain = cast(IO[bytes], gzip.GzipFile(fileobj=file)) if packed else file
        # What is not packed has the size that it has.
        bounded = io.BufferedReader(Unpacked(path, plain, path.stat().st_size))
        if bounded.peek(3).startswith(codecs.BOM_UTF8):
            bounded.read(3)
        if not bounded.peek(1):
            raise InputError(path.name, "is empty", "get the file again")
        yield bounded


@contextmanager
def _faults_in_words(path: Path) -> Generator[None]:
    try:
        yield
    except FileNotFoundError:
        raise InputError(str(path), "does not exist", "check the path, or fetch the file first") from None
    except IsADirectoryError:
        raise InputError(str(path), "is a folder", "name a file in it") from None
    except ijson.IncompleteJSONError as error:
        raise InputError(
            path.name, f"is cut off, or is not JSON: {parser_words(error)}", "get it again, whole"
        ) from error
    except (ijson.JSONError, UnicodeDecodeError) as error:
        raise InputError(path.name, f"is not JSON: {parser_words(error)}", "correct it there") from error
    except READ_ERRORS as error:
        raise InputError(path.name, f"cannot be read to its end: {error}", "get the file again") from error
