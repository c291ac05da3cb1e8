"""Directories of local organisations, in the columns of the minimum data set: half of these bodies are on no register.

An organisation is known by its reference in the directory, so that a corrected name or a new order changes no address.
See docs/sources/directory.md for every decision.
"""

import re
from collections.abc import Iterator, Sequence

from graph.model import iri, places
from graph.model.links import same_body
from graph.model.node import Node
from graph.model.rows.row import Row, SetAside
from graph.model.rows.stated_identifiers import Stated, separated, stated_numbers
from graph.model.rows.text_repair import prose
from graph.model.terms import CIV, DCAT, DCT, FOAF, ORG, SCHEMA, SKOS, Iri
from graph.model.values import cells
from graph.model.values.names import whole

# What people type, and what spreadsheets make of it; a month never comes first.
DAYS = (
    *("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y"),
    *("%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%Y-%m-%d %H:%M:%S", cells.SERIAL),
)
REFERENCE = re.compile(r"\S(?:.{0,98}\S)?")
TOTAL = re.compile(r"(?:(?:grand|sub)[ -]?)?(?:totals?|sum)(?:\s*[:=].*|[\s\d.,]+)?", re.IGNORECASE)
NO_ADDRESS = re.compile(r"https?:/*|n/?a|none|-", re.IGNORECASE)
HANDLES = {"twitter": "https://twitter.com/", "facebook": "https://www.facebook.com/"}
HANDLE = re.compile(r"[\w.-]{1,60}", re.ASCII)
FIELDS_OF_WORK = ("scvo-field-of-work", "volunteer-theme", "volunteer-activity", "oscr-purpose")
BENEFICIARIES = ("scvo-beneficiaries", "oscr-beneficiary")


def nodes(row: Row) -> Iterator[Node]:
    """An organisation, or one of its sites, services and opportunities to volunteer."""
    match row.table:
        case "organisations":
            return organisation(row)
        case "sites":
            return site(row)
        case "services":
            return service(row)
        case _:
            return opportunity(row)


def flat(row: Row, column: str) -> str | None:
    """A text on one line without HTML, its characters corrected."""
    return " ".join((prose(row, column) or "").split()) or None


def named(row: Row, column: str) -> str:
    """A name without HTML, its characters corrected; without one the row means nothing."""
    return flat(row, column) or row.need(column)


def words(row: Row, node: Node, column: str, term: Iri, lists: Sequence[str]) -> None:
    """Entries of code lists; words that are in none become keywords."""
    for item in separated(flat(row, column) or ""):
        known = places.code(item, tuple(lists))
        node.add(term if known else DCAT.keyword, known or item)


def body_of(row: Row, reference: str) -> Iri:
    """An organisation of the directory by its reference."""
    return iri.organisation(iri.list_code(row.source), reference)


def website(row: Row, column: str) -> Iri | None:
    """A website; a text that only means that there is none becomes a problem."""
    if NO_ADDRESS.fullmatch(row.cell(column)):
        row.problem(column, "website-none")
        return None
    return row.website(column, bare=True, private=True)


def organisation(row: Row) -> Iterator[Node]:
    """The organisation first, then its entry in the directory, its place and its numbers."""
    refuse_total(row)
    reference, name = row.key("reference", REFERENCE), named(row, "name")
    body = Node(body_of(row, reference), CIV.Organisation)
    body.add(SKOS.prefLabel, name)
    body.add_all(SKOS.altLabel, separated(flat(row, "other_names") or ""))
    body.add(DCT.description, prose(row, "description"))
    words(row, body, "activities", CIV.fieldOfWork, FIELDS_OF_WORK)
    words(row, body, "beneficiaries", CIV.beneficiaryGroup, BENEFICIARIES)
    body.add_all(CIV.worksIn, places.named_areas(row, "works_in"))
    body.add_all(CIV.within, places.named_areas(row, "area"))
    body.add(FOAF.homepage, website(row, "website"))
    body.add_all(SCHEMA.sameAs, social_media(row))
    body.add(CIV.meetingTimes, flat(row, "meeting_times"))
    body.add(CIV.contactPage, row.website("contact_page", bare=True, private=True))
    stated = [*stated_numbers(row)]
    links = [same_body(body.iri, each.body, "directory-number", "0.93", each.evidence) for each in stated]
    public = row.flag("premises") is True  # not for a number: a mistyped one would publish somebody's home
    parts = [listing(row, body, reference, name), *places.located(body, row, "postcode", public=public), *links]
    report_duplicates(row, name, stated)
    yield body
    yield from parts


def refuse_total(row: Row) -> None:
    """SetAside for the row in which a spreadsheet adds up the others: no organisation is called by a number alone."""
    name = row.cell("name")
    nameless = bool(name) and not any(map(str.isalpha, name))
    column = "reference" if TOTAL.fullmatch(row.cell("reference")) else "name"
    if column == "reference" or nameless or TOTAL.fullmatch(name):
        row.problem(column, "row-of-total")
        raise SetAside


def listing(row: Row, body: Node, reference: str, name: str) -> Node:
    """The entry in the directory: what the keeper says of it, not of the organisation."""
    entry = Node(iri.listing(iri.list_code(row.source), reference), CIV.Listing)
    body.add(CIV.listing, entry.iri)
    entry.add(SKOS.notation, reference)
    entry.add(CIV.directory, iri.source(row.source))
    entry.add(CIV.listedName, name)
    entry.add(CIV.listingStatus, row.choice("status", "listing-status"))
    entry.add(CIV.lastChecked, row.date("last_checked", *DAYS))
    entry.add(CIV.checkedBy, flat(row, "checked_by"))
    return entry


