"""What pages say of groups on no register, and why."""

from graph.model.terms import CIV
from tests.support.endpoint.serving import Server
from tests.support.endpoint.site import read_html
from tests.support.sources.groups import HTML


def test_the_page_of_a_group_says_in_plain_words_how_it_is_known_of_and_why(site: Server) -> None:
    answer = site.client.get("/doc/organisation/DIR-KINGDOM-KVA-003", headers=HTML)
    html = read_html(answer.text)
    assert "the people who maintain it checked the entry within a year" in html.text
    assert "none of our sources gives a register number for it" in html.text
    assert "/doc/listing/DIR-KINGDOM-KVA-003" in html.links and "/def/evidence-grade/checked" in html.links
    registered = site.client.get("/doc/organisation/GB-SC-SC900055", headers=HTML).text
    assert "A register has it" in registered and "gives a register number for it" not in registered


def test_a_page_of_evidence_does_not_repeat_that_it_is_evidence(site: Server) -> None:
    page = site.client.get("/doc/listing/DIR-KINGDOM-KVA-003", headers=HTML).text
    assert "Old Station Growers" in page and "Graded so because of" not in page


def test_results_of_a_search_say_which_are_on_no_register(site: Server) -> None:
    found = site.client.get("/search", params={"q": "Old Station Growers"}, headers={"Accept": "application/json"})
    first = found.json()["results"][0]
    assert (first["name"], first["status"]) == ("Old Station Growers of Lathrisk", "On no register")
    shown = site.client.get("/search", params={"q": "Old Station Growers"}, headers=HTML).text
    assert '<span class="badge on-no-register">On no register</span>' in shown


def test_the_front_page_counts_groups_on_no_register(site: Server) -> None:
    count = site.ask(f"SELECT (COUNT(?it) AS ?n) {{ ?it a {CIV.UnregisteredGroup} }}", "text/csv").text.split()[1]
    assert f"{count} on no register" in read_html(site.client.get("/", headers=HTML).text).text
