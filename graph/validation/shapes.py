"""Shapes as data: whom they target, how far they look, and a name for every shape that can report.

Two engines can only be compared if they call a shape by one name, so property shapes without an IRI get one.
"""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from graph.errors import InputError, MappingError, UsageError
from graph.validation.results.result import SH

RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
SUBCLASS_OF = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"
_CLASSES = ("<http://www.w3.org/2000/01/rdf-schema#Class>", "<http://www.w3.org/2002/07/owl#Class>")
TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def sh(name: str) -> ox.NamedNode:
    """A term of SHACL."""
    return ox.NamedNode(SH + name)


@dataclass(frozen=True)
class Target:
    """One target declaration: `kind` is one of TARGETS, `shape` and `term` are as N-Triples writes them."""

    shape: str
    kind: str
    term: str


@dataclass(frozen=True, eq=False)
class Shapes:
    """A shapes graph in which everything that can be a source shape has an IRI."""

    triples: tuple[ox.Triple, ...]

    @classmethod
    def parse(cls, turtle: str, place: str = "shapes", base: str | None = None) -> "Shapes":
        """Read Turtle (or N-Triples); MappingError if it cannot be read or declares no target, so checks nothing."""
        try:
            triples = [q.triple for q in ox.parse(turtle, ox.RdfFormat.TURTLE, base_iri=base)]
        except SyntaxError as error:
            raise MappingError(f"{place}:{error.lineno}", f"is not Turtle ({error.msg})", "correct the line") from error
        shapes = cls(tuple(_named(triples)))
        if not shapes.targets:
            raise MappingError(place, "no shape has a target, nothing would be checked", "add sh:targetClass …")
        return shapes

    @cached_property
    def ntriples(self) -> str:
        """The shapes as an engine reads them."""
        return _ntriples(self.triples)

    @cached_property
    def about(self) -> Mapping[Term, list[tuple[str, Term]]]:
        """Predicates (IRI without brackets) and objects of each subject."""
        return _about(self.triples)

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """Every target declaration, implicit class targets included."""
        return tuple(dict.fromkeys(target for triple in self.triples for target in self._targets_of(triple)))

    def _targets_of(self, triple: ox.Triple) -> Iterator[Target]:
        shape, name = str(triple.subject), triple.predicate.value.removeprefix(SH)
        if name in TARGETS:
            yield Target(shape, name, str(triple.object))
        elif self._is_implicit_target(triple):
            yield Target(shape, "targetClass", shape)

    def _is_implicit_target(self, triple: ox.Triple) -> bool:
        """A shape that is itself a class targets its instances (SHACL 2.1.3.3)."""
        if str(triple.predicate) != RDF_TYPE or str(triple.object) not in _CLASSES:
            return False
        kinds = (sh("NodeShape"), sh("PropertyShape"))
        return any(kind in kinds for _, kind in self.about[triple.subject])

    def aimed_at(self, nodes: Mapping[str, Iterable[str]]) -> str:
        """N-Triples of the same shapes, with exactly these nodes as targets of each shape instead of its own.

        Shapes without any are left out: to the reference engine each costs time.
        """
        aimless = {target.shape for target in self.targets} - set(nodes)
        idle = self._below(aimless) - self._below(nodes)
        kept = (line for subject, line in self._without_targets if subject not in idle)
        aimed = (f"{shape} <{SH}targetNode> {node} .\n" for shape in sorted(nodes) for node in sorted(nodes[shape]))
        return "".join(kept) + "".join(aimed)

    @cached_property
    def _without_targets(self) -> tuple[tuple[str, str], ...]:
        """All statements but declarations of targets, each with its subject."""
        kept = (t for t in self.triples if not any(True for _ in self._targets_of(t)))
        return tuple((str(triple.subject), f"{triple} .\n") for triple in kept)

    def _below(self, shapes: Iterable[str]) -> set[str]:
        """These shapes, and all that they lead to."""
        found: set[str] = set()
        ahead = list(shapes)
        while ahead:
            if (node := ahead.pop()) not in found:
                found.add(node)
                ahead.extend(self._leads_to.get(node, ()))
        return found

    @cached_property
    def _leads_to(self) -> Mapping[str, list[str]]:
        return {str(node): [str(value) for _, value in said] for node, said in self.about.items()}


