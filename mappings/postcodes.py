"""The National Statistics Postcode Lookup: where a postcode lies, at every level, for those that others refer to."""

from collections.abc import Iterator

from graph.model.node import Node
from graph.model.places import placed, referenced_postcode
from graph.model.rows.row import Row
from graph.model.terms import CIV

AREAS = ("oa11", "lsoa11", "msoa11", "ward", "laua", "cty", "hlthau", "rgn", "ctry", "pcon", "ttwa", "park")


def nodes(row: Row) -> Iterator[Node]:
    """The postcode first, then its point and the areas that it is in."""
    if postcode := referenced_postcode(row, "pcds"):
        postcode.add(CIV.introducedOn, row.month("dointr"))
        postcode.add(CIV.terminatedOn, row.month("doterm"))
        yield from placed(postcode, row, row.point("lat", "long"), *AREAS)
