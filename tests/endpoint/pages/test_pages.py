"""Pages as a reader meets them: a real server over the bundled sample."""

import gzip
import re
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from graph.model.own_graphs import OWN_GRAPHS
from tests.support.endpoint.pages import ADDRESSES, CHARITY, FAULTY, MERGED, SUCCEEDED, answer_of, page, release
from tests.support.endpoint.served import BASE
from tests.support.endpoint.serving import Server
from tests.support.proof import Prove


def iris(out: Path) -> Iterator[str]:
    """Every IRI in the dumps: subject, property, value, datatype, name of a graph."""
    for dump in sorted((release(out) / "dumps").iterdir()):
        for quad in parse(gzip.decompress(dump.read_bytes()), RdfFormat.N_QUADS):
            for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
                if isinstance(term, NamedNode):
                    yield term.value
                elif isinstance(term, Literal):
                    yield term.datatype.value


MOST_ALIKE = [3, pytest.param(60, marks=pytest.mark.prove)]
"""Things of a kind, or with a property of other vocabularies, whose pages are looked at, spread over all of them."""
MOST_LINKS = [8, pytest.param(10_000, marks=pytest.mark.prove)]
"""Links to addresses that begin alike (`/doc/ns`) that are followed; last, all."""


def kind_of(iri: str) -> str:
    """What IRIs of one kind begin with: `id/organisation`, `def/council`, the namespace of another vocabulary."""
    path = iri.removeprefix(BASE)
    return "/".join(path.split("/")[:2]) if path != iri else iri.rpartition("#")[0] or iri.rpartition("/")[0]


def beginning(link: str) -> str:
    """What links of one kind begin with: `/doc/ns`, `/def/council`; others, such as `/quality/oscr`, are their own."""
    return "/".join(link.partition("?")[0].split("/")[:3])


def spread(found: Sequence[str], kind: Callable[[str], str], most: int) -> Iterator[str]:
    """So many of each kind, from the first on at equal distances."""
    kinds: dict[str, list[str]] = {}
    for it in found:
        kinds.setdefault(kind(it), []).append(it)
    for alike in kinds.values():
        yield from alike[:: -(-len(alike) // most)]


@pytest.mark.parametrize("most", MOST_ALIKE)
def test_no_kind_of_iri_in_the_graph_is_a_dead_end(site: Server, sample_out: Path, most: int) -> None:
    found = sorted(set(iris(sample_out)))
    assert len(found) > 1000
    assert len({kind_of(iri) for iri in found}) > 60
    for iri in spread(found, kind_of, most):
        answer = site.client.get(ADDRESSES.page(iri), headers={"Accept": "text/html"}, follow_redirects=True)
        assert (answer.status_code, "<h1>" in answer.text) == (200, True), iri


@pytest.mark.parametrize("most", MOST_LINKS)
def test_links_and_footnotes_of_the_main_pages_lead_somewhere(site: Server, most: int) -> None:
    starts = ["/", CHARITY, SUCCEEDED, FAULTY, "/def/oscr-purpose", "/ns", "/quality", "/data", "/search?q=trust"]
    seen: set[str] = set()
    for start in starts:
        read = page(site, start)
        for link in read.links:
            if link.startswith("#"):
                assert link[1:] in read.ids, f"{start}: {link}"
            elif link.startswith("/") and not link.startswith("/query?"):
                seen.add(link.split("#")[0])
    for link in spread(sorted(seen), beginning, most):
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
    for path, status in ((CHARITY, 200), ("/no/such", 404), ("/doc/organisation/no-such", 404)):
        page = site.client.get(path, headers={"Accept": "text/html"})
        assert (page.status_code, "content-security-policy" in page.headers) == (status, True)


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


@pytest.mark.prove
def test_ordinary_pages_take_less_than_50_ms(site: Server, prove: Prove) -> None:
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
        prove(f"Page `{path}`: best of 5", min(times) * 1000, 50, "ms")


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


def test_a_page_of_the_menu_is_marked_in_it(site: Server) -> None:
    for path in ("/search", "/areas", "/query", "/quality", "/check", "/data", "/ns"):
        text = site.client.get(path, headers={"Accept": "text/html"}).text
        assert f'<a href="{path}" aria-current="page">' in text, path
