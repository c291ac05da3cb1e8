"""Social landlords: the list of England (table `england`), the yearly statements of Scotland (table `scotland`)."""

import re
from collections.abc import Iterator

from graph.model import iri
from graph.model.node import Node
from graph.model.rows.row import Row
from graph.model.terms import CIV, ROV, SKOS, Iri

DAY = "%d/%m/%Y"
NUMBER = re.compile(r"(L|LH|H|A|C|SL)?\d{4}|\d{2}[A-Z]{2}")
INCORPORATED = ("/registered-society", "/company", "/cio", "/limited-liability-partnership")


def nodes(row: Row) -> Iterator[Node]:
    """The landlord first, then its registration."""
    yield from england(row) if row.table == "england" else scotland(row)


def england(row: Row) -> Iterator[Node]:
    """A registered provider: the list holds those of the day only, so each is active."""
    number = row.need("registration_number", NUMBER)
    landlord = Node(iri.organisation("GB-SHPE", number), CIV.Organisation, CIV.SocialLandlord)
    landlord.add(SKOS.prefLabel, row.need("organisation_name"))
    landlord.add(ROV.orgStatus, iri.concept("registration-status", "active"))
    designation = row.choice("designation", "landlord-designation")
    landlord.add(CIV.landlordDesignation, designation)
    form = row.choice("corporate_form", "legal-form")
    landlord.add(ROV.orgType, form)
    typed(landlord, designation, form)
    entry = registration(landlord, "GB-SHPE", number)
    entry.add(CIV.landlordNumberSeries, iri.concept("landlord-number-series", series(number)))
    entry.add(CIV.registeredOn, row.date("registration_date", DAY))
    yield from (landlord, entry)


def scotland(row: Row) -> Iterator[Node]:
    """A landlord's row of one financial year: the years repeat it, and say the same."""
    number = row.need("Reg No")
    landlord = Node(iri.organisation("GB-SHR", number), CIV.Organisation, CIV.SocialLandlord)
    landlord.add(SKOS.prefLabel, row.need("Social Landlord"))
    designation = row.choice("Landlord type", "landlord-designation")
    landlord.add(CIV.landlordDesignation, designation)
    form = row.choice("Constitution", "legal-form")
    landlord.add(ROV.orgType, form)
    typed(landlord, designation, form)
    entry = registration(landlord, "GB-SHR", number)
    entry.add(CIV.landlordNumberSeries, iri.concept("landlord-number-series", "scottish"))
    yield from (landlord, entry)


def typed(landlord: Node, designation: Iri | None, form: Iri | None) -> None:
    """The further classes that heading and form give."""
    if designation == iri.concept("landlord-designation", "local-authority"):
        landlord.is_a(CIV.PublicBody)
        landlord.is_a(CIV.LocalAuthority)
    if form and form.value.endswith(INCORPORATED):
        landlord.is_a(ROV.RegisteredOrganization)


def registration(landlord: Node, register: str, number: str) -> Node:
    """The entry in the regulator's register."""
    entry = Node(iri.registration(register, number), CIV.Registration)
    landlord.add(ROV.registration, entry.iri)
    entry.add(SKOS.notation, number)
    entry.add(CIV.register, iri.register(register))
    return entry


def series(number: str) -> str:
    """The series of numbers that an English one belongs to.

    >>> [series(number) for number in ("4758", "LH0123", "45UB")]
    ['plain', 'lh', 'council-code']
    """
    if number[2:].isalpha():
        return "council-code"
    found = NUMBER.fullmatch(number)
    return found[1].lower() if found and found[1] else "plain"
