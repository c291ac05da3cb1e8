"""A thing and what is said about it."""

from collections.abc import Iterable, Iterator

from graph.model.terms import RDF, Iri, Value, quoted, render

_TYPE = RDF.type


class Node:
    """Statements about one thing, in the order they were made."""

    __slots__ = ("_terms", "counted", "iri")

    def __init__(self, iri: Iri, *types: Iri) -> None:
        self.iri = iri
        self._terms: list[str] = []  # predicates and objects as N-Triples text, in turn
        for kind in types:  # `is_a` in place: most things have one class, and there are many things
            self._terms.append(_TYPE)
            self._terms.append(kind)
        self.counted: tuple[Iri, ...] = ()

    def is_a(self, kind: Iri) -> None:
        """State a further class."""
        self._terms.append(_TYPE)
        self._terms.append(kind)

    def add(self, predicate: Iri, value: Value | None) -> None:
        """State a predicate's value; None states nothing, so that an empty cell needs no `if`."""
        if value is not None:
            # Most values are things and texts, which are rendered in place: a call for each would take longer.
            self._terms.append(predicate)
            self._terms.append(value if type(value) is Iri else quoted(value) if type(value) is str else render(value))

    def add_all(self, predicate: Iri, values: Iterable[Value | None]) -> None:
        """State a predicate's values, as many as there are."""
        for value in values:
            self.add(predicate, value)

    def count(self, predicate: Iri) -> None:
        """Let the row count as one for a predicate whose value is the number of such rows, all files read."""
        self.counted += (predicate,)

    def triples(self) -> Iterator[str]:
        """N-Triples lines, without line ends.

        >>> node = Node(Iri.of("x:a"))
        >>> node.add(Iri.of("x:b"), "c")
        >>> list(node.triples())
        ['<x:a> <x:b> "c" .']
        """
        terms = iter(self._terms)
        return (f"{self.iri} {predicate} {term} ." for predicate, term in zip(terms, terms, strict=True))

    def quads(self, graph: Iri) -> str:
        """N-Quads lines in a named graph, each ended by a line feed."""
        statements = len(self._terms) // 2
        parts = [self.iri, " ", "", " ", "", "".join((" ", graph, " .\n"))] * statements
        parts[2::6], parts[4::6] = self._terms[::2], self._terms[1::2]
        return "".join(parts)
