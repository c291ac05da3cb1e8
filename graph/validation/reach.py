"""How far from a focus node shapes look, and the part of a graph that they can see from given nodes."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from graph.validation.inputs import MergedGraph
from graph.validation.result import SH
from graph.validation.shapes import RDF_TYPE, SUBCLASS_OF, Shapes, Term

_FIRST = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first"
_REST = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest"
_ENDLESS_PATHS = {SH + "zeroOrMorePath", SH + "oneOrMorePath"}
_ELSEWHERE = {SH + "sparql", SH + "target", SH + "js"}
_NESTED = {SH + name for name in ("property", "node", "not", "qualifiedValueShape")}
_NESTED_LISTS = {SH + name for name in ("and", "or", "xone")}
# Shapes may refer to one another in a circle; then they look as far as the data goes.
_DEEPEST = 12


@dataclass(frozen=True)
class Reach:
    """`hops` property steps from a focus node (None = any number), `incoming` predicates walked backwards."""

    hops: int | None
    incoming: frozenset[str]


def reach(shapes: Shapes) -> Reach:
    """Read the reach off the shapes: their paths, and the shapes nested in them."""
    incoming = {target.term for target in shapes.targets if target.kind == "targetObjectsOf"}
    for predicate, value in (pair for pairs in shapes.about.values() for pair in pairs):
        if predicate == SH + "inversePath":
            incoming |= _predicates(shapes, value)
    try:
        hops = max(_hops(shapes, node, _DEEPEST) for node in shapes.about)
    except _EndlessError:
        return Reach(None, frozenset(incoming))
    # A type is looked up at the focus node itself even by shapes that follow no path.
    return Reach(max(hops, 1), frozenset(incoming))


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


class _EndlessError(Exception):
    """A shape looks as far as the data goes."""


def _hops(shapes: Shapes, node: Term, left: int) -> int:
    if left == 0:
        raise _EndlessError
    own = nested = 0
    for predicate, value in shapes.about.get(node, []):
        if predicate in _ELSEWHERE:
            raise _EndlessError
        if predicate == SH + "path":
            own = _length(shapes, value)
        elif predicate in _NESTED:
            nested = max(nested, _hops(shapes, value, left - 1))
        elif predicate in _NESTED_LISTS:
            nested = max(nested, *(_hops(shapes, member, left - 1) for member in _members(shapes, value)))
    return own + nested


def _length(shapes: Shapes, path: Term) -> int:
    """Steps of a path; RDF writes a sequence as a list, all else as one statement about a blank node."""
    if isinstance(path, ox.NamedNode):
        return 1
    members = _members(shapes, path)
    if members:
        return sum(_length(shapes, member) for member in members)
    predicate, value = shapes.about[path][0]
    if predicate in _ENDLESS_PATHS:
        raise _EndlessError
    if predicate == SH + "alternativePath":
        return max(_length(shapes, member) for member in _members(shapes, value))
    return _length(shapes, value)


def _members(shapes: Shapes, node: Term) -> list[Term]:
    members: list[Term] = []
    while pairs := dict(shapes.about.get(node, [])):
        if _FIRST not in pairs:
            break
        members.append(pairs[_FIRST])
        node = pairs[_REST]
    return members


def _predicates(shapes: Shapes, path: Term) -> set[str]:
    """Every predicate inside a path."""
    if isinstance(path, ox.NamedNode):
        return {str(path)}
    inside: set[str] = set()
    for _, value in shapes.about.get(path, []):
        if not str(value).endswith("#nil>"):
            inside |= _predicates(shapes, value)
    return inside
