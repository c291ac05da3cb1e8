"""What the store is asked: rows of plain texts, streamed."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Store

from graph.model import iri
from graph.model.query import Term, ask, select
from graph.model.terms import Iri

__all__ = ["concept_path", "exists", "rows", "states"]

Cells = tuple[str, ...]


def rows(store: Store, variables: str, where: str) -> Iterator[Cells]:
    """The rows of a SELECT on the merged graph; '' where a variable has no value."""
    for solution in select(store, f"SELECT {variables} WHERE {{ {where} }}"):
        yield tuple(_text(term) for term in solution)


def states(prop: Iri) -> str:
    """The pattern of any statement with a property."""
    return f"?it {prop} ?value"


def exists(store: Store, source: str, pattern: str) -> bool:
    """Whether a source states something."""
    return ask(store, f"ASK {{ GRAPH {iri.source(source)} {{ {pattern} }} }}")


def concept_path(concept: str) -> str:
    """An entry of a code list by list and code; '' if it is none of ours.

    >>> concept_path("http://localhost:8000/def/legal-form/scio")
    'legal-form/scio'
    """
    _, found, path = concept.partition(f"{iri.base()}def/")
    return path if found else ""


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""
