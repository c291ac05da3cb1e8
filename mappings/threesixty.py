"""Grants as the 360Giving Data Standard has them: what a grant says, field by field, and of whom it speaks.

A funder or recipient is the organisation of its identifier; what the grant says of it (its name, its place) stays with
the grant, because a branch's grant must not rename its charity. See docs/sources/threesixty.md for every decision.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from graph.standards.field import Field, Kind
from graph.standards.threesixty.fields import CLASSES, FIELDS
from graph.words import iri, places
from graph.words.links import perhaps_same_body, same_body
from graph.words.node import Node
from graph.words.record import Record
from graph.words.row import Row, SetAside
from graph.words.terms import CIV, DCAT, DCT, SCHEMA, SKOS, XSD, Iri
from graph.words.values import orgid
from graph.words.values.dates import day_of, year_of
from graph.words.values.names import whole as spelled_alike
from graph.words.values.numbers import charity_number, company_number
from graph.words.values.redact import EMAIL_MARK

CURRENCY = re.compile(r"[A-Z]{3}")
DURATION = re.compile(r"(\d+(?:\.\d+)?)(?: ?months?)?", re.IGNORECASE)
PREFIX = re.compile(r"360G-([A-Za-z0-9]+)")
PUBLIC_BODY_AREA = re.compile(r"[EWSN]\d{8}")  # councils that give the code of their area as their identifier
NUMBER = re.compile(r"(?=.*\d{3})[A-Za-z]{0,3}[\d /.-]{3,14}[A-Za-z]{0,3}")
NOTHING = re.compile(r"-?0+(\.0*)?")
CHARITY = re.compile(r"\d{6,7}")
STATED_APART = ("awardDate", "postalCode", "charityNumber", "companyNumber")  # by rules of their own
MEND_ID = "give the identifier that org-id.guide describes, such as GB-CHC-1234567"


def nodes(row: Row) -> Iterator[Node]:
    """The grant first, then what it is made of and the organisations that it names."""
    assert isinstance(row, Record)
    number = row.key("id")
    grant = Node(iri.grant(number), CIV.Grant)
    found = [*(flattened(row, grant) if row.table == "flattened" else whole(row, grant)), *files(row, grant)]
    yield grant
    yield from found


def whole(row: Record, grant: Node) -> Iterator[Node]:
    """A grant of the standard."""
    yield from stated(row, grant, "Grant", grant, ())
    awarded(row, grant)


def stated(record: Record, node: Node, form: str, grant: Node, path: tuple[str, ...]) -> Iterator[Node]:
    """Every field of a form as a statement; parts are nodes of their own, numbered in their order."""
    for field in FIELDS[form]:
        if field.kind is not Kind.PARTS:
            plain(record, node, field)
            continue
        for place, part in enumerate(record.records(field.name), start=1):
            below = (*path, field.name, str(place))
            child = Node(part_of(grant.iri, below), CLASSES[field.of])
            node.add(field.term, child.iri)
            yield from stated(part, child, field.of, grant, below)
            if field.of == "Organization":
                yield from organisation(part, grant, child, funder=field.name == "fundingOrganization")
            elif field.name == "beneficiaryLocation":
                yield from area(part, grant)
            yield child


def area(location: Record, grant: Node) -> Iterator[Node]:
    """The area whose code a location gives."""
    code = location.cell("geoCode")
    if places.AREA_CODE.fullmatch(code) and places.kind(code):
        grant.add(CIV.beneficiaryArea, iri.area(code))
        if location.first(iri.area(code)):
            yield places.area(code)


def part_of(grant: Iri, path: tuple[str, ...]) -> Iri:
    """A part of a grant by the fields and places that lead to it."""
    return iri.part("grant-part", grant, *(re.sub(r"(?=[A-Z])", "-", step).lower() for step in path))


def plain(record: Record, node: Node, field: Field) -> None:
    """A field that holds no parts."""
    if field.name in STATED_APART:
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
            node.add_all(field.term, record.texts(field.name))
        case _:
            node.add(field.term, record.text(field.name))


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
    record.problem(column, "is no currency of ISO 4217", "write its three letters, such as GBP")
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
            row.problem("awardDate", "tells no day", "write it as YYYY-MM-DD")
    amount = row.cell("amountAwarded")
    if NOTHING.fullmatch(amount) or amount.startswith("-"):
        what = "is less than zero" if amount.startswith("-") else "is zero"
        row.problem("amountAwarded", what, "check it: an award that was withdrawn is better left out")


def organisation(party: Record, grant: Node, details: Node, *, funder: bool) -> Iterator[Node]:
    """Who the party is, by its identifier; and what the numbers beside it say."""
    name, evidence = " ".join(party.cell("name").split()) or None, Evidence(party)
    own = identity(party, grant, name, evidence)
    body = Node(own.iri, CIV.Organisation)
    details.add(CIV.statedOrganisation, own.iri)
    details.add(CIV.statedCharityNumber, typed_number(party, "charityNumber"))
    details.add(CIV.statedCompanyNumber, typed_number(party, "companyNumber"))
    grant.add(SCHEMA.funder if funder else CIV.recipient, own.iri)
    if not funder:
        grant.add(CIV.recipientName, name)
    if own.registered or evidence.charity or not party.first(own.iri):
        body.add(CIV.nameInGrants, name)
    else:
        body.add(SKOS.prefLabel, name)
    yield from postcode(party, details, own.registered or bool(evidence.charity or evidence.company))
    yield body
    yield from evidence.links(own)


def typed_number(party: Record, column: str) -> str | None:
    """A number as typed; remarks in its place, which may name people, are left out unseen."""
    typed = party.cell(column)
    if not typed or NUMBER.fullmatch(typed):
        return typed or None
    party.problem(column, "holds no number, so it was left out", "write the number alone, or nothing", "")
    return None


class Identity:
    """The organisation that a party is."""

    def __init__(self, list_code: str, number: str, registered: bool = False) -> None:
        self.iri, self.list_code, self.number = iri.organisation(list_code, number), list_code, number
        self.registered = registered


class Evidence:
    """The charity and company numbers that stand beside an identifier."""

    def __init__(self, party: Record) -> None:
        self.charity_text, self.company_text = party.cell("charityNumber"), party.cell("companyNumber")
        scottish = charity_number(self.charity_text) if "SC" in self.charity_text.upper() else None
        english = self.charity_text if CHARITY.fullmatch(self.charity_text) else ""
        self.charity = ("GB-SC", scottish) if scottish else ("GB-CHC", english) if english else None
        company = company_number(self.company_text) if self.company_text else None
        self.company = ("GB-COH", company) if company and len(company) == 8 else None

    def links(self, own: Identity) -> Iterator[Node]:
        """That the publisher's own identifier is one of these numbers; of two registers' numbers, that they may be."""
        for found, field, text in (
            (self.charity, "charityNumber", self.charity_text),
            (self.company, "companyNumber", self.company_text),
        ):
            if found and found != (own.list_code, own.number):
                other = iri.organisation(*found)
                if own.list_code == "360G" and not (field == "companyNumber" and self.charity):
                    yield same_body(own.iri, other, "number-in-grant", "0.92", f"{field}: {text}")
                else:
                    yield perhaps_same_body(own.iri, other, "number-in-grant", "0.75", f"{field}: {text}")


def identity(party: Record, grant: Node, name: str | None, evidence: Evidence) -> Identity:
    """By its identifier, mended where that is safe; else by what its publisher calls it."""
    published = party.cell("id")
    read = orgid.read(published) if published else orgid.Reading(fault="is missing")
    digits = read.number.lstrip("0")
    if read.list_code == "GB-COH" and evidence.charity == ("GB-CHC", digits):
        read = orgid.Reading("GB-CHC", digits, "is a charity number under GB-COH")
    if read.fault:
        meant = f"write {read.list_code}-{read.number}" if read.list_code else MEND_ID
        party.problem("id", read.fault, meant)
    if read.list_code:
        return Identity(read.list_code, read.number, read.registered)
    return Identity("360G", own_number(grant, published if "placeholder" not in read.fault else "", name))


def own_number(grant: Node, published: str, name: str | None) -> str:
    """What a party without an identifier is known by within its publisher: by what is written, else by its name.

    Case, accents, punctuation and blanks are left out of the name, so that correcting them changes no address. A
    party without either is that of the one grant: two of them need not be the same.
    """
    prefix = PREFIX.match(grant_number(grant))
    usable = "" if EMAIL_MARK in published else published
    known = usable or spelled_alike(name or "").replace(" ", "-") or f"unnamed-{grant_number(grant)}"
    return f"{prefix[1] if prefix else 'unknown'}-{known[:100]}"


def grant_number(grant: Node) -> str:
    """The identifier of a grant as its IRI has it."""
    return grant.iri.value.rpartition("/")[2]


def postcode(party: Record, details: Node, public: bool) -> Iterator[Node]:
    """As published for a body that a register lists; of others, whose address may be a home, the district only."""
    written = party.cell("postalCode")
    if not written:
        return
    if public:
        details.add(SCHEMA.postalCode, party.text("postalCode"))
        yield from places.located(details, party, "postalCode", public=True)
    elif re.fullmatch(r"[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}", written):
        details.add(CIV.postcodeDistrict, written[:-3].strip().upper())


def files(row: Record, grant: Node) -> Iterator[Node]:
    """The datasets that hold the grant; one that is there in two formats is named once."""
    held = row.records("civsoc:files")
    told = {file.cell("identifier") for file in held if file.flag("winner")}
    for file in held:
        found = Node(iri.grant_file(number := file.key("identifier")), CIV.GrantFile)
        grant.add(CIV.publishedIn if number in told else CIV.alsoPublishedIn, found.iri)
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
    grant.add(SKOS.notation, row.key("id"))
    funder = orgid.read(row.cell("FundingOrgIdentifier"))
    council = PUBLIC_BODY_AREA.fullmatch(row.cell("FundingOrgIdentifier"))
    if not (funder.list_code or council) or not CURRENCY.fullmatch(row.cell("currency")):
        row.problem("", "has its cells in each other's columns, so it was set aside", "quote the commas in the texts")
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


def listed(row: Record, grant: Node, column: str, name: str) -> Node:
    """An organisation of the flattened list."""
    published, called = row.cell(column), row.text(name)
    read = orgid.read(published)
    if read.fault:
        meant = f"write {read.list_code}-{read.number}" if read.list_code else MEND_ID
        row.problem(column, read.fault, meant)
    number = own_number(grant, published if "placeholder" not in read.fault else "", called)
    own = (read.list_code, read.number) if read.list_code else ("360G", number)
    body = Node(iri.organisation(*own), CIV.Organisation)
    body.add(CIV.nameInGrants if read.registered or not row.first(body.iri) else SKOS.prefLabel, called)
    return body