def social_media(row: Row) -> Iterator[Iri]:
    """Addresses of its pages with others, from addresses or from `twitter: @handle`."""
    for item in separated(row.cell("social_media")):
        network, _, handle = item.partition(":")
        if item.lower().startswith(("http", "www.")):
            if found := places.address(item):
                yield found
        elif network.lower() in HANDLES and HANDLE.fullmatch(name := handle.strip().lstrip("@")):
            yield Iri.of(HANDLES[network.lower()] + name)
        else:
            row.problem("social_media", "social-media-invalid", "")


def report_duplicates(row: Row, name: str, stated: Sequence[Stated]) -> None:
    """Two entries that look like one organisation, however each writes its number: their keeper decides."""
    postcode = "".join(row.cell("postcode").upper().split())
    if (first := row.earlier("name", whole(name), postcode)) and postcode:
        row.problem("name", "name-repeated", row=first)
    charity = next((each.body.value for each in stated if each.evidence.startswith("charity_number")), "")
    if charity and (first := row.earlier("charity", charity)):
        row.problem("charity_number", "charity-number-repeated", row=first)


def site(row: Row) -> Iterator[Node]:
    """A place of an organisation."""
    reference, owner = row.key("reference", REFERENCE), body_of(row, row.key("organisation", REFERENCE))
    body, place = Node(owner, CIV.Organisation), Node(iri.part("site", owner, reference), ORG.Site)
    body.add(ORG.hasSite, place.iri)
    place.add(SKOS.prefLabel, named(row, "name"))
    place.add_all(CIV.within, places.named_areas(row, "area"))
    place.add(CIV.openingTimes, flat(row, "opening_times"))
    parts = [*places.located(place, row, "postcode", public=row.flag("premises") is True)]
    yield from (place, body, *parts)


def service(row: Row) -> Iterator[Node]:
    """Something that an organisation does for people."""
    reference, owner = row.key("reference", REFERENCE), body_of(row, row.key("organisation", REFERENCE))
    found = Node(iri.service(iri.list_code(row.source), reference), SCHEMA.Service)
    found.add(SKOS.notation, reference)
    found.add(SKOS.prefLabel, named(row, "name"))
    found.add(SCHEMA.provider, owner)
    if row.text("site"):
        found.add(CIV.atSite, iri.part("site", owner, row.key("site", REFERENCE)))
    found.add(DCT.description, prose(row, "description"))
    words(row, found, "activities", CIV.fieldOfWork, FIELDS_OF_WORK)
    words(row, found, "beneficiaries", CIV.beneficiaryGroup, BENEFICIARIES)
    found.add_all(SCHEMA.areaServed, places.named_areas(row, "area"))
    found.add(CIV.openingTimes, flat(row, "times"))
    found.add(CIV.cost, flat(row, "cost"))
    found.add(CIV.eligibility, flat(row, "eligibility"))
    found.add(FOAF.homepage, website(row, "website"))
    found.add(CIV.listingStatus, row.choice("status", "listing-status"))
    found.add(CIV.lastChecked, row.date("last_checked", *DAYS))
    parts = [*places.located(found, row, "postcode", public=row.flag("premises") is True)]
    yield from (found, *parts)


def opportunity(row: Row) -> Iterator[Node]:
    """An opportunity to volunteer."""
    reference, owner = row.key("reference", REFERENCE), body_of(row, row.key("organisation", REFERENCE))
    found = Node(iri.opportunity(iri.list_code(row.source), reference), CIV.VolunteeringOpportunity)
    found.add(SKOS.notation, reference)
    found.add(SKOS.prefLabel, named(row, "title"))
    found.add(CIV.offeredBy, owner)
    found.add(DCT.description, prose(row, "description"))
    for column, term, code_list in (
        ("activities", CIV.volunteerActivity, "volunteer-activity"),
        ("themes", CIV.volunteerTheme, "volunteer-theme"),
        ("kind", CIV.volunteerType, "volunteer-type"),
        ("age_groups", CIV.volunteerAgeGroup, "volunteer-age-group"),
        ("support", CIV.volunteerSupport, "volunteer-support"),
        ("availability", CIV.volunteerAvailability, "volunteer-availability"),
    ):
        words(row, found, column, term, (code_list,))
    found.add(CIV.expensesPaid, row.flag("expenses_paid"))
    found.add_all(SCHEMA.areaServed, places.named_areas(row, "area"))
    between(row, found)
    found.add(CIV.closesOn, row.date("closes", *DAYS))
    found.add(DCT.modified, row.date("last_modified", *DAYS))
    found.add(FOAF.homepage, website(row, "website"))
    parts = [*places.located(found, row, "postcode", public=row.flag("premises") is True, several=True)]
    yield from (found, *parts)


def between(row: Row, found: Node) -> None:
    """From what age and day to what; impossible ranges become problems."""
    youngest, oldest = row.count("minimum_age"), row.count("maximum_age")
    if youngest is not None and oldest is not None and youngest > oldest:
        row.problem("maximum_age", "maximum-age-low")
    found.add(CIV.minimumAge, youngest)
    found.add(CIV.maximumAge, oldest)
    start, end = row.date("starts", *DAYS), row.date("ends", *DAYS)
    if start and end and end < start:
        row.problem("ends", "end-before-start")
    found.add(SCHEMA.startDate, start)
    found.add(SCHEMA.endDate, end)
