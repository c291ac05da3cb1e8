"""Reading a sorted graph by property gives what a parser reads in it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import MappingError
from graph.model.node import Node
from graph.model.terms import CIV, RDF, SKOS, Iri
from graph.nquads.sorted_graph import SortedGraph

GRAPH, THING, OTHER = Iri.of("http://x.org/graph"), Iri.of("http://x.org/1"), Iri.of("http://x.org/2")


def written(file: Path, *nodes: Node) -> Path:
    """N-Quads or N-Triples by the name of the file, sorted as a build sorts them."""
    end = f" {GRAPH} .\n" if file.suffix == ".nq" else " .\n"
    lines = [line.removesuffix(" .") + end for node in nodes for line in node.triples()]
    file.write_bytes(b"".join(sorted(line.encode() for line in lines)))
    return file


@pytest.mark.parametrize("name", ["graph.nq", "graph.nt"])
@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"])), unique=True))
def test_any_text_comes_back_whole(texts: list[str], name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    thing = Node(THING, CIV.Organisation)
    thing.add_all(SKOS.altLabel, texts)
    thing.add(SKOS.related, OTHER)
    graph = SortedGraph(written(tmp_path_factory.mktemp("sorted") / name, thing))
    assert sorted(graph.values(SKOS.altLabel)) == sorted((THING.value, text) for text in texts)
    assert list(graph.values(SKOS.related)) == [(THING.value, OTHER.value)]
    assert list(graph.of_class(CIV.Organisation)) == [THING.value]
    assert not list(graph.of_class(CIV.Charity)) and not list(graph.values(SKOS.prefLabel))


def test_an_empty_file_states_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty.nq").touch()
    assert list(SortedGraph(tmp_path / "empty.nq").values(RDF.type)) == []


def test_what_is_no_statement_is_a_fault_of_the_mapping(tmp_path: Path) -> None:
    (tmp_path / "bad.nt").write_text(f'{THING} {SKOS.prefLabel} "\\q" .\n')
    with pytest.raises(MappingError, match=r"bad\.nt: is not well formed"):
        list(SortedGraph(tmp_path / "bad.nt").values(SKOS.prefLabel))


def test_a_graph_that_is_replaced_is_read_on_as_it_was(tmp_path: Path) -> None:
    first, second = Node(THING, CIV.Organisation), Node(OTHER, CIV.Organisation)
    graph = SortedGraph(written(tmp_path / "graph.nt", first))
    assert list(graph.of_class(CIV.Organisation)) == [THING.value]
    written(tmp_path / "next.nt", first, second).replace(tmp_path / "graph.nt")
    assert list(graph.of_class(CIV.Organisation)) == [THING.value]
