"""Observations of area statistics (W3C RDF Data Cube): what a row says of its area. What there is to measure is in
`measures`.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from graph.model import iri
from graph.model.node import Node
from graph.model.rows.row import Row
from graph.model.terms import CIV, QB, SDMX_ATTRIBUTE, SDMX_DIMENSION, XSD, Literal
from graph.model.vocabulary.measures import PARTS, Cube, Group, Measure, Statistics, statistics

# What publishers write into a cell that has no value, and what it means.
NO_VALUE = {"*": "suppressed", "": "missing"}


def observations(row: Row, source: str, area: str) -> Iterator[Node]:
    """All that the row measures; SetAside if a cell has no value in a cube that must hold one for every area."""
    known = statistics(source)
    groups = [group for group in known.groups if group.table == row.table]
    nodes = {group.cube: observation(known.cubes[group.cube], area) for group in groups if not group.sparse}
    for group in groups:
        if not group.sparse:
            for measure in group.measures:
                nodes[group.cube].add(measure.term, _value(row, known, group, measure))
    yield from nodes.values()
    for group in groups:
        if group.sparse:
            for measure in group.measures:
                yield from _sparse(row, known.cubes, group, measure, area)


def observation(cube: Cube, area: str, *more: str) -> Node:
    """An observation of an area; `more` distinguishes several observations of one area.

    >>> observation(Cube("imd2025", "", "", 2025), "E01000001").iri.value
    'http://localhost:8000/id/observation/imd2025/E01000001'
    """
    node = Node(iri.observation(cube.name, area, *more), QB.Observation)
    node.add(QB.dataSet, iri.dataset(cube.name))
    node.add(SDMX_DIMENSION.refArea, iri.area(area))
    node.add(SDMX_DIMENSION.refPeriod, Literal.of(str(cube.year), XSD.gYear))
    return node


def part(rank: int, parts: int, areas: int) -> int:
    """In which of so many equal parts of so many areas a rank lies.

    >>> part(697, 10, 6976), part(698, 10, 6976)  # the most deprived tenth of Scotland's zones has 697
    (1, 2)
    """
    return -(-rank * parts // areas)


def _value(row: Row, known: Statistics, group: Group, measure: Measure) -> int | Decimal:
    if group.worked_out:
        return part(row.needed(measure.column, row.count), PARTS[measure.unit], known.areas)
    return row.needed(measure.column, row.count) if measure.whole else row.needed(measure.column, row.figure)


def _sparse(row: Row, cubes: Mapping[str, Cube], group: Group, measure: Measure, area: str) -> Iterator[Node]:
    """The measure of an area, or that it has no value there; nothing if the cell is faulty."""
    if (cell := row.cell(measure.column)) in NO_VALUE:
        node = observation(cubes[f"{group.cube}-gaps"], area, measure.name)
        node.add(CIV.indicator, measure.term)
        node.add(SDMX_ATTRIBUTE.obsStatus, iri.concept("observation-status", NO_VALUE[cell]))
        node.add(CIV.publishedCell, cell)
        yield node
    elif (value := row.count(measure.column) if measure.whole else row.figure(measure.column)) is not None:
        node = observation(cubes[measure.cube], area)
        node.add(measure.term, value)
        yield node
