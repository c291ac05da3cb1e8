"""A line of N-Quads, cut into its terms and put together again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, RdfFormat, parse

from graph.model.node import Node
from graph.model.terms import CIV, SKOS, Iri
from graph.nquads.statement import Statement, subject_of

THING, OTHER, GRAPH = Iri("<x:thing>"), Iri("<x:other>"), Iri("<x:graph>")


def line_of(value: Iri | str | int) -> bytes:
    node = Node(THING)
    node.add(SKOS.altLabel, value)
    return node.quads(GRAPH).encode()


@given(st.text(st.characters(exclude_categories=["Cs"])).map("a {}".format))
def test_any_text_is_cut_as_a_parser_cuts_it(text: str) -> None:
    statement = Statement(line_of(text))
    [whole] = parse(line_of(text), RdfFormat.N_QUADS)
    [alone] = parse(b"<x:s> <x:p> " + statement.object + b" .", RdfFormat.N_TRIPLES)
    assert isinstance(whole.object, Literal)
    assert (alone.object, statement.text, statement.thing) == (whole.object, whole.object.value, b"")


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_put_in_place_of_another_comes_back_whole(before: str, after: str) -> None:
    assert Statement(line_of(f"a{before}")).with_text(after).text == after


@pytest.mark.parametrize("line", [line_of(OTHER), line_of('a b <x:c> "d" .\n'), line_of(5)])
def test_a_line_comes_back_as_it_was(line: bytes) -> None:
    statement = Statement(line)
    assert statement.line == line
    assert statement.with_terms(thing=statement.object).line == line
    assert subject_of(line) == statement.subject == THING.encode()
    assert statement.graph == GRAPH.encode()


def test_only_an_iri_is_a_thing_and_only_words_are_a_text() -> None:
    thing, number, words = (Statement(line_of(value)) for value in (OTHER, 5, "<x:other> 5"))
    assert (thing.thing, number.thing, words.thing) == (OTHER.encode(), b"", b"")
    assert (thing.text, number.text, words.text) == ("", "", "<x:other> 5")


def test_a_triple_has_no_graph() -> None:
    for term in (b"<x:other>", b'"a <x:b> ."', b'"5"^^<x:number>', b'"a"@en-GB'):
        statement = Statement(b"<x:thing> <x:of> %b .\n" % term)
        assert (statement.object, statement.graph) == (term, b"")


def test_a_text_keeps_its_language_when_it_is_changed() -> None:
    statement = Statement(b'<x:thing> <x:of> "Tr\\u00E0igh"@gd <x:graph> .\n')
    assert statement.text == "Tràigh"
    assert statement.with_text('a "b"').line == b'<x:thing> <x:of> "a \\"b\\""@gd <x:graph> .\n'


def test_another_object_stays_in_the_same_graph() -> None:
    statement = Statement(line_of("a b"))
    assert (
        statement.with_terms(predicate=CIV.within.encode(), thing=OTHER.encode()).line
        == f"{THING} {CIV.within} {OTHER} {GRAPH} .\n".encode()
    )


def test_what_is_no_statement_is_refused() -> None:
    with pytest.raises(ValueError):
        Statement(b"nothing\n")
