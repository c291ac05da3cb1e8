"""Findings about names: those that differ from what the organisation's register calls it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from graph.model.problems import parameters
from graph.model.values.names import bare
from graph.quality.findings.finding import Found, Known
from graph.quality.registers import registered_names

NAME = ("name", "charity name", "title")
IN_GRANTS = ("recipientorganization", "recipientorgname")


@dataclass(frozen=True)
class Called:
    """What a row calls an organisation."""

    thing: str
    organisation: str
    name: str
    reference: str
    also: Collection[str] = ()
    """Other names that the entry gives: one that has the register's among them need not be fixed."""
    historic: bool = False
    """Whether the name is that of a day gone by, when a former name was right."""


def other_names(known: Known, source: str) -> Iterator[Found]:
    """Names that no register knows the organisation by, or only as a former one; spelling apart."""
    told: set[tuple[str, str]] = set()
    names: dict[str, tuple[list[str], set[str], set[str]]] = {}
    for called in _called(known, source):
        if called.organisation not in names:
            official = list(registered_names(known.said, known.registers, called.organisation))
            former = {bare(name) for name in known.registers.former.get(called.organisation, ())}
            first = {bare(name) for name in official}
            names[called.organisation] = official, first, former
        official, accepted, former = names[called.organisation]
        own = bare(called.name)
        if not official or not own or (called.thing, own) in told:
            continue
        told.add((called.thing, own))
        if own in former and own != bare(official[0]):
            if not called.historic:
                yield _found(called, official[0], "former-name", known)
        elif accepted.isdisjoint((own, *map(bare, called.also))):
            yield _found(called, official[0], "name-differs", known)


def _called(known: Known, source: str) -> Iterator[Called]:
    said = known.said
    for organisation, entry in said.entries[source].items():
        for thing in entry.listings:
            listing = said.listings[source][thing]
            if listing.current:
                yield Called(thing, organisation, listing.name, listing.reference, entry.others)
        if entry.current and not entry.listings and not entry.awarded:
            for name in entry.names:
                yield Called(organisation, organisation, name, known.reference(source, organisation), entry.others)
    seen: set[tuple[str, str]] = set()
    for grant, name in sorted(said.recipient_names.get(source, {}).items()):
        organisation = said.grants[source].get(grant, "")
        if organisation and (organisation, bare(name)) not in seen:
            seen.add((organisation, bare(name)))  # the first grant that calls it so stands for the others
            yield Called(grant, organisation, name, known.registers.numbers.get(grant, ""), historic=True)


def _found(called: Called, official: str, rule: str, known: Known) -> Found:
    entries = tuple(entry.iri for entry in known.registers.of.get(called.organisation, ()))
    return Found(
        called.thing,
        called.organisation,
        rule,
        parameters(name=official),
        IN_GRANTS if called.historic else NAME,
        called.name,
        called.reference,
        entries[:1],
    )
