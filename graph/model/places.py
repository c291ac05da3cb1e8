"""The statements about areas and postcodes that several sources make."""

import re
from collections.abc import Iterator

from graph.model import iri
from graph.model.node import Node
from graph.model.rows.row import Row
from graph.model.terms import CIV, GEO, SKOS, Iri, Literal
from graph.model.values import cells
from graph.model.vocabulary.codes import code as code

AREA_CODE = re.compile(r"[A-Z]\d{8}|95[A-Z]{2}\d\d[CSW]\d")
"""A GSS code, or the older code of a super output area of Northern Ireland."""

SMALL = ("S00", "S01", "E00", "E01", "W00", "W01", "N00", "N20", "N21", "95")
"""How the codes begin of areas in which somebody may be found: output areas, data zones, LSOAs, Northern Ireland's."""

WIDE = (
    *("S02", "S08", "S12", "S13"),  # intermediate zones, health boards, councils and wards of Scotland
    *("E02", "E05", "E06", "E07", "E08", "E09"),  # MSOAs, wards and districts of England
    *("W02", "W05", "W06", "N08", "N09"),  # MSOAs, wards and councils of Wales; wards and councils of Northern Ireland
)
"""Kinds of areas, by how their codes begin, in which nobody is found: data zones and LSOAs are not among them."""

# Counties, constituencies, regions and countries.
_WIDER = ("E10", "E11", "E12", "E14", "E47", "E92", "K02", "K03", "K04", "N06", "N92", "S14", "S92", "W07", "W92")

_COUNTRIES = {"E": "E92000001", "N": "N92000002", "S": "S92000003", "W": "W92000004"}

_COUNCIL = re.compile(r"\s*\bcouncil\b", re.IGNORECASE)
_BETWEEN = re.compile("[,;]")
_NOT_APPLICABLE = re.compile(r"[A-Z]99999999")


def kind(area_code: str) -> Iri | None:
    """The kind of area that a code stands for, which its first characters tell; None if it is not in the code list.

    >>> kind("S12000036").value, kind("95AA01S1").value
    ('http://localhost:8000/def/area-type/council', 'http://localhost:8000/def/area-type/super-output-area')
    """
    return code(area_code[:3], ("area-type",)) or code(area_code[:2], ("area-type",))


def country(area_code: str) -> str:
    """The GSS code of the country of an area, by the first letter of its own code; '' if it is of none.

    >>> country("S12000036"), country("K02000001")
    ('S92000003', '')
    """
    return _COUNTRIES.get(area_code[:1], "")


def is_wide(area_code: str) -> bool:
    """Whether a code is of an area in which nobody is found: a ward, an MSOA, or anything wider.

    >>> [is_wide(code) for code in ("S12000036", "E92000001", "S01008941", "EH6 7AA")]
    [True, True, False, False]
    """
    return AREA_CODE.fullmatch(area_code) is not None and area_code.startswith((*WIDE, *_WIDER))


def area(area_code: str) -> Node:
    """An area with its code and kind; who knows its name adds it."""
    node = Node(iri.area(area_code), CIV.Area)
    node.add(SKOS.notation, area_code)
    node.add(CIV.areaType, kind(area_code))
    return node


def not_applicable(area_code: str) -> bool:
    """Whether it is a pseudo code, which says that no area of the column's kind holds the place.

    >>> not_applicable("S99999999"), not_applicable("S12000036")
    (True, False)
    """
    return _NOT_APPLICABLE.fullmatch(area_code) is not None


def within(place: Node, row: Row, *columns: str) -> Iterator[Node]:
    """State that a place lies in the areas whose codes are in these columns; yields each area once a file."""
    for column in columns:
        area_code = row.cell(column)
        if not area_code or not_applicable(area_code):
            continue
        if AREA_CODE.fullmatch(area_code) and kind(area_code):
            place.add(CIV.within, found := iri.area(area_code))
            if row.first(found):
                yield area(area_code)
        else:
            row.problem(column, "area-code-unknown")


def referenced_postcode(row: Row, column: str) -> Node | None:
    """The postcode that a row is about; None if no other source refers to it."""
    code = row.postcode(column)
    if code is None or not row.referenced(iri.postcode(code)):
        return None
    return postcode_of(code)


def postcode_of(code: str) -> Node:
    """A postcode in its spaced form."""
    node = Node(iri.postcode(code), CIV.Postcode)
    node.add(SKOS.notation, code)
    return node


def placed(postcode: Node, row: Row, point: Literal | None, *columns: str) -> Iterator[Node]:
    """A postcode first, then its point and the areas whose codes are in these columns."""
    areas = list(within(postcode, row, *columns))
    shape = [geometry(postcode, point)] if point else []
    yield from (postcode, *shape, *areas)


def located(node: Node, row: Row, column: str, *, public: bool, several: bool = False) -> Iterator[Node]:
    """Where something is: by its postcode if the public may come there, otherwise by areas that many people live in.

    A postcode that is not public is stated under `civ:unpublishedPostcode`, which a build replaces by areas before
    anything of it is kept (graph.privacy.generalisation). A cell may have `several`, separated by commas or semicolons.
    """
    private = not public
    for postcode in _postcodes(row, column, private) if several else [row.postcode(column, private=private)]:
        if postcode and public:
            place = postcode_of(postcode)
            node.add(CIV.postcode, place.iri)
            yield place
        elif postcode:
            node.add(CIV.unpublishedPostcode, iri.postcode(postcode))


def _postcodes(row: Row, column: str, private: bool) -> Iterator[str]:
    """The postcodes in a cell; what is none becomes a problem, which does not show one that is nobody's business."""
    for item in filter(None, map(str.strip, _BETWEEN.split(row.cell(column)))):
        try:
            yield cells.postcode(item)
        except cells.Fault as fault:
            row.problem(column, fault.rule, "" if private else item, **fault.parameters)


def named_areas(row: Row, column: str) -> list[Iri]:
    """The areas that a list in a cell names, by council or by GSS code; none that would lead to somebody's home."""
    found: list[Iri] = []
    for item in filter(None, (item.strip() for item in row.cell(column).split(";"))):
        known = iri.area(item) if AREA_CODE.fullmatch(item) and kind(item) else council(item)
        if AREA_CODE.fullmatch(item) and item.startswith(SMALL):
            row.problem(column, "area-too-small", item)
        elif known:
            found.append(known)
        else:
            row.problem(column, "area-unknown", item)
    return found


def council(name: str) -> Iri | None:
    """A council area by its name, or by that of its council.

    >>> council("fife council") == council("Fife") != None
    True
    """
    return code(name, ("council",)) or code(_COUNCIL.sub("", name), ("council",))


def address(text: str) -> Iri | None:
    """A web address; None if the text is none."""
    try:
        return cells.website(text)
    except cells.Fault:
        return None


def geometry(place: Node, wkt: Literal) -> Node:
    """The point or outline of a place, which is stated of the place too."""
    shape = Node(iri.geometry(place.iri), GEO.Geometry)
    shape.add(GEO.asWKT, wkt)
    place.add(GEO.hasGeometry, shape.iri)
    return shape
