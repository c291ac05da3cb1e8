"""The Scottish Index of Multiple Deprivation 2020v2: ranks and indicators by data zone."""

from collections.abc import Iterator

from graph.model import cube, iri
from graph.model.node import Node
from graph.model.rows.row import Row
from graph.model.terms import CIV


def nodes(row: Row) -> Iterator[Node]:
    """What one of the two tables says of a data zone."""
    zone = row.need("Data_Zone")
    yield from cube.observations(row, "simd2020v2", zone)
    if council := row.choice("Council_area", "council"):
        area = Node(iri.area(zone))
        area.add(CIV.within, council)
        yield area
