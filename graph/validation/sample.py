"""The cross-check: what the fast engine said of a sample of nodes is asked of the reference engine again."""

import hashlib
import heapq
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from graph.errors import MappingError, ValidationFailed
from graph.validation.inputs import MergedGraph, parted
from graph.validation.reach import neighbourhood, reach
from graph.validation.reference import reference
from graph.validation.report import Report
from graph.validation.result import Result, short
from graph.validation.shapes import Shapes
from graph.validation.targets import Targets, superclasses
from graph.validation.uniqueness import QUERIES

AT_LEAST = 5
"""Nodes sampled for each class that shapes target, however few of all nodes it has."""

WHOLE_GRAPH_AT_MOST = 100_000
"""Statements of a graph that pyshacl may be given whole, where shapes look too far to cut a sample out."""

_Key = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Agreement:
    """What was compared: nodes with and without results, and how many nodes with results there are in all."""

    reported: int
    reported_in_all: int
    others: int
    results: int
    seed: int

    @property
    def summary(self) -> str:
        """One line for a person; says so when only some of the reported nodes were checked again."""
        part = f"{self.reported:,}"
        if self.reported < self.reported_in_all:
            part += f" (sampled from {self.reported_in_all:,})"
        return (
            f"pyshacl agrees on {self.results:,} results: {part} reported nodes, "
            f"{self.others:,} others (seed {self.seed})"
        )


def cross_check(
    report: Report,
    graph: MergedGraph,
    shapes: Shapes,
    sample_size: int = 200,
    seed: int = 0,
    reported_at_most: int = 2_000,
) -> Agreement:
    """Ask the reference engine about the reported nodes and a seeded sample of the others, spread over classes.

    ValidationFailed names the nodes on which the engines disagree. Results of uniqueness queries, and a report
    cut at its limit, have nothing to compare with and are left out or refused.
    """
    if report.cut:
        raise ValidationFailed("cross-check", "the report is not whole", "mend what it lists, then validate again")
    results = [result for result in report.results if not result.shape.startswith(f"<{QUERIES}")]
    reported = {result.focus for result in results}
    again = set(_lowest(reported, reported_at_most, seed))
    targets = Targets.of(shapes, superclasses(graph))
    others = _sample(targets.groups(graph.lines()), reported, sample_size, seed)
    chosen = again | others
    theirs = _asked_again(graph, shapes, targets, chosen)
    ours = {result.key for result in results if result.focus in chosen}
    _compare(ours, {result.key for result in theirs})
    return Agreement(len(again), len(reported), len(others), len(theirs), seed)


def _asked_again(graph: MergedGraph, shapes: Shapes, targets: Targets, chosen: Collection[str]) -> list[Result]:
    far = reach(shapes)
    if far.hops is not None:
        lines = list(dict.fromkeys(neighbourhood(graph, chosen, far)))
    elif graph.triples <= WHOLE_GRAPH_AT_MOST:
        lines = list(dict.fromkeys(line for line, *_ in graph.lines()))
    else:
        fact = f"look any number of steps far, and {graph.triples:,} statements are too many to check again whole"
        raise MappingError("shapes", fact, "give each path an end, and write sh:sparql as a uniqueness query")
    aimed = targets.aim(map(parted, lines), set(chosen).__contains__)
    return reference(lines, shapes.aimed_at(aimed))


def _compare(ours: set[_Key], theirs: set[_Key]) -> None:
    if ours == theirs:
        return
    differing = sorted(ours ^ theirs)
    nodes = list(dict.fromkeys(key[0] for key in differing))
    told = "; ".join(_told(key, "fast engine" if key in ours else "pyshacl") for key in differing[:5])
    more = f" … and {len(differing) - 5:,} more results" if len(differing) > 5 else ""
    raise ValidationFailed(
        ", ".join(short(node, 200) for node in nodes[:5]) + (" …" if len(nodes) > 5 else ""),
        f"the SHACL engines disagree about {len(nodes):,} nodes: {told}{more}",
        "one engine is wrong: reduce it to a test, and change the shape or the engine",
    )


def _told(key: _Key, engine: str) -> str:
    focus, path, component, shape, value = key
    about = " ".join(short(part) for part in (focus, path, value) if part)
    return f"only the {engine} reports {component} of {short(shape)} at {about}"


def _sample(groups: Iterator[tuple[frozenset[str], str]], without: Collection[str], size: int, seed: int) -> set[str]:
    """Nodes in proportion to how many there are under the same shapes, at least AT_LEAST under each set of shapes."""
    kept: dict[frozenset[str], _Lowest] = {}
    for shapes, node in groups:
        if node not in without:
            kept.setdefault(shapes, _Lowest(max(size, AT_LEAST), seed)).add(node)
    in_all = sum(lowest.offered for lowest in kept.values())
    shares = ((lowest, max(AT_LEAST, round(size * lowest.offered / in_all))) for lowest in kept.values())
    return {node for lowest, share in shares for node in lowest.nodes()[:share]}


class _Lowest:
    """The nodes whose seeded digests are lowest: the same sample whatever order they come in, in little memory."""

    def __init__(self, size: int, seed: int) -> None:
        self.size, self.seed, self.offered = size, seed, 0
        self._heap: list[tuple[int, str]] = []
        self._members: set[str] = set()

    def add(self, node: str) -> None:
        """Offer a node; one offered before counts again but is kept once."""
        self.offered += 1
        rank = -_rank(node, self.seed)
        full = len(self._heap) >= self.size
        if (full and rank <= self._heap[0][0]) or node in self._members:
            return
        self._members.add(node)
        if full:
            self._members.discard(heapq.heappushpop(self._heap, (rank, node))[1])
        else:
            heapq.heappush(self._heap, (rank, node))

    def nodes(self) -> list[str]:
        """Lowest first."""
        return [node for _, node in sorted(self._heap, reverse=True)]


def _lowest(nodes: Collection[str], size: int, seed: int) -> list[str]:
    return sorted(nodes, key=lambda node: (_rank(node, seed), node))[:size]


def _rank(node: str, seed: int) -> int:
    digest = hashlib.blake2b(node.encode(), digest_size=8, salt=seed.to_bytes(8, "little", signed=True))
    return int.from_bytes(digest.digest(), "little")
