"""The front page: what is in here, in live numbers, and the ways in."""

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import APIRouter, Response
from pyoxigraph import NamedNode

from endpoint.pages.query.examples import answerable
from endpoint.presentation.model.blocks import tallies
from endpoint.presentation.model.page import Tally
from endpoint.presentation.reading.kept import kept
from endpoint.presentation.reading.view import View
from endpoint.presentation.rendering import METHODS, ViewDep, html, static_file
from endpoint.store.port import text
from endpoint.store.queries import with_prefixes
from graph.model.iri import last_segment
from graph.model.terms import CIV, SKOS, Iri

__all__ = ["Home", "counted", "example_of", "router"]

router = APIRouter()

ORGANISATIONS = with_prefixes("SELECT (COUNT(DISTINCT ?it) AS ?count) WHERE { ?it a civ:Organisation }")
UNSTATED = with_prefixes(
    "SELECT (COUNT(DISTINCT ?it) AS ?count) WHERE { ?it a civ:Organisation . "
    "FILTER NOT EXISTS { ?it rov:orgStatus ?status } }"
)
GROUPS = with_prefixes("SELECT (COUNT(DISTINCT ?it) AS ?count) WHERE { ?it a civ:UnregisteredGroup }")
STATUS = "?it a civ:Organisation ; rov:orgStatus ?item"


@dataclass(frozen=True)
class Home:
    organisations: int
    groups: int
    """Those of them that are on no register."""
    groups_href: str
    statements: int
    statuses: tuple[Tally, ...]
    unstated: int
    """Organisations whose status no source states."""
    areas: tuple[Tally, ...]
    purposes: tuple[tuple[str, str, tuple[Tally, ...]], ...]
    """Name and address of each code list of purposes, with its entries."""
    problems: dict[str, int]
    """Problems of each source, of all kinds, by the source's name."""
    example: str
    word: str
    """A word that something is found by."""

    @property
    def several(self) -> int:
        """How many statuses there are over one an organisation: a body on two registers may have two."""
        return sum(status.count for status in self.statuses) + self.unstated - self.organisations


@router.api_route("/", methods=METHODS)
def home(view: ViewDep) -> Response:
    home, shown = view.in_rounds(lambda: (counted(view), answerable(view)))
    return html("home.html", home=home, manifest=view.served.manifest, examples=shown, base=view.base)


@router.api_route("/static/{name}", methods=METHODS)
def static(name: str) -> Response:
    """A file of the design, for ever: its address changes when it does."""
    found = static_file(name)
    if found is None:
        return Response("There is no such file.\n", 404, media_type="text/plain")
    content, kind = found
    return Response(content, headers={"Cache-Control": "public, max-age=31536000, immutable"}, media_type=kind)


@kept
def example_of(view: View) -> str:
    """The IRI of one organisation, for examples that work on whatever this release holds; '' where it holds none."""
    first = [
        text(row, "first")
        for kind in ("civ:Charity", "civ:Organisation")
        for row in view.rows(
            with_prefixes(f"SELECT (MIN(STR(?it)) AS ?first) WHERE {{ ?it a {kind} ; skos:prefLabel ?name }}")
        )
    ]
    return next(filter(None, first), "")


@kept
def counted(view: View) -> Home:
    example = example_of(view)
    return Home(
        view.count(ORGANISATIONS),
        view.count(GROUPS),
        view.addresses.page(f"{view.base}def/evidence-grade"),
        view.served.manifest.triples,
        tuple(_counts(view, STATUS).values()),
        view.count(UNSTATED),
        tuple(sorted(_areas(view).values(), key=lambda tally: tally.label)),
        tuple(_lists(view, CIV.purpose)) or tuple(_lists(view, CIV.fieldOfWork)),
        _problems(view),
        example,
        view.name(example).split(" ")[-1].lower() if example else "",
    )


def _areas(view: View) -> dict[str, Tally]:
    """Where organisations mainly work, as registers say, and the councils that they are in, as directories say."""
    council = NamedNode(f"{view.base}def/area-type/council")
    # The inner SELECT keeps the engine from beginning with all that lies in councils, postcodes by the thousand.
    return _counts(
        view,
        "{ ?it a civ:Organisation ; civ:mainOperatingArea ?item } UNION "
        "{ { SELECT ?it ?item { ?it a civ:Organisation ; civ:within ?item } } "
        f"?item civ:areaType {council} }}",
    )


def _lists(view: View, prop: Iri) -> Iterator[tuple[str, str, tuple[Tally, ...]]]:
    """The values of a property by their code lists, as several registers use the same names."""
    found: dict[str, list[Tally]] = {}
    for iri, tally in _counts(view, f"?it a civ:Organisation ; {prop} ?item").items():
        found.setdefault(view.thing(iri, SKOS.inScheme), []).append(tally)
    for listed, entries in found.items():
        yield (view.name(listed), view.addresses.page(listed), tuple(entries)) if listed else ("", "", tuple(entries))


def _problems(view: View) -> dict[str, int]:
    query = with_prefixes(
        "SELECT ?source (COUNT(DISTINCT ?it) AS ?count) WHERE { ?it a civ:Problem ; civ:inSource ?source } "
        "GROUP BY ?source"
    )
    return {last_segment(text(row, "source")): int(text(row, "count")) for row in view.rows(query)}


def _counts(view: View, where: str) -> dict[str, Tally]:
    """How many organisations have each value, the most frequent first; `where` leads from ?it to ?item, its value."""
    query = (
        f"SELECT ?item (COUNT(DISTINCT ?it) AS ?count) WHERE {{ {where} }} GROUP BY ?item ORDER BY DESC(?count) ?item"
    )
    return tallies(view, with_prefixes(query))