def read_shapes(place: Path) -> tuple[str, dict[str, str]]:
    """Text of a file of shapes, or of all `*.ttl` in a folder, as N-Triples; and its `uniqueness/*.rq` by name."""
    if not place.exists():
        raise UsageError("--shapes", f"{place} does not exist", "name a file of shapes, or the folder they lie in")
    files = sorted(place.glob("*.ttl")) if place.is_dir() else [place]
    if not files:
        raise InputError(str(place), "holds no .ttl file", "name the folder that the shapes lie in")
    shapes = "".join(_read(file) for file in files)
    queries = sorted((place / "uniqueness").glob("*.rq"))
    return shapes, {query.stem: _query(query) for query in queries}


def _query(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InputError(str(file), "is not UTF-8", "save it as UTF-8") from error


def _read(file: Path) -> str:
    try:
        parsed = ox.parse(path=file, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
        return _ntriples(quad.triple for quad in parsed)
    except SyntaxError as error:
        raise InputError(f"{file}:{error.lineno}", f"is not Turtle ({error.msg})", "correct the line") from error


def _ntriples(triples: Iterable[ox.Triple]) -> str:
    return "".join(f"{triple} .\n" for triple in triples)


def _about(triples: Iterable[ox.Triple]) -> Mapping[Term, list[tuple[str, Term]]]:
    about: defaultdict[Term, list[tuple[str, Term]]] = defaultdict(list)
    for triple in triples:
        about[triple.subject].append((triple.predicate.value, triple.object))
    return about


def _named(triples: list[ox.Triple]) -> Iterator[ox.Triple]:
    names = _names(triples)
    for triple in triples:
        subject = names.get(triple.subject, triple.subject)
        value = names.get(triple.object, triple.object)
        yield (
            triple
            if subject is triple.subject and value is triple.object
            else _triple(subject, triple.predicate, value)
        )


def _triple(subject: Term, predicate: ox.NamedNode, value: Term) -> ox.Triple:
    assert isinstance(subject, ox.NamedNode | ox.BlankNode)
    return ox.Triple(subject, predicate, value)


def _names(triples: list[ox.Triple]) -> dict[Term, Term]:
    """An IRI for each blank shape that has a target, and for each blank property shape below a named one."""
    about = _about(triples)
    targeted = {t.subject for t in triples if t.predicate.value.removeprefix(SH) in TARGETS}
    names: dict[Term, Term] = {}
    for node in targeted:
        if isinstance(node, ox.BlankNode):
            names[node] = ox.NamedNode(f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, _text(node, about))}")
    open_nodes: list[Term] = [node for node in about if isinstance(node, ox.NamedNode) or node in names]
    while open_nodes:
        parent = open_nodes.pop()
        for predicate, child in about[parent]:
            if predicate == SH + "property" and isinstance(child, ox.BlankNode) and child not in names:
                names[child] = _child_name(names.get(parent, parent), child, about)
                open_nodes.append(child)
    return names


def _child_name(parent: Term, child: Term, about: Mapping[Term, list[tuple[str, Term]]]) -> ox.NamedNode:
    assert isinstance(parent, ox.NamedNode)
    digest = hashlib.sha256(_text(child, about).encode()).hexdigest()[:8]
    mark = "-" if "#" in parent.value or parent.value.startswith("urn:") else "#"
    return ox.NamedNode(f"{parent.value}{mark}{digest}")


def _text(node: Term, about: Mapping[Term, list[tuple[str, Term]]], depth: int = 20) -> str:
    """What a blank node says, spelled out: equal for equal content, whatever its label; cut where it nests deep."""
    if not isinstance(node, ox.BlankNode) or depth == 0:
        return str(node) if not isinstance(node, ox.BlankNode) else "_"
    inside = sorted(f"{predicate} {_text(value, about, depth - 1)}" for predicate, value in about.get(node, []))
    return f"[{';'.join(inside)}]"
