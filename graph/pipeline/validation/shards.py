"""A graph too large for memory, validated in parts: some focus nodes at a time, with all that shapes see from them."""

import os
import tempfile
import zlib
from pathlib import Path

from graph.pipeline.validation.fast import fast
from graph.pipeline.validation.inputs import MergedGraph
from graph.pipeline.validation.reach import Reach, neighbourhood, reach
from graph.pipeline.validation.result import Result
from graph.pipeline.validation.shapes import Shapes
from graph.pipeline.validation.targets import Targets, superclasses

LEAST = 2_000_000
"""Statements that are always validated at once, in some 400 MB."""

BYTES_EACH = 400
"""Memory reckoned with for a statement, twice what one takes."""


def fast_in_shards(graph: MergedGraph, shapes: Shapes, limit: int, size: int | None = None) -> list[Result]:
    """The fast engine's results, in parts where the graph is larger than `size` statements: what there is memory for.

    Shapes that look any number of steps far (`sh:zeroOrMorePath`, `sh:sparql`, recursion) have no parts: then
    the graph is validated whole and needs the memory that takes.
    """
    size = size or _room()
    far = reach(shapes)
    if graph.triples <= size or far.hops is None:
        return fast(graph.path, shapes.ntriples, limit)
    targets = Targets.of(shapes, superclasses(graph))
    results: list[Result] = []
    parts = -(-graph.triples // size)
    for part in range(parts):
        if len(results) < limit:
            results += _part(graph, shapes, targets, far, (part, parts), limit - len(results))
    return results


def _room() -> int:
    """How many statements there is memory for: to cut parts out of a graph takes longer than to validate them."""
    free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return max(LEAST, free // 2 // BYTES_EACH)


def _part(
    graph: MergedGraph, shapes: Shapes, targets: Targets, far: Reach, part: tuple[int, int], limit: int
) -> list[Result]:
    aimed = targets.aim(graph.lines(), lambda node: zlib.crc32(node.encode()) % part[1] == part[0])
    with tempfile.TemporaryDirectory(prefix="civsoc-", dir=graph.path.parent) as folder:
        shard = Path(folder) / "shard.nt"
        with shard.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(neighbourhood(graph, set[str]().union(*aimed.values()), far))
        return fast(shard, shapes.aimed_at(aimed), limit)
