"""The graph of one release as pages read it: values, names, sources."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from pyoxigraph import Literal, NamedNode

from endpoint.presentation.reading.kept import kept
from endpoint.presentation.text.addresses import Addresses
from endpoint.presentation.text.formatting import english_date, sentence_case
from endpoint.service.release import Served
from endpoint.store.local import LocalGraph
from endpoint.store.port import Fact, Graph, Rows, text
from endpoint.store.reader import Reader
from graph.model.iri import last_segment
from graph.model.own_graphs import OWN_GRAPHS
from graph.model.query import Term
from graph.model.terms import CIV, DCT, GEO, RDF, RDFS, SKOS, XSD, Iri

__all__ = ["Source", "View"]

Made = TypeVar("Made")

# A datatype is part of a value and no index of the store finds it, so these are taken as known.
_XSD_NAMES = ("boolean", "date", "dateTime", "decimal", "gYear", "gYearMonth", "integer", "string", "time")
DATATYPES = frozenset((RDF.langString.value, GEO.wktLiteral.value, *(f"{XSD.base}{name}" for name in _XSD_NAMES)))
_NAMES = (CIV.heading, SKOS.prefLabel, RDFS.label, DCT.title, CIV.nameInGrants)


@dataclass(frozen=True, slots=True)
class Source:
    """A named graph as pages cite it."""

    iri: str
    page: str
    name: str
    title: str
    issued: date | None
    licence: str
    attribution: str

    @property
    def when(self) -> str:
        return english_date(self.issued) if self.issued else "date not stated"


class View:
    """One release, as one request looks at it; its graph is the store of the release unless another holds it."""

    def __init__(self, served: Served, graph: Graph | None = None) -> None:
        self.served = served
        self.base = served.manifest.base
        self.addresses = Addresses(self.base)
        self.reader = Reader(graph or LocalGraph(served.store))

    def in_rounds(self, make: Callable[[], Made]) -> Made:
        """What a function makes of this view, by few queries: `Reader.in_rounds` has what it must keep to."""
        return self.reader.in_rounds(make)

    def rows(self, query: str) -> Rows:
        """The rows of a SELECT that we wrote ourselves: whatever came from outside is in it only as a NamedNode."""
        return self.reader.rows(query)

    def facts(self, query: str, subject: str) -> list[Fact]:
        """The rows of a query for ?property ?value ?source and perhaps ?subject, otherwise `subject`."""
        return [
            Fact(text(row, "subject") or subject, text(row, "property"), row["value"], text(row, "source"))
            for row in self.rows(query)
        ]

    def stated(self, iri: str, properties: Sequence[Iri] | None = None) -> list[Fact]:
        """What each source states about a thing: everything, or some properties in their order."""
        facts = self.reader.stated(iri)
        if properties is None:
            return list(facts)
        return [fact for prop in properties for fact in facts if fact.property == prop.value]

    def properties(self, iri: str) -> Mapping[str, Sequence[Term]]:
        """What the merged graph states about a thing, by property."""
        return self.reader.about(iri)

    def values(self, iri: str, prop: Iri) -> Sequence[Term]:
        """What the merged graph gives for a property of a thing."""
        return self.properties(iri).get(prop.value, ())

    def value(self, iri: str, prop: Iri) -> Term | None:
        """The first of its values in the order of their text, None where there is none."""
        return min(self.values(iri, prop), key=str, default=None)

    def things(self, iri: str, prop: Iri) -> list[str]:
        """The IRIs among its values, in order."""
        return sorted(value.value for value in self.values(iri, prop) if isinstance(value, NamedNode))

    def thing(self, iri: str, prop: Iri) -> str:
        """The first of its values if that is an IRI, '' otherwise."""
        value = self.value(iri, prop)
        return value.value if isinstance(value, NamedNode) else ""

    def graph(self, name: str) -> NamedNode:
        """A named graph of ours."""
        return NamedNode(f"{self.base}id/source/{name}")

    def subjects(self, prop: Iri, value: str) -> Sequence[str]:
        """The things that have `value` for a property."""
        return self.reader.subjects(prop.value, value)

    def instances(self, kind: Iri) -> Sequence[str]:
        """The things of a class; for classes of few things."""
        return self.subjects(RDF.type, kind.value)

    def any_of(self, kind: Iri) -> bool:
        return bool(self.rows(f"SELECT ?it {{ ?it a {kind} }} LIMIT 1"))

    def is_shared(self, iri: str) -> bool:
        """Whether several statements have it as their value."""
        return len(self.rows(f"SELECT ?it ?property {{ ?it ?property {NamedNode(iri)} }} LIMIT 2")) > 1

    def graphs_of(self, subject: str, prop: str, value: Term) -> frozenset[str]:
        """The named graphs that state it."""
        facts = self.stated(subject)
        return frozenset(fact.source for fact in facts if (fact.property, fact.value) == (prop, value))

    def describes(self, iri: str) -> bool:
        """Whether the graph says something about it."""
        return bool(self.properties(iri))

    def knows(self, iri: str) -> bool:
        """Whether the IRI occurs at all: as subject, value, property, datatype or name of a graph."""
        it = NamedNode(iri)
        places = (f"?s ?p {it}", f"?s {it} ?o", f"GRAPH {it} {{ ?s ?p ?o }}")
        elsewhere = self.rows(f"SELECT ?s {{ {{ {' } UNION { '.join(places)} }} }} LIMIT 1")
        return self.describes(iri) or bool(elsewhere) or iri in DATATYPES

    def is_property(self, iri: str) -> bool:
        """Whether a statement is made with it."""
        return bool(self.rows(f"SELECT ?it {{ ?it {NamedNode(iri)} ?value }} LIMIT 1"))

    def types(self, iri: str) -> set[str]:
        return set(self.things(iri, RDF.type))

    def count(self, query: str) -> int:
        """The number in ?count of the one row of a query."""
        return next((int(text(row, "count")) for row in self.rows(query)), 0)

    @kept
    def name(self, iri: str) -> str:
        """The English name that the graph itself gives, '' where it gives none."""
        for prop in _NAMES:
            texts = [value for value in self.values(iri, prop) if isinstance(value, Literal)]
            if texts:
                best = min(texts, key=lambda text: (text.language not in ("en", None), text.value)).value
                # Vocabularies write their labels small; things have names, which stay as they are.
                return sentence_case(best) if prop is RDFS.label else best
        return ""

    @property
    def sources(self) -> Mapping[str, Source]:
        return _sources(self)

    def source(self, iri: str) -> Source:
        """A named graph; what the catalogue does not give is made from its name."""
        issued, attribution = self.value(iri, DCT.issued), self.value(iri, CIV.attribution)
        name = last_segment(iri)
        own = OWN_GRAPHS.get(name, "")  # made by the build itself, so of its date
        return Source(
            iri,
            self.addresses.page(iri),
            name,
            self.name(iri) or own or name,
            _date(issued) or (self.served.manifest.built_at.date() if own else None),
            self.thing(iri, DCT.license),
            attribution.value if isinstance(attribution, Literal) else "",
        )


@kept
def _sources(view: View) -> Mapping[str, Source]:
    return {iri: view.source(iri) for iri in sorted(view.served.graphs)}


def _date(term: Term | None) -> date | None:
    try:
        return date.fromisoformat(term.value[:10]) if isinstance(term, Literal) else None
    except ValueError:
        return None
