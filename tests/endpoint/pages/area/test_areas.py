"""The page of all areas, the figures on the page of one, and cubes as tables: a real server over the bundled sample."""

import csv
import io
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.support.endpoint.serving import Server
from tests.support.endpoint.site import Html, read_html

EDINBURGH = "/doc/area/S12000036"
DATASETS = "http://localhost:8000/id/dataset/"
CUBE = "PREFIX qb: <http://purl.org/linked-data/cube#> PREFIX civ: <https://w3id.org/civsoc/ns#> "


def page(site: Server, path: str) -> Html:
    answer = site.client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200, answer.text[:300]
    return read_html(answer.text)


def councils(site: Server, path: str) -> list[str]:
    """The areas that a page links to, in order."""
    return [link for link in page(site, path).links if link.startswith("/doc/area/")]


def query_behind(read: Html, words: str) -> str:
    """The query of the first block whose query has some words."""
    queries = (parse_qs(urlsplit(link).query)["query"][0] for link in read.links if link.startswith("/query?query="))
    return next(query for query in queries if words in query)


def table(site: Server, name: str) -> list[dict[str, str]]:
    answer = site.client.get(f"/doc/dataset/{name}.csv")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_areas_lists_every_council_with_an_active_organisation(site: Server) -> None:
    active = {
        row["refArea"]: int(row["organisations"])
        for row in table(site, "organisations-by-area-status-form")
        if row["countedStatus (name)"] == "Active" and row["countedLegalForm (name)"] == "All"
    }
    listed = councils(site, "/areas")
    assert listed == list(dict.fromkeys(listed)) and len(listed) >= 32
    assert {link.rsplit("/", 1)[1] for link in listed} == {area for area in active if area[:3] in ("S12", "E08", "E07")}
    assert f"City of Edinburgh {active['S12000036']}" in page(site, "/areas").text


@pytest.mark.parametrize("sort", ["active", "rate", "income", "deprivation"])
def test_areas_can_be_sorted_by_each_column_without_scripts(site: Server, sort: str) -> None:
    by_name, chosen = councils(site, "/areas"), councils(site, f"/areas?sort={sort}")
    assert sorted(by_name) == sorted(chosen) and by_name != chosen
    assert f"/areas?sort={sort}" in page(site, "/areas").links
    assert 'aria-sort="descending"' in site.client.get(f"/areas?sort={sort}").text


def test_areas_sorted_by_number_begin_with_the_largest(site: Server) -> None:
    assert councils(site, "/areas?sort=active")[:2] == [EDINBURGH, "/doc/area/S12000049"]


def test_an_unknown_order_is_that_of_names(site: Server) -> None:
    for odd in ("", "x", "'", "name%00"):
        assert councils(site, f"/areas?sort={odd}") == councils(site, "/areas")


def test_the_table_of_areas_is_one_query(site: Server) -> None:
    rows = site.ask(query_behind(page(site, "/areas"), "# Councils")).json()["results"]["bindings"]
    assert len(rows) == len(councils(site, "/areas"))


def test_a_withheld_figure_is_said_to_be_and_never_shown(site: Server) -> None:
    text = page(site, "/areas").text
    assert "withheld" in text and "could identify an organisation" in text
    hidden = {(row["refArea"], row["financialYear"]) for row in table(site, "income-by-area-year-withheld")}
    shown = {(row["refArea"], row["financialYear"]) for row in table(site, "income-by-area-year")}
    assert hidden and shown and not hidden & shown
    rows = site.ask(query_behind(page(site, "/areas"), "# Councils")).json()["results"]["bindings"]
    assert not [row for row in rows if "income" in row and "income_status" in row]
    assert not [row for row in rows if "deprived" in row and "share_status" in row]


def test_every_page_leads_to_the_areas(site: Server) -> None:
    for path in ("/", "/quality", EDINBURGH):
        assert "/areas" in page(site, path).links


def test_an_area_shows_its_figures_each_from_one_query(site: Server) -> None:
    read = page(site, EDINBURGH)
    for words in ("legal form", "yearly income", "purpose", "deprivation", "Income and expenditure", "Registrations"):
        assert words in read.text
        rows = site.ask(query_behind(read, words)).json()["results"]["bindings"]
        assert rows, words
    assert "Statistics worked out from the sources" in read.text


def test_the_figures_of_an_area_are_those_of_the_cube(site: Server) -> None:
    money = [row for row in table(site, "income-by-area-year") if row["refArea"] == "S12000036"]
    text = page(site, EDINBURGH).text
    assert money
    for row in money:
        assert f"{row['financialYear (name)']} £{int(float(row['totalIncome'])):,}" in text
    forms = {
        row["countedLegalForm (name)"]: row["organisations"]
        for row in table(site, "organisations-by-area-status-form")
        if row["refArea"] == "S12000036" and row["countedStatus (name)"] == "Active"
    }
    assert all(f"{name} {count} " in text for name, count in forms.items())


def test_a_small_area_says_how_many_are_in_it_or_that_it_is_withheld(site: Server) -> None:
    hidden = table(site, "organisations-by-small-area-withheld")
    text = page(site, f"/doc/area/{hidden[0]['refArea']}").text
    assert "Active organisations in this small area" in text and "By postcode withheld" in text


def test_a_cube_as_a_table_has_a_row_an_observation(site: Server) -> None:
    names = [
        link.rsplit("/", 1)[1].removesuffix(".csv") for link in page(site, "/areas").links if link.endswith(".csv")
    ]
    assert len(names) >= 8
    for name in (*names, "population-2022-councils"):
        count = f"{CUBE}SELECT (COUNT(*) AS ?n) {{ ?it qb:dataSet <{DATASETS}{name}> }}"
        found = int(site.ask(count).json()["results"]["bindings"][0]["n"]["value"])
        assert len(table(site, name)) == found, name


def test_a_cube_as_a_table_names_codes(site: Server) -> None:
    row = table(site, "registrations-and-removals")[-1]
    assert list(row) == [
        "refArea",
        "refArea (name)",
        "refPeriod",
        "countedEvent",
        "countedEvent (name)",
        "registerEntries",
    ]
    assert row["refArea"] == "S92000003" and row["refArea (name)"] == "Scotland"


def test_what_is_no_cube_has_its_statements_as_csv(site: Server) -> None:
    assert site.client.get(f"{EDINBURGH}.csv").text.startswith("\ufeffsubject,property,value")
