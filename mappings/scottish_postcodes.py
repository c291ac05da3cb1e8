"""The postcodes of Scotland from OS Code-Point Open, with the small area that each point lies in."""

from collections.abc import Iterator

from graph.model import iri
from graph.model.node import Node
from graph.model.places import geometry, within
from graph.model.rows.row import Row
from graph.model.terms import CIV, SKOS

NO_POINT = "90"  # the quality of a point that is not known and given as the corner of the National Grid


def nodes(row: Row) -> Iterator[Node]:
    """The postcode first, then its point and the areas that it is in."""
    code = row.postcode("pcds")
    if code is None or not row.referenced(iri.postcode(code)):
        return
    postcode = Node(iri.postcode(code), CIV.Postcode)
    postcode.add(SKOS.notation, code)
    point = None if row.cell("quality") == NO_POINT else row.point("lat", "lon")
    areas = list(within(postcode, row, "dz11", "ward", "laua", "hb", "country"))
    shape = [geometry(postcode, point)] if point else []
    yield postcode
    yield from (*shape, *areas)
