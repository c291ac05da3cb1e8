"""Where postcodes and councils are: the levels of areas that organisations are counted by."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.model.iri import last_segment
from graph.model.places import country, kind
from graph.model.terms import CIV
from graph.nquads.sorted_graph import SortedGraph

ZONES = frozenset(("data-zone", "lsoa", "super-output-area"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is: GSS codes, '' where a level is not known. `zones` are its small areas, of any vintage."""

    council: str = ""
    board: str = ""
    zones: tuple[str, ...] = ()

    @property
    def levels(self) -> tuple[str, ...]:
        """The areas that it is counted in above the small ones: council, health board, country."""
        return tuple(area for area in (self.council, self.board, country(self.council)) if area)


PLACED = f"?it a {CIV.Postcode} ; {CIV.within} ?area"
"""What a source states that places postcodes."""

NOWHERE = Place()


@dataclass(frozen=True)
class Places:
    """The places of a graph."""

    postcodes: Mapping[str, Place] = field(default_factory=dict[str, Place])
    """By IRI."""
    councils: Mapping[str, Place] = field(default_factory=dict[str, Place])
    """By GSS code, old ones too."""
    zones: Mapping[str, str] = field(default_factory=dict[str, str])
    """The council of each small area, by their GSS codes, where the graph states it."""

    def council(self, area: str) -> Place:
        """The place of a council by its code, current or old; nowhere for any other area."""
        found = self.councils.get(area)
        return found or (Place(area) if level(area) == "council" else NOWHERE)


def read_places(merged: SortedGraph) -> Places:
    """All postcodes and councils that the graph places."""
    successors = _successors(merged)
    inside: dict[str, list[str]] = defaultdict(list)
    for place, area in merged.values(CIV.within):
        inside[place].append(last_segment(area))
    kept: dict[Place, Place] = {}  # postcodes of one small area share one value
    postcodes: dict[str, Place] = {}
    councils: dict[str, Place] = {}
    zones: dict[str, str] = {}
    for place, areas in inside.items():
        found = _place(areas, successors)
        if "/id/postcode/" in place:
            postcodes[place] = kept.setdefault(found, found)
            zones.update((zone, zones.get(zone) or found.council) for zone in found.zones)
        elif level(area := last_segment(place)) == "council":
            councils[area] = _place([*areas, area], successors)
        elif level(area) in ZONES and found.council:
            zones[area] = found.council
    for old, new in successors.items():
        if level(old) == "council":
            councils[old] = councils.get(new) or Place(new)
    return Places(postcodes, councils, zones)


def level(area: str) -> str:
    """The kind of area that a GSS code stands for; '' if it is none that we know."""
    found = kind(area)
    return last_segment(found.value) if found else ""


def _place(areas: list[str], successors: Mapping[str, str]) -> Place:
    by_level: dict[str, list[str]] = defaultdict(list)
    for area in sorted(areas):
        by_level[level(area)].append(area)
    councils = sorted({successors.get(area, area) for area in by_level["council"]})
    boards = sorted({successors.get(area, area) for area in by_level["health-board"]})
    zones = tuple(sorted(area for each in ZONES for area in by_level[each]))
    # A postcode that sources place in two councils is placed by the first code, the same each time.
    return Place(next(iter(councils), ""), next(iter(boards), ""), zones)


def _successors(merged: SortedGraph) -> dict[str, str]:
    """The area whose code is in use instead of each old one, as far as there is one such area."""
    steps: dict[str, set[str]] = defaultdict(set)
    for old, new in merged.values(CIV.replacedBy):
        steps[last_segment(old)].add(last_segment(new))
    found: dict[str, str] = {}
    for old in steps:
        last, seen = old, {old}
        while len(after := steps.get(last, set())) == 1 and not seen & after:
            last = min(after)
            seen.add(last)
        if last != old and last not in steps:
            found[old] = last
    return found
