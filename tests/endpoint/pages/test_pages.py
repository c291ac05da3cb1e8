"""Pages as a reader meets them: a real server over the bundled sample."""

import csv
import gzip
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from endpoint.presentation.text.addresses import Addresses
from graph.model.own_graphs import OWN_GRAPHS
from graph.model.terms import PREFIXES
from tests.support.endpoint.served import BASE
from tests.support.endpoint.serving import Server
from tests.support.endpoint.site import Html, read_html
from tests.support.paths import ROOT

CHARITY = "/doc/organisation/GB-SC-SC900020"
SUCCEEDED = "/doc/organisation/GB-SC-SC910003"
NAMELESS = "/doc/organisation/GB-SC-SC910047"
MERGED = "/doc/organisation/GB-SC-SC900022"
FAULTY = "/doc/organisation/GB-SC-SC900061"
ADDRESSES = Addresses(BASE)


def page(site: Server, path: str, status: int = 200) -> Html:
    answer = site.client.get(path, headers={"Accept": "text/html"}, follow_redirects=True)
    assert answer.status_code == status, f"{path}: {answer.status_code} {answer.text[:300]}"
    return read_html(answer.text)


def release(out: Path) -> Path:
    return out / (out / "current").readlink()


def iris(out: Path) -> Iterator[str]:
    """Every IRI in the dumps: subject, property, value, datatype, name of a graph."""
    for dump in sorted((release(out) / "dumps").iterdir()):
        for quad in parse(gzip.decompress(dump.read_bytes()), RdfFormat.N_QUADS):
            for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
                if isinstance(term, NamedNode):
                    yield term.value
                elif isinstance(term, Literal):
                    yield term.datatype.value


MOST_ALIKE = 60
"""Things of a kind, or with a property of other vocabularies, whose pages are looked at, spread over all of them."""


def kind_of(iri: str) -> str:
    """What IRIs of one kind begin with: `id/organisation`, `def/council`, the namespace of another vocabulary."""
    path = iri.removeprefix(BASE)
    return "/".join(path.split("/")[:2]) if path != iri else iri.rpartition("#")[0] or iri.rpartition("/")[0]


