"""Makes small real releases, and real servers over them, for the tests of the endpoint."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from graph.release.manifest import Manifest
from graph.release.search import build_index

__all__ = ["BASE", "PREFIXES", "make_release", "switch"]

BASE = "http://localhost:8000/"
PREFIXES = f"""
@prefix id: <{BASE}id/> .
@prefix civ: <https://w3id.org/civsoc/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
GRAPHS = {
    "oscr": """
<{base}id/organisation/GB-SC-SC000001> a civ:Organisation, civ:Charity ; skos:prefLabel "Amber Choir" .
<{base}id/organisation/GB-SC-SC000002> a civ:Organisation, civ:Charity ; skos:prefLabel "Birch & Bean <Café>" .
""",
    "oscr_former": """
<{base}id/organisation/GB-SC-SC000002> a civ:Organisation ; skos:altLabel "Birch \\"and\\" Bean\\n\\u2028" .
<{base}id/organisation/GB-SC-SC000003> a civ:Organisation ; skos:prefLabel "Cairn Walkers"@en .
""",
}


def make_release(out: Path, release_id: str = "r1", extra: Iterable[str] = (), *, numbers: int = 2000) -> Path:
    """A release in `out/releases` with two sources, `extra` Turtle statements, and `numbers` numbered things."""
    folder = out / "releases" / release_id
    folder.mkdir(parents=True)
    store = Store(str(folder / "store"))
    for name, turtle in GRAPHS.items():
        graph = NamedNode(f"{BASE}id/source/{name}")
        for quad in parse(PREFIXES + turtle.format(base=BASE), RdfFormat.TURTLE):
            store.add(Quad(quad.subject, quad.predicate, quad.object, graph))
            store.add(Quad(quad.subject, quad.predicate, quad.object))
    lines = [*extra, *(f"<x:n{number}> <x:number> {number} ." for number in range(numbers))]
    store.bulk_load("\n".join([PREFIXES, *lines]), RdfFormat.TURTLE)
    store.flush()
    build_index(store, folder / "search")
    triples = sum(1 for quad in store if not isinstance(quad.graph_name, NamedNode))
    Manifest(release_id, datetime(2024, 1, 2, tzinfo=UTC), BASE, "test", triples, 0, (), {}, {}).write(folder)
    return folder


def switch(out: Path, release_id: str) -> None:
    """Points `out/current` to a release, atomically."""
    fresh = out / "current.new"
    fresh.symlink_to(Path("releases") / release_id)
    fresh.replace(out / "current")
