"""A validation report that is RDF, read back into results: what the reference engine and test suites write."""

from collections.abc import Iterator

import pyoxigraph as ox

from graph.validation.result import SH, Result, default_message, local_name
from graph.validation.shapes import Term, sh

_FIRST = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#first")
_REST = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#rest")
_REPEATED = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}


def results_in(report: ox.Dataset) -> list[Result]:
    """Read the results out of a report that is RDF."""
    quads = report.quads_for_predicate(sh("result"))
    return [_of_rdf(report, quad.object) for quad in quads if not isinstance(quad.object, ox.Literal | ox.Triple)]


def _of_rdf(report: ox.Dataset, node: ox.NamedNode | ox.BlankNode) -> Result:
    said: dict[str, Term] = {
        quad.predicate.value.removeprefix(SH): quad.object for quad in report.quads_for_subject(node)
    }
    component = local_name(_value(said["sourceConstraintComponent"]))
    message = said.get("resultMessage")
    return Result(
        focus=str(said["focusNode"]),
        path=path_text(report, said["resultPath"]) if "resultPath" in said else None,
        value=str(said["value"]) if "value" in said else None,
        shape=str(said["sourceShape"]) if "sourceShape" in said else "",
        component=component,
        severity=local_name(_value(said["resultSeverity"])),
        message=default_message(component) if message is None else _value(message),
    )


def path_text(graph: ox.Dataset, path: Term) -> str:
    """A SHACL path in SPARQL's path syntax, bracketed as the fast engine brackets it."""
    if not isinstance(path, ox.BlankNode):
        return str(path)
    about = {quad.predicate: quad.object for quad in graph.quads_for_subject(path)}
    if _FIRST in about:
        return f"({'/'.join(path_text(graph, member) for member in _members(graph, path))})"
    [(predicate, inner)] = about.items()
    name = predicate.value.removeprefix(SH)
    if name == "inversePath":
        return f"^{path_text(graph, inner)}"
    if name == "alternativePath":
        return f"({'|'.join(path_text(graph, member) for member in _members(graph, inner))})"
    return f"({path_text(graph, inner)}){_REPEATED[name]}"


def _members(graph: ox.Dataset, node: Term) -> Iterator[Term]:
    while isinstance(node, ox.BlankNode):
        about = {quad.predicate: quad.object for quad in graph.quads_for_subject(node)}
        yield about[_FIRST]
        node = about[_REST]


def _value(term: Term) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value
