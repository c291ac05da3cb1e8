"""The Northern Ireland Multiple Deprivation Measure 2017: all 88 figures by super output area of 2001."""

from collections.abc import Iterator

from graph.model import cube, iri, places
from graph.model.node import Node
from graph.model.rows.row import Row
from graph.model.terms import CIV, SKOS


def nodes(row: Row) -> Iterator[Node]:
    """Ranks and indicators of a super output area, its name and its district."""
    code = row.need("SOA2001")
    yield from cube.observations(row, "nimdm2017", code)
    area = places.area(code)
    area.add(SKOS.prefLabel, row.need("SOA2001name"))
    area.add(CIV.within, iri.area(row.need("LGD2014code")))
    yield area
