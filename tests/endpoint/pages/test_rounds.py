"""How many queries a page makes, and in how many rounds."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from pyoxigraph import Store

from endpoint.service.release import Served
from endpoint.store.local import LocalGraph
from endpoint.store.port import Rows
from tests.support.endpoint.rendered import PAGES, rendered

MOST_QUERIES, MOST_ROUNDS = 12, 7


class Counted(LocalGraph):
    """The store of a release, with the number of queries of each call."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.rounds: list[int] = []

    def select(self, queries: Sequence[str]) -> Sequence[Rows]:
        self.rounds.append(len(queries))
        return super().select(queries)


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_makes_at_most_twelve_queries(sample_out: Path, kind: str) -> None:
    graphs: list[Counted] = []

    def counted(served: Served) -> Counted:
        graphs.append(Counted(served.store))
        return graphs[-1]

    rendered(sample_out, [PAGES[kind]], counted)
    (graph,) = graphs
    assert sum(graph.rounds) <= MOST_QUERIES, graph.rounds
    assert len(graph.rounds) <= MOST_ROUNDS, graph.rounds
