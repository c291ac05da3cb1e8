"""What is told of an organisation, in the order in which a reader asks."""

from collections.abc import Iterator

from pyoxigraph import NamedNode

from endpoint.pages.entity.accounts import returns_block
from endpoint.pages.entity.activities import classified_block, engagement_block, services_block
from endpoint.pages.entity.connections import connection_blocks
from endpoint.pages.entity.evidence import evidence_block
from endpoint.pages.entity.grants import grant_blocks
from endpoint.presentation import labels
from endpoint.presentation.blocks import Notes, by_subject, lines_of, marks_of, others, own, parted, reached
from endpoint.presentation.display import Display, Group, display_of
from endpoint.presentation.identifiers import registrations
from endpoint.presentation.names import day_of, plain
from endpoint.presentation.own_blocks import STEPS
from endpoint.presentation.page import Block, Entry
from endpoint.presentation.values import value_of
from endpoint.presentation.view import Fact, View
from graph.model.terms import CIV, DCT, ORG, RDF, ROV, Iri

__all__ = ["dates", "is_organisation", "organisation_blocks", "summary"]

PLACED = ("identity", "purposes", "where", "governance", "parent", "history")
"""The groups of properties that stand between other blocks; further ones follow."""
OWN_PLACE = ("evidence", "heading")
"""The groups that the block on evidence and the head of the page show."""


def is_organisation(view: View, iri: str) -> bool:
    """Whether the graph calls it an organisation."""
    kinds = {CIV.Organisation.value, CIV.Charity.value, ORG.Organization.value, ORG.OrganizationalUnit.value}
    return not view.types(iri).isdisjoint(kinds)


def organisation_blocks(view: View, notes: Notes, iri: str) -> Iterator[Block]:
    """Its blocks in order; empty ones are left out."""
    faulty = "{it} (rov:registration|civ:annualReturn)?/^civ:about ?subject ."
    registered = "{it} rov:registration ?subject ."
    display = display_of(view)

    def group(name: str) -> Block | None:
        return _group(view, notes, iri, display.group(name))

    found = [
        group("identity"),
        _entries(view, notes, iri, ("registration", "Registration", registered), display.group("registration")),
        evidence_block(view, notes, iri),
        group("purposes"),
        classified_block(view, notes, iri),
        group("where"),
        returns_block(view, notes, iri),
        *grant_blocks(view, iri),
        group("governance"),
        services_block(view, notes, iri),
        engagement_block(view, notes, iri),
        group("parent"),
        group("history"),
        *(_group(view, notes, iri, more) for more in _further(display)),
        *connection_blocks(view, notes, iri),
        _entries(view, notes, iri, ("problems", "Problems found in its data", faulty), display.group("problem")),
        _rest(view, notes, iri),
    ]
    yield from (block for block in found if block is not None)


def _further(display: Display) -> list[Group]:
    """The groups of an organisation's properties that have no place of their own on its page."""
    return [group for group in display.groups_of(CIV.Organisation) if group.id not in (*PLACED, *OWN_PLACE)]


def summary(view: View, iri: str) -> Iterator[str]:
    """The line under an organisation's name and numbers: legal form, place; of several those of the heading."""
    for prop in (ROV.orgType, CIV.mainOperatingArea):
        found = [value for value in view.values(iri, prop) if isinstance(value, NamedNode)]
        best = min(found, key=lambda value: (not _of_heading(view, iri, prop, value), value.value), default=None)
        yield from (labels.title(view, best.value),) if best else ()


def _of_heading(view: View, iri: str, prop: Iri, value: NamedNode) -> bool:
    """Whether a source that describes the entry heading the page states it."""
    heading = view.value(iri, CIV.headingRegistration)
    if not isinstance(heading, NamedNode):
        return False
    entry = view.graphs_of(heading.value, RDF.type.value, CIV.Registration.node)
    return not set(entry).isdisjoint(view.graphs_of(iri, prop.value, value))


