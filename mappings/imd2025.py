"""The English Index of Multiple Deprivation 2025, by LSOA of 2021."""

from collections.abc import Iterator

from graph.model import cube
from graph.model.node import Node
from graph.model.rows.row import Row
from graph.model.terms import CIV


def nodes(row: Row) -> Iterator[Node]:
    """The rank of an LSOA."""
    seen = cube.observation("imd2025", row.need("lsoa21_code"), 2025)
    cube.measure(row, seen, {"IMD_rank": CIV.imd2025Rank, "IMD_decile": CIV.imd2025Decile}, row.count)
    cube.measure(row, seen, {"IMD_score": CIV.imd2025Score}, row.figure)
    yield seen
