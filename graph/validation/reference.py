"""The reference engine, pyshacl: slow and independent, so that the fast one is not believed unchecked."""

import logging
from collections.abc import Generator, Iterable
from contextlib import contextmanager

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.term import Node

from graph.errors import MappingError
from graph.validation.rdf_report import results_in
from graph.validation.result import Result

# rdflib holds "a" and "a"^^xsd:string to be two values; RDF 1.1 and the data know only one.
_STRING = "http://www.w3.org/2001/XMLSchema#string"


def reference(lines: Iterable[str], shapes: str) -> list[Result]:
    """Validate N-Triples with pyshacl: some thousand times slower, for samples and tests."""
    with _quiet_rdflib():
        report, text = _validate(_rdflib_graph(lines), _rdflib_graph(shapes.splitlines(keepends=True)))
    if not isinstance(report, rdflib.Graph):
        raise MappingError("shapes", f"pyshacl refuses them ({text})", "mend the shapes")
    return results_in(ox.Dataset(_ox_quad(triple) for triple in report))


def _validate(data: rdflib.Graph, shapes: rdflib.Graph) -> tuple[object, str]:
    """pyshacl's report and text; its annotations are partial and its answer a union of three shapes."""
    outcome: tuple[bool, object, str] = pyshacl.validate(data, shacl_graph=shapes)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType, reportAssignmentType]
    return outcome[1], outcome[2]


@contextmanager
def _quiet_rdflib() -> Generator[None]:
    """rdflib logs a traceback for each ill-formed literal; finding those is what validation is for."""
    logger = logging.getLogger("rdflib.term")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)


def _rdflib_graph(lines: Iterable[str]) -> rdflib.Graph:
    graph = rdflib.Graph()
    for quad in ox.parse("".join(lines), ox.RdfFormat.N_TRIPLES):
        triple = quad.triple
        assert not isinstance(triple.object, ox.Triple)
        graph.add((_rdflib_node(triple.subject), rdflib.URIRef(triple.predicate.value), _rdflib_node(triple.object)))
    return graph


def _rdflib_node(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> Node:
    """Converted term by term, for rdflib's own parsers rewrite literals (`01` becomes `1`) and blank node labels."""
    if isinstance(term, ox.Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        if term.datatype.value == _STRING:
            return rdflib.Literal(term.value)
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    return rdflib.URIRef(term.value)


def _ox_quad(triple: tuple[Node, Node, Node]) -> ox.Quad:
    subject, predicate, value = (_ox_term(term) for term in triple)
    assert isinstance(subject, ox.NamedNode | ox.BlankNode)
    assert isinstance(predicate, ox.NamedNode)
    return ox.Quad(subject, predicate, value)


def _ox_term(term: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if isinstance(term, rdflib.Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)) if term.datatype else None)
    return ox.BlankNode(str(term)) if isinstance(term, rdflib.BNode) else ox.NamedNode(str(term))
