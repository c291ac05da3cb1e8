"""The National Statistics Postcode Lookup: where a postcode lies, at every level, for postcodes that others mention."""

from collections.abc import Iterator

from graph.model import iri
from graph.model.node import Node
from graph.model.places import geometry, within
from graph.model.rows.row import Row
from graph.model.terms import CIV, SKOS

AREAS = ("oa11", "lsoa11", "msoa11", "ward", "laua", "cty", "hlthau", "rgn", "ctry", "pcon", "ttwa", "park")


def nodes(row: Row) -> Iterator[Node]:
    """The postcode first, then its point and the areas that it is in."""
    code = row.postcode("pcds")
    if code is None or not row.referenced(iri.postcode(code)):
        return
    postcode = Node(iri.postcode(code), CIV.Postcode)
    postcode.add(SKOS.notation, code)
    postcode.add(CIV.introducedOn, row.month("dointr"))
    postcode.add(CIV.terminatedOn, row.month("doterm"))
    point = row.point("lat", "long")
    areas = list(within(postcode, row, *AREAS))
    shape = [geometry(postcode, point)] if point else []
    yield postcode
    yield from (*shape, *areas)
