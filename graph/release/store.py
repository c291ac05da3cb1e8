"""The store of a release: each source's statements in its named graph, and all, once each, in the default graph.

Oxigraph's own union of graphs counts a triple once for each graph that states it, so the default graph is
filled instead.
"""

import gzip
import shutil
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Self

from pyoxigraph import RdfFormat, Store

from graph.errors import MappingError

LOADERS = 2
"""Files loaded at once."""


class Loading:
    """A new store that is filled beside other work, two files at a time: loading one keeps one core busy.

    What goes wrong shows when the store is asked for; on leaving the `with`, nothing is being loaded any more, and the
    store is closed once nobody else holds it.
    """

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder)
        self._loaders = ThreadPoolExecutor(LOADERS)
        self._begun: list[Future[None]] = []

    def begin(self, graphs: Iterable[Path], triples: Iterable[Path] = ()) -> None:
        """Load N-Quads files, and N-Triples files into the default graph; they stay as they are until that is done."""
        files = [*((path, RdfFormat.N_QUADS) for path in graphs), *((path, RdfFormat.N_TRIPLES) for path in triples)]
        files.sort(key=lambda file: file[0].stat().st_size, reverse=True)  # the one that takes longest is begun first
        self._begun += [self._loaders.submit(_load, self._store, path, form) for path, form in files]

    def store(self) -> Store:
        """The store, with everything in it that was begun."""
        while self._begun:
            self._begun.pop().result()
        return self._store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        while True:
            try:
                self._loaders.shutdown(cancel_futures=True)
            except KeyboardInterrupt:
                continue  # even a second interrupt: the folder must not be deleted while it is written into
            break
        del self._store


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
        raise MappingError(path.name, f"is not well formed ({fault})", "correct the mapping that wrote it") from None
