"""Findings about entries of a directory that look like one organisation, in whichever of its files they stand."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from graph.model.problems import Parameters, parameters
from graph.model.values.names import bare
from graph.quality.findings.finding import Found, Known
from graph.quality.profile import Listing, local
from graph.statistics.places import NOWHERE, level

NARROW = frozenset(("ward", "intermediate-zone", "msoa"))
Row = tuple[str, int]
"""A file and a row of it."""


@dataclass(frozen=True)
class Place:
    """Where an entry says that the organisation is, as exactly as it does."""

    postcodes: frozenset[str]
    narrow: frozenset[str]
    councils: frozenset[str]

    def may_be(self, other: "Place") -> bool:
        """Whether two entries may be about one place; those that tell nothing of it tell no likeness."""
        for one, another in zip(
            (self.postcodes, self.narrow, self.councils), (other.postcodes, other.narrow, other.councils), strict=True
        ):
            if one and another:
                return not one.isdisjoint(another)
        return False


UNKNOWN = Place(frozenset(), frozenset(), frozenset())


@dataclass(frozen=True)
class Directory:
    """The entries of one directory that go on, in the order of their rows, and where each is."""

    listings: Mapping[str, Listing]
    rows: Mapping[str, Row]
    places: Mapping[str, Place]
    """By organisation."""
    bodies: Mapping[str, Collection[str]]
    """What organisations are by the numbers that their entries give."""

    @property
    def in_order(self) -> list[str]:
        """Entries as they are in the files."""
        current = (thing for thing, listing in self.listings.items() if listing.current)
        return sorted(current, key=lambda thing: (self.rows.get(thing, ("", 0)), thing))

    def in_words(self, thing: str) -> str:
        """An entry as a sentence names it: by its row, its file where that is another, and its reference."""
        file, row = self.rows.get(thing, ("", 0))
        reference = self.listings[thing].reference
        return f"row {row} of {file} ({reference})" if row else f"the entry {reference}"


def duplicate_entries(known: Known, source: str, rows: Mapping[str, Row], reported: Collection[Row]) -> Iterator[Found]:
    """Entries after the first that are one organisation, or have its name and place; not those `reported` already."""
    bodies = known.profiles.bodies.get(source, {})
    directory = Directory(known.profiles.listings.get(source, {}), rows, _places(known, source), bodies)
    first: dict[str, str] = {}
    by_name: dict[str, list[str]] = defaultdict(list)
    for thing in directory.in_order:
        organisation, name = directory.listings[thing].organisation, bare(directory.listings[thing].name)
        same = sorted({organisation, *directory.bodies.get(organisation, ())})
        body = next((body for body in same if body in first), "")
        first.update({body: first.get(body, thing) for body in same})
        if body:
            one = first[body]
        else:
            one = _like(thing, by_name[name], directory)
            by_name[name].append(thing)
        if one and rows.get(thing) not in reported:
            entry = directory.in_words(one)
            if body:
                named = parameters(body=local(body), entry=entry)
                yield _found(thing, one, "same-organisation", named, directory)
            else:
                yield _found(thing, one, "same-name-and-place", parameters(entry=entry), directory)


def _like(thing: str, others: list[str], directory: Directory) -> str:
    """The first of the entries of one name that may be about the same place; '' if none is."""
    place = directory.places.get(directory.listings[thing].organisation, UNKNOWN)
    found = (
        other for other in others if place.may_be(directory.places.get(directory.listings[other].organisation, UNKNOWN))
    )
    return next(found, "")


def _found(thing: str, one: str, rule: str, named: Parameters, directory: Directory) -> Found:
    listing = directory.listings[thing]
    return Found(thing, listing.organisation, rule, named, ("name",), listing.name, listing.reference, (one,))


def _places(known: Known, source: str) -> dict[str, Place]:
    """Where a directory says that its organisations are."""
    postcodes: dict[str, set[str]] = defaultdict(set)
    for thing, postcode in known.profiles.postcodes.get(source, ()):
        postcodes[thing].add(postcode)
    areas = known.profiles.areas.get(source, {})
    found: dict[str, Place] = {}
    for organisation in {*postcodes, *areas}:
        own, stated = postcodes[organisation], areas.get(organisation, set())
        councils = {known.places.council(area).council for area in stated if level(area) == "council"}
        councils |= {known.places.postcodes.get(postcode, NOWHERE).council for postcode in own}
        narrow = {area for area in stated if level(area) in NARROW}
        found[organisation] = Place(frozenset(own), frozenset(narrow), frozenset(councils - {""}))
    return found
