"""The fast engine, PyPI `shacl`: whole graphs in seconds, in parts where memory is too small for one.

A part is some focus nodes with all that shapes see from them.
"""

import sys
import tempfile
import zlib
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox
import shacl

from graph.errors import MappingError
from graph.nquads.merged_graph import MergedGraph
from graph.validation.results.result import Result, default_message, local_name
from graph.validation.scope import Reach, Targets, neighbourhood, reach
from graph.validation.shapes import Shapes

LEAST = 2_000_000
"""Statements that are always validated at once, in some 400 MB."""

BYTES_EACH = 400
"""Memory reckoned with for a statement, twice what one takes."""


def fast(graph: Path, shapes: str, limit: int | None = None) -> list[Result]:
    """Validate an N-Triples file; `limit` stops the engine at that many results, for it keeps all in memory.

    Measured on two cores: a second per million statements, 180 bytes of memory a statement.
    """
    try:
        compiled = shacl.Shapes.from_text(shapes, "ntriples")
        report = compiled.validate_file(str(graph), max_results=limit)
    except ValueError as error:
        raise MappingError("shapes", f"the fast engine refuses them or the graph ({error})", "correct them") from error
    return [_of_fast(result) for result in report.results]


def _of_fast(result: shacl.Result) -> Result:
    component = local_name(result.component_iri)
    return Result(
        focus=_canonical(result.focus_node),
        path=result.path,
        value=None if result.value is None else _canonical(result.value),
        shape=result.source_shape or "",
        component=component,
        severity=local_name(result.severity_iri),
        message=result.message or default_message(component),
    )


@lru_cache(maxsize=4096)
def _canonical(term: str) -> str:
    """One spelling of a term, whichever engine wrote it; language tags are compared without case."""
    if not term.startswith('"'):
        return term
    [quad] = ox.parse(f"<x:s> <x:p> {term} .", ox.RdfFormat.N_TRIPLES)
    return str(quad.object)


def fast_in_shards(graph: MergedGraph, shapes: Shapes, limit: int, size: int | None = None) -> list[Result]:
    """The fast engine's results, in parts where the graph is larger than `size` statements: what there is memory for.

    Shapes that look any number of steps far (`sh:zeroOrMorePath`, `sh:sparql`, recursion) have no parts: then
    the graph is validated whole and needs the memory that takes.
    """
    size = size or _room()
    far = reach(shapes)
    if graph.triples <= size or far.hops is None:
        return fast(graph.path, shapes.ntriples, limit)
    targets = Targets(shapes, graph)
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
    """Bytes of memory that can be had; 0 where that is not known."""
    try:
        memory = dict(line.split(":") for line in Path("/proc/meminfo").read_text("ascii").splitlines())
        return int(memory["MemAvailable"].split()[0]) * 1024
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
