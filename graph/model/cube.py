"""Observations of area statistics (W3C RDF Data Cube): what all cubes share. Structures are in `ontology/cubes`."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from graph.model import iri
from graph.model.node import Node
from graph.model.rows.row import Row
from graph.model.terms import CIV, QB, SDMX_ATTRIBUTE, SDMX_DIMENSION, XSD, Iri, Literal

Number = TypeVar("Number", int, Decimal)


def observation(cube: str, area: str, year: int, *more: str) -> Node:
    """What a cube says of an area in a year; `more` tells apart several observations of one area.

    >>> observation("imd2025", "E01000001", 2025).iri.value
    'http://localhost:8000/id/observation/imd2025/E01000001'
    """
    node = Node(iri.observation(cube, area, *more), QB.Observation)
    node.add(QB.dataSet, iri.dataset(cube))
    node.add(SDMX_DIMENSION.refArea, iri.area(area))
    node.add(SDMX_DIMENSION.refPeriod, Literal.of(str(year), XSD.gYear))
    return node


def measure(row: Row, node: Node, measures: Mapping[str, Iri], read: Callable[[str], Number | None]) -> None:
    """State a measure for each column; SetAside if a cell has no value, as a cube must hold each for every area."""
    for column, term in measures.items():
        node.add(term, row.needed(column, read))


# What stands in the cells of publishers' tables in place of a value, and what that means.
NO_VALUE = {"*": "suppressed", "": "missing"}


@dataclass(frozen=True, slots=True)
class Sparse:
    """A measure that some areas lack. It has a cube of its own, as a cube must hold each measure for every area."""

    index: str
    """What the names of the cube, and of the cube of cells without a value, begin with."""
    name: str
    measure: Iri
    whole: bool = False
    """Whether it counts things, so that its values are whole numbers."""

    def observation(self, row: Row, column: str, area: str, year: int) -> Iterator[Node]:
        """The measure of an area, or that it has no value there; nothing if the cell is faulty."""
        if (cell := row.cell(column)) in NO_VALUE:
            node = observation(f"{self.index}-gaps", area, year, iri.last_segment(self.measure))
            node.add(CIV.indicator, self.measure)
            node.add(SDMX_ATTRIBUTE.obsStatus, iri.concept("observation-status", NO_VALUE[cell]))
            node.add(CIV.publishedCell, cell)
            yield node
        elif (value := row.count(column) if self.whole else row.figure(column)) is not None:
            node = observation(f"{self.index}-{self.name}", area, year)
            node.add(self.measure, value)
            yield node
