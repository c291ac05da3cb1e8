"""Organisations by how deprived the small area of their postcode is, and by the small areas themselves.

Both are about places smaller than a council, where the postcode in a register may be somebody's home, so both are
protected, together: from the small areas of a fifth, its figure could be added up.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Store

from graph.model.iri import last_segment
from graph.model.places import country
from graph.model.store_rows import rows, states
from graph.model.terms import CIV, ROV, SDMX_DIMENSION, Iri
from graph.statistics.organisations import Entry, Roll
from graph.statistics.places import PLACED, Places
from graph.statistics.protected import RULE, area_trees, cells, safe
from graph.statistics.shape import ALL, AREA, DEPRIVATION, Cell, Cube
from graph.statistics.tables import Key, Table, Tree

FIFTHS = tuple(f"deprivation-group/quintile-{number}" for number in range(1, 6))
INPUTS = (PLACED, *map(states, (ROV.registration, ROV.orgStatus, CIV.postcode)))


@dataclass(frozen=True)
class Index:
    """A nation's index of multiple deprivation, whose deciles are in the graph; decile 1 is the most deprived."""

    name: str
    title: str
    decile: Iri


INDEXES = (
    Index("simd2020v2", "SIMD 2020v2", CIV.simd2020Decile),
    Index("imd2019", "the English Indices of Deprivation 2019", CIV.imd2019Decile),
    Index("imd2025", "the English Indices of Deprivation 2025", CIV.imd2025Decile),
)


@dataclass(frozen=True)
class Ranked:
    """The active organisations as one index sees them, and what is withheld of that."""

    index: Index
    deciles: Mapping[str, int]
    """By small area."""
    tables: tuple[Table, ...]
    """Council by fifth, one table a country."""
    tenths: tuple[Table, ...]
    """The two tenths of each fifth of a country."""
    hidden: frozenset[Key]

    def group(self, zone: str) -> str:
        """The fifth that a small area is in, '' if the index does not know it."""
        return fifth(self.deciles[zone]) if zone in self.deciles else ""

    def hides(self, council: str, zone: str) -> bool:
        """Whether a figure that the small area is counted in is withheld, so that the small area must be too."""
        decile = self.deciles.get(zone)
        if decile is None:
            return False
        nation = country(council)
        counted_in = ((council, fifth(decile)), (nation, fifth(decile)), *((nation, tenth(it)) for it in _pair(decile)))
        return not self.hidden.isdisjoint(counted_in)


