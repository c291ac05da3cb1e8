"""Search: numbers in any spelling, pages of results, answers for programs."""

from urllib.parse import quote

from tests.support.endpoint.pages import CHARITY, page
from tests.support.endpoint.served import BASE
from tests.support.endpoint.serving import Server


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


def test_search_offers_only_what_is_found(site: Server) -> None:
    offered = [link for link in page(site, "/search").links if link.startswith("/search?q=")]
    assert len(offered) == len(set(offered)) == 6
    for link in offered:
        assert "Nothing found" not in page(site, link).text, link


def test_a_plural_finds_what_is_called_by_the_singular(site: Server) -> None:
    assert "Inchgarvie Bridge Sign Choir" in page(site, "/search?q=choirs").text
