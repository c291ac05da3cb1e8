"""A thing and what is said about it."""

from collections.abc import Iterator

from graph.words.terms import RDF, Iri, Value, render


class Node:
    """Statements about one thing, kept as rendered N-Triples text in the order they were made."""

    __slots__ = ("_statements", "iri")

    def __init__(self, iri: Iri, *types: Iri) -> None:
        self.iri = iri
        self._statements = [f"{iri} {RDF.type} {kind}" for kind in types]

    def is_a(self, kind: Iri) -> None:
        """State a further class."""
        self._statements.append(f"{self.iri} {RDF.type} {kind}")

    def add(self, predicate: Iri, *values: Value | None) -> None:
        """State a predicate's values; None states nothing, so that an empty cell needs no `if`."""
        for value in values:
            if value is not None:
                self._statements.append(f"{self.iri} {predicate} {render(value)}")

    def triples(self) -> Iterator[str]:
        """N-Triples lines, without line ends.

        >>> node = Node(Iri.of("x:a"))
        >>> node.add(Iri.of("x:b"), "c", None)
        >>> list(node.triples())
        ['<x:a> <x:b> "c" .']
        """
        return (f"{statement} ." for statement in self._statements)

    def quads(self, graph: Iri) -> str:
        """N-Quads lines in a named graph, each ended by a line feed."""
        end = f" {graph} .\n"
        return end.join(self._statements) + end if self._statements else ""
