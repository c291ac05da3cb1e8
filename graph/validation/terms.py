"""Terms of our own namespace that data use and the vocabulary lacks: misspelt in a mapping, or not yet defined."""

from collections.abc import Iterator
from typing import cast

import pyoxigraph as ox

from graph.model.terms import CIV, RDF, RDFS
from graph.validation.results.result import VIOLATION, Result, in_order
from graph.validation.uniqueness import COMPONENT, QUERIES

SHAPE = f"<{QUERIES}term_defined>"

_TYPE, _LABEL = ox.NamedNode(RDF.type.value), ox.NamedNode(RDFS.label.value)
_PROPERTIES = "SELECT DISTINCT ?term WHERE { ?thing ?term ?value }"
_CLASSES = "SELECT DISTINCT ?term WHERE { ?thing a ?term }"
_MESSAGE = "The vocabulary has no such term; correct its name, or define it in ontology/civsoc.ttl."


def undefined_terms(store: ox.Store) -> tuple[Result, ...]:
    """A violation for each property and class without a label; entries of code lists have a check of their own."""
    return in_order(
        Result(focus, None, str(term), SHAPE, COMPONENT, VIOLATION, _MESSAGE)
        for query, pattern in ((_PROPERTIES, _stating), (_CLASSES, _instances))
        for term in _ours(store, query)
        if not any(store.quads_for_pattern(term, _LABEL, None))
        for focus in [str(next(pattern(store, term)).subject)]
    )


def _ours(store: ox.Store, query: str) -> Iterator[ox.NamedNode]:
    terms = (solution["term"] for solution in cast(ox.QuerySolutions, store.query(query)))
    return (term for term in terms if isinstance(term, ox.NamedNode) and term.value.startswith(CIV.base))


def _stating(store: ox.Store, term: ox.NamedNode) -> Iterator[ox.Quad]:
    return store.quads_for_pattern(None, term, None)


def _instances(store: ox.Store, term: ox.NamedNode) -> Iterator[ox.Quad]:
    return store.quads_for_pattern(None, _TYPE, term)
