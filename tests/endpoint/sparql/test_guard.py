"""What is refused before the parser sees it, and above all what is not."""

import contextlib
import time

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from endpoint.service.errors import BadQuery, ReadOnly, TooLarge
from endpoint.sparql.guard import Query, check, tokens

LENGTH, DEPTH = 200_000, 200

# Pieces in which the word is no keyword, each between blanks.
HARMLESS = st.sampled_from(
    [
        "?service",
        "$SERVICE",
        ":SERVICE",
        "ex:service",
        "ex:a.SERVICE",
        "_:service",
        '"service"',
        "'SERVICE'",
        '"a\\"SERVICE"',
        '"""\nSERVICE "quoted" SERVICE"""',
        "'''it's SERVICE'''",
        "<http://example.org/service>",
        "<http://example.org/#service>",
        "# SERVICE <http://example.org/> {}\n",
        "'x'@service",
        '"#" # SERVICE\n',
        "5 < 6",
        "?x<5",
        "{",
        "}",
        "ex:a\\#b",
        "ex:%41",
        "1e5",
    ]
)
SERVICES = st.sampled_from(
    ["SERVICE <x:y>", "service SILENT ?s", "SeRvIcE<x:y>", "SILENTSERVICE<x:y>", "SERVICEex:a {", "trueSERVICEex:a {"]
)


def checked(text: str) -> Query:
    return check(text, LENGTH, DEPTH)


@given(st.lists(HARMLESS, max_size=12))
def test_the_word_service_is_harmless_in_names_strings_iris_and_comments(pieces: list[str]) -> None:
    assert checked("SELECT * " + " ".join(pieces)).form == "SELECT"


@given(st.lists(HARMLESS, max_size=8), SERVICES, st.lists(HARMLESS, max_size=8))
def test_the_keyword_service_is_found_wherever_it_stands(before: list[str], keyword: str, after: list[str]) -> None:
    with pytest.raises(ReadOnly, match="SERVICE"):
        checked(" ".join(["SELECT *", *before, keyword, *after]))


@given(st.text(max_size=200))
def test_no_text_whatever_breaks_the_check(text: str) -> None:
    with contextlib.suppress(BadQuery, ReadOnly):
        checked(text)


@given(st.text(alphabet="SERVICE service{}<>#\"'\\:.?ae5@_ \n)(", max_size=60))
def test_what_the_parser_takes_for_a_service_call_never_passes(text: str) -> None:
    """The engine itself is asked: with no network here, a call that got through would be an OSError."""
    query = f"SELECT * {{ ?s ?p ?o {text} SERVICE <http://127.0.0.1:9/> {{ ?a ?b ?c }} {text} }}"
    try:
        checked(query)
    except (BadQuery, ReadOnly):
        return
    with contextlib.suppress(SyntaxError, RuntimeError):
        _answered(query)


HIDING = [("# ", "\n"), ("FILTER(?o != 'x", "') "), ('FILTER(?o != """', '""")'), ("FILTER(?o != '''\n", "\n''')")]
"""What stands before and after a call so that it is a comment or a text."""


@pytest.mark.parametrize(("before", "after"), HIDING)
def test_a_service_call_within_a_comment_or_a_text_is_none(before: str, after: str) -> None:
    query = f"SELECT * {{ ?s ?p ?o {before}SERVICE <http://127.0.0.1:9/> {{ ?a ?b ?c }}{after} }}"
    checked(query)
    assert len(_answered(query)) == 1


def _answered(query: str) -> list[ox.QuerySolution]:
    """What the engine finds in one statement."""
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("x:a"), ox.NamedNode("x:b"), ox.NamedNode("x:c")))
    solutions = store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    return list(solutions)


CALLS = [
    # A comparison with a comment, which looks like an IRI, must not open a string that is none.
    'SELECT * { FILTER(?x<5#>"""\n) SERVICE <http://127.0.0.1:9/> {} #"""\n}',
    'PREFIX ex: <x:> SELECT * { FILTER(?x<ex:a#>"""\n) SERVICE <http://127.0.0.1:9/> {} #"""\n}',
    "SELECT * { ?s ?p 5 FILTER(?x<5)SERVICE#>\n<http://127.0.0.1:9/> {} }",
    "PREFIX ex: <x:> SELECT * {SERVICEex:f{?s ?p ?o}}",
    "PREFIX ex: <x:> PREFIX SERVICEex: <x:> SELECT * {SERVICEex:f{?s ?p ?o}}",
    "SELECT * {SERVICESILENT<x:y>{}}",
]


