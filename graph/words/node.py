"""A thing and what is said about it."""

from collections.abc import Iterator

from graph.words.terms import RDF, Iri, Value, quoted, render

_IS_A = f" {RDF.type} "


class Node:
    """Statements about one thing, in the order they were made."""

    __slots__ = ("_said", "counted", "iri")

    def __init__(self, iri: Iri, *types: Iri) -> None:
        self.iri = iri
        self._said = [_IS_A + kind for kind in types]  # predicate and object as N-Triples text
        self.counted: tuple[Iri, ...] = ()

    def is_a(self, kind: Iri) -> None:
        """State a further class."""
        self._said.append(_IS_A + kind)

    def add(self, predicate: Iri, value: Value | None = None, *more: Value | None) -> None:
        """State a predicate's values; None states nothing, so that an empty cell needs no `if`."""
        if value is not None:
            # Things and texts, which most values are, are told apart here: a call for each would take longer.
            term = value if type(value) is Iri else quoted(value) if type(value) is str else render(value)
            self._said.append("".join((" ", predicate, " ", term)))  # an f-string of terms takes three times as long
        if more:
            for another in more:
                self.add(predicate, another)

    def count(self, predicate: Iri) -> None:
        """Let the row count as one for a predicate whose value is the number of such rows, all files read."""
        self.counted += (predicate,)

    def triples(self) -> Iterator[str]:
        """N-Triples lines, without line ends.

        >>> node = Node(Iri.of("x:a"))
        >>> node.add(Iri.of("x:b"), "c", None)
        >>> list(node.triples())
        ['<x:a> <x:b> "c" .']
        """
        return (f"{self.iri}{said} ." for said in self._said)

    def quads(self, graph: Iri) -> str:
        """N-Quads lines in a named graph, each ended by a line feed."""
        end = "".join((" ", graph, " .\n"))
        return "".join((self.iri, (end + self.iri).join(self._said), end)) if self._said else ""
