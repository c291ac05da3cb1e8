"""Grants as the 360Giving Data Standard has them: what a grant says, field by field, and of whom it speaks.

A funder or recipient is the organisation of its identifier; what the grant says of it (its name, its place) stays with
the grant, because a branch's grant must not rename its charity. See docs/sources/threesixty.md for every decision.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from graph.model import iri, places
from graph.model.node import Node
from graph.model.rows.record import Record
from graph.model.rows.row import Row, SetAside
from graph.model.terms import CIV, DCAT, DCT, SCHEMA, SKOS, XSD, Iri
from graph.model.values import orgid
from graph.model.values.dates import day_of, year_of
from graph.model.values.names import whole as spelled_alike
from graph.standards.field import Field, Kind
from graph.standards.threesixty.fields import FORMS
from mappings.threesixty_parties import REFERENCE, Evidence, identity, listed, organisation

CURRENCY = re.compile(r"[A-Z]{3}")
DURATION = re.compile(r"(\d+(?:\.\d+)?)(?: ?months?)?", re.IGNORECASE)
CODE = re.compile(r"[^\s@%+()]+")  # of a classification or a transaction; digits in it are not a telephone number
PARTY = re.compile(r"Organization(?:/\d+)?/")  # the path of a party, whose identifier may be somebody's number
PUBLIC_BODY_AREA = re.compile(r"[EWSN]\d{8}")  # councils that give the code of their area as their identifier
NOTHING = re.compile(r"-?0+(\.0*)?")
STATED_APART = ("awardDate", "postalCode", "charityNumber", "companyNumber")  # by rules of their own


def nodes(row: Row) -> Iterator[Node]:
    """The grant first, then what it is made of and the organisations that it names."""
    assert isinstance(row, Record)
    number = row.coded("id", REFERENCE) or row.key("id")
    grant = Node(iri.grant(number), CIV.Grant)
    grant.add(SKOS.notation, number)
    found = [*(flattened(row, grant) if row.table == "flattened" else whole(row, grant)), *files(row, grant)]
    yield grant
    yield from found


def whole(row: Record, grant: Node) -> Iterator[Node]:
    """A grant of the standard."""
    yield from stated(row, grant, "Grant", grant, ())
    awarded(row, grant)


def stated(
    record: Record, node: Node, form: str, grant: Node, path: tuple[str, ...], *, home: bool = False
) -> Iterator[Node]:
    """Every field of a form as a statement; parts are nodes of their own, numbered in their order."""
    for field in FORMS[form].fields:
        if not record.has(field.name):
            continue
        if field.kind is not Kind.PARTS:
            plain(record, node, field)
            continue
        for place, part in enumerate(record.records(field.name), start=1):
            below = (*path, field.name, str(place))
            child = Node(part_of(grant.iri, below), FORMS[field.of].kind)
            if field.of == "Organization":
                yield from party(part, child, grant, below, funder=field.name == "fundingOrganization")
            elif not home:
                yield from stated(part, child, field.of, grant, below)
            elif not wide_area(part, child):
                continue
            if field.name == "beneficiaryLocation":
                yield from area(part, grant)
            node.add(field.term, child.iri)
            yield child


def party(part: Record, details: Node, grant: Node, path: tuple[str, ...], *, funder: bool) -> Iterator[Node]:
    """What the grant says of a party, and who it is; where one on no register is may be somebody's home."""
    evidence = Evidence(part)
    own = identity(part, grant, evidence)
    yield from stated(part, details, "Organization", grant, path, home=not own.registered)
    yield from organisation(part, grant, details, own, evidence, funder=funder)


def wide_area(location: Record, node: Node) -> bool:
    """What may be published about a place that may be a home: its country, and an area that many live in."""
    wide = places.is_wide(location.cell("geoCode"))
    publishable = ("countryCode", "geoCode", "geoCodeType") if wide else ("countryCode",)
    given = [field for field in FORMS["Location"].fields if location.cell(field.name)]
    shown = [field for field in given if field.name in publishable]
    for field in shown:
        plain(location, node, field)
    return bool(shown)


def area(location: Record, grant: Node) -> Iterator[Node]:
    """The area whose code a location gives."""
    code = location.cell("geoCode")
    if places.AREA_CODE.fullmatch(code) and places.kind(code):
        grant.add(CIV.beneficiaryArea, iri.area(code))
        if location.first(iri.area(code)):
            yield places.area(code)


def part_of(grant: Iri, path: tuple[str, ...]) -> Iri:
    """A part of a grant by the fields and places that lead to it."""
    return iri.part("grant-part", grant, *map(hyphened, path))


@cache
def hyphened(step: str) -> str:
    """The name of a field, or a number, as in addresses."""
    return re.sub(r"(?=[A-Z])", "-", step).lower()


