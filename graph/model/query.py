"""Typed answers from a store: pyoxigraph's `query` returns one of three kinds; a caller knows which it asked for."""

from collections.abc import Mapping

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, Store, Triple, Variable

Term = NamedNode | BlankNode | Literal | Triple


def select(store: Store, query: str, substitutions: Mapping[Variable, Term] | None = None) -> QuerySolutions:
    """The rows of a SELECT; values from outside come in as `substitutions`, never pasted into the text."""
    answer = store.query(query, substitutions=dict(substitutions or {}))
    assert isinstance(answer, QuerySolutions), "the query is a SELECT"
    return answer


def ask(store: Store, query: str, substitutions: Mapping[Variable, Term] | None = None) -> bool:
    """The answer of an ASK."""
    answer = store.query(query, substitutions=dict(substitutions or {}))
    assert isinstance(answer, QueryBoolean), "the query is an ASK"
    return bool(answer)


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
