"""Plain English wherever a person reads: none of the turns that docs/english.md names."""

import pytest

from tests.support.english import GUIDE, Hit, Passage, Turn, hits, hits_in, turns
from tests.support.paths import ROOT

TURNS = turns((ROOT / GUIDE).read_text("utf-8"))

WAITING: tuple[tuple[str, str], ...] = ()
"""Kinds of text, and beginnings of paths, that are still to be rewritten: delete a line when its files are done."""

STATEMENTS = ("graph/checking/findings.py", "graph/model/own_graphs.py", "graph/statistics/", "mappings/crosswalks.py")
"""Files whose strings stay as they are: codes of a format, and sentences that are literals in a release."""

OLD_ENTRIES = 26
"""How often entries of the changelog that are older than the guide use its turns. New ones do not."""


def waits(passage: Passage) -> bool:
    places = [*WAITING, *(("messages", file) for file in STATEMENTS)]
    return any(passage.kind == kind and passage.file.startswith(path) for kind, path in places)


@pytest.fixture(scope="module")
def found() -> list[Hit]:
    return hits()


def test_no_turn_of_the_guide_is_used_where_a_person_reads(found: list[Hit]) -> None:
    assert [str(hit) for hit in found if hit.passage.file != "CHANGELOG.md" and not waits(hit.passage)] == []


def test_new_entries_of_the_changelog_are_in_plain_english(found: list[Hit]) -> None:
    entries = [str(hit) for hit in found if hit.passage.file == "CHANGELOG.md"]
    assert len(entries) <= OLD_ENTRIES, "\n".join(entries)


def test_nothing_waits_that_is_done(found: list[Hit]) -> None:
    done = [place for place in WAITING if not any(waiting_at(hit, *place) for hit in found)]
    assert done == []


def waiting_at(hit: Hit, kind: str, path: str) -> bool:
    return hit.passage.kind == kind and hit.passage.file.startswith(path)


@pytest.mark.parametrize("turn", TURNS, ids=lambda turn: turn.wording)
def test_each_turn_is_recognised_and_its_replacement_is_not(turn: Turn) -> None:
    for wording in turn.wording.split("; "):
        assert turn.pattern.search(wording), wording
    assert not turn.pattern.search(turn.instead)


def test_a_turn_is_found_over_the_end_of_a_line_and_not_in_code() -> None:
    text = "one\nThis is\nno date; `is no date` is not looked at"
    (hit,) = hits_in(Passage("docs", "page.md", 1, text.replace("`is no date`", "·")), TURNS)
    assert (hit.line, hit.words) == (2, "is no")


def test_the_guide_has_a_table() -> None:
    assert len(TURNS) >= 12
