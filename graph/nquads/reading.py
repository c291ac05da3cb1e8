"""Statements of a sorted file in streams: all, those of some properties, or those about things of a kind."""

from collections.abc import Collection, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from graph.model import iri
from graph.nquads.lines import beginning_with, lines_of
from graph.nquads.statement import Statement

Description = dict[bytes, set[bytes]]
"""What is stated of one thing: objects by predicate, as N-Quads writes them."""


def statements(path: Path) -> Iterator[Statement]:
    """All statements."""
    return map(Statement.of, lines_of(path))


def stating(path: Path, properties: Collection[bytes]) -> Iterator[Statement]:
    """The statements of some properties, in one pass over the file: whoever wants several things asks for all at once.

    In most files most statements are of others, so that these are cut, but not made statements.
    """
    for line in lines_of(path):
        terms = line.split(b" ", 2)
        if terms[1] in properties:
            yield Statement(*terms)


def about(path: Path, kind: str) -> Iterator[Statement]:
    """The statements about things of a kind, by their IRIs, without reading what comes before them."""
    return map(Statement.of, beginning_with(path, f"<{iri.base()}id/{kind}/".encode()))


def things(path: Path, kind: str, wanted: Collection[bytes] = ()) -> Iterator[tuple[bytes, Description]]:
    """The things of a kind that a graph describes, by their IRIs; only what `wanted` state, if that names any."""
    for subject, stated in groupby(about(path, kind), itemgetter(0)):
        description = Description()
        for statement in stated:
            if not wanted or statement.predicate in wanted:
                description.setdefault(statement.predicate, set()).add(statement.object)
        yield subject, description
