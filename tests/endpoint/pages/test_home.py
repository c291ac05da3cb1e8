"""The front page."""

from tests.support.endpoint.pages import page
from tests.support.endpoint.serving import Server


def test_the_front_page_counts_what_the_graph_counts(site: Server) -> None:
    counted = site.ask("PREFIX civ: <https://w3id.org/civsoc/ns#> SELECT (COUNT(*) AS ?n) { ?it a civ:Organisation }")
    count = counted.json()["results"]["bindings"][0]["n"]["value"]
    text = page(site, "/").text
    assert f"{count} organisations" in text
    assert "City of Edinburgh" in text
    assert "1 November 2026" in text
