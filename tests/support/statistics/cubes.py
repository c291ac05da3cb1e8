"""Cubes of sources, mapped."""

from pathlib import Path

from pyoxigraph import Literal, RdfFormat, Store

from graph.model import iri
from graph.model.query import select
from graph.model.terms import SDMX_ATTRIBUTE, XSD
from graph.model.vocabulary.files import vocabulary_triples
from tests.support.statistics.cube_constraints import PREFIXES, normalise


def with_vocabulary(*files: Path) -> Store:
    """The vocabulary and mapped files, all in one graph, nothing left unsaid."""
    store = Store()
    store.load("\n".join(vocabulary_triples(iri.DEFAULT_BASE)).encode(), RdfFormat.N_TRIPLES)
    for file in files:
        with file.open("rb") as lines:  # parsed as triples, in one go: term by term takes three times as long
            triples = b"".join(line[: line.rindex(b" <")] + b" .\n" for line in lines)
        store.bulk_load(triples, RdfFormat.N_TRIPLES)
    normalise(store)
    return store


def number(store: Store, query: str) -> int:
    prefixes = {**PREFIXES, "xsd": XSD.base, "sdmx-attribute": SDMX_ATTRIBUTE.base}
    (row,) = select(store, "".join(f"PREFIX {name}: <{base}> " for name, base in prefixes.items()) + query)
    value = row[0]
    assert isinstance(value, Literal)
    return int(value.value)
