"""The cross-check: the reference engine validates a sample of nodes again, and must report the same."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from graph.errors import MappingError, ValidationFailed
from graph.nquads.merged_graph import MergedGraph, cut
from graph.validation.results.report import Report
from graph.validation.results.result import Result, short
from graph.validation.scope import Targets, neighbourhood, reach
from graph.validation.shapes import Shapes
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
    at_least: int = AT_LEAST,
) -> Agreement:
    """Compare with the reference engine on the reported nodes and a seeded sample of the others, spread over classes.

    ValidationFailed names the nodes on which the engines disagree. Results of uniqueness queries, and a report
    cut at its limit, have nothing to compare with and are left out or refused.
    """
    if report.cut:
        raise ValidationFailed("cross-check", "the report is not whole", "correct what it lists, then validate again")
    results = [result for result in report.results if not result.shape.startswith(f"<{QUERIES}")]
    reported = {result.focus for result in results}
    again = set(_lowest(reported, reported_at_most, seed))
    targets = Targets(shapes, graph)
    others = _sample(targets.groups(graph.lines()), reported, (sample_size, at_least), seed)
    chosen = again | others
    theirs = _checked_again(graph, shapes, targets, chosen)
    ours = {result.key for result in results if result.focus in chosen}
    _compare(ours, {result.key for result in theirs})
    return Agreement(len(again), len(reported), len(others), len(theirs), seed)


def _checked_again(graph: MergedGraph, shapes: Shapes, targets: Targets, chosen: Collection[str]) -> list[Result]:
    from graph.validation.reference import reference  # takes longer to load than all else that a build needs

    far = reach(shapes)
    if far.hops is not None:
        lines = list(dict.fromkeys(neighbourhood(graph, chosen, far)))
    elif graph.triples <= WHOLE_GRAPH_AT_MOST:
        lines = list(dict.fromkeys(line for line, *_ in graph.lines()))
    else:
        fact = f"look any number of steps far, and {graph.triples:,} statements are too many to check again whole"
        raise MappingError("shapes", fact, "give each path an end, and write sh:sparql as a uniqueness query")
    aimed = targets.aim(map(cut, lines), set(chosen).__contains__)
    return reference(lines, shapes.aimed_at(aimed))


def _compare(ours: set[_Key], theirs: set[_Key]) -> None:
    if ours == theirs:
        return
    differing = sorted(ours ^ theirs)
    nodes = list(dict.fromkeys(key[0] for key in differing))
    first = "; ".join(_difference(key, "fast engine" if key in ours else "pyshacl") for key in differing[:5])
    more = f" … and {len(differing) - 5:,} more results" if len(differing) > 5 else ""
    raise ValidationFailed(
        ", ".join(short(node, 200) for node in nodes[:5]) + (" …" if len(nodes) > 5 else ""),
        f"the SHACL engines disagree about {len(nodes):,} nodes: {first}{more}",
        "one engine is wrong: reduce it to a test, and change the shape or the engine",
    )


def _difference(key: _Key, engine: str) -> str:
    focus, path, component, shape, value = key
    about = " ".join(short(part) for part in (focus, path, value) if part)
    return f"only the {engine} reports {component} of {short(shape)} at {about}"


def _sample(
    groups: Iterator[tuple[frozenset[str], str]], without: Collection[str], sizes: tuple[int, int], seed: int
) -> set[str]:
    """So many nodes in proportion to how many there are under the same shapes, but at least so many of each.

    Those with the lowest digests: the same sample whatever order they come in, in little memory.
    """
    kept: defaultdict[frozenset[str], set[str]] = defaultdict(set)
    offered: Counter[frozenset[str]] = Counter()
    size, at_least = sizes
    most = max(sizes)
    for shapes, node in groups:
        if node not in without:
            offered[shapes] += 1
            kept[shapes].add(node)
            if len(kept[shapes]) > 10 * most:
                kept[shapes] = set(_lowest(kept[shapes], most, seed))
    in_all = offered.total()
    shares = {shapes: max(at_least, round(size * count / in_all)) for shapes, count in offered.items()}
    return {node for shapes, nodes in kept.items() for node in _lowest(nodes, shares[shapes], seed)}


def _lowest(nodes: Collection[str], size: int, seed: int) -> list[str]:
    return sorted(nodes, key=lambda node: (_rank(node, seed), node))[:size]


def _rank(node: str, seed: int) -> int:
    digest = hashlib.blake2b(node.encode(), digest_size=8, salt=seed.to_bytes(8, "little", signed=True))
    return int.from_bytes(digest.digest(), "little")
