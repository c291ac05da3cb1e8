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
class Naming:
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
    reported: set[tuple[str, str]] = set()
    names: dict[str, tuple[list[str], set[str], set[str]]] = {}
    for naming in _namings(known, source):
        if naming.organisation not in names:
            official = list(registered_names(known.profiles, known.registers, naming.organisation))
            former = {bare(name) for name in known.registers.former.get(naming.organisation, ())}
            first = {bare(name) for name in official}
            names[naming.organisation] = official, first, former
        official, accepted, former = names[naming.organisation]
        own = bare(naming.name)
        if not official or not own or (naming.thing, own) in reported:
            continue
        reported.add((naming.thing, own))
        if own in former and own != bare(official[0]):
            if not naming.historic:
                yield _found(naming, official[0], "former-name", known)
        elif accepted.isdisjoint((own, *map(bare, naming.also))):
            yield _found(naming, official[0], "name-differs", known)


def _namings(known: Known, source: str) -> Iterator[Naming]:
    profiles = known.profiles
    for organisation, entry in profiles.entries[source].items():
        for thing in entry.listings:
            listing = profiles.listings[source][thing]
            if listing.current:
                yield Naming(thing, organisation, listing.name, listing.reference, entry.others)
        if entry.current and not entry.listings and not entry.awarded:
            for name in entry.names:
                yield Naming(organisation, organisation, name, known.reference(source, organisation), entry.others)
    seen: set[tuple[str, str]] = set()
    for grant, name in sorted(profiles.recipient_names.get(source, {}).items()):
        organisation = profiles.grants[source].get(grant, "")
        if organisation and (organisation, bare(name)) not in seen:
            seen.add((organisation, bare(name)))  # the first grant that calls it so stands for the others
            yield Naming(grant, organisation, name, known.registers.numbers.get(grant, ""), historic=True)


def _found(naming: Naming, official: str, rule: str, known: Known) -> Found:
    entries = tuple(entry.iri for entry in known.registers.of.get(naming.organisation, ()))
    return Found(
        naming.thing,
        naming.organisation,
        rule,
        parameters(name=official),
        IN_GRANTS if naming.historic else NAME,
        naming.name,
        naming.reference,
        entries[:1],
    )
