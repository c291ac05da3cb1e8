"""Questions that people ask of all sources together, answered by SPARQL and again from the raw files.

One file a topic in `tests/questions/`, with a table for each question: its number, the question in English, the sources
it takes, the query, and the answer: either rows, with a comment that says how they were found, or the function of
`answers_<topic>.py` that works them out of the raw files by other means. Rows are compared without their order, unless
the question says `ordered = true`.
"""

import importlib
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import cast

import pyoxigraph as ox
import pytest

from graph.build.plan import read_plan
from graph.model import iri
from tests.support.real_build import BUILD_FILE, Built

HOW_MANY = 134
TOPICS = sorted(Path(__file__).parent.glob("*.toml"))

Cell = str | int | Decimal | bool | date
Rows = list[tuple[Cell, ...]]

NUMERIC = {"integer", "decimal", "int", "long", "nonNegativeInteger", "gYear"}


@dataclass(frozen=True)
class Question:
    """One question with its query; `answer` is rows, or `<topic>.<function>`."""

    number: int
    question: str
    sources: Sequence[str]
    query: str
    answer: str | Sequence[Sequence[Cell]]
    ordered: bool = False

    @classmethod
    def read(cls, path: Path) -> "list[Question]":
        """The questions of a topic; a key that is missing or unknown is a TypeError."""
        return [cls(**each) for each in tomllib.loads(path.read_text("utf-8"))["question"]]

    def worked_out(self) -> Rows:
        """The answer by other means than the graph."""
        if isinstance(self.answer, str):
            topic, _, name = self.answer.partition(".")
            module = importlib.import_module(f"tests.questions.answers_{topic}")
            found = cast(Callable[[], Iterable[Sequence[Cell]]], getattr(module, name))()
        else:
            found = self.answer
        return [tuple(_plain(cell) for cell in row) for row in found]


QUESTIONS = sorted((each for path in TOPICS for each in Question.read(path)), key=lambda each: each.number)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: f"{each.number:02}")
def test_a_question_is_answered_as_the_raw_files_answer_it(question: Question, real_build: Built) -> None:
    missing = set(question.sources) - {entry.name for entry in real_build.manifest.sources}
    assert not missing, f"{BUILD_FILE} lacks {', '.join(sorted(missing))}: the question cannot be asked"
    found, expected = [_read(row) for row in real_build.rows(question.query)], question.worked_out()
    assert expected, "an answer of no rows proves nothing"
    if question.ordered:
        assert found == expected
    else:
        assert _difference(found, expected) == ([], [])


def test_questions_are_numbered_without_a_gap_and_as_many_as_promised() -> None:
    assert len(QUESTIONS) >= HOW_MANY
    assert [each.number for each in QUESTIONS] == [*range(1, len(QUESTIONS) + 1)]


@pytest.mark.parametrize("path", TOPICS, ids=lambda path: path.stem)
def test_a_topic_holds_the_questions_that_its_module_answers(path: Path) -> None:
    for each in Question.read(path):
        assert not isinstance(each.answer, str) or each.answer.partition(".")[0] == path.stem, each.question


def test_every_question_is_asked_once_and_in_words() -> None:
    asked = [each.question for each in QUESTIONS]
    assert len(set(asked)) == len(asked)
    assert [words for words in asked if not words.endswith("?")] == []


def test_every_source_of_the_real_build_is_asked_about() -> None:
    planned = {each.name for each in read_plan(BUILD_FILE).sources}
    assert planned - {name for each in QUESTIONS for name in each.sources} == set()


def _difference(found: Rows, expected: Rows) -> tuple[list[str], list[str]]:
    """Rows too many and rows missing, the first ten of each."""
    more, fewer = Counter(found) - Counter(expected), Counter(expected) - Counter(found)
    return [str(row) for row in list(more)[:10]], [str(row) for row in list(fewer)[:10]]


def _read(row: Iterable[object]) -> tuple[Cell, ...]:
    """A solution as plain values: our own IRIs without their base, numbers exact, all else as text."""
    return tuple(_cell(term) for term in row)


def _cell(term: object) -> Cell:
    if isinstance(term, ox.NamedNode):
        return term.value.removeprefix(iri.DEFAULT_BASE)
    if isinstance(term, ox.Literal):
        return Decimal(term.value) if term.datatype.value.rpartition("#")[2] in NUMERIC else term.value
    assert term is None, f"{term} should not be in an answer"
    return ""


def _plain(cell: Cell) -> Cell:
    """What `_cell` makes of the same value; a boolean is written as SPARQL writes it."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, date):
        return cell.isoformat()
    return Decimal(cell) if isinstance(cell, int) else cell
