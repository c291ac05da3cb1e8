"""Who the parties of a grant are: by identifier, by the numbers beside it, or by their publisher's names.

What is corrected, refused, and published about a party that may be somebody's home: docs/sources/threesixty.md.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from graph.model import iri, places
from graph.model.links import perhaps_same_body, same_body
from graph.model.node import Node
from graph.model.rows.record import Record
from graph.model.rows.row import Row
from graph.model.terms import CIV, ORG, SCHEMA, SKOS, Iri
from graph.model.values import orgid
from graph.model.values.names import whole as spelled_alike
from graph.model.values.redaction import EMAIL_MARK, PHONE_MARK
from graph.model.values.register_numbers import charity_number, company_number

REFERENCE = re.compile(r"(?:360G|[A-Z]{2}-[A-Z0-9_]+)-[^\s@%+()]+", re.IGNORECASE)
"""An identifier with its prefix, behind which digits are not a telephone number, even if they look like one."""

PREFIX = re.compile(r"360G-([A-Za-z0-9]+)")
NUMBER = re.compile(r"(?=.*\d{3})[A-Za-z]{0,3}[\d /.-]{3,14}[A-Za-z]{0,3}")
CHARITY = re.compile(r"\d{6,7}")


@dataclass(frozen=True, slots=True)
class Identity:
    """The organisation that a party is, or the unit of one."""

    list_code: str
    number: str
    registered: bool = False
    unit_of: str = ""

    @property
    def iri(self) -> Iri:
        """Its address."""
        return iri.organisation(self.list_code, self.number)

    @property
    def numbers(self) -> Collection[tuple[str, str]]:
        """Numbers that add nothing to its identifier."""
        return ((self.list_code, self.number), (self.list_code, self.unit_of))

    def node(self) -> Node:
        """What it is."""
        if not self.unit_of:
            return Node(self.iri, CIV.Organisation)
        unit = Node(self.iri, ORG.OrganizationalUnit)
        unit.add(ORG.unitOf, iri.organisation(self.list_code, self.unit_of))
        return unit


class Evidence:
    """The charity and company numbers beside an identifier."""

    def __init__(self, party: Record) -> None:
        self.charity_text, self.company_text = party.cell("charityNumber"), party.cell("companyNumber")
        scottish = charity_number(self.charity_text) if "SC" in self.charity_text.upper() else None
        english = self.charity_text if CHARITY.fullmatch(self.charity_text) else ""
        self.charity = _number("GB-SC", scottish or "") or _number("GB-CHC", english)
        company = company_number(self.company_text) if self.company_text else None
        self.company = _number("GB-COH", company or "")

    def links(self, own: Identity) -> Iterator[Node]:
        """That the publisher's own identifier is one of these numbers; of two registers' numbers, that they may be."""
        for found, field, text in (
            (self.charity, "charityNumber", self.charity_text),
            (self.company, "companyNumber", self.company_text),
        ):
            if found and found not in own.numbers:
                other = iri.organisation(*found)
                if own.list_code == "360G" and not (field == "companyNumber" and self.charity):
                    yield same_body(own.iri, other, "number-in-grant", "0.92", f"{field}: {text}")
                else:
                    yield perhaps_same_body(own.iri, other, "number-in-grant", "0.75", f"{field}: {text}")


def _number(list_code: str, number: str) -> tuple[str, str] | None:
    """A number of a list, unless it only holds the place of one."""
    if not number:
        return None
    read = orgid.read(f"{list_code}-{number}")
    return (list_code, number) if (read.list_code, read.number) == (list_code, number) else None


def organisation(
    party: Record, grant: Node, details: Node, own: Identity, evidence: Evidence, *, funder: bool
) -> Iterator[Node]:
    """The body that the party is, and what the numbers beside its identifier say."""
    name = named(party.cell("name"))
    body = own.node()
    details.add(CIV.statedOrganisation, own.iri)
    details.add(CIV.statedCharityNumber, typed_number(party, "charityNumber"))
    details.add(CIV.statedCompanyNumber, typed_number(party, "companyNumber"))
    grant.add(SCHEMA.funder if funder else CIV.recipient, own.iri)
    if not funder:
        grant.add(CIV.recipientName, name)
    # A party with a register's number may be a branch of the body that the register names.
    others = own.registered or evidence.charity or evidence.company
    body.add(CIV.nameInGrants if others or not party.first(own.iri) else SKOS.prefLabel, name)
    yield from postcode(party, details, public=own.registered)
    yield body
    yield from evidence.links(own)


def named(text: str) -> str | None:
    """A name on one line."""
    return " ".join(text.split()) or None


def typed_number(party: Record, column: str) -> str | None:
    """A number as typed; remarks in its place, which may name people, are left out unseen."""
    typed = party.cell(column)
    if not typed or NUMBER.fullmatch(typed):
        return typed or None
    party.problem(column, "number-expected", "")
    return None


def reference(row: Row, column: str) -> str:
    """An identifier as written."""
    return row.coded(column, REFERENCE) or row.cell(column)


def identity(party: Record, grant: Node, evidence: Evidence) -> Identity:
    """By its identifier, corrected where that is safe; otherwise by its publisher's name for it."""
    published, charity = reference(party, "id"), evidence.charity
    read = orgid.read(published, units=True) if published else orgid.Reading(rule="identifier-missing")
    if read.list_code == "GB-COH" and charity in (("GB-CHC", read.number.lstrip("0")), ("GB-SC", read.number)):
        read = orgid.Reading(*charity, rule="identifier-charity")
    return identified(party, "id", read, grant, published, party.cell("name"))