def plain(record: Record, node: Node, field: Field) -> None:
    """A field that holds no parts."""
    if field.name in STATED_APART or (field.name == "id" and not record.path):
        return
    match field.kind:
        case Kind.PROSE:
            node.add(field.term, record.prose(field.name))
        case Kind.NUMBER:
            node.add(field.term, number(record, field.name))
        case Kind.DATE:
            node.add(field.term, record.published(field.name))
        case Kind.ADDRESS:
            node.add(field.term, record.website(field.name, private=True))
        case Kind.YES_NO:
            node.add(field.term, yes(record, field.name))
        case Kind.CODE:
            node.add(field.term, record.choice(field.name, field.of) if field.of else currency(record, field.name))
        case Kind.TEXTS:
            node.add_all(field.term, record.texts(field.name, REFERENCE))
        case _:
            node.add(field.term, coded(record, field.name) or record.text(field.name))


def coded(record: Record, column: str) -> str | None:
    """An identifier or code as written: its digits are not a telephone number, even if they look like one."""
    if column not in ("id", "code"):
        return None
    return record.coded(column, REFERENCE if PARTY.search(record.path) else CODE) or None


def number(record: Row, column: str) -> Decimal | None:
    """A number as written; a duration may be followed by its unit."""
    if column == "duration" and (found := DURATION.fullmatch(record.cell(column))):
        return Decimal(found[1])
    return record.figure(column)


def yes(record: Row, column: str) -> bool | None:
    """Yes or No; some write one letter."""
    letter = record.cell(column).casefold()
    return letter == "y" if letter in ("y", "n") else record.flag(column)


def currency(record: Row, column: str) -> str | None:
    """A code of ISO 4217."""
    code = record.cell(column)
    if not code or CURRENCY.fullmatch(code):
        return code or None
    record.problem(column, "currency-unknown")
    return None


def awarded(row: Row, grant: Node) -> None:
    """The day of the award, or its month where no day is given; and whether the amount can be one."""
    if when := row.published("awardDate"):
        grant.add(CIV.awardYear, year_of(when))
        if day := day_of(when):
            grant.add(CIV.awardDate, day)
            grant.add(CIV.awardedAt, when if when.endswith(f"^^{XSD.dateTime}") else None)
        else:
            grant.add(CIV.awardMonth, when if when.endswith(f"^^{XSD.gYearMonth}") else None)
            row.problem("awardDate", "day-missing")
    amount = row.cell("amountAwarded")
    if NOTHING.fullmatch(amount) or amount.startswith("-"):
        row.problem("amountAwarded", "amount-negative" if amount.startswith("-") else "amount-zero")


def files(row: Record, grant: Node) -> Iterator[Node]:
    """The datasets that hold the grant; one that is there in two formats is named once."""
    held = row.records("civsoc:files")
    winners = {file.cell("identifier") for file in held if file.flag("winner")}
    for file in held:
        found = Node(iri.grant_file(number := file.key("identifier")), CIV.GrantFile)
        grant.add(CIV.publishedIn if number in winners else CIV.alsoPublishedIn, found.iri)
        if row.first(found.iri):
            found.add(DCT.title, file.text("title") or file.text("file"))
            found.add(SKOS.notation, file.text("file"))
            found.add(CIV.publisherName, file.text("publisher"))
            found.add(SKOS.hiddenLabel, file.text("publisher_prefix"))
            found.add(DCT.license, file.website("licence"))
            found.add(DCT.modified, file.published("modified"))
            found.add(DCAT.downloadURL, file.website("url"))
            yield found


def flattened(row: Record, grant: Node) -> Iterator[Node]:
    """A row of the flattened list: ten fields, some of them shifted by commas that nobody quoted."""
    if shifted(row):
        row.problem("", "cells-shifted")
        raise SetAside
    grant.add(SCHEMA.currency, row.cell("currency"))
    grant.add(CIV.amountAwarded, number(row, "amountAwarded"))
    awarded(row, grant)
    grant.add(CIV.recipientName, row.text("RecipientOrgName"))
    for column, name, term in (
        ("RecipientOrgIdentifier", "RecipientOrgName", CIV.recipient),
        ("FundingOrgIdentifier", "FundingOrgName", SCHEMA.funder),
    ):
        body = listed(row, grant, column, name)
        grant.add(term, body.iri)
        yield body


def shifted(row: Record) -> bool:
    """Whether a row has no currency, or no sign that its funder is one: not even the publisher's name."""
    funder = row.cell("FundingOrgIdentifier")
    known = orgid.read(funder).list_code or PUBLIC_BODY_AREA.fullmatch(funder)
    publishes = spelled_alike(row.cell("FundingOrgName")) == spelled_alike(row.cell("Publisher")) != ""
    return not (known or publishes) or not CURRENCY.fullmatch(row.cell("currency"))
