"""Postcodes of grant recipients, looked up in 2025: their point, small area and council."""

from collections.abc import Iterator

from graph.model import iri
from graph.model.node import Node
from graph.model.places import AREA_CODE, country, placed, referenced_postcode
from graph.model.rows.row import Row
from graph.model.terms import CIV, Iri

CODES = ("small_area_2011", "ltla24_code")


def nodes(row: Row) -> Iterator[Node]:
    """The postcode first, then its point and the areas that it is in; the first letter of a code gives the country."""
    if postcode := referenced_postcode(row, "pcds"):
        postcode.add_all(CIV.within, {found for column in CODES if (found := _country(row.cell(column)))})
        yield from placed(postcode, row, row.point("lat", "long"), *CODES)


def _country(area_code: str) -> Iri | None:
    """The country that an area is in, as far as its code shows it."""
    return iri.area(country(area_code)) if AREA_CODE.fullmatch(area_code) and country(area_code) else None
