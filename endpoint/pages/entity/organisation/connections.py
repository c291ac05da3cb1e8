"""Links and events that concern an organisation, in words: identity, what came before and after, guesses."""

from collections.abc import Iterator

from pyoxigraph import NamedNode

from endpoint.presentation.model.blocks import Notes, by_subject, lines_of, marks_of, texts
from endpoint.presentation.model.page import Block, Entries, Entry
from endpoint.presentation.model.values import link, value_of
from endpoint.presentation.names import labels
from endpoint.presentation.names.identifiers import ends, in_words
from endpoint.presentation.reading.display import display_of
from endpoint.presentation.reading.view import View
from endpoint.store.port import Fact
from endpoint.store.queries import with_prefixes
from graph.model.terms import CIV, DCT, ORG, OWL, RDF, SKOS

__all__ = ["connection_blocks", "link_query"]

_IDENTITY = "FILTER EXISTS { ?subject a civ:IdentityLink } FILTER NOT EXISTS { ?subject civ:refusedBecause ?why }"
_REFUSED = "?subject civ:refusedBecause ?why ."
_HINTS = "FILTER EXISTS { ?subject a civ:Hint }"
_OTHERS = "FILTER NOT EXISTS { VALUES ?kind { civ:IdentityLink civ:Hint } ?subject a ?kind }"

# What the heading of an entry shows already.
_HEADED = frozenset(
    term.value
    for term in (
        *(RDF.type, OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget, ORG.originalOrganization),
        *(ORG.resultingOrganization, DCT.date, CIV.eventKind, SKOS.prefLabel),
    )
)


def connection_blocks(view: View, notes: Notes, iri: str) -> Iterator[Block]:
    """What makes its identifiers one, what came before and after, guesses; empty blocks are left out."""
    names = ends(view, iri)
    parts = (
        ("links", "Before and after", _OTHERS, True),
        ("one", "Why these identifiers are one organisation", _IDENTITY, False),
        ("refused", "Said to be the same, but not treated so", _REFUSED, False),
        ("hints", "Perhaps related", _HINTS, False),
    )
    for name, title, chosen, events in parts:
        query = link_query(iri, names, title, chosen, events=events)
        if facts := view.facts(query, iri):
            entries = tuple(_entry(view, notes, own, names) for own in _in_order(facts))
            yield Block(name, title, query, (Entries(entries),), marks_of(notes, facts))


def link_query(iri: str, names: tuple[str, ...], title: str, chosen: str, *, events: bool) -> str:
    """The query for all facts about some of the links of a body, and of its events."""
    listed = " ".join(str(NamedNode(name)) for name in names)
    found = f"{{ VALUES ?end {{ {listed} }} ?subject owl:annotatedSource|owl:annotatedTarget ?end . {chosen} }}"
    if events:
        found += f"\n  UNION {{ ?subject org:originalOrganization|org:resultingOrganization {NamedNode(iri)} }}"
    return with_prefixes(
        f"# {title}: {iri}\nSELECT DISTINCT ?subject ?property ?value ?source WHERE {{\n  {found}\n"
        "  GRAPH ?source { ?subject ?property ?value }\n}"
    )


def _in_order(facts: list[Fact]) -> list[list[Fact]]:
    """The statements thing by thing, dated things first, by day."""
    return sorted(by_subject(facts).values(), key=lambda own: (texts(own, DCT.date) or ["~"], own[0].subject))


def _entry(view: View, notes: Notes, facts: list[Fact], names: tuple[str, ...]) -> Entry:
    subject = facts[0].subject
    order = display_of(view).group("link").properties
    lines = lines_of(view, notes, [fact for fact in facts if fact.property not in _HEADED], order)
    words, others = _words(view, facts, names)
    marks = marks_of(notes, facts)
    things = tuple(link(view, it, marks=marks) for it in others)
    days = [value_of(view, fact.property, fact.value).text for fact in facts if fact.property == DCT.date.value]
    after = f"on {days[0]}" if days else ""
    return Entry(words, view.addresses.page(subject), lines, things, after)


def _words(view: View, facts: list[Fact], names: tuple[str, ...]) -> tuple[str, list[str]]:
    """How the link reads on this page, and the things at its other end."""
    first = texts(facts, OWL.annotatedSource) + texts(facts, ORG.originalOrganization)
    second = texts(facts, OWL.annotatedTarget) + texts(facts, ORG.resultingOrganization)
    if any(fact.value == CIV.IdentityLink.node for fact in facts):
        return " and ".join(in_words(view, end) for end in (*first, *second)), []
    ways = (*texts(facts, OWL.annotatedProperty)[:1], *texts(facts, CIV.eventKind)[:1])
    ends = display_of(view).ends
    forth, back = next((ends[way] for way in ways if way in ends), (labels.title(view, facts[0].subject), ""))
    from_here = not set(first).isdisjoint(names)
    return (forth, second) if from_here or not back else (back, first)
