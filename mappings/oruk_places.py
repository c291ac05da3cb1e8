"""Where services of Open Referral UK are given and for which areas, and what of it is public (docs/locations.md)."""

import re
from collections.abc import Iterator

from graph.model import iri, places
from graph.model.node import Node
from graph.model.rows.record import Record
from graph.model.terms import CIV, GEO, ORG, SCHEMA, SKOS
from graph.standards.oruk.fields import UNNAMED
from graph.standards.oruk.parts import Part, Then, keyed, stated, thing

GSS_CODE = re.compile(r"(?:^|[/#])([A-Z]\d{8})/?$")
PHYSICAL = "physical"
UPRN = re.compile(r"\d{1,12}")


def location(record: Record, then: Then, *, public: bool) -> Iterator[Node]:
    """A place; to the door only if it is one that people come to, which `public` says of where the record stands."""
    reference = keyed(record)
    if reference is None:
        return
    public = public and record.cell("location_type").casefold() == PHYSICAL
    site = Node(thing(record, "Location", reference), ORG.Site)

    def within(part: Part) -> Iterator[Node]:
        return addressed_at(part, public=public) if part.form == "Address" else then(part)

    parts = [*stated(record, site, "Location", within)]
    if not record.cell("name"):
        site.add(SKOS.prefLabel, UNNAMED)
    parts += to_the_door(record, site, public=public)
    yield site
    yield from parts


def to_the_door(record: Record, site: Node, *, public: bool) -> Iterator[Node]:
    """The point and the number of a place, such as a UPRN."""
    kind = record.text("external_identifier_type")
    # A UPRN reads like a telephone number where it begins with 0.
    number = record.coded("external_identifier", UPRN) if kind == "UPRN" else ""
    number = number or record.text("external_identifier") or ""
    point = record.point("latitude", "longitude") if public else None
    if public:
        site.add(CIV.externalIdentifier, number or None)
        site.add(CIV.externalIdentifierType, kind)
    if point:
        site.add(SCHEMA.latitude, record.figure("latitude"))
        site.add(SCHEMA.longitude, record.figure("longitude"))
        shape = Node(iri.below("geometry", site.iri, "point"), GEO.Geometry)
        shape.add(GEO.asWKT, point)
        site.add(GEO.hasGeometry, shape.iri)
        yield shape


def addressed_at(part: Part, *, public: bool) -> Iterator[Node]:
    """The postcode of a place that people come to; of an address for post only the areas that it lies in."""
    record = part.record
    public = public and record.cell("address_type").casefold() in (PHYSICAL, "")
    located = [*places.located(part.whole, record, "postal_code", public=public)]
    if located:
        part.node.add(SCHEMA.postalCode, record.text("postal_code"))
    yield from located


def covered(part: Part) -> Iterator[Node]:
    """The area that a service area is, where its code or a council's name says so."""
    for column in ("uri", "extent", "name"):
        written = part.record.cell(column)
        code = GSS_CODE.search(written)
        if code and places.kind(code[1]):
            part.whole.add(SCHEMA.areaServed, area := iri.area(code[1]))
            if part.record.first(area):
                yield places.area(code[1])
            return
        if council := places.code(written, ("council",)):
            part.whole.add(SCHEMA.areaServed, council)
            return
