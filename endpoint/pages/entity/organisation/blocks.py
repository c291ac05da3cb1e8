"""The blocks of the page of an organisation, in the order in which a reader asks."""

from collections.abc import Iterator

from pyoxigraph import NamedNode

from endpoint.pages.entity.organisation.accounts import returns_block
from endpoint.pages.entity.organisation.activities import classified_block, engagement_block, services_block
from endpoint.pages.entity.organisation.connections import connection_blocks
from endpoint.pages.entity.organisation.evidence import evidence_block
from endpoint.pages.entity.organisation.grants import grant_blocks
from endpoint.presentation.model.blocks import (
    Notes,
    by_subject,
    facts_block,
    lines_of,
    marks_of,
    others,
    own,
    reached,
    without_no,
)
from endpoint.presentation.model.page import Block, Entries, Entry
from endpoint.presentation.model.values import value_of
from endpoint.presentation.names import labels
from endpoint.presentation.names.identifiers import registrations
from endpoint.presentation.names.short_names import day_of, plain
from endpoint.presentation.reading.display import Group, display_of
from endpoint.presentation.reading.own_blocks import STEPS
from endpoint.presentation.reading.view import View
from endpoint.store.port import Fact
from graph.model.terms import CIV, DCT, ORG, RDF, ROV, Iri

__all__ = ["dates", "is_organisation", "organisation_blocks", "summary"]

PLACED = ("identity", "purposes", "where", "governance", "parent", "history")
"""The groups of properties that stand between other blocks; further ones follow."""
REGISTRATION = ("registration", "Registration", "{it} rov:registration ?subject .")
FAULTY = "{it} (rov:registration|civ:annualReturn)?/^civ:about ?subject ."
PROBLEMS = ("problems", "Problems found in its data", FAULTY)
OWN_PLACE = ("evidence", "heading")
"""The groups that the block on evidence and the head of the page show."""


def is_organisation(view: View, iri: str) -> bool:
    kinds = {CIV.Organisation.value, CIV.Charity.value, ORG.Organization.value, ORG.OrganizationalUnit.value}
    return not view.types(iri).isdisjoint(kinds)


def organisation_blocks(view: View, notes: Notes, iri: str) -> Iterator[Block]:
    display = display_of(view)
    further = [it.id for it in display.groups_of(CIV.Organisation) if it.id not in (*PLACED, *OWN_PLACE)]

    def group(name: str) -> Block | None:
        return _group(view, notes, iri, display.group(name))

    found = [  # in this order, as footnotes are numbered when their sources are met
        group("identity"),
        _entries(view, notes, iri, REGISTRATION, display.group("registration")),
        evidence_block(view, notes, iri),
        group("purposes"),
        classified_block(view, notes, iri),
        group("where"),
        returns_block(view, notes, iri),
        *grant_blocks(view, iri),
        group("governance"),
        services_block(view, notes, iri),
        engagement_block(view, notes, iri),
        *map(group, ("parent", "history", *further)),
        *connection_blocks(view, notes, iri),
        _entries(view, notes, iri, PROBLEMS, display.group("problem")),
        _rest(view, notes, iri),
    ]
    yield from filter(None, found)


def summary(view: View, iri: str) -> Iterator[str]:
    """The line under an organisation's name and numbers: legal form, place; of several those of the heading."""
    for prop in (ROV.orgType, CIV.mainOperatingArea):
        best = min(view.things(iri, prop), key=lambda it: (not _of_heading(view, iri, prop, it), it), default="")
        yield from (labels.title(view, best),) if best else ()


def _of_heading(view: View, iri: str, prop: Iri, value: str) -> bool:
    """Whether a source that describes the entry heading the page states it."""
    heading = view.thing(iri, CIV.headingRegistration)
    entry = view.graphs_of(heading, RDF.type.value, CIV.Registration.node) if heading else frozenset[str]()
    return not entry.isdisjoint(view.graphs_of(iri, prop.value, NamedNode(value)))


