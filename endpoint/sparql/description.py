"""The description of the SPARQL service that it gives of itself (https://www.w3.org/TR/sparql11-service-description/)."""

from collections.abc import Iterator

import pyoxigraph as ox

from endpoint.http.negotiation import GRAPHS, RESULTS, Format
from endpoint.service.release import Served
from graph.model.terms import RDF

__all__ = ["describe"]

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
FORMATS = "http://www.w3.org/ns/formats/"
RDF_TYPE = RDF.type.node


def describe(release: Served, form: Format) -> bytes:
    syntax = ox.RdfFormat.from_extension(form.name)
    prefixes = None if form.name in ("nt", "nq") else {"sd": SD, "void": VOID, "formats": FORMATS}
    written = ox.serialize(_triples(release), format=syntax, prefixes=prefixes)
    assert written is not None  # as it is when no file is given to write to
    return written


def _triples(release: Served) -> Iterator[ox.Triple]:
    endpoint = f"{release.manifest.base}sparql"
    service, dataset, default = (ox.NamedNode(f"{endpoint}#{part}") for part in ("service", "dataset", "default"))
    yield ox.Triple(service, RDF_TYPE, _sd("Service"))
    yield ox.Triple(service, _sd("endpoint"), ox.NamedNode(endpoint))
    yield ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    for name in (*(f"SPARQL_Results_{it.label}" for it in RESULTS), *(it.label.replace("/", "_") for it in GRAPHS)):
        yield ox.Triple(service, _sd("resultFormat"), ox.NamedNode(FORMATS + name))
    yield ox.Triple(service, _sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, RDF_TYPE, _sd("Dataset"))
    yield ox.Triple(dataset, _sd("defaultGraph"), default)
    yield ox.Triple(default, RDF_TYPE, _sd("Graph"))
    yield ox.Triple(default, ox.NamedNode(VOID + "triples"), ox.Literal(release.manifest.triples))
    for number, graph in enumerate(sorted(release.graphs), 1):
        named = ox.NamedNode(f"{endpoint}#graph-{number}")
        yield ox.Triple(dataset, _sd("namedGraph"), named)
        yield ox.Triple(named, RDF_TYPE, _sd("NamedGraph"))
        yield ox.Triple(named, _sd("name"), ox.NamedNode(graph))


def _sd(term: str) -> ox.NamedNode:
    return ox.NamedNode(SD + term)
