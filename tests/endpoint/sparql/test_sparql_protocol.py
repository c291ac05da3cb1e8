"""The SPARQL protocol as a client meets it: a real server over a small real release."""

import contextlib
import csv
import gzip
import io
import socket
import time
import xml.etree.ElementTree as ET
from collections.abc import Generator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
import rdflib
from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)

from endpoint.app import create_app
from graph.errors import ReleaseError
from tests.support.endpoint.served import BASE, make_release, switch
from tests.support.endpoint.serving import Server, serving

RESULTS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
GRAPHS = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "nq": "application/n-quads",
    "trig": "application/trig",
}
LABELS = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?s ?label { ?s skos:prefLabel|skos:altLabel ?label } ORDER BY ?label
"""
ALL_LABELS = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> CONSTRUCT WHERE { ?s skos:prefLabel ?label }"
NUMBERS = "SELECT ?s ?n { ?s <x:number> ?n }"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    out = tmp_path_factory.mktemp("out")
    make_release(out, numbers=40_000)
    switch(out, "r1")
    with serving(out, workers=2, long_queries=1) as running:
        yield running


@pytest.fixture(scope="module")
def impatient(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    """A server whose deadlines are over soon."""
    out = tmp_path_factory.mktemp("impatient")
    make_release(out, numbers=40_000)
    switch(out, "r1")
    with serving(out, workers=1, long_queries=1, body_seconds=1, request_seconds=2) as running:
        yield running


@pytest.fixture(scope="module")
def labels(server: Server) -> set[str]:
    return {row["label"]["value"] for row in server.ask(LABELS).json()["results"]["bindings"]}


def parsed_labels(response: httpx.Response, name: str) -> set[str]:
    if name == "csv":  # which has no types to parse back
        return {row[1] for row in list(csv.reader(io.StringIO(response.text, newline="")))[1:]}
    form = QueryResultsFormat.from_extension({"xml": "srx", "json": "srj"}.get(name, name))
    solutions = parse_query_results(response.content, form)
    assert isinstance(solutions, QuerySolutions)
    return {row["label"].value for row in solutions}


@pytest.mark.parametrize("name", RESULTS)
def test_a_table_comes_back_whole_in_every_format(server: Server, labels: set[str], name: str) -> None:
    by_type, by_name = server.ask(LABELS, RESULTS[name]), server.ask(LABELS, "*/*", format=name)
    assert by_type.content == by_name.content
    assert by_type.headers["content-type"].startswith(RESULTS[name])
    assert by_type.headers["vary"] == "Accept"
    assert parsed_labels(by_type, name) == labels
    assert 'Birch "and" Bean\n\u2028' in labels


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib of itself
@pytest.mark.parametrize("name", GRAPHS)
def test_a_graph_comes_back_whole_in_every_format(server: Server, name: str) -> None:
    by_type, by_name = server.ask(ALL_LABELS, GRAPHS[name]), server.ask(ALL_LABELS, "*/*", format=name)
    assert by_type.content == by_name.content
    assert by_type.headers["content-type"].startswith(GRAPHS[name])
    triples = {quad.triple for quad in parse(by_type.content, RdfFormat.from_extension(name))}
    assert len(triples) == 3
    syntax = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld"}.get(name)
    if syntax is not None:  # rdflib's own reader of datasets warns of itself
        assert len(rdflib.Graph().parse(data=by_type.content, format=syntax)) == 3


@pytest.mark.parametrize("name", RESULTS)
def test_a_yes_comes_in_every_format(server: Server, name: str) -> None:
    response = server.ask("ASK { ?s ?p ?o }", RESULTS[name])
    assert b"true" in response.content
    if name in ("json", "xml"):
        form = QueryResultsFormat.from_extension({"xml": "srx", "json": "srj"}[name])
        answer = parse_query_results(response.content, form)
        assert isinstance(answer, QueryBoolean)
        assert bool(answer)


NOT_IN_XML = r"a\u0000\u0001\u000b\u001f\ufffe\uffff\ufffdz"


@pytest.mark.parametrize("padding", [0, 1, 8190, 8191, 8192])
def test_xml_has_a_replacement_character_for_each_that_it_cannot_hold(server: Server, padding: int) -> None:
    text = "x" * padding + NOT_IN_XML
    table = server.ask(f'SELECT ("{text}" AS ?it) {{}}', format="xml")
    graph = server.ask(f'CONSTRUCT {{ <x:s> <x:p> "{text}" }} {{}}', format="rdf")
    for answer in (table, graph):
        assert answer.status_code == 200
        assert "".join(ET.fromstring(answer.content).itertext()).strip() == "x" * padding + "a" + "\ufffd" * 7 + "z"
    assert server.ask(f'SELECT ("{NOT_IN_XML}" AS ?it) {{}}', format="json").json()["results"]["bindings"][0]["it"] == {
        "type": "literal",
        "value": "a\0\1\x0b\x1f\ufffe\uffff\ufffdz",
    }


@pytest.mark.parametrize("iri", ["http://example.org/1", "http://example.org/", "x:%20", "x:a#-"])
@pytest.mark.parametrize("triple", ["<x:s> <{}> 1", "<x:s> a <{}>"])
def test_rdf_xml_is_refused_in_words_where_it_has_no_name_for_a_term(server: Server, iri: str, triple: str) -> None:
    query = f"CONSTRUCT {{ {triple.format(iri)} }} {{}}"
    refused = server.ask(query, format="rdf")
    assert refused.status_code == 406
    assert f"a graph with <{iri}>, of which RDF/XML can make no name; ask for" in refused.text
    assert server.ask(query, format="ttl").status_code == 200


@pytest.mark.parametrize("iri", ["x:a", "http://example.org/1a", "http://example.org/-é.1", "x:%20b"])
def test_rdf_xml_is_written_where_the_end_of_a_term_is_a_name(server: Server, iri: str) -> None:
    answer = server.ask(f"CONSTRUCT {{ <x:s> <{iri}> 1 ; a <{iri}> }} {{}}", format="rdf")
    assert answer.status_code == 200
    graph = rdflib.Graph().parse(data=answer.text, format="xml")
    assert {str(term) for term in graph.predicates()} == {iri, str(rdflib.RDF.type)}


def test_describe_tells_about_the_thing(server: Server) -> None:
    response = server.ask(f"DESCRIBE <{BASE}id/organisation/GB-SC-SC000001>", "text/turtle")
    assert "Amber Choir" in response.text
    assert "skos:prefLabel" in response.text


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/sparql-query", b"ASK {}"),
        ("application/sparql-query; charset=UTF-8", b"ASK {}"),
        ("application/x-www-form-urlencoded", b"query=ASK%20%7B%7D"),
        ("application/x-www-form-urlencoded; charset=utf-8", b"query=ASK+%7B%7D&format=json"),
    ],
)
def test_a_query_may_be_posted(server: Server, kind: str, body: bytes) -> None:
    response = server.client.post("/sparql", content=body, headers={"Content-Type": kind})
    assert response.json()["boolean"] is True


def test_each_graph_says_its_own_and_the_default_graph_all_once(server: Server) -> None:
    kind = "?s a <https://w3id.org/civsoc/ns#Organisation>"
    assert "\r\n3\r\n" in server.ask(f"SELECT (COUNT(*) AS ?n) {{ {kind} }}", "text/csv").text
    assert "\r\n4\r\n" in server.ask(f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ {kind} }} }}", "text/csv").text


def test_the_protocol_names_the_dataset(server: Server) -> None:
    former = f"{BASE}id/source/oscr_former"
    query = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/civsoc/ns#Organisation> }"
    assert "\r\n2\r\n" in server.ask(query, "text/csv", **{"default-graph-uri": former}).text
    assert "\r\n0\r\n" in server.ask(query, "text/csv", **{"named-graph-uri": former}).text
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    assert server.ask(query, "text/csv", **{"named-graph-uri": former}).text == f"g\r\n{former}\r\n"
    assert server.ask(query, "text/csv", **{"default-graph-uri": former}).text == "g\r\n"


def test_from_a_graph_that_is_not_held_is_refused_in_words(server: Server) -> None:
    response = server.ask("SELECT * FROM <http://example.org/data> { ?s ?p ?o }")
    assert response.status_code == 400
    assert "holds no graph <http://example.org/data>" in response.text


@pytest.mark.parametrize(
    ("accept", "query"),
    [("image/png", "ASK {}"), ("text/turtle", "SELECT * {}"), ("text/csv", "CONSTRUCT WHERE { ?s ?p ?o }")],
)
def test_a_format_that_there_is_not_is_406(server: Server, accept: str, query: str) -> None:
    response = server.ask(query, accept)
    assert response.status_code == 406
    assert "ask for one of" in response.text


REFUSED = [
    ("SELECT * {", 400, "error at 1:11"),
    ("", 400, "empty"),
    ("SELECT (<http://example.org/f>(1) AS ?x) {}", 400, "<http://example.org/f> is not supported"),
    ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403, "SERVICE"),
    ("INSERT DATA { <x:a> <x:b> <x:c> }", 403, "read-only"),
    ("LOAD <http://127.0.0.1:9/>", 403, "read-only"),
    ("ASK " + "{" * 2500 + "}" * 2500, 400, "nested more than 200 deep"),
    ("SELECT * { ?s ?p 'open }", 400, "does not end"),
]


@pytest.mark.parametrize(("query", "status", "words"), REFUSED)
def test_a_refusal_says_why_in_words(server: Server, query: str, status: int, words: str) -> None:
    response = server.ask(query)
    assert response.status_code == status
    assert words in response.text
    assert "Traceback" not in response.text


def test_errors_come_as_text_html_or_json(server: Server) -> None:
    kinds = ["text/plain", "text/html", "application/problem+json"]
    for kind in kinds:  # by POST: who asks for HTML by GET is sent to the page with the query
        answer = server.client.post("/sparql", data={"query": "SELECT <b>"}, headers={"Accept": kind})
        assert answer.headers["content-type"].startswith(kind)
        if kind == "text/html":
            assert "<b>" not in answer.text.partition("<body")[2]
    assert server.ask("<b>", "application/json").json()["status"] == 400


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"Content-Type": "text/plain"}, b"ASK {}", 415),
        ({}, b"ASK {}", 415),
        ({"Content-Type": "application/sparql-update"}, b"CLEAR ALL", 403),
        ({"Content-Type": "application/x-www-form-urlencoded"}, b"update=CLEAR+ALL", 403),
        ({"Content-Type": "application/x-www-form-urlencoded"}, b"query=%FF", 400),
        ({"Content-Type": "application/x-www-form-urlencoded"}, b"", 400),
        (
            {"Content-Type": "application/sparql-query", "Content-Encoding": "gzip"},
            gzip.compress(b"ASK {}", mtime=0),
            415,
        ),
        ({"Content-Type": "application/sparql-query"}, b"ASK {} #" + b"x" * 200_000, 413),
        ({"Content-Type": "application/sparql-query"}, b"ASK {} #" + b"x" * 1_000_000, 413),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(
    server: Server, headers: dict[str, str], body: bytes, status: int
) -> None:
    assert server.client.post("/sparql", content=body, headers=headers).status_code == status


def test_a_body_without_a_length_is_read_up_to_its_limit_only(server: Server) -> None:
    endless = (b"#" * 100_000 for _ in range(300))
    headers = {"Content-Type": "application/sparql-query"}
    response = server.client.post("/sparql", content=endless, headers=headers)
    assert response.status_code == 413
    assert "more than 1,000,000 bytes" in response.text


def test_a_body_that_trickles_is_refused(impatient: Server) -> None:
    head = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nContent-Type: application/sparql-query\r\n\r\nASK"
    assert b" 408 " in _say(impatient, head.encode())


def test_a_head_that_never_ends_loses_its_connection(impatient: Server) -> None:
    assert _say(impatient, b"GET /sparql HTTP/1.1\r\nHost: x\r\n") == b""


def test_a_client_that_does_not_take_its_answer_loses_its_connection(impatient: Server) -> None:
    query = f"SELECT ('{'long ' * 400}' AS ?text) {{ ?s <x:number> ?n }} LIMIT 15000"
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 10_000)
        connection.connect(("127.0.0.1", impatient.port))
        connection.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        _wait_until_left_by_the_server(connection)
        connection.settimeout(10)
        received = 0
        with contextlib.suppress(ConnectionResetError):
            while chunk := connection.recv(1_000_000):
                received += len(chunk)
    assert 0 < received < 10_000_000  # what the kernel held already, of 30 million


def _wait_until_left_by_the_server(connection: socket.socket) -> None:
    """The client cannot see that, for it has not taken what was sent before; the kernel's table of sockets can."""
    ends = " ".join(f"0100007F:{port:04X}" for port in (connection.getpeername()[1], connection.getsockname()[1]))
    closed_with_something_unsent = f": {ends} 04 "  # FIN_WAIT1
    limit = time.monotonic() + 60
    while closed_with_something_unsent not in Path("/proc/net/tcp").read_text():
        assert time.monotonic() < limit, "the server still waits"
        time.sleep(0.1)


