"""What the JSON parser gets to read: the same bytes, in pieces that keep it quick."""

import io
import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.acquisition.tables.json_bytes import CHUNK
from graph.acquisition.tables.json_events import events_of, value_of
from graph.acquisition.tables.json_table import json_records
from graph.errors import InputError

FILE = Path("list.json")
PIECES = st.sampled_from(("x", " ", '"', "\\", "\n", "[", "{", "é", "\U0001f600"))
TEXTS = st.builds(str.__mul__, PIECES, st.integers(0, 3 * CHUNK))
LONG = st.lists(TEXTS, max_size=5).map("".join)


def held(text: bytes) -> object:
    events = events_of(FILE, io.BytesIO(text))
    _, event, value = next(events)
    return value_of(FILE, event, value, events)


@given(st.lists(st.dictionaries(LONG, LONG, max_size=2), max_size=3), st.booleans())
def test_texts_of_any_length_come_through_whole(records: list[dict[str, str]], ascii_only: bool) -> None:
    assert held(json.dumps(records, ensure_ascii=ascii_only).encode()) == records


@pytest.mark.parametrize("piece", ["x", "\\n", '\\"', "\\\\", "\\u00e9", "\\ud83d\\ude00"])
def test_a_text_of_a_million_characters_takes_a_time_by_its_length(piece: str) -> None:
    text = f'[{{"a":"{piece * 1_000_000}"}}]'.encode()
    started = time.process_time()
    assert len([*json_records(FILE, io.BytesIO(text))]) == 2
    assert len([*events_of(FILE, io.BytesIO(text))]) == 6
    assert time.process_time() - started < 5  # it took minutes


@pytest.mark.parametrize("key", [True, False])
def test_a_longer_text_or_key_is_refused(key: bool) -> None:
    text = "x" * 2_000_000
    record = {text: "1"} if key else {"a": text}
    for read in (events_of, json_records):
        with pytest.raises(InputError, match="holds a text of more than"):
            list[object](read(FILE, io.BytesIO(json.dumps([record]).encode())))


def test_brackets_without_end_are_refused_behind_a_long_text_too() -> None:
    text = b'[{"a":"' + b"x" * 1_000_000 + b'","b":' + b"[" * 3_000_000
    with pytest.raises(InputError, match="nests deeper"):
        held(text)
