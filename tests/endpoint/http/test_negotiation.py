"""Which format a client gets."""

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from endpoint.http.negotiation import (
    CSV,
    GRAPHS,
    HTML,
    JSON,
    JSONLD,
    NQUADS,
    NTRIPLES,
    RDFXML,
    RESULTS,
    TSV,
    TURTLE,
    XML,
    Format,
    by_accept,
    by_name,
    choose,
)
from endpoint.service.errors import NotAcceptable

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"

PAGES = (HTML, TURTLE, NTRIPLES, RDFXML, JSONLD)

ACCEPTED: list[tuple[str | None, tuple[Format, ...], Format | None]] = [
    (None, RESULTS, JSON),
    ("", RESULTS, JSON),
    ("*/*", RESULTS, JSON),
    ("text/csv", RESULTS, CSV),
    ("TEXT/CSV", RESULTS, CSV),
    ("text/*", RESULTS, CSV),
    ("text/csv;q=0.5, text/tab-separated-values;q=0.6", RESULTS, TSV),
    ("application/json;q=0.2, application/sparql-results+xml", RESULTS, XML),
    ("*/*;q=0.1, application/sparql-results+xml;q=0.2", RESULTS, XML),
    ("*/*, application/sparql-results+json;q=0", RESULTS, XML),
    ("text/csv ; header=present ; q=0.9, */*;q=0.1", RESULTS, CSV),
    (BROWSER, PAGES, HTML),
    ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', PAGES, JSONLD),
    ("text/turtle;q=0.7, application/n-triples;q=0.8", GRAPHS, NTRIPLES),
    ('text/turtle;profile="a,b";q=0.7, application/n-triples;q=0.8', GRAPHS, NTRIPLES),
    ('text/turtle;profile="a;q=0.1,\\",b";q=0.9, application/n-triples;q=0.8', GRAPHS, TURTLE),
    ('text/turtle;profile="a, application/n-triples', GRAPHS, TURTLE),
    ("image/png", GRAPHS, None),
    ("text/turtle;q=0", GRAPHS, None),
    ("text/turtle;q=0.0, */*;q=0", GRAPHS, None),
    ("nonsense, text/turtle", GRAPHS, TURTLE),
    ("text/turtle;q=nan, application/n-triples;q=0.1", GRAPHS, NTRIPLES),
    ("text/turtle;q=2, application/n-triples;q=0.1", GRAPHS, NTRIPLES),
    ("text/html;q=0.5,;", PAGES, HTML),
    ("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", GRAPHS, TURTLE),  # Java
    ("*; q=.2", RESULTS, JSON),
    ("application/rdf+xml;q=0.9, text/rdf+n3", GRAPHS, TURTLE),  # rdflib
    ("text/n3", GRAPHS, TURTLE),
    ("application/n3", GRAPHS, TURTLE),
    ("application/turtle,text/turtle", GRAPHS, TURTLE),
    ("application/x-trig;q=0.8, text/x-nquads", GRAPHS, NQUADS),
    ("application/ld+json,application/x-json+ld", GRAPHS, JSONLD),
    ("application/sparql-results+json,application/json,text/javascript,application/javascript", RESULTS, JSON),
]


@pytest.mark.parametrize(("accept", "offered", "expected"), ACCEPTED)
def test_an_accept_header_gets_the_format_it_prefers(
    accept: str | None, offered: tuple[Format, ...], expected: Format | None
) -> None:
    choice = by_accept(accept, offered)
    assert (choice.format if choice else None) == expected


def test_a_client_that_names_an_alias_is_answered_with_that_type() -> None:
    choice = by_accept("application/json", RESULTS)
    assert choice is not None
    assert choice.content_type == "application/json"


def test_text_says_that_it_is_utf_8() -> None:
    assert choose("text/turtle", None, GRAPHS).content_type == "text/turtle; charset=utf-8"


@pytest.mark.parametrize("offered", [RESULTS, GRAPHS, PAGES])
def test_every_format_is_found_by_its_name_and_by_its_types(offered: tuple[Format, ...]) -> None:
    for wanted in offered:
        for name in (wanted.name, wanted.name.upper(), wanted.media_type, *wanted.other_names):
            choice = by_name(name, offered)
            assert choice is not None
            assert choice.format is wanted


def test_a_name_wins_over_the_accept_header() -> None:
    assert choose("text/csv", "xml", RESULTS).format is XML


@pytest.mark.parametrize(
    ("names", "expected"),
    [(["pdf"], CSV), (["pdf", "xml"], XML), (["xml", "json"], XML), (["turtle", ""], CSV), ([], CSV)],
)
def test_the_first_name_that_can_be_had_counts_and_without_one_the_header(names: list[str], expected: Format) -> None:
    assert choose("text/csv", names, RESULTS).format is expected


@pytest.mark.parametrize(("accept", "name"), [("image/png", None), ("image/png", "pdf")])
def test_what_cannot_be_had_is_refused_with_a_list_of_what_can(accept: str | None, name: str | None) -> None:
    with pytest.raises(NotAcceptable, match=r"ask for one of .*text/csv"):
        choose(accept, name, RESULTS)


QUALITIES = st.integers(0, 1000).map(lambda thousandths: thousandths / 1000)


@given(st.dictionaries(st.sampled_from([form.media_type for form in GRAPHS]), QUALITIES, min_size=1))
def test_the_highest_weight_wins_whatever_the_order(weights: dict[str, float]) -> None:
    accept = ", ".join(f"{media_type};q={weight}" for media_type, weight in weights.items())
    choice = by_accept(accept, GRAPHS)
    assert (weights[choice.media_type] if choice else 0) == max(weights.values())


@given(st.text(alphabet=string.printable + "é\u2028"))
@example(";")  # an entry without a media type
def test_no_header_whatever_breaks_the_choice(accept: str) -> None:
    choice = by_accept(accept, RESULTS)
    assert choice is None or choice.format in RESULTS