def _say(server: Server, text: bytes) -> bytes:
    """What the server answers to a client that then falls silent."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
        connection.sendall(text)
        try:
            return connection.recv(1000)
        except ConnectionResetError:
            return b""


def test_an_answer_that_the_client_has_is_not_sent_again(server: Server) -> None:
    first = server.ask(LABELS)
    again = server.client.get(
        "/sparql", params={"query": LABELS}, headers={"Accept": "*/*", "If-None-Match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert server.ask(LABELS, "text/csv").headers["etag"] != first.headers["etag"]
    assert "etag" not in server.ask("SELECT (NOW() AS ?now) {}").headers


def test_head_answers_as_get_without_the_body(server: Server) -> None:
    plain = {"Accept-Encoding": "identity"}
    full = server.client.get("/sparql", params={"query": NUMBERS}, headers=plain)
    head = server.client.head("/sparql", params={"query": NUMBERS}, headers=plain)
    assert head.content == b""
    assert head.headers["content-length"] == full.headers["content-length"]


def test_a_large_answer_is_whole(server: Server) -> None:
    response = server.client.get("/sparql", params={"query": NUMBERS}, headers={"Accept-Encoding": "identity"})
    assert len(response.content) > 2_000_000
    assert len(response.json()["results"]["bindings"]) == 40_000
    assert int(response.headers["content-length"]) == len(response.content)


def test_scripts_of_other_sites_may_ask(server: Server) -> None:
    headers = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    preflight = server.client.options("/sparql", headers=headers)
    assert preflight.status_code == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]
    allowed = preflight.headers["access-control-allow-headers"].lower().split(", ")
    assert {"accept", "content-type", "x-requested-with"} <= set(allowed)
    for response in (preflight, server.ask("ASK {}"), server.ask("ASK {"), server.client.get("/health")):
        assert response.headers["access-control-allow-origin"] == "*"


def test_without_a_query_the_service_describes_itself(server: Server) -> None:
    for name, media_type in GRAPHS.items():
        response = server.client.get("/sparql", headers={"Accept": media_type})
        store = Store()
        store.load(response.content, RdfFormat.from_extension(name))
        graphs = store.quads_for_pattern(
            None, NamedNode("http://www.w3.org/ns/sparql-service-description#name"), None, None
        )
        assert {quad.object for quad in graphs} == {
            NamedNode(f"{BASE}id/source/{source}") for source in ("oscr", "oscr_former")
        }


def test_a_person_without_a_query_is_sent_to_the_form(server: Server) -> None:
    response = server.client.get("/sparql", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (response.status_code, response.headers["location"]) == (303, "/query")


def test_health_tells_the_release_and_its_size(server: Server) -> None:
    health = server.health()
    assert health["ok"] is True
    assert (health["release"], health["triples"], health["workers"]) == ("r1", 40_009, 2)


def test_other_methods_are_refused(server: Server) -> None:
    assert server.client.put("/sparql", params={"query": "ASK {}"}).status_code == 405


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ("query=ASK{}&query=ASK{}", 400),
        ("query=ASK{}&format=csv&format=xml", 200),
        ("query=ASK{}&format=pdf", 200),
        ("format=json", 200),
        ("update=CLEAR ALL", 403),
        ("query=%FF", 400),
        ("a&" * 300, 400),
    ],
)
def test_parameters_are_refused_only_where_they_leave_it_open_what_is_asked(
    server: Server, fields: str, status: int
) -> None:
    assert server.client.get(f"/sparql?{fields}").status_code == status


def test_no_release_is_said_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="civsoc build"):
        create_app(tmp_path)


def test_accept_headers_in_several_lines_are_one(server: Server) -> None:
    lines = [("Accept", "text/csv;q=0.5"), ("Accept", "text/tab-separated-values")]
    for headers in (lines, lines[::-1]):
        answer = httpx.get(f"{server.url}/sparql", params={"query": "SELECT * {}"}, headers=headers)
        assert answer.headers["content-type"].startswith("text/tab-separated-values")


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_a_graph_that_is_no_iri_is_told_by_its_parameter(server: Server, name: str) -> None:
    refused = server.client.get("/sparql", params={"query": "ASK {}", name: "notiri"})
    assert refused.status_code == 400
    assert refused.text.startswith(f"/sparql: `{name}` is 'notiri', which is not an IRI; name a graph in full")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("PUT", "/sparql", "GET, HEAD, POST"), ("DELETE", "/search", "GET, HEAD"), ("POST", "/health", "GET, HEAD")],
)
def test_a_method_that_is_not_answered_is_refused_with_those_that_are(
    server: Server, method: str, path: str, allowed: str
) -> None:
    refused = server.client.request(method, path)
    assert (refused.status_code, refused.headers["allow"]) == (405, allowed)
    assert refused.text == f"{method} is not answered here; use {allowed.replace(', ', ' or ')}\n"


def test_an_address_of_nothing_is_told_in_words(server: Server) -> None:
    refused = server.client.get("/no/such")
    assert (refused.status_code, refused.text) == (404, "/no/such: there is no such page; begin at /\n")


SPARQLWRAPPER = [
    (ALL_LABELS, "turtle", "application/turtle,text/turtle", "text/turtle"),
    (ALL_LABELS, "n3", "application/turtle,text/rdf+n3,application/n-triples,text/n3", "text/turtle"),
    (ALL_LABELS, "rdf", "*/*", "application/rdf+xml"),
    (ALL_LABELS, "rdf+xml", "application/rdf+xml", "application/rdf+xml"),
    (ALL_LABELS, "xml", "application/rdf+xml", "application/rdf+xml"),
    (ALL_LABELS, "json-ld", "application/ld+json,application/x-json+ld", "application/ld+json"),
    (ALL_LABELS, "csv", "*/*", "text/turtle"),
    (LABELS, "tsv", "text/tab-separated-values", "text/tab-separated-values"),
    (LABELS, "json", "application/sparql-results+json,application/json", "application/sparql-results+json"),
    (LABELS, "turtle", "*/*", "application/sparql-results+json"),
    ("ASK {}", "xml", "application/sparql-results+xml", "application/sparql-results+xml"),
]
"""What the Python client SPARQLWrapper 2.0 sends for each of its return formats, in three parameters at once."""


@pytest.mark.parametrize(("query", "name", "accept", "expected"), SPARQLWRAPPER)
def test_sparqlwrapper_is_answered_in_every_return_format(
    server: Server, query: str, name: str, accept: str, expected: str
) -> None:
    names = [(field, value) for field in ("format", "output", "results") for value in (name, "")]
    answer = server.client.get("/sparql", params=[("query", query), *names], headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, expected)


def test_a_query_may_begin_with_a_byte_order_mark(server: Server) -> None:
    asked = "\ufeffASK {}"
    kind = {"Content-Type": "application/sparql-query"}
    answers = [
        server.ask(asked),
        server.client.post("/sparql", data={"query": asked}),
        server.client.post("/sparql", content=asked.encode(), headers=kind),
    ]
    assert [answer.json()["boolean"] for answer in answers] == [True] * 3


def test_an_answer_is_compressed_for_who_takes_it_and_comes_out_the_same(server: Server) -> None:
    sizes: dict[str, int] = {}
    bodies = set[bytes]()
    for coding in ("identity", "gzip", "gzip;q=0", "br;q=1, gzip;q=0.5"):
        asked = {"query": NUMBERS}
        with server.client.stream("GET", "/sparql", params=asked, headers={"Accept-Encoding": coding}) as answer:
            raw = b"".join(answer.iter_raw())
            packed = answer.headers.get("content-encoding") == "gzip"
            assert "accept-encoding" in answer.headers["vary"].lower()
            assert packed or int(answer.headers["content-length"]) == len(raw)
        bodies.add(gzip.decompress(raw) if packed else raw)
        sizes[coding] = len(raw)
    assert len(bodies) == 1
    assert sizes["identity"] == sizes["gzip;q=0"] > 5 * sizes["gzip"]
    assert sizes["gzip"] == sizes["br;q=1, gzip;q=0.5"]


@pytest.mark.parametrize("host", ["evil.example", "[", "a/b", "evil.example:99999", "x@evil.example"])
@pytest.mark.parametrize("path", ["/areas/", "/search/?q=a", "/quality/", "/sparql/"])
def test_a_redirect_stays_here_whatever_the_request_says_of_our_address(server: Server, path: str, host: str) -> None:
    names = ("Host", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded")
    lines = "".join(f"{name}: {host}\r\n" for name in names)
    head = _answer_head(server, f"GET {path} HTTP/1.1\r\n{lines}Connection: close\r\n\r\n")
    assert head.startswith("HTTP/1.1 307")
    plain, mark, query = path.partition("?")
    assert f"\r\nlocation: {plain.rstrip('/')}{mark}{query}\r\n" in head
    assert "evil" not in head


def test_a_path_of_two_strokes_leads_to_no_other_site(server: Server) -> None:
    for path in ("//evil.example/", "//evil.example/areas/", "/%2Fevil.example/"):
        head = _answer_head(server, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert head.startswith("HTTP/1.1 404")


def test_a_request_whose_length_is_stated_in_two_ways_is_refused(server: Server) -> None:
    lines = ["POST /sparql HTTP/1.1", "Host: x", "Content-Type: application/sparql-query"]
    lines += ["Content-Length: 6", "Transfer-Encoding: chunked", "", "6", "ASK {}", "0", "", ""]
    head = _answer_head(server, "\r\n".join(lines))
    assert head.startswith("HTTP/1.1 400")
    assert "connection: close" in head.lower()


def test_a_head_that_is_too_long_has_a_status_of_its_own(server: Server) -> None:
    head = _answer_head(server, f"GET /sparql?query={'x' * 1_000_000} HTTP/1.1\r\nHost: x\r\n\r\n")
    assert head.startswith("HTTP/1.1 431")
    assert "by POST" in head


def _answer_head(server: Server, request: str) -> str:
    """What comes back for a request as it stands, which no client would send."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(request.encode())
        received = b""
        with contextlib.suppress(ConnectionResetError):
            while part := connection.recv(65_536):
                received += part
    return received.decode("latin-1")
