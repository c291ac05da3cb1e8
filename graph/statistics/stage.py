"""The stage `cubes` of a build: counts what the sources state, withholds, and writes the graph `derived`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pyoxigraph import Store

from graph.model import iri
from graph.model.own_graphs import DERIVED
from graph.model.store_rows import exists
from graph.nquads.lines import sorting
from graph.nquads.merge import merge_more
from graph.nquads.sorted_graph import SortedGraph
from graph.progress import Progress
from graph.release import store as stores
from graph.sources.source_graph import SourceGraph
from graph.statistics.counts import organisation_cubes, rate_cube, turnover_cube
from graph.statistics.deprivation import INDEXES, deprivation_cube, rank, small_area_cube
from graph.statistics.organisations import Roll, read_roll
from graph.statistics.places import Places, read_places
from graph.statistics.protected import money_cubes, unregistered_cube
from graph.statistics.returns import read_returns
from graph.statistics.shape import Cube, members

Snapshots = Sequence[tuple[str, date | None]]
"""The sources of a build by name, with the dates of their snapshots."""


@dataclass(frozen=True)
class Ground:
    """What cubes are counted from, read once: where places are, and the organisations."""

    merged: SortedGraph
    """What all sources state."""
    places: Places
    roll: Roll

    @classmethod
    def read(cls, merged: SortedGraph) -> "Ground":
        """Read it from the merged graph."""
        places = read_places(merged)
        return cls(merged, places, read_roll(merged, places))


def add_cubes(
    loading: stores.Loading,
    ground: Ground,
    parts: Sequence[SourceGraph],
    merged: Path,
    target: Path,
    progress: Progress,
) -> None:
    """Add the cubes to the store and to the merged triples; says what is left out."""
    for note in derive(loading.store(), ground, [(part.entry.name, part.entry.date) for part in parts], target):
        progress.note(f"left out: {note}")
    loading.begin([target], merge_more({iri.source(DERIVED): target}, merged))


def derive(store: Store, ground: Ground, snapshots: Snapshots, target: Path) -> list[str]:
    """Write the cubes as the sorted N-Quads of the graph `derived`; gives what was left out, and why, in words."""
    made = list(_cubes(store, ground))
    cubes = tuple(cube for cube in made if isinstance(cube, Cube) and cube.cells)
    inputs = {pattern for cube in cubes for pattern in cube.inputs}
    stating = {pattern: {name for name, _ in snapshots if exists(store, name, pattern)} for pattern in inputs}
    graph = iri.source(DERIVED)
    with sorting(target) as lines:
        for cube in cubes:
            for node in cube.nodes(_sources(cube, snapshots, stating)):
                lines.write(node.quads(graph).encode())
        for node in members(cubes):
            lines.write(node.quads(graph).encode())
    empty = (
        f"{cube.name}: nothing in the graph to count" for cube in made if isinstance(cube, Cube) and not cube.cells
    )
    return [*(note for note in made if isinstance(note, str)), *empty]


def _cubes(store: Store, ground: Ground) -> Iterator[Cube | str]:
    """All cubes that the graph has the inputs of; a sentence for each that it does not have."""
    places, roll = ground.places, ground.roll
    money = read_returns(store, roll)
    yield from organisation_cubes(roll)
    yield from money_cubes(money)
    yield turnover_cube(ground.merged, roll)
    yield rate_cube(ground.merged, roll, places)
    yield unregistered_cube(roll)
    found = {index: rank(store, roll, places, index) for index in INDEXES}
    yield from (deprivation_cube(ranked) for ranked in found.values() if ranked)
    for index, ranked in found.items():
        if not ranked:
            yield f"organisations-by-deprivation-{index.name}: no source gives its deciles"
    yield small_area_cube(roll, places, [ranked for ranked in found.values() if ranked])


def _sources(cube: Cube, snapshots: Snapshots, stating: dict[str, set[str]]) -> tuple[tuple[str, date | None], ...]:
    """The sources that state anything which the cube counts."""
    used = {name for pattern in cube.inputs for name in stating[pattern]}
    return tuple((name, day) for name, day in snapshots if name in used)