def dates(view: View, iri: str) -> Iterator[str]:
    """When it was registered and removed, with the caveats of such a date; one text a register."""
    entries = registrations(view, iri)
    found = {entry: ", ".join(_dates(view, entry)) for entry in entries}
    for entry, words in found.items():
        register = view.thing(entry, CIV.register) if len(entries) > 1 else ""
        prefix = f"{labels.title(view, register)}: " if register else ""
        yield from (prefix + words,) if words else ()
    yield from _ended(view, iri)


def _ended(view: View, iri: str) -> Iterator[str]:
    """What it merged into, with the day."""
    for event in sorted(view.subjects(ORG.originalOrganization, iri)):
        merger = any(kind.endswith("/merger") for kind in view.things(event, CIV.eventKind))
        day = plain(view, event, DCT.date)
        for body in view.things(event, ORG.resultingOrganization) if merger else ():
            yield f"merged into {labels.title(view, body)}" + (f", {day_of(day)}" if day else "")


def _dates(view: View, registration: str) -> Iterator[str]:
    own = view.things(registration, CIV.dateCaveat)
    stated = [about for caveat, about in display_of(view).caveats.items() if caveat in own]
    for prop, word in ((CIV.registeredOn.value, "registered"), (CIV.removedOn.value, "removed")):
        for day in view.values(registration, Iri.of(prop)):
            words = [text for dated, text in stated if dated == prop]
            yield " ".join((word, value_of(view, prop, day).text, *(f"({text})" for text in words)))


def _group(view: View, notes: Notes, iri: str, group: Group) -> Block | None:
    query, facts = own(iri, group.title, group.properties), view.stated(iri, group.properties)
    return facts_block(view, notes, (group.id, group.title), query, facts, group.properties)


def _entries(view: View, notes: Notes, iri: str, heading: tuple[str, str, str], order: Group) -> Block | None:
    """A block of things that the organisation's page describes in full."""
    name, title, step = heading
    query = reached(iri, title, step)
    facts = view.facts(query, iri)
    if not facts:
        return None
    ranks = {entry: rank for rank, entry in enumerate(registrations(view, iri))}
    entries = tuple(
        _entry(view, notes, iri, own_facts, order)
        for _, own_facts in sorted(by_subject(facts).items(), key=lambda item: ranks.get(item[0], len(ranks)))
    )
    return Block(name, title, query, (Entries(entries),), marks_of(notes, facts))


def _entry(view: View, notes: Notes, iri: str, facts: list[Fact], order: Group) -> Entry:
    subject = facts[0].subject
    stated, no = without_no(view, notes, [fact for fact in facts if not _is_in_heading(fact, iri)])
    linked = {fact.source for fact in facts} == {view.graph("identity").value}
    note = "Known only because another register states this number: no source here describes the entry itself."
    lines = (*lines_of(view, notes, stated, order.properties), *no)
    return Entry(labels.title(view, subject), view.addresses.page(subject), lines, note=note if linked else "")


def _is_in_heading(fact: Fact, iri: str) -> bool:
    """What the heading of the block shows: its kind, and that it is about the thing of the page."""
    return fact.property == RDF.type.value or (fact.property == CIV.about.value and fact.value == NamedNode(iri))


def _rest(view: View, notes: Notes, iri: str) -> Block | None:
    """Facts that no other block shows, so that nothing in the graph is left out."""
    display = display_of(view)
    groups = [group for group in display.groups_of(CIV.Organisation) if group.id not in OWN_PLACE]
    elsewhere = [display.group(name) for name in ("heading", "evidence")]
    shown = [[prop for group in some for prop in group.properties] for some in (groups, elsewhere)]
    hidden = [*shown[0], *STEPS, *shown[1]]
    facts = [fact for fact in view.stated(iri) if Iri.of(fact.property) not in hidden]
    return facts_block(view, notes, ("other", "Also stated"), others(iri, "Also stated", hidden), facts)