def test_no_kind_of_iri_in_the_graph_is_a_dead_end(site: Server, sample_out: Path) -> None:
    found = sorted(set(iris(sample_out)))
    assert len(found) > 1000
    kinds: dict[str, list[str]] = {}
    for iri in found:
        kinds.setdefault(kind_of(iri), []).append(iri)
    assert len(kinds) > 60
    for iri in (iri for alike in kinds.values() for iri in alike[:: -(-len(alike) // MOST_ALIKE)]):
        answer = site.client.get(ADDRESSES.page(iri), headers={"Accept": "text/html"}, follow_redirects=True)
        assert (answer.status_code, "<h1>" in answer.text) == (200, True), iri


def test_links_and_footnotes_of_the_main_pages_lead_somewhere(site: Server) -> None:
    starts = ["/", CHARITY, SUCCEEDED, FAULTY, "/def/oscr-purpose", "/ns", "/quality", "/data", "/search?q=trust"]
    seen: set[str] = set()
    for start in starts:
        read = page(site, start)
        for link in read.links:
            if link.startswith("#"):
                assert link[1:] in read.ids, f"{start}: {link}"
            elif link.startswith("/") and not link.startswith("/query?"):
                seen.add(link.split("#")[0])
    for link in sorted(seen):
        status = site.client.get(link, headers={"Accept": "text/html, */*;q=0.5"}).status_code
        assert status in (200, 303), f"{link}: {status}"


def test_only_the_page_of_a_source_with_a_fix_list_leads_to_one(site: Server, sample_out: Path) -> None:
    names = [path.name.removesuffix(".nq.gz") for path in (release(sample_out) / "dumps").iterdir()]
    lists = {name: f"/quality/{name}" in page(site, f"/doc/source/{name}").links for name in names}
    assert lists == {name: name not in OWN_GRAPHS for name in names}


def test_a_page_holds_each_id_once_and_one_main_heading(site: Server) -> None:
    for path in ("/", CHARITY, "/ns", "/quality", "/query", "/search", "/data", "/def/oscr-purpose/education"):
        read = page(site, path)
        assert len(read.ids) == len(set(read.ids)), path
        assert read.tags.count("h1") == 1, path
        assert {"header", "main", "nav", "footer"} <= set(read.tags), path
        assert "script" not in read.tags, path


def test_an_organisation_page_tells_all_that_the_graph_says(site: Server) -> None:
    organisations = site.ask(
        "PREFIX civ: <https://w3id.org/civsoc/ns#> SELECT ?it { ?it a civ:Organisation } ORDER BY ?it LIMIT 120"
    ).json()["results"]["bindings"]
    for row in organisations:
        iri = row["it"]["value"]
        read = page(site, ADDRESSES.page(iri))
        said = site.ask(f"SELECT ?property ?value {{ <{iri}> ?property ?value }}").json()["results"]["bindings"]
        for property_, value in ((entry["property"]["value"], entry["value"]) for entry in said):
            if value["type"] == "uri":
                assert {ADDRESSES.page(value["value"]), value["value"]} & set(read.links), (iri, value)
            elif "datatype" in value:  # in English, beside a link to what it is
                assert ADDRESSES.page(property_) in read.links, (iri, value)
            else:
                assert " ".join(value["value"].split()) in read.text, (iri, value)


def test_each_block_can_be_asked_again_as_sparql(site: Server) -> None:
    for path in (CHARITY, SUCCEEDED, FAULTY, "/doc/area/S12000036", "/def/oscr-purpose", "/doc/source/oscr"):
        queries = [link for link in page(site, path).links if link.startswith("/query?query=")]
        assert len(queries) >= 3, path
        for link in queries:
            query = parse_qs(urlsplit(link).query)["query"][0]
            answer = site.ask(query)
            assert answer.status_code == 200, f"{path}: {query}\n{answer.text}"
            assert answer.json()["results"]["bindings"] or "What links to" in query, f"{path}: {query}"


def test_the_query_of_a_page_gives_what_the_page_says(site: Server) -> None:
    read = page(site, SUCCEEDED)
    query = parse_qs(urlsplit(read.links[[link[:7] for link in read.links].index("/query?")]).query)["query"][0]
    block = site.ask(query).json()["results"]["bindings"]
    whole = next(link for link in read.links if "Everything%20the%20graph%20says" in link)
    everything = site.ask(parse_qs(urlsplit(whole).query)["query"][0]).json()["results"]["bindings"]
    assert {row["value"]["value"] for row in block} <= {row["value"]["value"] for row in everything}
    for row in everything:
        if row["value"]["type"] == "literal" and "datatype" not in row["value"]:
            assert " ".join(row["value"]["value"].split()) in read.text


def test_every_value_bears_its_source_and_the_source_its_date(site: Server) -> None:
    read = page(site, CHARITY)
    assert "From Scottish Charity Register, 1 November 2026" in read.text
    assert read.links.count("#source-1") > 20
    assert "source-1" in read.ids


def test_dates_money_and_booleans_are_english(site: Server) -> None:
    text = page(site, CHARITY).text
    assert "1 January 1992 — start of OSCR’s index, not a founding date" in text
    assert "£48,216,930" in text
    assert "Designated religious body Yes" in text
    assert "Year to 31 December 2025" in text


def test_a_body_on_two_registers_has_one_page_with_the_words_of_both(site: Server) -> None:
    read = page(site, MERGED)
    assert "Charity SC900022 (Scotland) Company SC990022" in read.text
    assert {"/doc/registration/GB-SC-SC900022", "/doc/registration/GB-COH-SC990022"} <= set(read.links)
    assert "FIRTHVIEW ST BRANNOCH HOSPICE LIMITED Companies House, bodies of civil society" in read.text
    assert "Why these identifiers are one organisation" in read.text
    assert "Also stated" not in read.text
    assert read.text == page(site, "/doc/organisation/GB-COH-SC990022").text


def test_no_page_calls_a_thing_by_the_end_of_its_iri(site: Server) -> None:
    kinds = "schema:Service org:ChangeEvent civ:Classification civ:FormerName civ:RegisterEvent civ:PayBandCount"
    kinds += " qb:DataSet qb:Observation qb:DataStructureDefinition geo:Geometry civ:Area civ:Postcode civ:Link"
    for kind in kinds.split():
        prefix, local = kind.split(":")
        query = f"SELECT ?it {{ ?it a <{PREFIXES[prefix]}{local}> }} ORDER BY ?it LIMIT 3"
        for row in site.ask(query).json()["results"]["bindings"]:
            heading = page(site, ADDRESSES.page(row["it"]["value"])).text.split(" · ")[0]
            assert "id/" not in heading and "%" not in heading, (kind, heading)


def test_a_data_zone_shows_published_figures_with_unit_period_and_what_not_to_compare(site: Server) -> None:
    text = page(site, "/doc/area/S01013086").text
    assert "SIMD 2020v2 decile 9 Decilesource" in text
    assert "SIMD 2020v2: ranks of data zones: not to be compared with" in text


def test_a_name_that_the_register_deleted_is_said_to_be(site: Server) -> None:
    assert "Charity SC910047 (name deleted from the register)" in page(site, NAMELESS).text


def test_a_succession_is_told_with_its_evidence_and_confidence_on_both_pages(site: Server) -> None:
    for path in (SUCCEEDED, "/doc/organisation/GB-SC-SC900038"):
        text = page(site, path).text
        assert "Before and after" in text
        assert "has now wound up and transferred its assets" in text
        assert "95%" in text


def test_a_problem_is_told_on_the_page_of_the_organisation_it_concerns(site: Server) -> None:
    text = page(site, FAULTY).text
    assert "Problems found in its data" in text
    assert "is not a web address" in text
    assert "write it in full, such as https://www.example.org" in text


def test_a_body_that_no_source_describes_shows_what_speaks_of_it(site: Server) -> None:
    text = page(site, "/doc/organisation/GB-CHC-990131").text
    assert "No source in this graph describes it" in text
    assert "1 change that it went through" in text


def test_an_area_counts_its_organisations_by_status(site: Server) -> None:
    query = (
        "PREFIX civ: <https://w3id.org/civsoc/ns#> PREFIX rov: <http://www.w3.org/ns/regorg#> "
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT (COUNT(*) AS ?n) { ?it civ:mainOperatingArea "
        f'<{BASE}id/area/S12000036> ; rov:orgStatus/skos:notation "active" }}'
    )
    count = site.ask(query).json()["results"]["bindings"][0]["n"]["value"]
    assert f"Active {count}" in page(site, "/doc/area/S12000036").text


def test_the_front_page_counts_what_the_graph_counts(site: Server) -> None:
    counted = site.ask("PREFIX civ: <https://w3id.org/civsoc/ns#> SELECT (COUNT(*) AS ?n) { ?it a civ:Organisation }")
    count = counted.json()["results"]["bindings"][0]["n"]["value"]
    text = page(site, "/").text
    assert f"{count} organisations" in text
    assert "City of Edinburgh" in text
    assert "1 November 2026" in text


def test_a_number_is_found_in_any_spelling(site: Server) -> None:
    for spelling in ("SC900020", "sc 900020", "GB-SC-SC900020", f"{BASE}id/organisation/GB-SC-SC900020"):
        read = page(site, f"/search?q={quote(spelling)}")
        assert "Has the identifier SC900020" in read.text, spelling
        assert CHARITY in read.links, spelling


def test_search_says_what_to_do_when_it_finds_nothing(site: Server) -> None:
    assert "Nothing found for “zzyzx quux”" in page(site, "/search?q=zzyzx+quux").text
    assert "What can be found" in page(site, "/search").text


def test_search_answers_programs_in_json(site: Server) -> None:
    answer = site.client.get("/search?q=SC900020", headers={"Accept": "application/json"})
    assert answer.headers["content-type"] == "application/json"
    first = answer.json()["results"][0]
    assert first["iri"] == f"{BASE}id/organisation/GB-SC-SC900020"
    assert first["name"] == "Reformed Kirk of Alba"


def test_search_results_come_in_pages(site: Server) -> None:
    first = page(site, "/search?q=a")
    following = next(link for link in first.links if link.startswith("/search?q=a&page=2"))
    assert "Page 2 of" in page(site, following).text
    assert page(site, "/search?q=a&page=9999").text
    for odd in ("-1", "x", "", "9" * 40):
        for path in ("/search?q=a", "/quality?source=oscr"):
            assert page(site, f"{path}&page={odd}").text


@pytest.mark.parametrize("address", ["/search?q={}", "/query?query={}", "/doc/iri?iri={}", "/doc/organisation/{}"])
def test_what_a_visitor_sends_is_never_markup(site: Server, address: str) -> None:
    text = site.client.get(
        address.format(quote('"><script>alert(1)</script>', safe="")), headers={"Accept": "text/html"}
    ).text
    assert "<script" not in text.lower()


@pytest.mark.parametrize(
    "iri", ["http://x/> ?p ?o } #", "http://x/a b", "not an iri", "", "http://example.org/never-mentioned", "\x00"]
)
def test_an_iri_that_is_none_or_unknown_is_not_found(site: Server, iri: str) -> None:
    assert "There is no such page" in page(site, f"/doc/iri?iri={quote(iri, safe='')}", 404).text
    page(site, f"/links?to={quote(iri, safe='')}&by={quote(iri, safe='')}", 404)


def test_an_unknown_thing_is_answered_with_a_way_on(site: Server) -> None:
    read = page(site, "/doc/organisation/GB-SC-SC999999", 404)
    assert "GB-SC-SC999999" in read.text
    assert "Look for it instead" in read.text


def test_pages_carry_headers_that_keep_them_safe(site: Server) -> None:
    for path in ("/", CHARITY, "/query?query=SELECT", "/doc/organisation/none"):
        headers = site.client.get(path, headers={"Accept": "text/html"}).headers
        assert headers["x-content-type-options"] == "nosniff"
        if "content-security-policy" in headers:
            assert headers["content-security-policy"].startswith("default-src 'self'")
            assert "referrer-policy" in headers
    assert "content-security-policy" in site.client.get(CHARITY, headers={"Accept": "text/html"}).headers


def test_pages_load_nothing_from_elsewhere(site: Server) -> None:
    for path in ("/", CHARITY, "/query", "/quality", "/ns"):
        assert all(load.startswith("/") for load in page(site, path).loads), path


def test_the_design_is_kept_by_browsers_until_it_changes(site: Server) -> None:
    style = next(load for load in page(site, "/").loads if ".css" in load)
    answer = site.client.get(style)
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]
    for missing in ("/static/nothing.css", "/static/..%2Fpages%2Frouter.py", "/static/civsoc.py"):
        assert site.client.get(missing).status_code == 404


def test_every_term_of_the_vocabulary_has_its_anchor(site: Server) -> None:
    rows = site.ask(
        "PREFIX owl: <http://www.w3.org/2002/07/owl#> SELECT DISTINCT ?term { VALUES ?kind "
        "{ owl:Class owl:ObjectProperty owl:DatatypeProperty } ?term a ?kind "
        'FILTER(STRSTARTS(STR(?term), "https://w3id.org/civsoc/ns#")) }'
    ).json()["results"]["bindings"]
    names = {row["term"]["value"].rsplit("#", 1)[1] for row in rows}
    assert len(names) > 40
    assert names <= set(page(site, "/ns").ids)


def test_quality_lists_every_problem_with_its_remedy(site: Server, sample_out: Path) -> None:
    read = page(site, "/quality?source=oscr")
    rows = (release(sample_out) / "problems" / "oscr.csv").read_text().splitlines()[1:]
    assert "http" in read.text
    assert f"{len(rows)} CSV" in re.sub(r" \d+ CSV", f" {len(rows)} CSV", read.text)
    assert site.client.get("/problems/oscr.csv").text.splitlines()[1:] == rows
    assert site.client.get("/problems/..%2Frelease.json").status_code == 404
    page(site, "/quality?source=nothing", 404)


def test_quality_can_be_narrowed_to_a_rule_that_is_explained(site: Server) -> None:
    links = [link for link in page(site, "/quality").links if "rule=" in link]
    assert links
    for link in links:
        narrowed = page(site, link)
        assert "Show all" in narrowed.text
        (rule,) = [to for to in narrowed.links if to.startswith("/def/problem-rule/")]
        assert rule.rsplit("/", 1)[1] == parse_qs(urlsplit(link).query)["rule"][0]
    assert "Not a date" in page(site, "/def/problem-rule/date-invalid").text


def test_problems_of_a_rule_are_counted_whatever_their_column_is(site: Server, sample_out: Path) -> None:
    lists = (release(sample_out) / "problems").glob("*.csv")
    rules = [row["rule"] for file in lists for row in csv.DictReader(file.read_text("utf-8").splitlines())]
    read = page(site, "/quality?rule=date-invalid")
    counted = re.findall(r"Not a date (\d+) ", read.text)
    assert sum(map(int, counted)) == rules.count("date-invalid") > 1


def test_old_links_and_odd_rules_do_no_harm(site: Server) -> None:
    everything = page(site, "/quality").text
    assert page(site, "/quality?fault=is+no+date").text == everything
    assert "No problem of this kind was found" in page(site, "/quality?rule=%22%3E%3Cscript+x").text


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


def test_the_dumps_are_those_of_the_release(site: Server, sample_out: Path) -> None:
    for dump in (release(sample_out) / "dumps").iterdir():
        answer = site.client.get(f"/data/{dump.name}")
        assert answer.content == dump.read_bytes()
        assert answer.headers["content-type"] == "application/gzip"
        assert (
            site.client.get(f"/data/{dump.name}", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
        )
    for missing in ("/data/nothing.nq.gz", "/data/..%2Frelease.json", "/data/release.json"):
        assert site.client.get(missing).status_code == 404


@pytest.mark.alone
def test_ordinary_pages_take_less_than_50_ms(site: Server) -> None:
    for path in (
        CHARITY,
        SUCCEEDED,
        MERGED,
        "/doc/area/S92000003",
        "/doc/area/S12000036",
        "/def/oscr-purpose/education",
        "/search?q=trust",
    ):
        page(site, path)
        times: list[float] = []
        for _ in range(5):
            start = time.perf_counter()
            page(site, path)
            times.append(time.perf_counter() - start)
        assert min(times) < 0.05, f"{path}: {min(times):.3f} s"


def test_money_bears_its_currency_wherever_it_is_shown(site: Server) -> None:
    grant = page(site, "/doc/grant/360G-lathrisk-5").text
    assert "£150 from Incorporation of Weavers of Lathrisk to Old Station Growers of Lathrisk 17 March 2025" in grant
    assert "Amount awarded £150" in grant
    assert "£4,250.25, 1 December 2024" in page(site, "/doc/grant/360G-lathrisk-2").text
    assert "Income added up £" in page(site, "/doc/observation/income-by-area-year/S12000036/2025-26").text
    assert "EUR 1,800" in answer_of(site, "40-grants-by-funder-and-year").text
    assert "£1,135" in answer_of(site, "40-grants-by-funder-and-year").text
    assert "£147,007,900" in answer_of(site, "03-income-by-purpose").text


def test_a_year_is_no_amount(site: Server) -> None:
    assert " 2010 1 " in answer_of(site, "05-removed-by-year").text


def test_the_place_of_a_grant_goes_by_the_name_of_its_area(site: Server) -> None:
    assert "UA S12000048" not in page(site, "/doc/grant/360G-balmurrich-1").text


def answer_of(site: Server, name: str) -> Html:
    """The page that answers an example query."""
    query = (ROOT / "endpoint" / "queries" / f"{name}.rq").read_text(encoding="utf-8")
    return page(site, "/query?query=" + quote(query, safe=""))


def test_search_offers_only_what_is_found(site: Server) -> None:
    offered = [link for link in page(site, "/search").links if link.startswith("/search?q=")]
    assert len(offered) == len(set(offered)) == 6
    for link in offered:
        assert "Nothing found" not in page(site, link).text, link


def test_counts_agree_from_page_to_page(site: Server) -> None:
    front = page(site, "/").text
    of_status = re.search(r"(\d+) active", front)
    assert of_status
    assert f"Active {of_status[1]} " in answer_of(site, "01-organisations-by-status").text
    assert f"Active {of_status[1]} " in page(site, "/def/registration-status").text
    assert "48 status not stated" in front
    for source in ("oscr", "kingdom"):
        told = re.search(r"(\d+) problems in this source", page(site, f"/doc/source/{source}").text)
        assert told
        assert f"{told[1]} problems" in front
        counts = site.client.get(f"/quality/{source}", headers={"Accept": "text/html"}).text
        kinds = counts[counts.index('id="kinds"') :].partition("</table>")[0]
        assert sum(map(int, re.findall(r'class="number">(\d+)<', kinds))) == int(told[1])


def test_what_lies_within_an_area_is_listed_by_kind_and_name(site: Server) -> None:
    area = page(site, "/doc/area/S12000036")
    assert "26 smaller areas within it Abbeyhill" in area.text
    assert "6 services given here CalPre5 Nursery" in area.text
    more = next(link for link in area.links if link.startswith("/links") and "Postcode" in link)
    assert "Shown: 1 to 12" in page(site, more).text


def test_a_link_that_a_program_read_from_a_list_is_not_called_checked(site: Server) -> None:
    text = page(site, "/doc/organisation/GB-SC-SC900112").text
    assert "checked by a person" not in text.lower()


def test_a_plural_finds_what_is_called_by_the_singular(site: Server) -> None:
    assert "Inchgarvie Bridge Sign Choir" in page(site, "/search?q=choirs").text


def test_a_service_tells_when_where_and_for_how_much(site: Server) -> None:
    found = site.ask(
        "PREFIX civ: <https://w3id.org/civsoc/ns#> SELECT ?it { ?it civ:schedule|civ:costOption ?part } ORDER BY ?it"
    ).json()["results"]["bindings"]
    texts = " ".join(page(site, ADDRESSES.page(row["it"]["value"])).text for row in found)
    assert "Mondays and Thursdays, 10:00–14:00" in texts
    assert "Under 18: 2.50 a morning" in texts


def test_a_body_that_merged_says_so_at_its_head(site: Server) -> None:
    text = page(site, "/doc/organisation/GB-CHC-9900140").text
    assert "merged into WATER CARRIERS INTERNATIONAL, 31 March 2019 Identity" in text


def test_pages_of_parts_name_what_they_are_part_of(site: Server) -> None:
    problem = page(site, "/doc/problem/kingdom/hidden-postcode-unknown/KVA-018").text
    assert "Problem with Ceres Example Bakers in Directory of Kingdom of Example Voluntary Action" in problem
    link = page(site, "/doc/link/GB-SC-SC900112/charity-company/GB-COH-SC990112").text
    assert "Blantyre Works Village Nursery: Charity SC900112 (Scotland) and Company SC990112" in link


def test_a_figure_that_is_not_shown_says_why(site: Server) -> None:
    area = page(site, "/doc/area/S12000036").text
    assert "Withheld: because it is too small to show" in area
    assert "In use in 2016 to 2024" in area
    assert "Counted: by where their postcodes lie" in area


def test_a_browser_that_is_sent_a_query_gets_the_page_for_it(site: Server) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    answer = site.client.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["location"]) == (303, "/query?query=ASK+%7B%7D")
    assert site.client.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": "*/*"}).status_code == 200


def test_a_page_of_the_menu_is_marked_in_it(site: Server) -> None:
    for path in ("/search", "/areas", "/query", "/quality", "/check", "/data", "/ns"):
        text = site.client.get(path, headers={"Accept": "text/html"}).text
        assert f'<a href="{path}" aria-current="page">' in text, path
