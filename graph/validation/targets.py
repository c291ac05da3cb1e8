"""Which nodes of a graph each shape is about: SHACL's core targets, found in one pass over the lines."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph.validation.inputs import Line, MergedGraph
from graph.validation.shapes import RDF_TYPE, SUBCLASS_OF, Shapes


@dataclass(frozen=True)
class Targets:
    """Shapes by what makes a node their focus: a class, or a predicate that it is subject or object of."""

    by_class: Mapping[str, frozenset[str]]
    by_subject: Mapping[str, frozenset[str]]
    by_object: Mapping[str, frozenset[str]]
    explicit: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, shapes: Shapes, superclasses: Mapping[str, frozenset[str]]) -> "Targets":
        """`superclasses` are those that the data states, as a class target means its subclasses too."""
        by_class = _by_term(shapes, "targetClass")
        for name, above in superclasses.items():
            own = by_class.get(name, frozenset[str]())
            by_class[name] = own.union(*(_by_term(shapes, "targetClass").get(c, ()) for c in above))
        explicit = tuple((t.shape, t.term) for t in shapes.targets if t.kind == "targetNode")
        by_subject, by_object = _by_term(shapes, "targetSubjectsOf"), _by_term(shapes, "targetObjectsOf")
        return cls(by_class, by_subject, by_object, explicit)

    def groups(self, lines: Iterable[Line]) -> Iterator[tuple[frozenset[str], str]]:
        """(shapes, focus node) for all targets that the lines show; may repeat a node."""
        for _, subject, predicate, value in lines:
            if predicate == RDF_TYPE and (shapes := self.by_class.get(value)):
                yield shapes, subject
            if shapes := self.by_subject.get(predicate):
                yield shapes, subject
            if shapes := self.by_object.get(predicate):
                yield shapes, value
        yield from ((frozenset({shape}), node) for shape, node in self.explicit)

    def aim(self, lines: Iterable[Line], wanted: Callable[[str], bool]) -> dict[str, set[str]]:
        """The focus nodes of each shape that these lines show, those that are wanted."""
        aimed: dict[str, set[str]] = {}
        for shapes, node in self.groups(lines):
            if wanted(node):
                for shape in shapes:
                    aimed.setdefault(shape, set()).add(node)
        return aimed


def superclasses(graph: MergedGraph) -> dict[str, frozenset[str]]:
    """All classes above each class, by the `rdfs:subClassOf` that the graph itself states."""
    direct: dict[str, set[str]] = {}
    for _, subject, _, value in graph.stating(SUBCLASS_OF):
        direct.setdefault(subject, set()).add(value)
    return {name: _closure(name, direct) for name in direct}


def _closure(name: str, direct: Mapping[str, set[str]]) -> frozenset[str]:
    above: set[str] = set()
    ahead = [name]
    while ahead:
        for parent in direct.get(ahead.pop(), set()) - above:
            above.add(parent)
            ahead.append(parent)
    return frozenset(above)


def _by_term(shapes: Shapes, kind: str) -> dict[str, frozenset[str]]:
    by_term: dict[str, frozenset[str]] = {}
    for target in shapes.targets:
        if target.kind == kind:
            by_term[target.term] = by_term.get(target.term, frozenset[str]()) | {target.shape}
    return by_term
