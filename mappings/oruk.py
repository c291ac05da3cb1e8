"""Open Referral UK, in pages, whole objects and tables: services, who gives them, where, when and for whom.

graph/standards/oruk/fields.py says what each field means; here is what ties the forms to each other, who the
organisations are, and what of a place is public. See docs/sources/oruk.md for every decision.
"""

import re
from collections.abc import Iterator

from graph.model import iri
from graph.model.links import same_body
from graph.model.node import Node
from graph.model.rows.record import Record
from graph.model.rows.row import Row
from graph.model.terms import CIV, DCAT, DCT, ORG, SCHEMA, SKOS, Iri
from graph.model.values import orgid
from graph.standards.oruk.parts import Part, field_of, has_parts, keyed, part_of, seen_before, stated, thing
from graph.standards.oruk.reading import REFERENCE, text
from mappings.oruk_places import addressed_at, covered, location
from mappings.oruk_terms import above, tagged, taxonomy, term

LIST_CODE = re.compile(r"[A-Z]{2,3}-[A-Z0-9]+")
OWNERS = {
    "service_id": "Service",
    "service_at_location_id": "ServiceAtLocation",
    "location_id": "Location",
    "organization_id": "Organization",
}
"""The columns by which a row of a table names what it belongs to; the first that is filled counts."""
LINKED = {
    "service": "Service",
    "organization": "Organization",
    "location": "Location",
    "service_at_location": "ServiceAtLocation",
}
PART_TABLES = {
    "accessibility": "Accessibility",
    "addresses": "Address",
    "cost_options": "CostOption",
    "funding": "Funding",
    "languages": "Language",
    "organization_identifiers": "Identifier",
    "programs": "Program",
    "required_documents": "RequiredDocument",
    "schedules": "Schedule",
    "service_areas": "ServiceArea",
}


def nodes(row: Row) -> Iterator[Node]:
    """What a record of any table describes, itself first; contacts and telephone numbers are not kept."""
    assert isinstance(row, Record)
    match row.table:
        case "services":
            yield from service(row)
        case "organizations":
            yield from organisation(row)
        case "service_at_locations":
            yield from service_at_location(row)
        case "locations":
            yield from location(row, further, public=True)
        case "taxonomies":
            yield from taxonomy(row, further)
        case "taxonomy_terms":
            yield from term(row, further)
        case "attributes":
            yield from attribute(row)
        case "api":
            yield from api(row)
        case table if table in PART_TABLES:
            yield from row_of_a_part(row, PART_TABLES[table])
        case _:
            pass


def service(record: Record, owner: Iri | None = None) -> Iterator[Node]:
    """A service, its organisation and its places; a service without a name still describes its organisation."""
    reference = keyed(record, "name")
    found = Node(thing(record, "Service", reference or "-"), SCHEMA.Service)
    found.add(SKOS.notation, reference)
    parts = [] if owner else [*provider(record, found)]
    found.add(SCHEMA.provider, owner)
    own_parts = [*stated(record, found, "Service", further)]
    if reference:
        report_other_name(record, reference)
        parts += own_parts
        for part in record.records("service_at_locations"):
            parts += service_at_location(part, found)
        yield found
    yield from parts


def report_other_name(record: Record, reference: str) -> None:
    """Two services of one identifier; one that is in a list, and again in full, has one name."""
    first = record.earlier("service", reference)
    if first and record.earlier("service", reference, record.cell("name")) is None:
        record.problem("id", "service-repeated", reference, record=first)


def provider(record: Record, found: Node) -> Iterator[Node]:
    """The organisation of a service, whole or by its identifier."""
    named = record.identifier("organization_id")
    for body in record.records("organization"):
        if named and body.identifier("id") not in ("", named):
            record.problem("organization_id", "organisation-id-differs", named)
        named = body.identifier("id") or named
        yield from organisation(body)
    if REFERENCE.fullmatch(named):
        found.add(SCHEMA.provider, thing(record, "Organization", named))
        if (programme := record.identifier("program_id")) and REFERENCE.fullmatch(programme):
            whole = thing(record, "Organization", named)
            found.add(CIV.programme, iri.below("programme", whole, programme))


def organisation(record: Record) -> Iterator[Node]:
    """An organisation, its entry in the directory, its numbers, services and places."""
    reference = keyed(record, "name")
    if reference is None or seen_before(record, "Organization", reference):
        return
    body = Node(thing(record, "Organization", reference), CIV.Organisation)
    entry = Node(iri.listing(iri.list_code(record.source), reference), CIV.Listing)
    body.add(CIV.listing, entry.iri)
    entry.add(SKOS.notation, reference)
    entry.add(CIV.directory, iri.source(record.source))
    entry.add(CIV.listedName, text(record, "name"))
    parts = [entry, *stated(record, body, "Organization", further), *addressed(record, body)]
    body.add(CIV.parentOrganisation, above(record, "parent_organization_id", "Organization", reference))
    for part in record.records("services"):
        parts += service(part, body.iri)
    for part in record.records("locations"):
        if named := part.identifier("id"):
            body.add(ORG.hasSite, thing(record, "Location", named))
        parts += location(part, further, public=False)
    yield body
    yield from parts


