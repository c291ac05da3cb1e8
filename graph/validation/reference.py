"""The reference engine, pyshacl: slow and independent, so that the fast one is not believed unchecked.

Reports that are RDF, as it writes them and test suites do, are read back into results here.
"""

import logging
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from functools import cache

import pyoxigraph as ox
import pyshacl
import rdflib

from graph.errors import MappingError
from graph.model.terms import XSD
from graph.validation.results.result import SH, Result, default_message, local_name
from graph.validation.shapes import Term, sh

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_FIRST, _REST = (ox.NamedNode(_RDF + name) for name in ("first", "rest"))
_REPEATED = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}


def reference(lines: Iterable[str], shapes: str) -> list[Result]:
    """Validate N-Triples with pyshacl: some thousand times slower, for samples and tests."""
    with _literals_as_written():
        # pyshacl's annotations are partial, and its answer a union of three shapes.
        outcome: tuple[bool, object, str] = pyshacl.validate(_graph("".join(lines)), shacl_graph=_graph(shapes))  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType, reportAssignmentType]
    _, report, text = outcome
    if not isinstance(report, rdflib.Graph):
        raise MappingError("shapes", f"pyshacl refuses them ({text})", "correct the shapes")
    return results_in(ox.Dataset(ox.parse(report.serialize(format="nt"), ox.RdfFormat.N_TRIPLES)))


@contextmanager
def _literals_as_written() -> Generator[None]:
    """rdflib rewrites literals (`01` becomes `1`), and logs a traceback for each ill-formed one."""
    logger = logging.getLogger("rdflib.term")
    level, rewrites = logger.level, rdflib.NORMALIZE_LITERALS
    logger.setLevel(logging.ERROR)
    rdflib.NORMALIZE_LITERALS = False
    try:
        yield
    finally:
        logger.setLevel(level)
        rdflib.NORMALIZE_LITERALS = rewrites


def _graph(ntriples: str) -> rdflib.Graph:
    """The triples as rdflib has them, term by term: its own parser takes four times as long."""
    graph, terms = rdflib.Graph(), cache(_term)
    for quad in ox.parse(ntriples, ox.RdfFormat.N_TRIPLES):
        graph.add((terms(quad.subject), terms(quad.predicate), terms(quad.object)))
    return graph


def _term(term: Term | ox.Triple) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal:
    """rdflib holds "a" and "a"^^xsd:string to be two values; RDF 1.1 knows only one, which is plain here."""
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    assert isinstance(term, ox.Literal), "no shape and no graph of ours has a triple for a term"
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=None if term.datatype == XSD.string.node else term.datatype.value)


def results_in(report: ox.Dataset) -> list[Result]:
    """The results in a report that is RDF."""
    quads = report.quads_for_predicate(sh("result"))
    return [_result(report, quad.object) for quad in quads if not isinstance(quad.object, ox.Literal | ox.Triple)]


def _result(report: ox.Dataset, node: ox.NamedNode | ox.BlankNode) -> Result:
    facts: dict[str, Term] = {
        quad.predicate.value.removeprefix(SH): quad.object for quad in report.quads_for_subject(node)
    }
    component = local_name(str(facts["sourceConstraintComponent"]))
    message = facts.get("resultMessage")
    return Result(
        focus=str(facts["focusNode"]),
        path=path_text(report, facts["resultPath"]) if "resultPath" in facts else None,
        value=str(facts["value"]) if "value" in facts else None,
        shape=str(facts.get("sourceShape", "")),
        component=component,
        severity=local_name(str(facts["resultSeverity"])),
        message=message.value if isinstance(message, ox.Literal) else default_message(component),
    )


def path_text(graph: ox.Dataset, path: Term) -> str:
    """A SHACL path in SPARQL's path syntax, bracketed as the fast engine brackets it."""
    if not isinstance(path, ox.BlankNode):
        return str(path)
    about = {quad.predicate: quad.object for quad in graph.quads_for_subject(path)}
    if _FIRST in about:
        return f"({'/'.join(_members(graph, path))})"
    [(predicate, inner)] = about.items()
    name = predicate.value.removeprefix(SH)
    if name == "inversePath":
        return f"^{path_text(graph, inner)}"
    if name == "alternativePath":
        return f"({'|'.join(_members(graph, inner))})"
    return f"({path_text(graph, inner)}){_REPEATED[name]}"


def _members(graph: ox.Dataset, node: Term) -> list[str]:
    if not isinstance(node, ox.BlankNode):
        return []
    about = {quad.predicate: quad.object for quad in graph.quads_for_subject(node)}
    return [path_text(graph, about[_FIRST]), *_members(graph, about[_REST])]
