"""Statements of a sorted file in streams: all, those of some properties, or those about things of a kind."""

from collections.abc import Collection, Iterator
from pathlib import Path

from graph.model import iri
from graph.nquads.lines import beginning_with, lines_of
from graph.nquads.statement import Statement

Description = dict[bytes, set[bytes]]
"""What is stated of one thing: objects by predicate, as N-Quads writes them."""


def statements(path: Path) -> Iterator[Statement]:
    """All statements."""
    return map(Statement, lines_of(path))


def stating(path: Path, properties: Collection[bytes]) -> Iterator[Statement]:
    """The statements of some properties, in one pass over the file, so ask for several at once.

    In most files most statements are of others, so that these are cut, but not made statements.
    """
    for line in lines_of(path):
        if line.split(b" ", 2)[1] in properties:
            yield Statement(line)


def about(path: Path, kind: str) -> Iterator[Statement]:
    """The statements about things of a kind, by their IRIs, without reading what comes before them."""
    return map(Statement, beginning_with(path, _prefix(kind)))


def things(path: Path, kind: str, wanted: Collection[bytes] = ()) -> Iterator[tuple[bytes, Description]]:
    """The things of a kind that a graph describes, by their IRIs; only what `wanted` state, if that names any."""
    last, description = b"", Description()
    for line in beginning_with(path, _prefix(kind)):
        subject, predicate, rest = line.split(b" ", 2)
        if subject != last:
            if last:
                yield last, description
            last, description = subject, {}
        if not wanted or predicate in wanted:
            description.setdefault(predicate, set()).add(rest[: rest.rindex(b" <")])
    if last:
        yield last, description


def _prefix(kind: str) -> bytes:
    return f"<{iri.base()}id/{kind}/".encode()
