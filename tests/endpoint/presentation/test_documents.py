"""The RDF documents behind the pages: negotiated, cached, parsed by rdflib, and the same in each format."""

import codecs
import csv
import io
from collections.abc import Generator
from pathlib import Path

import pytest
import rdflib
from rdflib.compare import isomorphic

from tests.support.endpoint.served import BASE
from tests.support.endpoint.serving import Server, serving
from tests.support.endpoint.site import release_of

CHARITY = "organisation/GB-SC-SC900020"
IRI = rdflib.URIRef(f"{BASE}id/{CHARITY}")
CIV = rdflib.Namespace("https://w3id.org/civsoc/ns#")
FORMATS = {
    "ttl": ("text/turtle", "turtle"),
    "nt": ("application/n-triples", "nt"),
    "jsonld": ("application/ld+json", "json-ld"),
    "rdf": ("application/rdf+xml", "xml"),
}
ODD = {
    "oscr": """
<id/organisation/GB-XX-v1.2.ttl> a civ:Organisation ; skos:prefLabel "Bell \\u0007 & <Bow>" .
<id/organisation/GB-XX-old> owl:sameAs <id/organisation/GB-XX-v1.2.ttl> .
<id/organisation/GB-XX-a%20b> a civ:Organisation ; skos:prefLabel "Percent" ; civ:income 5 .
<id/organisation/GB-XX-c> a civ:Organisation ; civ:parentOrganisation <id/organisation/GB-XX-stub> ;
  foaf:homepage <http://example.org/?a=1&b=2#c> ; civ:objectives "=HYPERLINK(A1)" ; civ:income -5 .
<http://other.example/thing> skos:prefLabel "Elsewhere" .
""",
    "second": """
<id/organisation/GB-XX-c> a civ:Organisation ; skos:prefLabel "Said by the second" .
""",
}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    """A server over things with odd names."""
    with serving(release_of(tmp_path_factory.mktemp("odd"), ODD), workers=2, long_queries=1) as running:
        yield running


def parsed(content: bytes, syntax: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=content, format=syntax)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib of itself
@pytest.mark.parametrize("suffix", FORMATS)
def test_rdflib_reads_each_format_by_suffix_and_by_accept(site: Server, suffix: str) -> None:
    media_type, syntax = FORMATS[suffix]
    by_suffix = site.client.get(f"/doc/{CHARITY}.{suffix}")
    by_accept = site.client.get(f"/id/{CHARITY}", headers={"Accept": media_type}, follow_redirects=True)
    assert by_suffix.headers["content-type"].split(";")[0] == media_type
    assert by_suffix.content == by_accept.content
    graph = parsed(by_suffix.content, syntax)
    assert (IRI, rdflib.SKOS.prefLabel, rdflib.Literal("Reformed Kirk of Alba")) in graph
    assert isomorphic(graph, parsed(site.client.get(f"/doc/{CHARITY}.nt").content, "nt"))


def test_csv_holds_the_same_statements(site: Server) -> None:
    rows = list(csv.reader(io.StringIO(site.client.get(f"/doc/{CHARITY}.csv").content.decode("utf-8-sig"))))
    assert rows[0] == ["subject", "property", "value", "datatype", "language"]
    assert len(rows) - 1 == len(parsed(site.client.get(f"/doc/{CHARITY}.nt").content, "nt"))


def test_csv_begins_with_the_mark_of_utf_8_and_runs_nothing_in_a_spreadsheet(odd: Server) -> None:
    raw = odd.client.get("/doc/organisation/GB-XX-c.csv").content
    assert raw.startswith(codecs.BOM_UTF8)
    values = {row["value"] for row in csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))}
    assert {"'=HYPERLINK(A1)", "-5"} <= values
    asked = odd.ask("SELECT ?o { ?s <https://w3id.org/civsoc/ns#objectives> ?o }", "text/csv")
    assert asked.content == b"o\r\n=HYPERLINK(A1)\r\n"


def test_a_document_holds_the_thing_its_parts_and_the_names_of_what_it_refers_to(site: Server) -> None:
    graph = parsed(site.client.get(f"/doc/{CHARITY}.ttl").content, "turtle")
    registration, returned = (
        rdflib.URIRef(f"{BASE}id/{path}")
        for path in ("registration/GB-SC-SC900020", "annual-return/GB-SC-SC900020/2025-12-31")
    )
    assert graph.value(registration, CIV.registeredOn)
    assert graph.value(returned, CIV.income) == rdflib.Literal("48216930", datatype=rdflib.XSD.decimal)
    for value in graph.objects(IRI, CIV.purpose):
        assert graph.value(value, rdflib.SKOS.prefLabel)
    document = graph.value(predicate=rdflib.FOAF.primaryTopic, object=IRI)
    assert document == rdflib.URIRef(f"{BASE}doc/{CHARITY}")
    source = rdflib.URIRef(f"{BASE}id/source/oscr")
    assert (document, rdflib.DCTERMS.source, source) in graph
    assert graph.value(source, rdflib.DCTERMS.license)
    assert graph.value(document, rdflib.DCTERMS.license)