def identified(row: Row, column: str, read: orgid.Reading, grant: Node, published: str, name: str) -> Identity:
    """Whom an identifier names, and what is wrong with it as a problem."""
    if read.rule:
        row.problem(column, read.rule, **read.parameters)
    if read.list_code:
        return Identity(read.list_code, read.number, read.registered, read.unit_of)
    return Identity("360G", own_number(grant, published if read.distinctive else "", name))


def own_number(grant: Node, published: str, name: str) -> str:
    """What a party without an identifier is known by within its publisher: by what is written, otherwise by its name.

    Case, accents, punctuation and blanks are left out of the name, so that correcting them changes no address. A
    party without either is that of the one grant: two of them need not be the same.
    """
    prefix = PREFIX.match(grant_number(grant))
    usable = "" if EMAIL_MARK in published or PHONE_MARK in published else published
    alike = "" if orgid.is_placeholder(name) else spelled_alike(name).replace(" ", "-")
    known = usable or alike or f"unnamed-{grant_number(grant)}"
    return f"{prefix[1] if prefix else 'unknown'}-{known[:100]}"


def grant_number(grant: Node) -> str:
    """The identifier of a grant as in its IRI."""
    return iri.last_segment(grant.iri)


def postcode(party: Record, details: Node, *, public: bool) -> Iterator[Node]:
    """As published for a body that a register lists; of others, whose address may be a home, the district only."""
    written = party.cell("postalCode")
    if not written:
        return
    if public:
        details.add(SCHEMA.postalCode, party.text("postalCode"))
        yield from places.located(details, party, "postalCode", public=True)
    elif re.fullmatch(r"[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}", written):
        details.add(CIV.postcodeDistrict, written[:-3].strip().upper())


def listed(row: Record, grant: Node, column: str, name: str) -> Node:
    """An organisation of the flattened list."""
    published, given_name = reference(row, column), row.text(name)
    own = identified(row, column, orgid.read(published, units=True), grant, published, given_name or "")
    body = own.node()
    body.add(CIV.nameInGrants if own.registered or not row.first(body.iri) else SKOS.prefLabel, given_name)
    return body
