"""The adapter for a release that this process has opened."""

from collections.abc import Sequence

from pyoxigraph import Store

from endpoint.store.port import Rows, rows_of
from graph.model.query import select

__all__ = ["LocalGraph"]


class LocalGraph:
    def __init__(self, store: Store) -> None:
        self._store = store

    def select(self, queries: Sequence[str]) -> Sequence[Rows]:
        return [rows_of(select(self._store, query)) for query in queries]
