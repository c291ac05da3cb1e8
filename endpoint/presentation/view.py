"""The graph of one release as pages read it: typed rows, names, sources. Answers are kept: a release never changes."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeVar, cast

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolution

from endpoint.presentation.addresses import Addresses, compact
from endpoint.presentation.formatting import english_date, sentence_case
from endpoint.service.release import Served
from graph.model.iri import last_segment
from graph.model.own_graphs import OWN_GRAPHS
from graph.model.query import Term, select
from graph.model.terms import CIV, DCT, GEO, PREFIXES, RDF, RDFS, SKOS, XSD, Iri

__all__ = ["Fact", "Source", "View", "is_iri", "shorten", "with_prefixes"]

Made = TypeVar("Made")

# A datatype is part of a value and no index of the store finds it, so these are taken as known.
_XSD_NAMES = ("boolean", "date", "dateTime", "decimal", "gYear", "gYearMonth", "integer", "string", "time")
DATATYPES = frozenset((RDF.langString.value, GEO.wktLiteral.value, *(f"{XSD.base}{name}" for name in _XSD_NAMES)))
_NAMES = (CIV.heading, SKOS.prefLabel, RDFS.label, DCT.title, CIV.nameInGrants)
_PREFIX_USED = re.compile(r"(?<![\w<:/-])([a-z][a-z-]*):(?=[A-Za-z])")


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of one source; `source` is the IRI of its named graph, '' where none names it."""

    subject: str
    property: str
    value: Term
    source: str


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
        """The date of the snapshot, in words."""
        return english_date(self.issued) if self.issued else "date not stated"


