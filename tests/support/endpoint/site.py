"""The sample as it is published, and small graphs written by hand: what tests of pages look at."""

from collections.abc import Mapping
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import TypeVar

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from endpoint.presentation.model.page import Page, Part
from endpoint.presentation.reading.view import View
from endpoint.service.release import open_release
from graph.build.plan import read_plan
from graph.build.run import build
from graph.release.manifest import Manifest
from graph.release.search import build_index
from tests.support.endpoint.served import BASE
from tests.support.paths import ROOT

__all__ = ["PREFIXES", "Html", "build_sample", "part", "read_html", "release_of", "view_of"]

Found = TypeVar("Found", bound=Part)

BREAKS = frozenset(("p", "div", "li", "td", "th", "dd", "dt", "br", "h1", "h2", "h3", "tr"))
SAMPLE = ROOT / "sample" / "civsoc.toml"
PREFIXES = """
@prefix civ: <https://w3id.org/civsoc/ns#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rov: <http://www.w3.org/ns/regorg#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def build_sample(out: Path) -> Path:
    """Builds the bundled sample into a folder, as `make run` does."""
    build(read_plan(SAMPLE), out=out)
    return out


def release_of(out: Path, graphs: Mapping[str, str]) -> Path:
    """Makes a served release of hand-written Turtle, one text a source; relative IRIs get the base."""
    folder = out / "releases" / "r1"
    folder.mkdir(parents=True)
    store = Store(str(folder / "store"))
    for name, turtle in graphs.items():
        graph = NamedNode(f"{BASE}id/source/{name}")
        for quad in parse(PREFIXES + turtle, RdfFormat.TURTLE, base_iri=BASE):
            store.add(Quad(quad.subject, quad.predicate, quad.object, graph))
            store.add(Quad(quad.subject, quad.predicate, quad.object))
    store.flush()
    build_index(store, folder / "search")
    Manifest("r1", datetime(2024, 1, 2, tzinfo=UTC), BASE, "test", 0, 0, (), {}, {}).write(folder)
    (out / "current").symlink_to("releases/r1")
    return out


def view_of(out: Path, graphs: Mapping[str, str]) -> View:
    """A view of a release of hand-written Turtle."""
    return View(open_release(release_of(out, graphs) / "releases" / "r1"))


def part(page: Page, block: str, kind: type[Found]) -> Found:
    """The part of a kind in a block of a page."""
    found = next(each for each in page.blocks if each.id == block)
    return next(each for each in found.parts if isinstance(each, kind))


class Html(HTMLParser):
    """A page taken apart: its text, links, ids, headings, and the loaded files."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.parts += [" "] if tag in BREAKS else []  # what begins a line for a reader
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if tag == "a" and "href" in given else []
        self.loads += [given[name] for name in ("src", "href") if tag in ("img", "link", "script") and name in given]

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    @property
    def text(self) -> str:
        """All that a reader sees, with single blanks."""
        return " ".join("".join(self.parts).split())


def read_html(text: str) -> Html:
    """Takes a page apart."""
    page = Html()
    page.feed(text)
    page.close()
    return page
