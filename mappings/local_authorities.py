"""Councils and other public bodies: five registers of GOV.UK, closed in 2021, and a list of the areas of councils."""

import re
from collections.abc import Iterator
from datetime import date

from graph.model import iri
from graph.model.node import Node
from graph.model.rows.row import Row
from graph.model.terms import CIV, FOAF, ROV, SCHEMA, SKOS, XSD, Literal

REGISTERS = {
    "england": ("GB-LAE", "local-authority-eng"),
    "northern_ireland": ("GB-LANI", "local-authority-nir"),
    "scotland": ("GB-LAS", "local-authority-sct"),
    "wales": ("GB-PLA", "principal-local-authority"),
    "government": ("GB-GOR", "government-organisation"),
}
KEY = re.compile(r"[A-Z0-9]+")
COUNCIL = re.compile(r"(GB-LAE|GB-LANI|GB-LAS|GB-PLA)-([A-Z0-9]+)")
GSS = re.compile(r"[A-Z]\d{8}")
MONTH = re.compile(r"[12]\d{3}-(?:0[1-9]|1[0-2])")
OTHER_NAMES = ("name", "name-cy", "official-name-cy")


def nodes(row: Row) -> Iterator[Node]:
    """The body first, then its registration."""
    if row.table == "areas":
        yield from governed(row)
        return
    register, key_column = REGISTERS[row.table]
    key = row.need("key", KEY)
    if row.cell(key_column) != key:
        row.problem(key_column, "key-differs")
    body = Node(iri.organisation(register, key), CIV.Organisation, CIV.PublicBody)
    if row.table != "government":
        body.is_a(CIV.LocalAuthority)
    named(row, body)
    if row.has("local-authority-type"):
        body.add(CIV.localAuthorityType, row.choice("local-authority-type", "local-authority-type"))
    if row.has("website"):
        body.add(FOAF.homepage, row.website("website"))
    body.add(SCHEMA.foundingDate, moment(row, "start-date"))
    body.add(SCHEMA.dissolutionDate, moment(row, "end-date"))
    status = "dissolved" if row.cell("end-date") else "active"  # an end that is not a date is still an end
    body.add(ROV.orgStatus, iri.concept("registration-status", status))
    entry = Node(iri.registration(register, key), CIV.Registration)
    body.add(ROV.registration, entry.iri)
    entry.add(SKOS.notation, key)
    entry.add(CIV.register, iri.register(register))
    yield from (body, entry)


def named(row: Row, body: Node) -> None:
    """The official name where the register has one, and every other, in Welsh too."""
    official = row.text("official-name") if row.has("official-name") else None
    name = official or row.need("name")
    body.add(SKOS.prefLabel, name)
    others = [row.text(column) for column in OTHER_NAMES if row.has(column)]
    body.add_all(SKOS.altLabel, (other for other in dict.fromkeys(others) if other != name))


def moment(row: Row, column: str) -> date | Literal | None:
    """A day, a month or a year: as much as the register knows."""
    typed = row.cell(column)
    if MONTH.fullmatch(typed):
        return Literal.of(typed, XSD.gYearMonth)
    return row.year(column) if len(typed) == 4 else row.date(column, "%Y-%m-%d")


def governed(row: Row) -> Iterator[Node]:
    """The area of a council. The list names councils that began after the registers were closed."""
    register, key = row.need("org_id", COUNCIL).rsplit("-", 1)
    council = Node(iri.organisation(register, key), CIV.Organisation, CIV.PublicBody, CIV.LocalAuthority)
    council.add(SKOS.prefLabel, row.need("name"))
    if code := row.text("gss_code"):
        if GSS.fullmatch(code):
            council.add(CIV.administers, iri.area(code))
        else:
            row.problem("gss_code", "gss-code-invalid")
    yield council
