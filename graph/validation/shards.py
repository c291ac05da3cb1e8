"""A graph too large for memory, validated in parts: some focus nodes at a time, with all that shapes see from them."""

import sys
import tempfile
import zlib
from pathlib import Path

from graph.validation.fast import fast
from graph.validation.inputs import MergedGraph
from graph.validation.reach import Reach, neighbourhood, reach
from graph.validation.result import Result
from graph.validation.shapes import Shapes
from graph.validation.targets import Targets, superclasses

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
    return max(LEAST, min(_left_to_machine(), _left_to_group()) // 2 // BYTES_EACH)


def _left_to_machine() -> int:
    """Bytes of memory that can be had; 0 where the system does not tell."""
    try:
        told = dict(line.split(":") for line in Path("/proc/meminfo").read_text("ascii").splitlines())
        return int(told["MemAvailable"].split()[0]) * 1024
    except (OSError, LookupError, ValueError):
        return 0


def _left_to_group() -> int:
    """Bytes that the control group of the process, such as a container, has left; without end if it has no limit."""
    try:
        lines = Path("/proc/self/cgroup").read_text("utf-8").splitlines()
    except OSError:
        return sys.maxsize
    named = next((line.removeprefix("0::/") for line in lines if line.startswith("0::/")), "")
    group = Path("/sys/fs/cgroup") / named
    return min(map(_left_to, (group, *group.parents)))  # a group has what the groups around it leave it


def _left_to(group: Path) -> int:
    try:
        return int((group / "memory.max").read_text("ascii")) - int((group / "memory.current").read_text("ascii"))
    except (OSError, ValueError):  # no group, or "max": no limit
        return sys.maxsize


def _part(
    graph: MergedGraph, shapes: Shapes, targets: Targets, far: Reach, part: tuple[int, int], limit: int
) -> list[Result]:
    aimed = targets.aim(graph.lines(), lambda node: zlib.crc32(node.encode()) % part[1] == part[0])
    with tempfile.TemporaryDirectory(prefix="civsoc-", dir=graph.path.parent) as folder:
        shard = Path(folder) / "shard.nt"
        with shard.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(neighbourhood(graph, set[str]().union(*aimed.values()), far))
        return fast(shard, shapes.aimed_at(aimed), limit)
