"""The organisations of the merged graph as cubes count them: one entry each, with its codes and its place."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.model.iri import last_segment
from graph.model.store_rows import concept_path
from graph.model.terms import CIV, ROV, Iri
from graph.nquads.sorted_graph import SortedGraph
from graph.statistics.places import NOWHERE, Place, Places

NOT_KNOWN = "special-value/not-known"
ACTIVE = "registration-status/active"
REGISTERED = ("evidence-grade/registered", "evidence-grade/formerly-registered")


@dataclass(slots=True)
class Entry:
    """One organisation. Codes are paths of code-list entries, such as `legal-form/scio`."""

    place: Place = NOWHERE
    by_postcode: bool = False
    """Whether its postcode shows where it is; otherwise it is in the area that it says it mainly works in."""
    registered: bool = False
    """Whether a source holds an entry of it in a register, gone or not."""
    unregistered: bool = False
    """Whether it is a group on no register; of the others a number is stated, and its entry is not here."""
    registrations: int = 0
    status: str = NOT_KNOWN
    form: str = NOT_KNOWN
    purposes: tuple[str, ...] = ()
    band: str = NOT_KNOWN

    @property
    def active(self) -> bool:
        return self.status == ACTIVE


@dataclass(frozen=True)
class Roll:
    """All organisations by IRI, public authorities left out."""

    entries: Mapping[str, Entry]

    @property
    def registered(self) -> Iterator[Entry]:
        """Those that a register lists."""
        return (entry for entry in self.entries.values() if entry.registered)

    @property
    def unregistered(self) -> Iterator[Entry]:
        """Groups that are on no register."""
        return (entry for entry in self.entries.values() if entry.unregistered)


def read_roll(merged: SortedGraph, places: Places) -> Roll:
    """Read the organisations; what is still open is what their accounts say of their size."""
    authorities = {
        organisation for kind in (CIV.LocalAuthority, CIV.PublicBody) for organisation in merged.of_class(kind)
    }
    entries = {
        organisation: Entry() for organisation in merged.of_class(CIV.Organisation) if organisation not in authorities
    }
    for organisation, grade in _values(merged, entries, CIV.evidenceGrade):
        entries[organisation].registered = concept_path(grade) in REGISTERED
    for group in merged.of_class(CIV.UnregisteredGroup):
        entries[group].unregistered = True
    for organisation, _ in _values(merged, entries, ROV.registration):
        entries[organisation].registrations += 1
    _codes(merged, entries)
    _locate(merged, entries, places)
    return Roll(entries)


def _values(merged: SortedGraph, entries: Mapping[str, Entry], prop: Iri) -> Iterator[tuple[str, str]]:
    """What the organisations have for a property."""
    for organisation, value in merged.values(prop):
        if organisation in entries:
            yield organisation, value


def _codes(merged: SortedGraph, entries: Mapping[str, Entry]) -> None:
    """Status, legal form and purposes. Where registers differ: the heading's status, otherwise the first code by
    name."""
    for organisation, value in _values(merged, entries, ROV.orgStatus):
        entries[organisation].status = _first(entries[organisation].status, concept_path(value))
    for organisation, value in _values(merged, entries, CIV.headingStatus):
        entries[organisation].status = concept_path(value)
    for organisation, value in _values(merged, entries, ROV.orgType):
        entries[organisation].form = _first(entries[organisation].form, concept_path(value))
    kept: dict[tuple[str, ...], tuple[str, ...]] = {}  # most organisations share their purposes with others
    for organisation, value in _values(merged, entries, CIV.purpose):
        purposes = (*entries[organisation].purposes, concept_path(value))
        entries[organisation].purposes = kept.setdefault(purposes, purposes)


def _locate(merged: SortedGraph, entries: Mapping[str, Entry], places: Places) -> None:
    """By postcode where it lies in a council; otherwise the council that it mainly works in, or is stated to lie in."""
    chosen: dict[str, str] = {}
    for organisation, value in _values(merged, entries, CIV.postcode):
        if places.postcodes.get(value, NOWHERE).council:
            chosen[organisation] = min(value, chosen.get(organisation, value))
    for organisation, value in chosen.items():
        entries[organisation].place, entries[organisation].by_postcode = places.postcodes[value], True
    for prop in (CIV.mainOperatingArea, CIV.within):
        named: dict[str, str] = {}
        for organisation, value in _values(merged, entries, prop):
            if organisation not in chosen and places.council(last_segment(value)) is not NOWHERE:
                named[organisation] = min(value, named.get(organisation, value))
        for organisation, value in named.items():
            entries[organisation].place = places.council(last_segment(value))
        chosen |= named


def _first(known: str, found: str) -> str:
    return found if known == NOT_KNOWN else min(known, found)


def unplaced(roll: Roll) -> Counter[bool]:
    """How many registered organisations are in no area (key True) and in one (False)."""
    return Counter(not entry.place.council for entry in roll.registered)
