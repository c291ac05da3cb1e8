"""The W3C tests of the SPARQL 1.1 protocol, as far as they are about queries or about updates that must fail."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, RdfFormat, Store, parse, parse_query_results
from rdflib import RDF, Graph, Literal, Namespace
from rdflib.collection import Collection
from rdflib.term import Node

from tests.support.endpoint.served import make_release, switch
from tests.support.endpoint.serving import Server, serving

FOLDER = Path(__file__).parent / "w3c-sparql11-protocol"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"


@dataclass(frozen=True)
class Exchange:
    """A request of a test and what its answer must be."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    statuses: frozenset[str]
    boolean: bool | None
    form: str | None


def manifest() -> Graph:
    return Graph().parse(FOLDER / "manifest.ttl", format="turtle")


def cases() -> Iterator[str]:
    """Names of the tests that a read-only service can pass."""
    for name in sorted(str(test).rsplit("#", 1)[-1] for test in manifest().subjects(RDF.type, MF.ProtocolTest)):
        if name.startswith(("query_", "bad_")):
            yield name


def exchanges(graph: Graph, name: str) -> Iterator[Exchange]:
    test = next(test for test in graph.subjects(RDF.type, MF.ProtocolTest) if str(test).endswith(f"#{name}"))
    for request in _items(graph, graph.value(graph.value(test, MF.action), HT.requests)):
        answer, body = graph.value(request, HT.resp), graph.value(request, HT.body)
        boolean, form = graph.value(answer, MF.expectedBoolean), graph.value(answer, MF.expectedFormat)
        yield Exchange(
            str(graph.value(request, HT.methodName)),
            str(graph.value(request, HT.absolutePath)),
            dict(_headers(graph, request)),
            None if body is None else _body(graph, body),
            frozenset(str(status)[-3] for status in graph.objects(answer, MF.expectedStatus)),
            boolean.toPython() if isinstance(boolean, Literal) else None,
            None if form is None else str(form),
        )


def _items(graph: Graph, items: Node | None) -> list[Node]:
    return [] if items is None else list(Collection(graph, items))


def _headers(graph: Graph, request: Node) -> Iterator[tuple[str, str]]:
    for header in _items(graph, graph.value(request, HT.headers)):
        yield str(graph.value(header, HT.fieldName)), str(graph.value(header, HT.fieldValue))


def _body(graph: Graph, body: Node) -> bytes:
    return str(graph.value(body, CNT.chars)).encode(str(graph.value(body, CNT.characterEncoding)))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    out = tmp_path_factory.mktemp("out")
    folder = make_release(out)
    store = Store(str(folder / "store"))
    for number in (1, 2, 3):
        store.load(
            path=FOLDER / f"data{number}.nt", format=RdfFormat.N_TRIPLES, to_graph=NamedNode(DATA.format(number))
        )
    store.flush()
    del store
    switch(out, "r1")
    with serving(out, workers=2, long_queries=1) as running:
        yield running


@pytest.mark.parametrize("name", list(cases()))
def test_w3c_protocol_case(server: Server, name: str) -> None:
    for exchange in exchanges(manifest(), name):
        url = urlsplit(exchange.path)
        response = server.client.request(
            exchange.method, f"/sparql?{url.query}", headers=exchange.headers, content=exchange.body
        )
        assert str(response.status_code)[0] in exchange.statuses, response.text
        if exchange.boolean is not None:
            assert response.json()["boolean"] is exchange.boolean
        _check_form(response, exchange.form)


def _check_form(response: httpx.Response, form: str | None) -> None:
    kind = response.headers["content-type"].partition(";")[0]
    if form == "tabular":
        results = parse_query_results(response.content, QueryResultsFormat.from_media_type(kind))
        assert isinstance(results, QuerySolutions)
    elif form == "RDF":
        list(parse(response.content, RdfFormat.from_media_type(kind)))


def test_the_cases_are_all_that_a_read_only_service_can_pass() -> None:
    assert len(list(cases())) == 27
