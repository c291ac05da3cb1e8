"""The Welsh Index of Multiple Deprivation 2019: scores, not ranks, by LSOA of 2011."""

from collections.abc import Iterator

from graph.model import cube, places
from graph.model.node import Node
from graph.model.rows.row import Row
from graph.model.terms import SKOS


def nodes(row: Row) -> Iterator[Node]:
    """The scores of an LSOA, and its name."""
    code = row.need("lsoa")
    yield from cube.observations(row, "wimd2019", code)
    area = places.area(code)
    area.add(SKOS.prefLabel, row.text("LSOA Name"))
    yield area