def fifth(decile: int) -> str:
    """The fifth that a tenth is in.

    >>> fifth(1), fifth(10)
    ('deprivation-group/quintile-1', 'deprivation-group/quintile-5')
    """
    return FIFTHS[(decile - 1) // 2]


def tenth(decile: int) -> str:
    return f"deprivation-group/decile-{decile}"


def _pair(decile: int) -> tuple[int, int]:
    first = decile - 1 + decile % 2
    return first, first + 1


def rank(store: Store, roll: Roll, places: Places, index: Index) -> Ranked | None:
    """Count by an index; None if the graph does not hold it."""
    where = f"?it {index.decile} ?decile ; {SDMX_DIMENSION.refArea} ?area"
    deciles = {last_segment(area): int(decile) for area, decile in rows(store, "?area ?decile", where)}
    if not deciles:
        return None
    counted: Counter[tuple[str, int]] = Counter()
    for entry in roll.registered:
        if entry.active and (zone := next((zone for zone in entry.place.zones if zone in deciles), "")):
            counted[entry.place.council, deciles[zone]] += 1
    open_groups = {(council, fifth(deciles[zone])) for zone, council in places.zones.items() if zone in deciles}
    tables = tuple(_by_fifth(tree, counted, open_groups) for tree in area_trees(council for council, _ in counted))
    hidden = frozenset[Key]().union(*map(safe, tables))
    tenths = tuple(_by_tenth(table, counted, group, hidden) for table in tables for group in FIFTHS)
    below = (frozenset(_parts(table)) if _total(table) in hidden else safe(table) for table in tenths)
    return Ranked(index, deciles, tables, tenths, hidden.union(*below))


def _by_fifth(tree: Tree, counted: Mapping[tuple[str, int], int], open_groups: set[tuple[str, str]]) -> Table:
    """The total of each council is not secret, and neither are the fifths that a council has no small area in."""
    values: Counter[Key] = Counter()
    for (council, decile), count in counted.items():
        if council in tree.children[tree.root]:
            for area in (council, tree.root):
                values[area, fifth(decile)] += count
                values[area, ALL] += count
    councils = tree.children[tree.root]
    known = {(area, ALL) for area in tree.codes}
    known |= {
        (council, group)
        for council in councils
        for group in FIFTHS
        if not values[council, group] and (council, group) not in open_groups
    }
    return Table((tree, Tree.flat(ALL, FIFTHS)), dict(+values), frozenset(known))


def _by_tenth(table: Table, counted: Mapping[tuple[str, int], int], group: str, hidden: frozenset[Key]) -> Table:
    """The tenths of one fifth of a country."""
    nation = table.dimensions[0].root
    pair = _pair(2 * FIFTHS.index(group) + 1)
    values: dict[Key, int] = {
        (nation, tenth(decile)): sum(
            count for (council, at), count in counted.items() if at == decile and country(council) == nation
        )
        for decile in pair
    }
    values[nation, group] = sum(values.values())
    known = frozenset[Key](() if (nation, group) in hidden else ((nation, group),))
    return Table((Tree(nation, {}), Tree.flat(group, tuple(map(tenth, pair)))), values, known)


def _total(table: Table) -> Key:
    return (table.dimensions[0].root, table.dimensions[1].root)


def _parts(table: Table) -> Iterator[Key]:
    return (key for key in table.all_keys() if key != _total(table))


def deprivation_cube(ranked: Ranked) -> Cube:
    """Active organisations by council and fifth, and by country and tenth."""
    index = ranked.index
    found = [cell for table in ranked.tables for cell in cells(table, ranked.hidden & set(table.all_keys()))]
    for table in ranked.tenths:
        hidden = ranked.hidden & set(_parts(table))
        found += [cell for cell in cells(table, hidden) if cell.codes != _total(table)]
    return Cube(
        name=f"organisations-by-deprivation-{index.name}",
        structure="organisations-by-deprivation",
        title=f"Active organisations by area and deprivation, by {index.title}",
        method=(
            f"Active organisations by the fifth (for a country, also the tenth) in which {index.title} ranks the small "
            "area of their postcode; 1 is the most deprived. Those whose postcode is not known or in no small area of "
            "the index are left out. Where an organisation can be written to is not where its work is done. Fifths of "
            "different nations cannot be compared." + RULE
        ),
        dimensions=(AREA, DEPRIVATION),
        measure=CIV.organisations,
        cells=tuple(sorted(found, key=lambda cell: cell.codes)),
        inputs=(*INPUTS, states(index.decile)),
    )


def small_area_cube(roll: Roll, places: Places, indexes: list[Ranked]) -> Cube:
    """Active organisations by small area."""
    counted: Counter[tuple[str, str]] = Counter()
    for entry in roll.registered:
        if entry.active and entry.by_postcode and entry.place.zones:
            counted[entry.place.council, _zone(entry, indexes)] += 1
    groups: dict[tuple[str, ...], set[str]] = defaultdict(set)
    held = {council for council, _ in counted}  # that any other council has none is public
    for council, zone in {*counted, *((council, zone) for zone, council in places.zones.items() if council in held)}:
        groups[council, *(ranked.group(zone) for ranked in indexes)].add(zone)
    found = [cell for (council, *_), zones in groups.items() for cell in _group(council, zones, counted, indexes)]
    return Cube(
        name="organisations-by-small-area",
        structure="organisations-by-small-area",
        title="Active organisations by data zone or lower layer super output area",
        method=(
            "Active organisations whose postcode lies in the small area. A small area that is neither here nor among "
            "the withheld cells has none." + RULE
        ),
        dimensions=(AREA,),
        measure=CIV.organisations,
        cells=tuple(sorted(found, key=lambda cell: cell.codes)),
        inputs=INPUTS,
    )


def _zone(entry: Entry, indexes: list[Ranked]) -> str:
    """Of the small areas of several vintages, the one that an index knows."""
    known = (zone for zone in entry.place.zones if any(zone in ranked.deciles for ranked in indexes))
    return next(known, entry.place.zones[0])


def _group(
    council: str, zones: set[str], counted: Mapping[tuple[str, str], int], indexes: list[Ranked]
) -> Iterator[Cell]:
    """The small areas of one fifth of a council; how many they have together is public, unless it is withheld."""
    if any(ranked.hides(council, zone) for zone in zones for ranked in indexes):
        return (Cell((zone,), None) for zone in zones)
    values: dict[Key, int] = {(zone,): counted[council, zone] for zone in zones if counted[council, zone]}
    tree = Tree.flat("", tuple(sorted(zones)))
    table = Table((tree,), {**values, ("",): sum(values.values())}, frozenset({("",)}))
    hidden = safe(table)
    return (cell for cell in cells(table, hidden) if cell.codes != ("",))
