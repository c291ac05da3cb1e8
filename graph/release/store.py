"""The store of a release: each source's statements in its named graph, and all, once each, in the default graph.

Oxigraph's own union of graphs counts a triple once for each graph that states it, so the default graph is
filled instead.
"""

import gzip
import heapq
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from graph.errors import MappingError, ReleaseError
from graph.words.terms import Iri


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


def merge_more(graph: Iri, added: Path, merged: Path) -> tuple[Path, int]:
    """Merge one more sorted graph into what `merge_graphs` wrote.

    Returns a file of the graph's triples beside the graph, for `load_default`, and the number of triples in all.
    """
    triples, united = added.with_suffix(".nt"), merged.with_suffix(".more")
    with triples.open("wb") as lines:
        lines.writelines(_triples(added, graph))
    count, last = 0, b""
    with merged.open("rb") as old, triples.open("rb") as new, united.open("wb") as target:
        for line in heapq.merge(old, new):
            if line != last:
                target.write(line)
                count, last = count + 1, line
    united.replace(merged)
    return triples, count


def load_graphs(store: Store, graphs: Iterable[Path]) -> None:
    """Load N-Quads files into the store of a release that is being built."""
    for path in graphs:
        _load(store, path, RdfFormat.N_QUADS)


def load_default(store: Store, triples: Path) -> None:
    """Load an N-Triples file into the default graph."""
    _load(store, triples, RdfFormat.N_TRIPLES)


def write_dump(graph: Path, dump: Path) -> None:
    """Compress a sorted graph; without time or name, so that the same statements give the same bytes."""
    with (
        graph.open("rb") as lines,
        dump.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=raw, mtime=0) as packed,
    ):
        shutil.copyfileobj(lines, packed, 1 << 20)


def read_dump(dump: Path, graph: Path) -> None:
    """Unpack a dump into a sorted N-Quads file."""
    with gzip.open(dump, "rb") as packed, graph.open("wb") as lines:
        shutil.copyfileobj(packed, lines, 1 << 20)


def _load(store: Store, path: Path, form: RdfFormat) -> None:
    """Load a file strictly: an ill-formed statement is a fault of ours and must not be published."""
    try:
        store.bulk_load(path=path, format=form)
    except SyntaxError as fault:
        raise MappingError(path.name, f"is not well formed ({fault})", "mend the mapping that wrote it") from None


def _triples(path: Path, graph: Iri) -> Iterator[bytes]:
    """The lines of a named graph without its name; they stay sorted, as a space ends each object either way."""
    end = f" {graph} .\n".encode()
    with path.open("rb") as lines:
        for line in lines:
            if not line.endswith(end):
                raise ReleaseError(str(path), f"holds a statement outside of {graph}", "build that source again")
            yield line[: -len(end)] + b" .\n"
