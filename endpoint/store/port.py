"""The port: a graph answers SELECT queries, several at once, by rows. Its adapters are beside this module."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import Literal, NamedNode, QuerySolutions

from graph.model.query import Term

__all__ = ["Fact", "Graph", "Row", "Rows", "rows_of", "text"]

Row = Mapping[str, Term]
"""Terms by variable; a variable without a value is not there."""
Rows = Sequence[Row]


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of one source; `source` is the IRI of its named graph, '' where none names it."""

    subject: str
    property: str
    value: Term
    source: str


class Graph(Protocol):
    """A graph with its named graphs, of which the default graph is the merge."""

    def select(self, queries: Sequence[str]) -> Sequence[Rows]:
        """The rows of each query, in the order of the queries."""
        ...


def rows_of(solutions: QuerySolutions) -> Rows:
    """The rows of an answer as the library has read it."""
    names = [variable.value for variable in solutions.variables]
    return [
        {name: term for name, term in zip(names, solution, strict=True) if term is not None} for solution in solutions
    ]


def text(row: Row, name: str) -> str:
    """The value of a variable as bare text, '' where it has none."""
    value = row.get(name)
    return value.value if isinstance(value, NamedNode | Literal) else ""
