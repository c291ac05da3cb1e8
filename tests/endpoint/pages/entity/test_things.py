"""Pages of single things: all that the graph has about them, with sources, dates and what they are part of."""

from urllib.parse import parse_qs, urlsplit

from graph.model.terms import PREFIXES
from tests.support.endpoint.pages import ADDRESSES, CHARITY, FAULTY, MERGED, SUCCEEDED, answer_of, page
from tests.support.endpoint.served import BASE
from tests.support.endpoint.serving import Server

NAMELESS = "/doc/organisation/GB-SC-SC910047"


def test_an_organisation_page_tells_all_that_the_graph_says(site: Server) -> None:
    organisations = site.ask(
        "PREFIX civ: <https://w3id.org/civsoc/ns#> SELECT ?it { ?it a civ:Organisation } ORDER BY ?it LIMIT 120"
    ).json()["results"]["bindings"]
    assert len(organisations) > 100
    for row in organisations:
        iri = row["it"]["value"]
        read = page(site, ADDRESSES.page(iri))
        said = site.ask(f"SELECT ?property ?value {{ <{iri}> ?property ?value }}").json()["results"]["bindings"]
        assert said
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
    texts = [row["value"] for row in everything if row["value"]["type"] == "literal" and "datatype" not in row["value"]]
    assert block and texts
    assert [text["value"] for text in texts if " ".join(text["value"].split()) not in read.text] == []


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


def test_what_lies_within_an_area_is_listed_by_kind_and_name(site: Server) -> None:
    area = page(site, "/doc/area/S12000036")
    assert "26 smaller areas within it Abbeyhill" in area.text
    assert "6 services given here CalPre5 Nursery" in area.text
    more = next(link for link in area.links if link.startswith("/links") and "Postcode" in link)
    assert "Shown: 1 to 12" in page(site, more).text


def test_a_link_that_a_program_read_from_a_list_is_not_called_checked(site: Server) -> None:
    text = page(site, "/doc/organisation/GB-SC-SC900112").text
    assert "checked by a person" not in text.lower()


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
