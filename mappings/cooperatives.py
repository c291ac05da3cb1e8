"""The co-operatives that Co-operatives UK lists. See docs/sources/cooperatives.md for every decision."""

import re
from collections.abc import Iterator

from graph.model import iri
from graph.model.links import same_body
from graph.model.node import Node
from graph.model.rows.row import Row
from graph.model.terms import CIV, FOAF, ROV, SKOS

NUMBER = re.compile(r"R\d{6}")
COMPANY = re.compile(r"\d{8}|[A-Z]{2}\d{6}")


def nodes(row: Row) -> Iterator[Node]:
    """The co-operative first, then its entry, postcode and the company that it is."""
    number = row.need("Identifier", NUMBER)
    body = Node(iri.organisation("GB-COOPUK", number), CIV.Organisation, CIV.Cooperative)
    body.add(SKOS.prefLabel, row.text("Name"))
    body.add(CIV.objectives, row.prose("Description"))
    body.add(ROV.orgType, row.choice("Legal Form", "legal-form"))
    body.add(CIV.organisationalStructure, row.choice("Organisational Structure", "coop-structure"))
    body.add(CIV.fieldOfWork, row.choice("Primary Activity", "coop-activity"))
    body.add(CIV.fieldOfWork, row.choice("Sector", "coop-sector"))
    body.add(CIV.membershipType, row.choice("Membership Type", "coop-membership"))
    body.add(CIV.ownership, row.choice("Ownership Classification", "coop-ownership"))
    industry = row.text("SIC Code")
    if industry and re.fullmatch(r"\d{5}", industry):
        body.add(CIV.industryNumber, industry)
    elif industry:
        row.problem("SIC Code", "industry-number-invalid")
    body.add(FOAF.homepage, row.website("Website"))
    entry = Node(iri.registration("GB-COOPUK", number), CIV.Registration)
    entry.add(SKOS.notation, number)
    entry.add(CIV.register, iri.register("GB-COOPUK"))
    body.add(ROV.registration, entry.iri)
    parts = [entry, *postcode(row, body), *company(row, body)]
    yield body
    yield from parts


def postcode(row: Row, body: Node) -> Iterator[Node]:
    """Where the co-operative has its office."""
    if code := row.postcode("Postcode"):
        place = Node(iri.postcode(code), CIV.Postcode)
        place.add(SKOS.notation, code)
        body.add(CIV.postcode, place.iri)
        yield place


def company(row: Row, body: Node) -> Iterator[Node]:
    """The company by its whole number; a shortened one may have lost its letters as well as its zeros."""
    typed = row.text("Companies House Number")
    if typed and COMPANY.fullmatch(typed):
        evidence = f"Companies House Number: {typed}"
        yield same_body(body.iri, iri.organisation("GB-COH", typed), "company-number", "0.95", evidence)
    elif typed:
        row.problem("Companies House Number", "company-number-invalid")
