"""Postcodes of grant recipients, looked up in 2025: their point, small area and council."""

from collections.abc import Iterator

from graph.model import iri
from graph.model.node import Node
from graph.model.places import AREA_CODE, country, geometry, within
from graph.model.rows.row import Row
from graph.model.terms import CIV, SKOS, Iri

CODES = ("small_area_2011", "ltla24_code")


def nodes(row: Row) -> Iterator[Node]:
    """The postcode first, then its point and the areas that it is in; the first letter of a code gives the country."""
    code = row.postcode("pcds")
    if code is None or not row.referenced(iri.postcode(code)):
        return
    postcode = Node(iri.postcode(code), CIV.Postcode)
    postcode.add(SKOS.notation, code)
    point = row.point("lat", "long")
    areas = list(within(postcode, row, *CODES))
    postcode.add_all(CIV.within, {found for column in CODES if (found := _country(row.cell(column)))})
    shape = [geometry(postcode, point)] if point else []
    yield postcode
    yield from (*shape, *areas)


def _country(area_code: str) -> Iri | None:
    """The country that an area is in, as far as its code shows it."""
    return iri.area(country(area_code)) if AREA_CODE.fullmatch(area_code) and country(area_code) else None
