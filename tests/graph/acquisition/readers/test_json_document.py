"""Documents of JSON: known by one reading within the bounds, their records then read by the parser itself."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.acquisition.readers.json_document import checked_members, members, outline
from graph.acquisition.tables.json_events import MOST_EVENTS
from graph.errors import InputError

KEYS = st.sampled_from(["grants", "item", "title", "publisher", "a.b"])
documents = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=3), st.decimals(-9, 9, places=2).map(float)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)


@given(documents)
def test_checked_members_are_the_members(tmp_path_factory: pytest.TempPathFactory, document: object) -> None:
    path = tmp_path_factory.mktemp("json") / "file.json"
    path.write_text(json.dumps(document))
    if place := outline(path, "grants").place:
        assert list(checked_members(path, place)) == list(members(path, "grants"))


def test_an_outline_knows_the_plain_values_before_and_after_the_records(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_text('{"title": "A", "grants": [{"title": "no"}], "publisher": {"name": "B", "org": {"id": 1}}}')
    found = outline(path, "grants")
    assert found.place == "grants.item"
    assert dict(found.scalars) == {"title": "A", "publisher.name": "B"}


@pytest.mark.parametrize("text", ['{"grants": [{}], "item": [{}]}', '{"grants": [{}], "grants": {"id": 1}}', "{}", "5"])
def test_a_document_with_records_in_several_places_or_none_is_read_with_care(tmp_path: Path, text: str) -> None:
    path = tmp_path / "file.json"
    path.write_text(text)
    assert outline(path, "grants").place == ""


def test_an_outline_refuses_a_record_of_more_values_than_any_has(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    half = json.dumps({"a": [1] * (MOST_EVENTS // 2)})
    path.write_text(f'{{"grants": [{half}, {half}, {half}]}}')
    assert outline(path, "grants").place
    path.write_text(f'{{"grants": [{{"a": {half}, "b": {half}}}]}}')
    with pytest.raises(InputError, match="holds a record of more than"):
        outline(path, "grants")
