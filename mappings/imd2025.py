"""The English Index of Multiple Deprivation 2025, by LSOA of 2021."""

from collections.abc import Iterator

from graph.model import cube
from graph.model.node import Node
from graph.model.rows.row import Row


def nodes(row: Row) -> Iterator[Node]:
    """The rank of an LSOA."""
    yield from cube.observations(row, "imd2025", row.need("lsoa21_code"))
