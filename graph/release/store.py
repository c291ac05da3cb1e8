"""The store of a release: each source's statements in its named graph, and all, once each, in the default graph.

Oxigraph's own union of graphs counts a triple once for each graph that states it, so the default graph is
filled instead.
"""

import gzip
import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from graph.errors import MappingError

LOADERS = 2
"""Files loaded at once."""


def load(store: Store, graphs: Iterable[Path], triples: Iterable[Path] = ()) -> None:
    """Load N-Quads files, and N-Triples files into the default graph, two at a time; the store is being built.

    Loading keeps one core busy, the largest file longest, so that is begun with.
    """
    files = [*((path, RdfFormat.N_QUADS) for path in graphs), *((path, RdfFormat.N_TRIPLES) for path in triples)]
    files.sort(key=lambda file: file[0].stat().st_size, reverse=True)
    with ThreadPoolExecutor(LOADERS) as loaders:
        for loading in [loaders.submit(_load, store, path, form) for path, form in files]:
            loading.result()


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
