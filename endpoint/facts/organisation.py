"""What is told of an organisation, in the order in which a reader asks."""

from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode

from endpoint.facts import labels
from endpoint.facts.blocks import CAVEATS, Notes, by_subject, lines_of, marks_of, others, own, reached
from endpoint.facts.groups import (
    IDENTITY,
    LINK_ORDER,
    PARENT,
    PROBLEM_ORDER,
    PURPOSES,
    REGISTRATION_ORDER,
    STEPS,
    WHERE,
    Group,
)
from endpoint.facts.money import returns_block
from endpoint.facts.shown import Block, Entry
from endpoint.facts.values import value_of
from endpoint.facts.view import Fact, View
from graph.words.terms import CIV, ORG, RDF, ROV, SKOS, Iri

__all__ = ["dates", "is_organisation", "organisation_blocks", "summary"]


def is_organisation(view: View, iri: str) -> bool:
    """Whether the graph calls it an organisation."""
    return not view.types(iri).isdisjoint({CIV.Organisation.value, CIV.Charity.value, ORG.Organization.value})


def organisation_blocks(view: View, notes: Notes, iri: str) -> Iterator[Block]:
    """Its blocks in order; empty ones are left out."""
    linked = "?subject owl:annotatedSource|owl:annotatedTarget {it} ."
    faulty = "{it} (rov:registration|civ:annualReturn)?/^civ:about ?subject ."
    registered = "{it} rov:registration ?subject ."
    found = [
        _group(view, notes, iri, IDENTITY),
        _entries(view, notes, iri, ("registration", "Registration", registered), REGISTRATION_ORDER),
        _group(view, notes, iri, PURPOSES),
        _group(view, notes, iri, WHERE),
        returns_block(view, notes, iri),
        _group(view, notes, iri, PARENT),
        _entries(view, notes, iri, ("links", "Before and after", linked), LINK_ORDER),
        _entries(view, notes, iri, ("problems", "Problems found in its data", faulty), PROBLEM_ORDER),
        _rest(view, notes, iri),
    ]
    yield from (block for block in found if block is not None)


def summary(view: View, iri: str) -> Iterator[str]:
    """The line under an organisation's name: numbers, legal form, place."""
    for entry in _registrations(view, iri):
        number = view.value(entry, SKOS.notation)
        yield from (f"Charity {number.value}",) if isinstance(number, Literal) else ()
    for prop in (ROV.orgType, CIV.mainOperatingArea):
        value = view.value(iri, prop)
        yield from (labels.title(view, value.value),) if isinstance(value, NamedNode) else ()


def dates(view: View, iri: str) -> Iterator[str]:
    """When it was registered and removed, with what is to be known of such a date."""
    for entry in _registrations(view, iri):
        yield from _dates(view, entry)


def _registrations(view: View, iri: str) -> list[str]:
    return sorted(value.value for value in view.values(iri, ROV.registration) if isinstance(value, NamedNode))


def _dates(view: View, registration: str) -> Iterator[str]:
    caveats = view.values(registration, CIV.dateCaveat)
    codes = {caveat.value.rsplit("/", 1)[-1] for caveat in caveats if isinstance(caveat, NamedNode)}
    for prop, word in ((CIV.registeredOn.value, "registered"), (CIV.removedOn.value, "removed")):
        for day in view.values(registration, Iri.of(prop)):
            words = [text for (dated, code), text in CAVEATS.items() if dated == prop and code in codes]
            yield " ".join((word, value_of(view, prop, day).text, *(f"({text})" for text in words)))


def _group(view: View, notes: Notes, iri: str, group: Group) -> Block | None:
    query = own(iri, group.title, group.properties)
    facts = view.facts(query, iri)
    if not facts:
        return None
    lines = lines_of(view, notes, facts, group.properties)
    return Block(group.id, group.title, "lines", query, marks_of(notes, facts), lines=lines)


def _entries(view: View, notes: Notes, iri: str, heading: tuple[str, str, str], order: Sequence[Iri]) -> Block | None:
    """A block of things that are told of in full on the organisation's page."""
    name, title, step = heading
    query = reached(iri, title, step)
    facts = view.facts(query, iri)
    if not facts:
        return None
    entries = tuple(
        Entry(
            labels.title(view, subject),
            view.addresses.page(subject),
            lines_of(view, notes, [fact for fact in said if not _goes_without_saying(fact, iri)], order),
        )
        for subject, said in by_subject(facts).items()
    )
    return Block(name, title, "entries", query, marks_of(notes, facts), entries=entries)


def _goes_without_saying(fact: Fact, iri: str) -> bool:
    """What the heading of the block has said: its kind, and that it is about the thing of the page."""
    return fact.property == RDF.type.value or (fact.property == CIV.about.value and fact.value == NamedNode(iri))


def _rest(view: View, notes: Notes, iri: str) -> Block | None:
    """Whatever no other block tells, so that nothing in the graph is passed over."""
    told = [prop for group in (IDENTITY, PURPOSES, WHERE, PARENT) for prop in group.properties]
    query = others(iri, "Also stated", [*told, *STEPS])
    facts = view.facts(query, iri)
    if not facts:
        return None
    return Block("other", "Also stated", "lines", query, marks_of(notes, facts), lines=lines_of(view, notes, facts))
