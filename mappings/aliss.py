"""ALISS: services for health and wellbeing in Scotland, the organisations behind them, its categories and areas.

The answers of versions 3, 4 and 4.1 of its interface say the same in three layouts. See docs/sources/aliss.md.
"""

import re
from collections.abc import Iterator, Sequence

from graph.model import iri, places
from graph.model.node import Node
from graph.model.rows.record import Record
from graph.model.rows.row import Row
from graph.model.rows.text_repair import prose, title
from graph.model.terms import CIV, DCT, FOAF, ORG, SCHEMA, SKOS, Iri, Literal

IDENTIFIER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SLUG = re.compile(r"[a-z0-9-]+")
LIST = "aliss-category"
COUNTRIES = {"XS": "S92000003", "XB": "K02000001"}  # its own codes for Scotland and the United Kingdom


def nodes(row: Row) -> Iterator[Node]:
    """What the record is about first."""
    assert isinstance(row, Record)
    match row.table:
        case "service":
            return service(row)
        case "organisation":
            return organisation(row)
        case "category":
            return category(row)
        case _:
            return area(row)


def service(row: Record, provider: Iri | None = None) -> Iterator[Node]:
    """A service, with the organisation that provides it, what it is for, whom it serves and where it is."""
    found = Node(iri.service(iri.list_code(row.source), row.need("id", IDENTIFIER)), SCHEMA.Service)
    found.add(SKOS.notation, row.cell("id"))
    found.add(SKOS.prefLabel, title(row, "name"))
    found.add(DCT.description, prose(row, "description"))
    found.add(FOAF.homepage, row.website("url", bare=True, private=True))
    found.add(SCHEMA.url, row.website("permalink"))
    found.add(DCT.modified, row.published("last_updated"))
    parts: list[Node] = []
    for body, *more in row.parts("organisation", organisation):
        provider = body.iri
        parts += described_once(row, body, *more)
    found.add(SCHEMA.provider, provider)
    for entry, *_ in row.parts("categories", category):
        found.add(SCHEMA.serviceType, entry.iri)
        parts += described_once(row, entry)
    for (place,) in row.parts("service_areas", area):
        found.add(SCHEMA.areaServed, place.iri)
        parts += described_once(row, place)
    for site, *more in row.parts("locations", lambda part: location(part, provider or found.iri)):
        found.add(CIV.atSite, site.iri)
        parts += described_once(row, site, *more)
    yield from (found, *parts)


def described_once(row: Row, thing: Node, *more: Node) -> Sequence[Node]:
    """A thing that many services name, with its parts, the first time that a file names it."""
    return (thing, *more) if row.first(thing.iri) else ()


def organisation(row: Record) -> Iterator[Node]:
    """An organisation and its entry, described in full or beside its service."""
    code, reference = iri.list_code(row.source), row.need("id", IDENTIFIER)
    body = Node(iri.organisation(code, reference), CIV.Organisation)
    entry = Node(iri.listing(code, reference), CIV.Listing)
    body.add(SKOS.prefLabel, title(row, "name"))
    body.add(CIV.listing, entry.iri)
    entry.add(SKOS.notation, reference)
    entry.add(CIV.directory, iri.source(row.source))
    entry.add(SCHEMA.url, row.website("permalink"))
    yield from (body, entry)
    if row.table == "organisation" and not row.path:
        yield from described(row, body, entry)


def described(row: Record, body: Node, entry: Node) -> Iterator[Node]:
    """What is said of an organisation only where it is asked for by itself; yields its services."""
    body.add(DCT.description, prose(row, "description"))
    body.add(FOAF.homepage, row.website("url", bare=True, private=True))
    for network in ("facebook", "twitter"):
        body.add(SCHEMA.sameAs, row.website(network, private=True))
    entry.add(DCT.modified, row.published("last_edited"))
    for parts in row.parts("services", lambda part: service(part, body.iri)):
        yield from parts


def category(row: Record) -> Iterator[Node]:
    """A category, and those within it."""
    entry = Node(iri.concept(LIST, row.need("slug", SLUG)), SKOS.Concept)
    entry.add(SKOS.prefLabel, Literal.english(row.need("name")))
    entry.add(SKOS.notation, row.cell("slug"))
    entry.add(SKOS.inScheme, iri.scheme(LIST))
    if row.table == "category" and not row.path and not row.cell("parent"):
        entry.add(SKOS.topConceptOf, iri.scheme(LIST))
    below: list[Node] = []
    for narrower, *more in row.parts("sub_categories", category):
        narrower.add(SKOS.broader, entry.iri)
        below += [narrower, *more]
    yield from (entry, *below)


def area(row: Record) -> Iterator[Node]:
    """An area by its code, as old as that may be: the source `areas` knows what came after it."""
    written = row.need("code")
    code = COUNTRIES.get(written, written)
    if not (places.AREA_CODE.fullmatch(code) and places.kind(code)):
        row.problem("code", "area-code-unknown", outcome=row.aside)
        return
    found = places.area(code)
    found.add(SKOS.altLabel, row.text("name"))
    yield found


def location(row: Record, owner: Iri) -> Iterator[Node]:
    """A place of an organisation where it gives a service: public if it has a name or a street, otherwise an area."""
    site = Node(iri.part("site", owner, row.need("id")), ORG.Site)
    body, name, street = Node(owner), row.text("name"), row.cell("street_address")
    body.add(ORG.hasSite, site.iri)
    site.add(SKOS.prefLabel, name or row.text("locality") or "A place without a name")
    site.add(DCT.description, prose(row, "description"))
    parts = [*places.located(site, row, "postal_code", public=bool(name or street))]
    if (name or street) and (point := row.point("latitude", "longitude")):
        parts.append(places.geometry(site, point))
    yield from (site, body, *parts)
