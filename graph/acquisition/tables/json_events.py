"""The events of a JSON parser within bounds: how deep it nests, how long texts and numbers are, how large a value is.

Values are put together here, event by event, because recursion over a hostile file would end the process.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

import ijson  # pyright: ignore[reportMissingTypeStubs]

from graph.acquisition.tables.json_bytes import CHUNK, LARGEST_CELL, JsonBytes
from graph.acquisition.tables.json_table import refuse_endless
from graph.errors import InputError

DEEPEST = 40
"""Levels of nesting; the standards that we read have a dozen."""

MOST_EVENTS = 2_000_000
"""Values, keys and brackets in one record: an outline of 100,000 points has half a million."""

_TEXTS, _STARTS, _ENDS = ("map_key", "string"), ("start_map", "start_array"), ("end_map", "end_array")

Event = tuple[str, str, object]
"""Where in the document, what happens there, and the value, as ijson gives it."""


def events_of(path: Path, binary: IO[bytes]) -> Iterator[Event]:
    """The parser's events, as long as they keep to the bounds."""
    depth, reader = 0, JsonBytes(path, binary)
    parsed = cast(Iterator[Event], ijson.parse(reader, buf_size=CHUNK))  # ijson has no types of its own
    for each in parsed:  # keys and texts first: most events are one of these
        event = each[1]
        reader.since = 0
        if event in _TEXTS:
            if len(cast(str, each[2])) > LARGEST_CELL:
                fact = f"holds a text of more than {LARGEST_CELL:,} characters"
                raise InputError(f"{path.name}: {each[0][:80]}", fact, "cut it")
        elif event in _STARTS:
            depth += 1
            if depth > DEEPEST:
                raise InputError(path.name, f"nests deeper than {DEEPEST} levels", "do not trust this file")
        elif event in _ENDS:
            depth -= 1
        elif event == "number":
            refuse_endless(path, each[2])
        yield each


def refuse_sprawl(path: Path, events: int) -> None:
    """InputError for a record of more events than any record has."""
    if events > MOST_EVENTS:
        raise InputError(path.name, f"holds a record of more than {MOST_EVENTS:,} values", "do not trust this file")


def value_of(path: Path, event: str, value: object, events: Iterator[Event]) -> object:
    """The value that an event begins, the rest of its events taken; put together without recursion."""
    if event not in ("start_map", "start_array"):
        return value
    result: dict[str, object] | list[object] = {} if event == "start_map" else []
    open_: list[tuple[dict[str, object] | list[object], str]] = [(result, "")]
    for number, (_, event, value) in enumerate(events):
        inside, key = open_[-1]
        if number > MOST_EVENTS:
            refuse_sprawl(path, number)
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
