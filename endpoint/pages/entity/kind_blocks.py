"""The blocks that a page has for the kind of its thing: of areas, code lists, sources and terms."""

from collections.abc import Callable, Iterator

from pyoxigraph import NamedNode

from endpoint.pages.area.blocks import area_blocks
from endpoint.pages.entity.incoming.links import incoming_counts
from endpoint.presentation.model.blocks import Notes, by_subject, lines_of, tallies
from endpoint.presentation.model.page import Block, Facts, Line, Tallies
from endpoint.presentation.names import labels
from endpoint.presentation.reading.display import Way, display_of
from endpoint.presentation.reading.kept import kept
from endpoint.presentation.reading.view import View
from endpoint.store.queries import shorten, with_prefixes
from graph.model.terms import CIV, SKOS, Iri

__all__ = ["kind_blocks"]

SAMPLE = 10


def kind_blocks(view: View, notes: Notes, iri: str) -> Iterator[Block]:
    """The further blocks that fit the thing's kind; those that would be empty are left out."""
    types = view.types(iri)
    makers: list[Callable[[View, str], Block | None]] = []
    if types & {CIV.Area.value, SKOS.Concept.value, CIV.Postcode.value}:
        makers.append(_by_status)
    if SKOS.ConceptScheme.value in types:
        makers.append(_members)
    if iri in view.served.graphs:
        makers.append(_holdings)
    yield from filter(None, (make(view, iri) for make in makers))
    if CIV.Area.value in types:
        yield from area_blocks(view, notes, iri)
    if view.is_property(iri):
        yield from filter(None, (_use(view, iri), _examples(view, notes, iri)))


def _by_status(view: View, iri: str) -> Block | None:
    """Organisations that give it for one of their own properties, by their status in the register."""
    display = display_of(view)
    used = sorted(prop for prop, _ in incoming_counts(view, iri) if display.shows(prop, Way.COUNTED_BY_STATUS))
    # The properties by name: left open, the engine looks at every statement of every organisation.
    given = "|".join(shorten(Iri.of(prop)) for prop in used)
    if not given:
        return None
    query = with_prefixes(
        f"# Organisations by status: {iri}\nSELECT ?item (COUNT(DISTINCT ?organisation) AS ?count) WHERE {{\n"
        f"  ?organisation {given} {NamedNode(iri)} ; rov:orgStatus ?item .\n}}\nGROUP BY ?item ORDER BY DESC(?count)"
    )
    works_here = CIV.Area.value in view.types(iri)
    title = "Organisations that say they mainly work here, by status" if works_here else "Organisations by status"
    return _tally(view, ("status", title), query, ("Status", "Organisations"))


def _members(view: View, iri: str) -> Block | None:
    """The entries of a code list and how many organisations each is about; how often it is used, if about none."""
    title = ("members", "Entries of this code list")
    # The inner SELECT keeps the engine from beginning with all organisations.
    users = f"{{ SELECT ?user ?property ?item {{ ?item skos:inScheme {NamedNode(iri)} . ?user ?property ?item }} }}"
    organisations = _uses(view, iri, f"{users} ?user a civ:Organisation")
    of_organisations = _tally(view, title, organisations, ("Entry", "Organisations"))
    if of_organisations is None or any(tally.count for tally in tallies(view, organisations).values()):
        return of_organisations
    return _tally(view, title, _uses(view, iri, "?user ?property ?item"), ("Entry", "Times used"))


def _uses(view: View, iri: str, use: str) -> str:
    return with_prefixes(
        f"# Entries of the code list and their use: {iri}\nSELECT ?item (COUNT(DISTINCT ?user) AS ?count) WHERE {{\n"
        f"  ?item skos:inScheme {NamedNode(iri)} .\n"
        f"  OPTIONAL {{ {use} FILTER(?property NOT IN ({', '.join(_not_use(view))})) }}\n"
        "}\nGROUP BY ?item ORDER BY DESC(?count)"
    )


def _not_use(view: View) -> list[str]:
    """The properties by which code lists hang together, and those that only say what a figure counts."""
    of_lists = (SKOS.broader, SKOS.hasTopConcept, SKOS.member, SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch)
    more = (SKOS.narrowMatch, SKOS.relatedMatch, CIV.headingStatus)
    return [*(shorten(prop) for prop in (*of_lists, *more)), *_counted(view)]


@kept
def _counted(view: View) -> list[str]:
    query = with_prefixes("SELECT DISTINCT ?property WHERE { ?part qb:dimension|qb:attribute ?property }")
    return sorted(str(row["property"]) for row in view.rows(query))


def _holdings(view: View, iri: str) -> Block | None:
    query = with_prefixes(
        f"# What this source describes: {iri}\nSELECT ?item (COUNT(?thing) AS ?count) WHERE {{\n"
        f"  GRAPH {NamedNode(iri)} {{ ?thing a ?item }}\n}}\nGROUP BY ?item ORDER BY DESC(?count)"
    )
    return _tally(view, ("holdings", "What this source describes"), query, ("Kind of thing", "How many"))


def _use(view: View, iri: str) -> Block | None:
    query = with_prefixes(
        f"# Use of the property: {iri}\nSELECT ?item (COUNT(*) AS ?count) WHERE {{\n"
        f"  GRAPH ?item {{ ?thing {NamedNode(iri)} ?value }}\n}}\nGROUP BY ?item ORDER BY DESC(?count)"
    )
    return _tally(view, ("use", "Where this property is used"), query, ("Source", "Statements"))


def _examples(view: View, notes: Notes, iri: str) -> Block:
    query = with_prefixes(
        f"# Examples of the property: {iri}\nSELECT ?subject ?property ?value ?source WHERE {{\n"
        f"  VALUES ?property {{ {NamedNode(iri)} }}\n  GRAPH ?source {{ ?subject ?property ?value }}\n"
        f"}}\nLIMIT {SAMPLE}"
    )
    lines = tuple(
        Line(labels.title(view, subject), view.addresses.page(subject), line.values)
        for subject, facts in by_subject(view.facts(query, "")).items()
        for line in lines_of(view, notes, facts)
    )
    return Block("examples", "Examples of its use", query, (Facts(lines),))


def _tally(view: View, heading: tuple[str, str], query: str, heads: tuple[str, str]) -> Block | None:
    rows = tuple(tallies(view, query).values())
    return Block(*heading, query, (Tallies(heads, rows),)) if rows else None
