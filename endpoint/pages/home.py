"""The front page: what is in here, in live numbers, and the ways in."""

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from pyoxigraph import NamedNode

from endpoint.facts import labels
from endpoint.facts.shown import Tally
from endpoint.facts.view import View, with_prefixes
from endpoint.pages.examples import examples
from endpoint.pages.render import METHODS, html, static_file, view_of
from graph.words.terms import CIV, ROV, Iri

__all__ = ["example_of", "router"]

router = APIRouter()

ORGANISATIONS = with_prefixes("SELECT (COUNT(DISTINCT ?it) AS ?count) WHERE { ?it a civ:Organisation }")

GROUPS = with_prefixes("SELECT (COUNT(DISTINCT ?it) AS ?count) WHERE { ?it a civ:UnregisteredGroup }")


@dataclass(frozen=True)
class Home:
    """What the front page counts."""

    organisations: int
    groups: int
    """Those of them that are on no register."""
    groups_href: str
    statements: int
    statuses: tuple[Tally, ...]
    areas: tuple[Tally, ...]
    purposes: tuple[Tally, ...]
    example: str


@router.api_route("/", methods=METHODS)
def home(request: Request) -> Response:
    view = view_of(request)
    found = view.once("home", lambda: _count(view))
    return html("home.html", home=found, manifest=view.served.manifest, examples=examples(), base=view.base)


@router.api_route("/static/{name}", methods=METHODS)
def static(name: str) -> Response:
    """A file of the design, for ever: its address changes when it does."""
    found = static_file(name)
    if found is None:
        return Response("There is no such file.\n", 404, media_type="text/plain")
    content, kind = found
    return Response(content, headers={"Cache-Control": "public, max-age=31536000, immutable"}, media_type=kind)


def _count(view: View) -> Home:
    return Home(
        view.count(ORGANISATIONS),
        view.count(GROUPS),
        view.addresses.page(f"{view.base}def/evidence-grade"),
        view.served.manifest.triples,
        by_value(view, ROV.orgStatus),
        tuple(sorted(by_value(view, CIV.mainOperatingArea), key=lambda tally: tally.label)),
        by_value(view, CIV.purpose),
        example_of(view),
    )


def example_of(view: View) -> str:
    """The IRI of one organisation, for examples that work on whatever this release holds; '' where it holds none."""

    def first() -> str:
        query = with_prefixes("SELECT (MIN(STR(?it)) AS ?first) WHERE { ?it a civ:Charity ; skos:prefLabel ?name }")
        found = next(iter(view.rows(query)))["first"]
        return str(found.value) if found else ""

    return view.once("example", first)


def by_value(view: View, prop: Iri) -> tuple[Tally, ...]:
    """How many things have each value of a property, the most frequent first."""
    query = (
        f"SELECT ?value (COUNT(*) AS ?count) WHERE {{ ?it {NamedNode(prop.value)} ?value }} "
        "GROUP BY ?value ORDER BY DESC(?count)"
    )
    return tuple(
        Tally(
            labels.title(view, str(row["value"].value)),
            view.addresses.page(str(row["value"].value)),
            int(row["count"].value),
        )
        for row in view.rows(query)
    )