class View:
    """One opened release, with what pages ask of it again and again."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.store = served.store
        self.base = served.manifest.base
        self.addresses = Addresses(self.base)
        self._kept: dict[object, object] = {}

    def once(self, key: object, make: Callable[[], Made]) -> Made:
        """The value made for `key`, kept for as long as the release is served."""
        if key in (kept := self._kept):
            return cast(Made, kept[key])
        if len(kept) > 50_000:  # the labels of a whole register; whoever reads it all is a crawler, and memory is ours
            self._kept = {}
        made = make()
        self._kept[key] = made
        return made

    def rows(self, query: str) -> Iterator[QuerySolution]:
        """The rows of a SELECT that we wrote ourselves: whatever came from outside is in it only as a NamedNode."""
        yield from select(self.store, query)

    def facts(self, query: str, subject: str) -> list[Fact]:
        """The rows of a query for ?property ?value ?source and perhaps ?subject, which else is `subject`."""
        found = select(self.store, query)
        names = {variable.value for variable in found.variables}
        return [
            Fact(
                _iri(row["subject"]) if "subject" in names else subject,
                _iri(row["property"]),
                cast(Term, row["value"]),
                _iri(row["source"]),
            )
            for row in cast(Iterator[QuerySolution], found)
        ]

    def values(self, iri: str, prop: Iri) -> list[Term]:
        """What the merged graph gives for a property of a thing."""
        quads = self._quads(NamedNode(iri), prop.node, None, DefaultGraph())
        return [quad.object for quad in quads]

    def value(self, iri: str, prop: Iri) -> Term | None:
        """The first of its values in the order of their text, None where there is none."""
        return min(self.values(iri, prop), key=str, default=None)

    def subjects(self, prop: Iri, value: str) -> list[str]:
        """The things that have `value` for a property."""
        quads = self._quads(None, prop.node, NamedNode(value), DefaultGraph())
        return [_iri(quad.subject) for quad in quads]

    def instances(self, kind: Iri) -> list[str]:
        """The things of a class; for classes of few things."""
        return self.subjects(RDF.type, kind.value)

    def any_of(self, kind: Iri) -> bool:
        """Whether there is a thing of a class."""
        return next(self._quads(None, RDF.type.node, kind.node, DefaultGraph()), None) is not None

    def is_shared(self, iri: str) -> bool:
        """Whether several statements have it as their value."""
        return sum(1 for _ in islice(self._quads(None, None, NamedNode(iri), DefaultGraph()), 2)) > 1

    def graphs_of(self, subject: str, prop: str, value: Term) -> tuple[str, ...]:
        """The named graphs that state it."""
        quads = self._quads(NamedNode(subject), NamedNode(prop), value, None)
        return tuple(sorted(quad.graph_name.value for quad in quads if isinstance(quad.graph_name, NamedNode)))

    def describes(self, iri: str) -> bool:
        """Whether the graph says something about it."""
        return any(True for _ in self._quads(NamedNode(iri), None, None, DefaultGraph()))

    def knows(self, iri: str) -> bool:
        """Whether the IRI occurs at all: as subject, value, property, datatype or name of a graph."""
        it = NamedNode(iri)
        places = ((it, None, None, None), (None, None, it, None), (None, it, None, None), (None, None, None, it))
        return any(True for place in places for _ in self._quads(*place)) or iri in DATATYPES

    def is_property(self, iri: str) -> bool:
        """Whether a statement is made with it."""
        return any(True for _ in self._quads(None, NamedNode(iri), None, DefaultGraph()))

    def types(self, iri: str) -> set[str]:
        """The classes of a thing."""
        return {_iri(value) for value in self.values(iri, RDF.type) if isinstance(value, NamedNode)}

    def name(self, iri: str) -> str:
        """The English name that the graph itself gives, '' where it gives none."""
        return self.once(("name", iri), lambda: self._name(iri))

    def count(self, query: str) -> int:
        """The number in ?count of the one row of a query; kept."""
        return self.once(("count", query), lambda: int(next(iter(self.rows(query)))["count"].value))

    @property
    def sources(self) -> dict[str, Source]:
        """Every named graph, by IRI."""
        return self.once("sources", lambda: {iri: self._source(iri) for iri in sorted(self.served.graphs)})

    def _name(self, iri: str) -> str:
        for prop in _NAMES:
            texts = [value for value in self.values(iri, prop) if isinstance(value, Literal)]
            if texts:
                best = min(texts, key=lambda text: (text.language not in ("en", None), text.value)).value
                # Vocabularies write their labels small; things have names, which stay as they are.
                return sentence_case(best) if prop is RDFS.label else best
        return ""

    def _source(self, iri: str) -> Source:
        issued, licence = self.value(iri, DCT.issued), self.value(iri, DCT.license)
        attribution = self.value(iri, CIV.attribution)
        name = last_segment(iri)
        own = OWN_GRAPHS.get(name, "")  # made by the build itself, so of its date
        return Source(
            iri,
            self.addresses.page(iri),
            name,
            self.name(iri) or own or name,
            _date(issued) or (self.served.manifest.built_at.date() if own else None),
            licence.value if isinstance(licence, NamedNode) else "",
            attribution.value if isinstance(attribution, Literal) else "",
        )

    def _quads(
        self,
        subject: NamedNode | None,
        prop: NamedNode | None,
        value: Term | None,
        graph: NamedNode | DefaultGraph | None,
    ) -> Iterator[Quad]:
        yield from self.store.quads_for_pattern(subject, prop, value, graph)


def is_iri(text: str) -> bool:
    """Whether a text may stand as an IRI.

    >>> is_iri("http://example.org/a"), is_iri("http://example.org/a b")
    (True, False)
    """
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def with_prefixes(query: str) -> str:
    """A query with the PREFIX lines that it needs, and no others.

    >>> print(with_prefixes("ASK { ?x a civ:Charity }"))
    PREFIX civ: <https://w3id.org/civsoc/ns#>
    <BLANKLINE>
    ASK { ?x a civ:Charity }
    """
    used = sorted({prefix for prefix in _PREFIX_USED.findall(query) if prefix in PREFIXES})
    lines = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in used)
    return f"{lines}\n{query}"


def shorten(iri: Iri) -> str:
    """A term as a query with prefixes writes it."""
    short = compact(iri.value)
    return short if short.partition(":")[0] in PREFIXES else iri


def _iri(term: Term | None) -> str:
    return term.value if isinstance(term, NamedNode) else str(term or "")


def _date(term: Term | None) -> date | None:
    try:
        return date.fromisoformat(term.value[:10]) if isinstance(term, Literal) else None
    except ValueError:
        return None
