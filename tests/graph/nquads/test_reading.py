"""Statements of a sorted file in streams."""

from pathlib import Path

import pytest

from graph.model import iri
from graph.model.node import Node
from graph.model.terms import CIV, SKOS
from graph.nquads.reading import about, statements, stating, things

NAME, PARENT = SKOS.prefLabel.encode(), CIV.parentOrganisation.encode()
FIRST, SECOND, GRANT = iri.organisation("GB-SC", "SC1"), iri.organisation("GB-SC", "SC2"), iri.grant("360G-x-1")


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    first, second, grant = Node(FIRST), Node(SECOND), Node(GRANT)
    first.add_all(SKOS.altLabel, ["A", f"B {CIV.parentOrganisation} "])
    first.add(SKOS.prefLabel, "C")
    second.add(CIV.parentOrganisation, FIRST)
    grant.add(CIV.recipient, FIRST)
    lines = [line for node in (first, second, grant) for line in node.quads(iri.source("x")).splitlines(keepends=True)]
    (tmp_path / "graph.nq").write_text("".join(sorted(lines)), "utf-8")
    return tmp_path / "graph.nq"


def test_all_statements_come_in_order(graph: Path) -> None:
    assert [statement.line for statement in statements(graph)] == graph.read_bytes().splitlines(keepends=True)


def test_statements_of_several_properties_come_in_one_stream(graph: Path) -> None:
    stated = [(it.subject, it.predicate) for it in stating(graph, {NAME, PARENT})]
    assert stated == [(FIRST.encode(), NAME), (SECOND.encode(), PARENT)]  # and none that only quotes a property


def test_statements_about_a_kind_of_things_are_those_and_no_others(graph: Path) -> None:
    assert {it.subject for it in about(graph, "grant")} == {GRANT.encode()}
    assert list(about(graph, "gran")) == list(about(graph, "service")) == []


def test_a_thing_is_described_by_what_is_wanted_of_it(graph: Path) -> None:
    everything = dict(things(graph, "organisation"))
    assert everything[FIRST.encode()][SKOS.altLabel.encode()] >= {b'"A"'}
    assert everything[SECOND.encode()] == {PARENT: {FIRST.encode()}}
    assert list(things(graph, "organisation", {NAME})) == [(FIRST.encode(), {NAME: {b'"C"'}}), (SECOND.encode(), {})]


def test_of_an_empty_graph_nothing_comes(tmp_path: Path) -> None:
    (tmp_path / "empty.nq").touch()
    assert [*statements(tmp_path / "empty.nq"), *things(tmp_path / "empty.nq", "grant")] == []
