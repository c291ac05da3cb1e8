"""Things as a sorted graph describes them, one after the other, without reading what comes before them."""

from collections.abc import Collection, Iterator
from pathlib import Path

from graph.model import iri
from graph.nquads.lines import beginning_with

Said = dict[bytes, set[bytes]]
"""What is said of one thing: objects by predicate, as N-Quads writes them."""


def things(path: Path, kind: str, wanted: Collection[bytes] = ()) -> Iterator[tuple[bytes, Said]]:
    """The things of a kind that a graph describes, by their IRIs; only what is said by `wanted`, if that names any."""
    last, said = b"", Said()
    for line in beginning_with(path, f"<{iri.base()}id/{kind}/".encode()):
        subject, predicate, rest = line.split(b" ", 2)
        if subject != last:
            if last:
                yield last, said
            last, said = subject, {}
        if not wanted or predicate in wanted:
            said.setdefault(predicate, set()).add(rest[: rest.rindex(b" <")])
    if last:
        yield last, said
