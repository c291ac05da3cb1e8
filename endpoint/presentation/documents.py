"""The RDF document about a thing: statements about it and its parts, names of what it refers to, its sources."""

import csv
import io
import re
from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from endpoint.http.negotiation import CSV, JSONLD, NTRIPLES, RDFXML, TURTLE, Format
from endpoint.presentation.names.identifiers import ends
from endpoint.presentation.reading.own_blocks import ABOUT, STEPS
from endpoint.presentation.reading.view import View
from endpoint.store.port import text
from graph.model.terms import CIV, DCT, FOAF, OWL, PREFIXES, RDF, RDFS, SKOS
from graph.model.values.spreadsheet import BYTE_ORDER_MARK, defused

__all__ = ["FORMATS", "about", "graph_named", "statements", "vocabulary", "written"]

FORMATS: tuple[Format, ...] = (TURTLE, NTRIPLES, JSONLD, RDFXML, CSV)
"""The formats of a document besides HTML; a client that names none of RDF's gets the first."""

_NAMES = (CIV.heading, SKOS.prefLabel, RDFS.label, DCT.title)
_CITED = (DCT.title, DCT.publisher, DCT.license, DCT.issued, CIV.attribution)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

MOST_MENTIONS = 1000
"""Statements of others in the document about a thing that has none of its own."""


def about(view: View, iri: str) -> list[Triple]:
    """The document as triples: the thing itself first."""
    parts = [iri, *_parts(view, iri)]
    stated = [triple for part in parts for triple in statements(view, part)]
    if not any(triple.subject.value == iri for triple in stated if isinstance(triple.subject, NamedNode)):
        stated += _mentions(view, iri)
    graphs = {fact.source for part in parts for fact in view.stated(part)}
    document = [*_metadata(view, iri, graphs), *_names_of(view, stated, set(parts))]
    return list(dict.fromkeys([*stated, *document]))


def vocabulary(view: View) -> list[Triple]:
    """Every statement about the terms of our vocabulary, and about the vocabulary itself."""
    return [
        triple
        for triple in graph_named(view, "vocabulary")
        if isinstance(triple.subject, NamedNode) and triple.subject.value.startswith(CIV.base)
    ]


def graph_named(view: View, name: str) -> list[Triple]:
    """A named graph of ours, in a settled order."""
    rows = view.rows(f"SELECT ?s ?p ?o {{ GRAPH {view.graph(name)} {{ ?s ?p ?o }} }}")
    triples = (Triple(NamedNode(text(row, "s")), NamedNode(text(row, "p")), row["o"]) for row in rows)
    return sorted(triples, key=str)


def statements(view: View, iri: str) -> list[Triple]:
    """What the merged graph says of one subject, in a settled order."""
    stated = view.properties(iri).items()
    triples = (Triple(NamedNode(iri), NamedNode(prop), value) for prop, values in stated for value in values)
    return sorted(triples, key=str)


def written(triples: Iterable[Triple], form: Format) -> bytes:
    """Triples in one of `FORMATS`."""
    if form is CSV:
        return _as_csv(triples)
    if form is RDFXML:
        triples = [_for_xml(triple) for triple in triples]
    text = serialize(triples, format=RdfFormat.from_extension(form.name), prefixes=_prefixes(triples))
    assert text is not None, "it is written to a file only where one is given"
    return text


def _parts(view: View, iri: str) -> Iterator[str]:
    """The things that another's document describes: its registrations, returns, links and problems."""
    for step in STEPS:
        yield from view.things(iri, step)
    for prop in (OWL.annotatedSource, OWL.annotatedTarget):
        for end in ends(view, iri):
            yield from sorted(view.subjects(prop, end))
    for prop in (CIV.about, *ABOUT):
        yield from sorted(view.subjects(prop, iri))


def _mentions(view: View, iri: str) -> Iterator[Triple]:
    for row in view.rows(f"SELECT ?s ?p {{ ?s ?p {NamedNode(iri)} }} LIMIT {MOST_MENTIONS}"):
        yield Triple(NamedNode(text(row, "s")), NamedNode(text(row, "p")), NamedNode(iri))


def _metadata(view: View, iri: str, graphs: set[str]) -> Iterator[Triple]:
    """What the document is about, what it is made from, and under which licences."""
    document = NamedNode(view.addresses.document_iri(iri))
    yield Triple(document, RDF.type.node, FOAF.Document.node)
    yield Triple(document, FOAF.primaryTopic.node, NamedNode(iri))
    for graph in sorted(graphs):
        yield Triple(document, DCT.source.node, NamedNode(graph))
        for licence in view.values(graph, DCT.license):
            yield Triple(document, DCT.license.node, licence)
        for prop in _CITED:
            yield from (Triple(NamedNode(graph), prop.node, value) for value in view.values(graph, prop))


def _names_of(view: View, stated: Iterable[Triple], known: set[str]) -> Iterator[Triple]:
    """The names of whatever the statements refer to, so that the document can be read on its own."""
    referred = {triple.object.value for triple in stated if isinstance(triple.object, NamedNode)} - known
    for iri in sorted(referred):
        for prop in _NAMES:
            yield from (Triple(NamedNode(iri), prop.node, value) for value in view.values(iri, prop))


def _prefixes(triples: Iterable[Triple]) -> dict[str, str]:
    text = "\n".join(str(triple) for triple in triples)
    return {prefix: namespace for prefix, namespace in PREFIXES.items() if namespace in text}


def _for_xml(triple: Triple) -> Triple:
    """XML 1.0 has no way to write most control characters; they become U+FFFD there."""
    value = triple.object
    if not isinstance(value, Literal) or not _NOT_IN_XML.search(value.value):
        return triple
    text = _NOT_IN_XML.sub("\ufffd", value.value)
    clean = Literal(text, language=value.language) if value.language else Literal(text, datatype=value.datatype)
    return Triple(triple.subject, triple.predicate, clean)


def _as_csv(triples: Iterable[Triple]) -> bytes:
    """For spreadsheets: what they would run as a formula has an apostrophe before it."""
    text = io.StringIO(newline="")
    text.write(BYTE_ORDER_MARK)
    out = csv.writer(text)
    out.writerow(("subject", "property", "value", "datatype", "language"))
    for triple in triples:
        value = triple.object
        kind = (value.datatype.value, value.language or "") if isinstance(value, Literal) else ("", "")
        out.writerow((_plain(triple.subject), _plain(triple.predicate), defused(_plain(value)), *kind))
    return text.getvalue().encode()


def _plain(term: NamedNode | BlankNode | Literal | Triple) -> str:
    return str(term) if isinstance(term, (BlankNode, Triple)) else term.value
