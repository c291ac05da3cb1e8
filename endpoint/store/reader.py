"""The look-ups of one request: each is made once, and those that need nothing from each other are made together."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from endpoint.store.port import Fact, Graph, Row, Rows, text
from endpoint.store.queries import BACK, BRANCH, bundle, look_ups
from graph.model.query import Term

__all__ = ["Reader"]

K = TypeVar("K")
V = TypeVar("V")
Made = TypeVar("Made")

MOST = 1_000
"""Look-ups in one query, which stays far below the size that an endpoint takes."""
MOST_BUNDLED = 100
"""Queries that are sent as one."""

Link = tuple[str, str]
"""A property and a value."""


@dataclass(frozen=True)
class _Answers(Generic[K, V]):
    """The answers to one kind of look-up, the look-ups still to be made, and what replaces their answers until then."""

    stand_in: V
    known: dict[K, V] = field(default_factory=dict[K, V])
    wanted: dict[K, None] = field(default_factory=dict[K, None])

    def take(self) -> list[K]:
        """What is wanted; then nothing is."""
        keys = list(self.wanted)
        self.wanted.clear()
        return keys


class Reader:
    """Answers one look-up at once; within `in_rounds`, for all that is wanted at a time."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._about = _Answers[str, dict[str, list[Term]]]({})
        self._stated = _Answers[str, list[Fact]]([])
        self._back = _Answers[Link, list[str]]([])
        self._rows = _Answers[str, Rows](())
        self._gathers = False
        self.gaps = 0
        """How often an answer was missing: what was made meanwhile must not be kept."""

    def about(self, iri: str) -> Mapping[str, Sequence[Term]]:
        """What the merged graph states about a thing, by property."""
        return self._answer(self._about, iri)

    def stated(self, iri: str) -> Sequence[Fact]:
        """What each source states about a thing."""
        return self._answer(self._stated, iri)

    def subjects(self, prop: str, value: str) -> Sequence[str]:
        """The things that have a thing as the value of a property."""
        return self._answer(self._back, (prop, value))

    def rows(self, query: str) -> Rows:
        return self._answer(self._rows, query)

    def at_once(self, query: str) -> Rows:
        """The rows of a SELECT on which all else depends: not put off within rounds."""
        return self._graph.select([query])[0]

    def in_rounds(self, make: Callable[[], Made]) -> Made:
        """What a function makes, which is run until nothing that it looks up is missing.

        A look-up without an answer yet gets an empty one and is noted; after the run all that are noted are answered
        together. So the function has no effect but its result, and takes emptiness for an answer.
        """
        if self._gathers:
            return make()
        self._gathers = True
        try:
            while True:
                gaps, made = self.gaps, make()
                if self.gaps == gaps:
                    return made
                self._fetch()
        finally:
            self._gathers = False

    def _answer(self, answers: _Answers[K, V], key: K) -> V:
        if (known := answers.known.get(key)) is not None:
            return known
        answers.wanted[key] = None
        if self._gathers:
            self.gaps += 1
            return answers.stand_in
        self._fetch()
        return answers.known[key]

    def _fetch(self) -> None:
        """Answers all that is wanted, by queries that are sent together."""
        about, stated = self._about.take(), self._stated.take()
        back, queries = self._back.take(), self._rows.take()
        self._about.known.update((iri, {}) for iri in about)
        self._stated.known.update((iri, []) for iri in stated)
        self._back.known.update((link, []) for link in back)
        bundles = list(_parts(queries, MOST_BUNDLED))
        texts = list(_texts(about, stated, back))
        answers = self._graph.select([*texts, *map(bundle, bundles)])
        for rows in answers[: len(texts)]:
            for row in rows:
                self._note(row)
        for sent, rows in zip(bundles, answers[len(texts) :], strict=True):
            self._rows.known.update(zip(sent, _unbundled(rows, len(sent)), strict=True))

    def _note(self, row: Row) -> None:
        """Takes up a row of look-ups."""
        subject, prop = text(row, "s"), text(row, "p")
        if BACK in row:
            self._back.known[prop, text(row, "o")].append(subject)
        elif "g" in row:
            self._stated.known[subject].append(Fact(subject, prop, row["o"], text(row, "g")))
        else:
            self._about.known[subject].setdefault(prop, []).append(row["o"])


def _texts(about: list[str], stated: list[str], back: list[Link]) -> Iterator[str]:
    for place in range(0, max(len(about), len(stated), len(back)), MOST):
        chosen = slice(place, place + MOST)
        yield look_ups(about[chosen], stated[chosen], back[chosen])


def _parts(keys: list[K], size: int) -> Iterator[list[K]]:
    yield from (keys[place : place + size] for place in range(0, len(keys), size))


def _unbundled(rows: Rows, count: int) -> list[Rows]:
    """The rows of each of the queries of a bundle."""
    if count == 1:
        return [rows]
    parts: list[list[Row]] = [[] for _ in range(count)]
    for row in rows:
        parts[int(text(row, BRANCH))].append(row)
    return list(parts)