@pytest.mark.parametrize("query", CALLS)
def test_a_disguised_service_call_is_refused(query: str) -> None:
    with pytest.raises((BadQuery, ReadOnly)):
        checked(query)


@pytest.mark.parametrize(
    "query",
    [
        "PREFIX service: <x:> SELECT * { service:a ?service service:b . GRAPH service:g { ?s ?p ?o } }",
        "PREFIX s: <http://example.org/service#> SELECT * { ?s s:service ?o FILTER(?o < 5) }",
        "SELECT * { ?s <http://example.org/a#service> ?o }",
        "BASE <x:y> SELECT * { ?s <#a> ?o }",
    ],
)
def test_ordinary_uses_of_the_word_pass(query: str) -> None:
    assert checked(query).form == "SELECT"


@pytest.mark.parametrize(
    "update",
    ["INSERT DATA { <x:a> <x:b> <x:c> }", "prefix a: <x:> delete where { ?s ?p ?o }", "LOAD <http://x/>", "CLEAR ALL"],
)
def test_an_update_is_refused_in_words(update: str) -> None:
    with pytest.raises(ReadOnly, match="read-only"):
        checked(update)


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("ASK{}", "ASK"),
        ("select*{}", "SELECT"),
        ("PREFIX select: <x:> # ASK\nBASE <x:y> DESCRIBE select:a", "DESCRIBE"),
        ("SELECTDISTINCT?s{?s?p?o}", "SELECT"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "CONSTRUCT"),
        ("nonsense", None),
    ],
)
def test_the_form_of_a_query_is_told(query: str, form: str | None) -> None:
    assert checked(query).form == form


@pytest.mark.parametrize("brackets", ["{}", "()", "[]"])
def test_nesting_is_counted_up_to_its_limit(brackets: str) -> None:
    opening, closing = brackets[0], brackets[1]
    assert checked("ASK " + opening * DEPTH + closing * DEPTH).form == "ASK"
    with pytest.raises(BadQuery, match="nested more than 200 deep"):
        checked("ASK " + opening * (DEPTH + 1) + closing * (DEPTH + 1))


def test_brackets_in_strings_and_comments_do_not_nest() -> None:
    assert checked("ASK { ?s ?p '" + "{" * 300 + "' } # " + "(" * 300).form == "ASK"


def test_length_is_counted_in_bytes() -> None:
    with pytest.raises(TooLarge, match="200,002 bytes"):
        checked("é" * 100_001)


def test_the_graphs_of_from_are_told() -> None:
    query = "PREFIX g: <http://g/> SELECT * FROM <http://a/> FROM NAMED g:b\\,c FROM <relative> { ?s ?p '' }"
    assert checked(query).graphs == {"http://a/", "http://g/b,c"}


@pytest.mark.parametrize(
    ("query", "fresh"), [("SELECT (NOW() AS ?n) {}", True), ("SELECT ?now { ?now :rand 1 }", False)]
)
def test_functions_that_answer_anew_each_time_are_told(query: str, fresh: bool) -> None:
    assert checked(query).fresh is fresh


def test_a_string_that_does_not_end_is_named_by_its_line() -> None:
    with pytest.raises(BadQuery, match="line 2"):
        checked("SELECT *\n{ ?s ?p 'open }")


@pytest.mark.parametrize("piece", ["a.", "<a", ":%", "\\", '"a', "@a-", '"\\', "'''", "_:a.", "aa.-", "?", "1e", "é·"])
def test_the_time_for_tokens_grows_with_the_text_only(piece: str) -> None:
    began = time.process_time()
    with contextlib.suppress(BadQuery):
        list(tokens(piece * (LENGTH // len(piece))))
    assert time.process_time() - began < 2