def addressed(record: Record, body: Node) -> Iterator[Node]:
    """That the organisation is the body on whose page in a register its addresses lie."""
    for column in ("uri", "website"):
        read = orgid.of_address(record.cell(column))
        if read and read.list_code:
            other = iri.organisation(read.list_code, read.number)
            yield same_body(body.iri, other, "directory-number", "0.93", f"{column}: {record.cell(column)}")
            return


def further(part: Part) -> Iterator[Node]:
    """What a part says besides its fields."""
    match part.form:
        case "Identifier":
            yield from identified(part)
        case "Attribute":
            yield from tagged(part, further)
        case "ServiceArea":
            yield from covered(part)
        case "Address":
            yield from addressed_at(part, public=True)
        case _:
            pass


def identified(part: Part) -> Iterator[Node]:
    """That the organisation is the body of a number on a register; a scheme of the feed's own ties it to nobody."""
    record, number = part.record, part.record.cell("identifier")
    scheme, kind = record.cell("identifier_scheme").upper(), record.cell("identifier_type").casefold()
    if not LIST_CODE.fullmatch(scheme):  # then the number may name its list itself, or its kind may
        charity = "GB-SC" if number.upper().startswith("SC") else "GB-CHC"
        meant = charity if "charity" in kind else "GB-COH" if "company" in kind else ""
        scheme = "" if orgid.read(number).list_code else meant
    read = orgid.read(f"{scheme}-{number}" if scheme else number)
    known = scheme in orgid.REGISTERED or (not scheme and read.list_code)
    if number and known and read.rule:
        record.problem("identifier", read.rule, **read.parameters)
    if known and read.list_code:
        other = iri.organisation(read.list_code, read.number)
        evidence = " ".join(filter(None, ("identifier:", scheme, number)))
        yield same_body(part.whole.iri, other, "directory-number", "0.93", evidence)


def service_at_location(record: Record, found: Node | None = None) -> Iterator[Node]:
    """That a service is given at a place, which is public because of it."""
    reference = keyed(record)
    if reference is None:
        return
    given = Node(thing(record, "ServiceAtLocation", reference), CIV.ServiceAtLocation)
    parts = [*stated(record, given, "ServiceAtLocation", further)]
    named = record.identifier("service_id") if found is None else ""
    for each in record.records("service"):
        named = each.identifier("id") or named
        parts += service(each)
    if found is None and REFERENCE.fullmatch(named):
        found = Node(thing(record, "Service", named))
        parts.append(found)
    where = record.identifier("location_id")
    for place in record.records("location"):
        where = place.identifier("id") or where
        parts += location(place, further, public=True)
    site = thing(record, "Location", where) if REFERENCE.fullmatch(where) else None
    given.add(CIV.givenAt, site)
    if found:
        found.add(CIV.serviceAtLocation, given.iri)
        found.add(CIV.atSite, site)
    yield given
    yield from parts


def attribute(record: Record) -> Iterator[Node]:
    """A row that ties a term to a thing; only `link_entity` shows of which kind that is."""
    form, named = LINKED.get(record.cell("link_entity")), record.identifier("link_id")
    if form is None or not REFERENCE.fullmatch(named):
        record.problem("link_id", "link-entity-unknown", kinds=", ".join(LINKED))
        record.left_out()
        return
    whole = Node(thing(record, form, named))
    yield from part_of(record, whole, form, field_of(form, "Attribute"), "1", further)
    yield whole


def row_of_a_part(record: Record, form: str) -> Iterator[Node]:
    """A row of a table of parts, which names what it belongs to; a schedule may belong to a service and its place."""
    columns = [column for column in OWNERS if record.has(column) and REFERENCE.fullmatch(record.identifier(column))]
    owners = [column for column in columns if has_parts(OWNERS[column], form)]
    if not owners:
        record.problem("", "owner-missing")
        record.left_out()
        return
    first = OWNERS[owners[0]]
    whole = Node(thing(record, first, record.identifier(owners[0])))
    part, *rest = part_of(record, whole, first, field_of(first, form), "1", further)
    yield from (part, whole, *rest)
    for column in owners[1:]:
        other = Node(thing(record, OWNERS[column], record.identifier(column)))
        other.add(field_of(OWNERS[column], form).term, part.iri)
        yield other


def api(record: Record) -> Iterator[Node]:
    """What the feed says of itself."""
    feed = Node(iri.source(record.source))
    feed.add(CIV.apiVersion, record.need("version"))
    feed.add(DCT.conformsTo, record.website("profile"))
    feed.add(DCAT.endpointDescription, record.website("openapi_url"))
    yield feed
