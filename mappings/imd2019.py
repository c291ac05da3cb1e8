"""The English Index of Multiple Deprivation 2019, by LSOA of 2011."""

from collections.abc import Iterator

from graph.model import cube, iri, places
from graph.model.node import Node
from graph.model.rows.row import Row
from graph.model.terms import CIV, SKOS


def nodes(row: Row) -> Iterator[Node]:
    """The rank of an LSOA, its name and its district."""
    code = row.need("LSOA code (2011)")
    yield from cube.observations(row, "imd2019", code)
    area = places.area(code)
    area.add(SKOS.prefLabel, row.text("LSOA name (2011)"))
    area.add(CIV.within, iri.area(row.need("Local Authority District code (2019)")))
    yield area
