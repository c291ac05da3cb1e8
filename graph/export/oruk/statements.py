"""What one source says of a thing, and the identifier by which Open Referral UK knows it."""

import re
import uuid
from collections.abc import Iterator
from functools import cache
from urllib.parse import unquote

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from graph.model.iri import last_segment
from graph.model.terms import RDF, Iri

Graph = NamedNode | DefaultGraph
"""The named graph of a source, or the merge of all."""

MERGED = DefaultGraph()

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_LIST = re.compile(r"^DIR-[A-Z0-9]+-")
_TYPE = RDF.type.node


class Facts:
    """The statements of one graph about one thing: all, or those of a few terms, where many things are looked at."""

    def __init__(self, store: Store, thing: str, graph: Graph, *terms: Iri) -> None:
        self.thing, self.graph = thing, graph
        self._found: dict[str, list[NamedNode | Literal]] = {}
        for wanted in map(_node, terms) if terms else (None,):
            for quad in store.quads_for_pattern(NamedNode(thing), wanted, None, graph):
                if isinstance(quad.object, NamedNode | Literal):
                    self._found.setdefault(f"<{quad.predicate.value}>", []).append(quad.object)

    def text(self, term: Iri) -> str:
        """The first of the values in the order of their text; '' if there is none."""
        return min((value.value for value in self._found.get(term, ())), default="")

    def things(self, *terms: Iri) -> list[str]:
        """The IRIs that any of the terms gives, in their order."""
        found = (value.value for term in terms for value in self._found.get(term, ()) if isinstance(value, NamedNode))
        return sorted(set(found))

    def texts(self, term: Iri) -> list[str]:
        """Every plain value, in order."""
        return sorted(value.value for value in self._found.get(term, ()) if isinstance(value, Literal))


@cache
def _node(term: Iri) -> NamedNode:
    return NamedNode(term.value)


def instances(store: Store, kind: Iri) -> Iterator[tuple[str, Graph]]:
    """The things of a class in the order of their IRIs, each with the first source that says so."""
    homes: dict[str, str] = {}
    for quad in store.quads_for_pattern(None, _TYPE, kind.node, None):
        if isinstance(quad.subject, NamedNode):
            graph = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
            before = homes.get(quad.subject.value)
            homes[quad.subject.value] = min(filter(None, (before, graph)), default="")
    for thing, graph in sorted(homes.items()):
        yield thing, NamedNode(graph) if graph else MERGED


def identifier(thing: str, own: str = "") -> str:
    """The UUID that a feed gave a thing, otherwise one that is always the same for its IRI.

    >>> identifier("http://localhost:8000/id/site/bristol/2a3483ea-8966-4f50-9dc3-7bafa1e5c623")
    '2a3483ea-8966-4f50-9dc3-7bafa1e5c623'
    >>> identifier("http://localhost:8000/id/service/DIR-GLEN-7")
    'cdda357a-23a8-5e2b-a042-2ea5a23c83af'
    """
    given = own or _LIST.sub("", unquote(last_segment(thing)))
    return given if _UUID.fullmatch(given) else str(uuid.uuid5(uuid.NAMESPACE_URL, thing))
