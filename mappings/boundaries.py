"""Outlines of areas, as published in GeoJSON: longitude and latitude of WGS 84."""

import re
from collections.abc import Iterator

from graph.model.node import Node
from graph.model.places import AREA_CODE, area, geometry
from graph.model.rows.row import Row
from graph.model.terms import GEO, SKOS, Literal

OUTLINE = re.compile(r"[A-Z]+[-\d.,() ]+")


def nodes(row: Row) -> Iterator[Node]:
    """The area first, then its outline."""
    place = area(row.need("code", AREA_CODE))
    place.add(SKOS.prefLabel, row.text("name"))
    outline = geometry(place, Literal.of(row.coded("WKT", OUTLINE), GEO.wktLiteral))
    yield place
    yield outline
