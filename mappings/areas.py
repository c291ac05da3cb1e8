"""Areas by their GSS codes: names, what they lie in, and which code took the place of which.

Every decision is in docs/sources/areas.md.
"""

from collections.abc import Iterator
from itertools import pairwise

from graph.model import iri
from graph.model.node import Node
from graph.model.places import AREA_CODE, area, kind
from graph.model.rows.row import Row
from graph.model.terms import CIV, SKOS, XSD, Literal

SCOTLAND = "S92000003"
YEARS = range(16, 25)
WIDER = ("CAUTHCD", "RGNCD", "CTRYCD", "EWCD", "GBCD", "UKCD")


def nodes(row: Row) -> Iterator[Node]:
    """The area that the row is about first."""
    match row.table:
        case "names":
            return name(row)
        case "authorities":
            return authority(row)
        case "data_zones":
            return data_zone(row)
        case _:
            return history(row)


def name(row: Row) -> Iterator[Node]:
    """A Scottish code of whatever vintage with its name. The list holds some codes that stand for no area."""
    code = row.need("geo_code", AREA_CODE)
    if kind(code) is None or code.startswith("S00"):  # output areas have no names
        row.problem("geo_code", "area-kind-unknown")
        return
    place = area(code)
    place.add(SKOS.prefLabel, row.need("area_name"))
    place.add(SKOS.exactMatch, iri.statistics(code))
    yield place


def authority(row: Row) -> Iterator[Node]:
    """An authority's area, a region or a country, and the wider areas that it lies in."""
    code = row.need("areacode", AREA_CODE)
    place = area(code)
    place.add(SKOS.prefLabel, row.need("areaname"))
    place.add(SKOS.exactMatch, iri.statistics(code))
    county = row.cell("UTLACD")  # of an authority without a county above it, its own code or its successor's
    wider = [row.cell(column) for column in WIDER]
    for holder in (county if county.startswith("E10") else "", *wider):
        if holder not in ("", code):
            place.add(CIV.within, iri.area(holder))
    if (now := row.cell("LADCD")) not in ("", code):
        place.add(CIV.replacedBy, iri.area(now))
    yield place


def data_zone(row: Row) -> Iterator[Node]:
    """A data zone, and what follows for the intermediate zone and the council above it."""
    zone, middle = area(row.need("dz11_code", AREA_CODE)), area(row.need("iz11_code", AREA_CODE))
    council, board = area(row.need("ltla20_code", AREA_CODE)), area(row.need("hb19_code", AREA_CODE))
    council.add(SKOS.prefLabel, row.need("ltla20_name"))
    zone.add(CIV.urbanRural, row.choice("ruc16_code", "urban-rural"))
    country = iri.area(SCOTLAND)
    zone.add_all(CIV.within, (middle.iri, council.iri, board.iri, country))
    middle.add_all(CIV.within, (council.iri, board.iri, country))
    council.add_all(CIV.within, (board.iri, country))
    board.add(CIV.within, country)
    yield zone
    yield from (place for place in (middle, council, board) if row.first(place.iri))


def history(row: Row) -> Iterator[Node]:
    """The codes of one piece of land from 2016 to 2024: a code that gives way to another is replaced by it.

    The file crosses Fife and Perth and Kinross, whose codes changed together when a hamlet moved from one to the
    other. The names of Scottish councils did not change in these years, so there names show which code continues.
    """
    listed = [(row.need(f"ltla{year}_code", AREA_CODE), row.text(f"ltla{year}_name")) for year in YEARS]
    places = {code: area(code) for code, _ in listed}
    for year, (code, name) in zip(YEARS, listed, strict=True):
        places[code].add(CIV.inUseIn, Literal.of(f"20{year}", XSD.gYear))
        if name != next(latest for other, latest in reversed(listed) if other == code):
            places[code].add(SKOS.altLabel, name)
    for (code, name), (after, new_name) in pairwise(listed):
        if after != code and (name == new_name or not code.startswith("S")):
            places[code].add(CIV.replacedBy, iri.area(after))
    yield from places.values()
