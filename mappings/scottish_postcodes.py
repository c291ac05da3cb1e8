"""The postcodes of Scotland from OS Code-Point Open, with the small area that each point lies in."""

from collections.abc import Iterator

from graph.model.node import Node
from graph.model.places import placed, referenced_postcode
from graph.model.rows.row import Row

NO_POINT = "90"  # the quality of a point that is not known and given as the corner of the National Grid


def nodes(row: Row) -> Iterator[Node]:
    """The postcode first, then its point and the areas that it is in."""
    if postcode := referenced_postcode(row, "pcds"):
        point = None if row.cell("quality") == NO_POINT else row.point("lat", "lon")
        yield from placed(postcode, row, point, "dz11", "ward", "laua", "hb", "country")
