"""Terms of our own namespace that data use and the vocabulary lacks: misspelt in a mapping, or not yet defined."""

import pyoxigraph as ox

from graph.model.terms import CIV, RDF, RDFS
from graph.nquads.merged_graph import MergedGraph
from graph.validation.results.result import VIOLATION, Result, in_order
from graph.validation.uniqueness import COMPONENT, QUERIES

SHAPE = f"<{QUERIES}term_defined>"

_LABEL = ox.NamedNode(RDFS.label.value)
_MESSAGE = "The vocabulary has no such term; correct its name, or define it in ontology/civsoc.ttl."


def undefined_terms(graph: MergedGraph, store: ox.Store) -> tuple[Result, ...]:
    """A violation for each property and class of the graph that has no label in the store.

    Entries of code lists have a check of their own. Read from the file: to give the properties in use without
    repeats, the store has to visit every statement and takes seven times as long.
    """
    return in_order(
        Result(subject, None, term, SHAPE, COMPONENT, VIOLATION, _MESSAGE)
        for term, subject in graph.first_uses(RDF.type.value).items()
        if term.startswith(f"<{CIV.base}") and not any(store.quads_for_pattern(ox.NamedNode(term[1:-1]), _LABEL, None))
    )
