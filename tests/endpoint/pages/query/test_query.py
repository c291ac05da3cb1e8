"""The query page: answers as tables, faults beside the form."""

from urllib.parse import quote

import pytest

from tests.support.endpoint.pages import page
from tests.support.endpoint.serving import Server


def test_a_query_is_answered_as_a_table_of_links(site: Server) -> None:
    query = "SELECT ?it { ?it a <https://w3id.org/civsoc/ns#Charity> } ORDER BY ?it LIMIT 3"
    read = page(site, f"/query?query={quote(query)}")
    assert "3 rows" in read.text
    assert len([link for link in read.links if link.startswith("/doc/organisation/")]) == 3
    assert any("format=csv" in link for link in read.links)


def test_an_ask_and_a_graph_are_answered_too(site: Server) -> None:
    assert "Yes" in page(site, f"/query?query={quote('ASK { ?s ?p ?o }')}").text
    read = page(site, f"/query?query={quote('CONSTRUCT WHERE { ?s a <https://w3id.org/civsoc/ns#Register> }')}")
    assert "subject property value" in read.text
    assert any("format=ttl" in link for link in read.links)


@pytest.mark.parametrize(
    ("query", "words", "status"),
    [
        ("SELECT * {", "The query was not answered", 400),
        ("INSERT DATA { <x:a> <x:b> <x:c> }", "The query was not answered", 403),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "The query was not answered", 403),
    ],
)
def test_what_is_wrong_with_a_query_is_said_on_the_form(site: Server, query: str, words: str, status: int) -> None:
    answer = site.client.get("/query", params={"query": query}, headers={"Accept": "text/html"})
    assert answer.status_code in (status, 400)
    assert words in answer.text
    assert query.split()[0] in answer.text


def test_a_browser_that_is_sent_a_query_gets_the_page_for_it(site: Server) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    answer = site.client.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["location"]) == (303, "/query?query=ASK+%7B%7D")
    assert site.client.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": "*/*"}).status_code == 200
