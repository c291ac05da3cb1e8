"""Links and events that concern an organisation, in words: identity, what came before and after, guesses."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from endpoint.presentation import labels
from endpoint.presentation.blocks import Notes, by_subject, lines_of, marks_of
from endpoint.presentation.display import display_of
from endpoint.presentation.identifiers import ends, in_words
from endpoint.presentation.page import Block, Entry
from endpoint.presentation.values import Value, value_of
from endpoint.presentation.view import Fact, View, with_prefixes
from graph.model.terms import CIV, DCT, ORG, OWL, RDF, SKOS, Iri

__all__ = ["connection_blocks", "link_query"]

_IDENTITY = "FILTER EXISTS { ?subject a civ:IdentityLink } FILTER NOT EXISTS { ?subject civ:refusedBecause ?why }"
_REFUSED = "?subject civ:refusedBecause ?why ."
_HINTS = "FILTER EXISTS { ?subject a civ:Hint }"
_OTHERS = "FILTER NOT EXISTS { VALUES ?kind { civ:IdentityLink civ:Hint } ?subject a ?kind }"

# What the heading of an entry has said already.
_HEADED = frozenset(
    term.value
    for term in (
        RDF.type,
        OWL.annotatedSource,
        OWL.annotatedProperty,
        OWL.annotatedTarget,
        ORG.originalOrganization,
        ORG.resultingOrganization,
        DCT.date,
        CIV.eventKind,
        SKOS.prefLabel,
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
            entries = tuple(_entry(view, notes, said, names) for said in _in_order(facts))
            yield Block(name, title, "entries", query, marks_of(notes, facts), entries=entries)


def link_query(iri: str, names: tuple[str, ...], title: str, chosen: str, *, events: bool) -> str:
    """The query for all that is said of some of the links of a body, and of its events."""
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
    return sorted(by_subject(facts).values(), key=lambda said: (_texts(said, DCT.date) or ["~"], said[0].subject))


def _entry(view: View, notes: Notes, said: list[Fact], names: tuple[str, ...]) -> Entry:
    subject = said[0].subject
    order = display_of(view).group("link").properties
    lines = lines_of(view, notes, [fact for fact in said if fact.property not in _HEADED], order)
    words, others = _words(view, said, names)
    marks = marks_of(notes, said)
    things = tuple(Value(labels.title(view, it), "link", href=view.addresses.page(it), marks=marks) for it in others)
    days = [value_of(view, fact.property, fact.value).text for fact in said if fact.property == DCT.date.value]
    after = f"on {days[0]}" if days else ""
    return Entry(words, view.addresses.page(subject), lines, things, after)


def _words(view: View, said: list[Fact], names: tuple[str, ...]) -> tuple[str, list[str]]:
    """How the link reads on this page, and the things at its other end."""
    first = _texts(said, OWL.annotatedSource) + _texts(said, ORG.originalOrganization)
    second = _texts(said, OWL.annotatedTarget) + _texts(said, ORG.resultingOrganization)
    if any(fact.value == CIV.IdentityLink.node for fact in said):
        return " and ".join(in_words(view, end) for end in (*first, *second)), []
    ways = (*_texts(said, OWL.annotatedProperty)[:1], *_texts(said, CIV.eventKind)[:1])
    ends = display_of(view).ends
    forth, back = next((ends[way] for way in ways if way in ends), (labels.title(view, said[0].subject), ""))
    from_here = not set(first).isdisjoint(names)
    return (forth, second) if from_here or not back else (back, first)


def _texts(said: list[Fact], prop: Iri) -> list[str]:
    found = {
        fact.value.value
        for fact in said
        if fact.property == prop.value and isinstance(fact.value, (NamedNode, Literal))
    }
    return sorted(found)
