"""Outlines of areas, as published in GeoJSON: longitude and latitude of WGS 84."""

import re
from collections.abc import Iterator

from graph.words.node import Node
from graph.words.places import AREA_CODE, area, geometry
from graph.words.row import Row
from graph.words.terms import GEO, SKOS, Literal

OUTLINE = re.compile(r"[A-Z]+[-\d.,() ]+")


def nodes(row: Row) -> Iterator[Node]:
    """The area first, then its outline."""
    place = area(row.need("code", AREA_CODE))
    place.add(SKOS.prefLabel, row.text("name"))
    outline = geometry(place, Literal.of(row.coded("WKT", OUTLINE), GEO.wktLiteral))
    yield place
    yield outline
