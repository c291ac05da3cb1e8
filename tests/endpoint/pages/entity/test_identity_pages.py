"""A body with several identifiers as a reader meets it: one page, whatever number one comes with."""

import pytest

from tests.support.endpoint.serving import Server
from tests.support.endpoint.site import read_html

BODY, ALIASES = "GB-CHC-9900129", ("GB-SC-SC900129", "GB-COH-SC990129")


@pytest.mark.parametrize("alias", ALIASES)
def test_the_address_of_every_alias_redirects_to_the_body(site: Server, alias: str) -> None:
    answer = site.client.get(f"/id/organisation/{alias}", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["location"]) == (301, f"/id/organisation/{BODY}")
    answer = site.client.get(f"/doc/organisation/{alias}.ttl")
    assert (answer.status_code, answer.headers["location"]) == (301, f"/doc/organisation/{BODY}.ttl")


def test_its_page_has_one_heading_all_numbers_and_both_names(site: Server) -> None:
    text = site.client.get(f"/doc/organisation/{BODY}", headers={"Accept": "text/html"}).text
    assert read_html(text).text.count("WATER CARRIERS INTERNATIONAL") >= 1
    for shown in ("9900129", "SC900129", "SC990129", "Water Carriers International"):
        assert shown in text, shown


@pytest.mark.parametrize("number", ["SC900129", "9900129", "GB-COH-SC990129"])
def test_it_is_found_once_by_any_of_its_numbers(site: Server, number: str) -> None:
    hits = site.client.get("/search", params={"q": number}, headers={"Accept": "application/json"}).json()
    found = [hit["iri"].rsplit("/", 1)[1] for hit in hits["results"]]
    assert found[:1] == [BODY]
    assert not set(found) & set(ALIASES)


def test_a_refused_link_says_why_on_its_own_page(site: Server) -> None:
    answer = site.client.get(
        "/doc/link/GB-SC-SC900104/dual-registration/GB-CHC-9900140", headers={"Accept": "text/html"}
    )
    assert "one looks after a river and the other dug wells" in answer.text
