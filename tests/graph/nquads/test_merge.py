"""Merging sorted graphs, and dumps of them."""

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph

from graph.errors import ReleaseError
from graph.model.terms import Iri
from graph.nquads.merge import merge_graphs
from graph.release import store as stores


def _quads(graph: Iri, *statements: str) -> str:
    return "".join(sorted(f"{statement} {graph} .\n" for statement in statements))


def test_a_triple_two_sources_state_counts_once(tmp_path: Path) -> None:
    first, second = Iri.of("http://x.org/1"), Iri.of("http://x.org/2")
    both = '<x:s> <x:p> "both"'
    (tmp_path / "1.nq").write_text(_quads(first, both, '<x:s> <x:p> "one"'), "utf-8")
    (tmp_path / "2.nq").write_text(_quads(second, both, '<x:s> <x:p> "two"@en'), "utf-8")
    graphs = {first: tmp_path / "1.nq", second: tmp_path / "2.nq"}
    assert merge_graphs(graphs, tmp_path / "all.nt") == 3
    with stores.Loading(tmp_path / "store") as loading:
        loading.begin(graphs.values(), [tmp_path / "all.nt"])
        store = loading.store()
        assert len(list(store.quads_for_pattern(None, None, None, DefaultGraph()))) == 3
        assert len(store) == 3 + 4


_OBJECTS = st.one_of(
    st.from_regex(r'"[a-c ]{0,3}"', fullmatch=True),
    st.from_regex(r'"[a-c ]{0,3}"@(en|de)', fullmatch=True),
    st.from_regex(r'"[a-c ]{0,3}"\^\^<x:t>', fullmatch=True),
    st.from_regex(r"<x:[a-c]{1,3}>", fullmatch=True),
)


@given(st.lists(st.lists(_OBJECTS, unique=True), min_size=1, max_size=4))
def test_the_merge_is_the_sorted_union(tmp_path_factory: pytest.TempPathFactory, sources: list[list[str]]) -> None:
    folder = tmp_path_factory.mktemp("merge")
    graphs = {Iri.of(f"x:graph{number}"): folder / f"{number}.nq" for number in range(len(sources))}
    for (graph, path), values in zip(graphs.items(), sources, strict=True):
        path.write_text(_quads(graph, *(f"<x:s> <x:p> {value}" for value in values)), "utf-8")
    count = merge_graphs(graphs, folder / "all.nt")
    expected = sorted({f"<x:s> <x:p> {value} ." for values in sources for value in values})
    assert (folder / "all.nt").read_text("utf-8").splitlines() == expected
    assert count == len(expected)


def test_a_statement_outside_of_its_graph_is_refused(tmp_path: Path) -> None:
    (tmp_path / "1.nq").write_text("<x:s> <x:p> <x:o> <x:other> .\n", "utf-8")
    with pytest.raises(ReleaseError, match="holds a statement outside of <x:graph>"):
        merge_graphs({Iri.of("x:graph"): tmp_path / "1.nq"}, tmp_path / "all.nt")


def test_a_dump_depends_on_its_statements_alone_and_reads_back(tmp_path: Path) -> None:
    for name in ("early", "late"):
        (tmp_path / name).write_bytes(b"<x:s> <x:p> <x:o> <x:g> .\n" * 100)
        stores.write_dump(tmp_path / name, tmp_path / f"{name}.gz")
    assert (tmp_path / "early.gz").read_bytes() == (tmp_path / "late.gz").read_bytes()
    assert gzip.decompress((tmp_path / "early.gz").read_bytes()) == (tmp_path / "early").read_bytes()
    stores.read_dump(tmp_path / "early.gz", tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == (tmp_path / "early").read_bytes()
