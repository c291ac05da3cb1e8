"""What shapes look at: the nodes that they target, and the part of a graph that they see from given nodes.

Used where a graph is not validated whole: in parts (`fast`), and a sample of it again (`recheck`).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import inf

import pyoxigraph as ox

from graph.nquads.merged_graph import Line, MergedGraph
from graph.validation.results.result import SH
from graph.validation.shapes import RDF_TYPE, SUBCLASS_OF, Shapes, Term

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_ENDLESS = {SH + name for name in ("zeroOrMorePath", "oneOrMorePath", "sparql", "target", "js")}
_LISTED = {_RDF + "first", _RDF + "rest"}
_NESTED = {SH + name for name in ("property", "node", "not", "qualifiedValueShape", "and", "or", "xone")} | _LISTED


class Targets:
    """Which shapes a node is a focus of: SHACL's core targets, read off the lines of a graph."""

    def __init__(self, shapes: Shapes, graph: MergedGraph) -> None:
        """A class target means subclasses too, by the `rdfs:subClassOf` that the graph itself states."""
        by_target: dict[tuple[str, str], frozenset[str]] = defaultdict(frozenset)
        for target in shapes.targets:
            by_target[target.kind, target.term] |= {target.shape}
        above = [(("targetClass", line[1]), ("targetClass", line[3])) for line in graph.stating(SUBCLASS_OF)]
        while inherited := [(low, high) for low, high in above if not by_target[low] >= by_target[high]]:
            for low, high in inherited:
                by_target[low] |= by_target[high]
        self._by_target = {target: names for target, names in by_target.items() if names}

    def groups(self, lines: Iterable[Line]) -> Iterator[tuple[frozenset[str], str]]:
        """(shapes, focus node) for all targets that the lines show; may repeat a node."""
        classes, subjects, objects = map(self._of, ("targetClass", "targetSubjectsOf", "targetObjectsOf"))
        for _, subject, predicate, value in lines:
            if predicate == RDF_TYPE and value in classes:
                yield classes[value], subject
            if predicate in subjects:
                yield subjects[predicate], subject
            if predicate in objects:
                yield objects[predicate], value
        yield from ((shapes, node) for node, shapes in self._of("targetNode").items())

    def _of(self, kind: str) -> dict[str, frozenset[str]]:
        """The shapes of each term that targets of a kind name."""
        return {term: shapes for (named, term), shapes in self._by_target.items() if named == kind}

    def aim(self, lines: Iterable[Line], wanted: Callable[[str], bool]) -> dict[str, set[str]]:
        """The focus nodes of each shape that these lines show, those that are wanted."""
        aimed: dict[str, set[str]] = defaultdict(set)
        for shapes, node in self.groups(lines):
            if wanted(node):
                for shape in shapes:
                    aimed[shape].add(node)
        return aimed


@dataclass(frozen=True)
class Reach:
    """`hops` property steps from a focus node (None = any number), `incoming` predicates walked backwards."""

    hops: int | None
    incoming: frozenset[str]


@lru_cache(maxsize=2)
def reach(shapes: Shapes) -> Reach:
    """How far shapes look, at most: an alternative path counts as long as its branches together."""
    incoming = {target.term for target in shapes.targets if target.kind == "targetObjectsOf"}
    for predicate, value in (pair for pairs in shapes.about.values() for pair in pairs):
        if predicate == SH + "inversePath":
            incoming.update(map(str, _steps(shapes, value)))
    hops = max(_hops(shapes, node, ()) for node in shapes.about)
    # A type is looked up at the focus node itself even by shapes that follow no path.
    return Reach(None if hops == inf else max(int(hops), 1), frozenset(incoming))


def neighbourhood(graph: MergedGraph, focus: Collection[str], reach: Reach) -> Iterator[str]:
    """The lines that shapes of this reach see from the focus nodes: all about these and about what they lead to,
    and at the last step only its types; with the class hierarchy, as `sh:class` follows it. May repeat a line.
    """
    assert reach.hops is not None
    frontier = set(focus)
    seen = set(frontier)
    for _ in range(reach.hops):
        after: set[str] = set()
        for line, subject, predicate, value in graph.lines() if reach.incoming else graph.about(frontier):
            if subject in frontier:
                yield line
                if not value.startswith('"'):
                    after.add(value)
            if predicate in reach.incoming and value in frontier:
                yield line
                after.add(subject)
        frontier = after - seen
        seen |= frontier
    yield from (line for line, _, predicate, _ in graph.about(seen) if predicate == RDF_TYPE)
    yield from (line for line, *_ in graph.stating(SUBCLASS_OF))


def _hops(shapes: Shapes, node: Term, trail: tuple[Term, ...]) -> float:
    """Steps that a shape takes, and after it those nested in it; without end where shapes refer to one another."""
    if node in trail:
        return inf
    own = nested = 0.0
    for predicate, value in shapes.about.get(node, ()):
        if predicate in _ENDLESS:
            return inf
        if predicate == SH + "path":
            own = inf if _is_endless(shapes, value) else len(_steps(shapes, value))
        elif predicate in _NESTED:
            nested = max(nested, _hops(shapes, value, (*trail, node)))
    return own + nested


def _is_endless(shapes: Shapes, path: Term) -> bool:
    return any(p in _ENDLESS or _is_endless(shapes, value) for p, value in _inside(shapes, path))


def _steps(shapes: Shapes, path: Term) -> list[ox.NamedNode]:
    """The predicates in a path; RDF writes a sequence as a list, all else as one statement about a blank node."""
    if isinstance(path, ox.NamedNode):
        return [] if path.value == _RDF + "nil" else [path]
    return [step for _, value in _inside(shapes, path) for step in _steps(shapes, value)]


def _inside(shapes: Shapes, path: Term) -> list[tuple[str, Term]]:
    return shapes.about.get(path, []) if isinstance(path, ox.BlankNode) else []