def dates(view: View, iri: str) -> Iterator[str]:
    """When it was registered and removed, with what is to be known of such a date; one text a register."""
    entries = registrations(view, iri)
    found = {entry: ", ".join(_dates(view, entry)) for entry in entries}
    for entry, words in found.items():
        register = view.value(entry, CIV.register)
        named = len(entries) > 1 and isinstance(register, NamedNode)
        prefix = f"{labels.title(view, register.value)}: " if named and isinstance(register, NamedNode) else ""
        yield from (prefix + words,) if words else ()
    yield from _ended(view, iri)


def _ended(view: View, iri: str) -> Iterator[str]:
    """What it merged into, with the day."""
    for event in sorted(view.subjects(ORG.originalOrganization, iri)):
        merger = any(str(kind).rstrip(">").endswith("/merger") for kind in view.values(event, CIV.eventKind))
        into = [it for it in view.values(event, ORG.resultingOrganization) if isinstance(it, NamedNode)]
        day = plain(view, event, DCT.date)
        for body in into if merger else ():
            yield f"merged into {labels.title(view, body.value)}" + (f", {day_of(day)}" if day else "")


def _dates(view: View, registration: str) -> Iterator[str]:
    known = display_of(view).caveats
    things = {it.value for it in view.values(registration, CIV.dateCaveat) if isinstance(it, NamedNode)}
    stated = [about for caveat, about in known.items() if caveat in things]
    for prop, word in ((CIV.registeredOn.value, "registered"), (CIV.removedOn.value, "removed")):
        for day in view.values(registration, Iri.of(prop)):
            words = [text for dated, text in stated if dated == prop]
            yield " ".join((word, value_of(view, prop, day).text, *(f"({text})" for text in words)))


def _group(view: View, notes: Notes, iri: str, group: Group) -> Block | None:
    query = own(iri, group.title, group.properties)
    facts = view.facts(query, iri) if group.properties else []
    if not facts:
        return None
    told, refused = parted(view, notes, facts)
    lines = (*lines_of(view, notes, told, group.properties), *refused)
    return Block(group.id, group.title, "lines", query, marks_of(notes, facts), lines=lines)


def _entries(view: View, notes: Notes, iri: str, heading: tuple[str, str, str], order: Group) -> Block | None:
    """A block of things that are told of in full on the organisation's page."""
    name, title, step = heading
    query = reached(iri, title, step)
    facts = view.facts(query, iri)
    if not facts:
        return None
    ranks = {entry: rank for rank, entry in enumerate(registrations(view, iri))}
    entries = tuple(
        _entry(view, notes, iri, said, order)
        for _, said in sorted(by_subject(facts).items(), key=lambda item: ranks.get(item[0], len(ranks)))
    )
    return Block(name, title, "entries", query, marks_of(notes, facts), entries=entries)


def _entry(view: View, notes: Notes, iri: str, said: list[Fact], order: Group) -> Entry:
    subject = said[0].subject
    told, refused = parted(view, notes, [fact for fact in said if not _goes_without_saying(fact, iri)])
    linked = {fact.source for fact in said} == {f"{view.base}id/source/identity"}
    note = "Known only because another register states this number: no source here describes the entry itself."
    lines = (*lines_of(view, notes, told, order.properties), *refused)
    return Entry(labels.title(view, subject), view.addresses.page(subject), lines, note=note if linked else "")


def _goes_without_saying(fact: Fact, iri: str) -> bool:
    """What the heading of the block has said: its kind, and that it is about the thing of the page."""
    return fact.property == RDF.type.value or (fact.property == CIV.about.value and fact.value == NamedNode(iri))


def _rest(view: View, notes: Notes, iri: str) -> Block | None:
    """Whatever no other block tells, so that nothing in the graph is passed over."""
    display = display_of(view)
    groups = [group for group in display.groups_of(CIV.Organisation) if group.id not in OWN_PLACE]
    told = [prop for group in groups for prop in group.properties]
    elsewhere = [prop for name in ("heading", "evidence") for prop in display.group(name).properties]
    query = others(iri, "Also stated", [*told, *STEPS, *elsewhere])
    facts = view.facts(query, iri)
    if not facts:
        return None
    rest, refused = parted(view, notes, facts)
    lines = (*lines_of(view, notes, rest), *refused)
    return Block("other", "Also stated", "lines", query, marks_of(notes, facts), lines=lines)