def test_a_link_is_in_the_documents_of_both_its_ends(site: Server) -> None:
    link = rdflib.URIRef(f"{BASE}id/link/GB-SC-SC910003/succeeded-by/GB-SC-SC900038")
    for number in ("SC910003", "SC900038"):
        graph = parsed(site.client.get(f"/doc/organisation/GB-SC-{number}.ttl").content, "turtle")
        assert graph.value(link, CIV.evidence), number


def test_a_thing_is_sent_on_to_its_document(site: Server) -> None:
    answer = site.client.get(f"/id/{CHARITY}?a=1&b=2")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/doc/{CHARITY}?a=1&b=2"


def test_a_document_tells_caches_and_programs_what_it_is(site: Server) -> None:
    answer = site.client.get(f"/doc/{CHARITY}", headers={"Accept": "text/html"})
    assert "Accept" in answer.headers["vary"]
    link = answer.headers["link"]
    assert f'<{BASE}doc/{CHARITY}>; rel="canonical"' in link
    assert f'</doc/{CHARITY}.ttl>; rel="describedby"; type="text/turtle"' in link
    for suffix, (media_type, _) in FORMATS.items():
        assert f'</doc/{CHARITY}.{suffix}>; rel="alternate"; type="{media_type}"' in link


@pytest.mark.parametrize("path", [f"/doc/{CHARITY}", "/def/legal-form/trust", "/ns", "/data", f"/doc/{CHARITY}.ttl"])
def test_a_client_that_has_a_document_is_not_sent_it_again(site: Server, path: str) -> None:
    first = site.client.get(path)
    tag = first.headers["etag"]
    again = site.client.get(path, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert site.client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_each_representation_has_a_tag_of_its_own(site: Server) -> None:
    tags = {site.client.get(f"/doc/{CHARITY}.{suffix}").headers["etag"] for suffix in ("html", "csv", *FORMATS)}
    assert len(tags) == 6


def test_head_answers_as_get_does_without_the_body(site: Server) -> None:
    for path in ("/", f"/doc/{CHARITY}", f"/doc/{CHARITY}.ttl", "/ns.ttl", "/search?q=a", "/quality", "/data"):
        head, get = (
            site.client.request(method, path, headers={"Accept-Encoding": "identity"}) for method in ("HEAD", "GET")
        )
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-type"] == get.headers["content-type"]
        assert head.headers["content-length"] == str(len(get.content))


def test_an_unknown_format_is_refused_in_words(site: Server) -> None:
    answer = site.client.get(f"/doc/{CHARITY}", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.text


def test_an_unknown_thing_is_not_found_in_text_for_programs(site: Server) -> None:
    answer = site.client.get("/doc/organisation/GB-SC-SC999999.ttl", headers={"Accept": "text/turtle"})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/plain")


def test_a_browser_gets_a_page_and_a_program_without_wishes_too(site: Server) -> None:
    wishes = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert "<h1>" in site.client.get(f"/doc/{CHARITY}", headers={"Accept": wishes}).text
    assert "<h1>" in site.client.get(f"/doc/{CHARITY}").text


def test_concepts_are_negotiated_in_place(site: Server) -> None:
    answer = site.client.get("/def/legal-form/trust", headers={"Accept": "text/turtle"})
    trust = rdflib.URIRef(f"{BASE}def/legal-form/trust")
    assert (trust, rdflib.SKOS.inScheme, rdflib.URIRef(f"{BASE}def/legal-form")) in parsed(answer.content, "turtle")
    assert site.client.get("/doc/def/legal-form/trust").headers["location"] == "/def/legal-form/trust"


def test_the_vocabulary_comes_whole_as_turtle(site: Server) -> None:
    graph = parsed(site.client.get("/ns", headers={"Accept": "text/turtle"}).content, "turtle")
    assert (CIV.Charity, rdflib.RDF.type, rdflib.OWL.Class) in graph
    assert graph.value(CIV.purpose, rdflib.RDFS.comment)
    term = site.client.get("/doc/ns/Charity", headers={"Accept": "text/turtle"})
    assert (CIV.Charity, rdflib.RDF.type, rdflib.OWL.Class) in parsed(term.content, "turtle")


def test_the_catalogue_comes_as_turtle(site: Server) -> None:
    graph = parsed(site.client.get("/data.ttl").content, "turtle")
    assert graph.value(rdflib.URIRef(f"{BASE}id/source/oscr"), rdflib.DCTERMS.license)
    assert site.client.get("/.well-known/void").headers["location"] == "/data"


def test_only_a_known_suffix_is_one_and_never_at_the_cost_of_an_identifier(odd: Server) -> None:
    whole = odd.client.get("/doc/organisation/GB-XX-v1.2.ttl", headers={"Accept": "text/html"})
    assert whole.headers["content-type"].startswith("text/html")
    suffixed = odd.client.get("/doc/organisation/GB-XX-v1.2.ttl.nt")
    assert suffixed.headers["content-type"].startswith("application/n-triples")
    assert odd.client.get("/doc/organisation/GB-XX-v1.2.pdf").status_code == 404


def test_an_alias_leads_to_the_identifier_that_took_its_place(odd: Server) -> None:
    assert odd.client.get("/id/organisation/GB-XX-old").headers["location"] == "/id/organisation/GB-XX-v1.2.ttl"
    answer = odd.client.get("/doc/organisation/GB-XX-old.jsonld")
    assert (answer.status_code, answer.headers["location"]) == (301, "/doc/organisation/GB-XX-v1.2.ttl.jsonld")


def test_characters_that_xml_cannot_hold_do_not_break_it(odd: Server) -> None:
    graph = parsed(odd.client.get("/doc/organisation/GB-XX-v1.2.ttl.rdf").content, "xml")
    assert rdflib.Literal("Bell \ufffd & <Bow>") in set(graph.objects(predicate=rdflib.SKOS.prefLabel))


def test_percent_encoded_identifiers_are_found(odd: Server) -> None:
    for path in ("/doc/organisation/GB-XX-a%20b", "/doc/organisation/GB-XX-a%20b.ttl"):
        assert "Percent" in odd.client.get(path).text


def test_a_thing_of_others_has_a_document_too(odd: Server) -> None:
    for iri in ("http://other.example/thing", "http://example.org/?a=1&b=2#c"):
        answer = odd.client.get("/doc/iri.ttl", params={"iri": iri})
        graph = parsed(answer.content, "turtle")
        assert rdflib.URIRef(iri) in {*graph.subjects(), *graph.objects()}
    assert odd.client.get("/doc/iri", params={"iri": f"{BASE}id/organisation/GB-XX-c"}).status_code == 303


def test_the_document_of_a_stub_holds_what_mentions_it(odd: Server) -> None:
    graph = parsed(odd.client.get("/doc/organisation/GB-XX-stub.ttl").content, "turtle")
    assert list(graph.subjects(CIV.parentOrganisation, rdflib.URIRef(f"{BASE}id/organisation/GB-XX-stub")))


def test_a_value_that_two_sources_give_bears_both_marks(odd: Server) -> None:
    text = odd.client.get("/doc/organisation/GB-XX-c", headers={"Accept": "text/html"}).text
    assert 'href="#source-1"' in text
    assert 'href="#source-2"' in text


def test_a_base_with_nothing_in_it_is_served(tmp_path: Path) -> None:
    with serving(release_of(tmp_path, {}), workers=2, long_queries=1) as empty:
        for path in ("/", "/search?q=a", "/quality", "/data", "/ns", "/query"):
            assert empty.client.get(path, headers={"Accept": "text/html"}).status_code == 200, path


GROUPS = """
<id/organisation/DIR-GLEN-1> a civ:Organisation, civ:UnregisteredGroup ; skos:prefLabel "Glen Example Rowing Club" ;
  civ:within <id/area/S12000047> ; civ:fieldOfWork <def/scvo-field-of-work/sport> .
<id/area/S12000047> a civ:Area ; skos:prefLabel "Fife" ; civ:areaType <def/area-type/council> .
<def/scvo-field-of-work> a skos:ConceptScheme ; skos:prefLabel "Field of work"@en .
<def/scvo-field-of-work/sport> a skos:Concept ; skos:prefLabel "Sport"@en ; skos:inScheme <def/scvo-field-of-work> .
"""


def test_a_release_of_directories_alone_shows_only_what_it_has(tmp_path: Path) -> None:
    with serving(release_of(tmp_path, {"glen": GROUPS}), workers=2, long_queries=1) as groups:

        def text(path: str) -> str:
            return groups.client.get(path, headers={"Accept": "text/html"}).text.partition("<main")[2]

        front = text("/")
        assert "By area" in front
        assert "Fife" in front
        assert ">Sport</a>" in front
        assert f"{BASE}id/organisation/DIR-GLEN-1" in front
        assert "on their register" not in front  # a question that nothing here answers
        assert "status not stated" not in front
        assert "Fife" in text("/areas")
        offered = text("/search")
        assert ">club</a>" in offered
        assert ">trust</a>" not in offered
        assert "register, in any spelling" not in offered
