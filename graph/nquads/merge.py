"""The default graph of a release that is being built: the triples of all its named graphs, sorted, each once."""

import heapq
from collections.abc import Iterator, Mapping
from pathlib import Path

from graph.errors import ReleaseError
from graph.model.terms import Iri
from graph.nquads.lines import add_lines, lines_of


def merge_graphs(graphs: Mapping[Iri, Path], target: Path) -> int:
    """Merge sorted N-Quads files, one a graph, into sorted N-Triples without repeats.

    Returns the number of triples. Streams, so that size does not matter.
    """
    count, last = 0, b""
    with target.open("wb") as merged:
        for line in heapq.merge(*(_triples(path, graph) for graph, path in graphs.items())):
            if line != last:
                merged.write(line)
                count, last = count + 1, line
    return count


def merge_more(added: Mapping[Iri, Path], merged: Path) -> list[Path]:
    """Merge more sorted graphs into what `merge_graphs` wrote; gives files of their triples, beside them."""
    triples = [triples_of(graph, path)[0] for graph, path in added.items()]
    add_lines(triples, merged)
    return triples


def triples_of(graph: Iri, quads: Path) -> tuple[Path, int]:
    """Write the triples of a named graph beside it; gives the file, and how many they are."""
    target, count = quads.with_suffix(".nt"), 0
    with target.open("wb") as lines:
        for line in _triples(quads, graph):
            lines.write(line)
            count += 1
    return target, count


def _triples(path: Path, graph: Iri) -> Iterator[bytes]:
    """The lines of a named graph without its name; they stay sorted, as a space ends each object either way."""
    end = f" {graph} .\n".encode()
    for line in lines_of(path):
        if not line.endswith(end):
            raise ReleaseError(str(path), f"holds a statement outside of {graph}", "build that source again")
        yield line[: -len(end)] + b" .\n"
