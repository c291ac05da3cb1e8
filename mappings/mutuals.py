"""The Mutuals Public Register of the Financial Conduct Authority: societies now registered and once registered.

Left out on purpose: the address, except its final postcode. See docs/sources/mutuals.md for every decision.
"""

import re
from collections.abc import Iterator

from graph.model import iri
from graph.model.links import perhaps_same_body, same_body
from graph.model.node import Node
from graph.model.rows.row import Row
from graph.model.terms import CIV, ROV, SEMAPV, SKOS
from graph.model.values import cells

DAY = ("%d/%m/%Y", "%d/%m/%Y %H:%M")
NUMBER = re.compile(r"\d{1,6}[A-Z]{0,4}|[A-Z]{2}\d{1,6}")
FINAL_POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2})\W*$", re.IGNORECASE)
STATUSES = {"Registered": "active", "Deregistered": "removed"}
INCORPORATED_BY_REGISTER = (
    "/registered-society",
    "/co-operative-society",
    "/community-benefit-society",
    "/credit-union",
    "/building-society",
)
SINCE_2014 = ("Co-operative Society", "Community Benefit Society")


def nodes(row: Row) -> Iterator[Node]:
    """The society first, then its registration, postcode and what it may be at Companies House."""
    number = row.need("Full Registation Number", NUMBER)
    society = Node(iri.organisation("GB-MPR", number), CIV.Organisation, CIV.Mutual)
    society.add(SKOS.prefLabel, row.text("Society Name"))
    form = row.choice("Registered As", "legal-form")
    society.add(ROV.orgType, form)
    if form and form.value.endswith(INCORPORATED_BY_REGISTER):
        society.is_a(ROV.RegisteredOrganization)
    if form and form.value.endswith("/co-operative-society"):
        society.is_a(CIV.Cooperative)
    if (status := row.text("Society Status")) in STATUSES:
        society.add(ROV.orgStatus, iri.concept("registration-status", STATUSES[status]))
    elif status:
        row.problem("Society Status", "status-unknown", statuses=", ".join(STATUSES))
    parts = [*registration(row, number, society), *postcode(row, society)]
    yield society
    yield from parts
    yield from company(row, number, society)


def registration(row: Row, number: str, society: Node) -> Iterator[Node]:
    """The entry in the register, with the series that the letters after its number tell."""
    entry = Node(iri.registration("GB-MPR", number), CIV.Registration)
    society.add(ROV.registration, entry.iri)
    entry.add(SKOS.notation, number)
    entry.add(CIV.register, iri.register("GB-MPR"))
    entry.add(CIV.numberSeries, row.choice("Society Suffix", "mutuals-series"))
    entry.add(CIV.registeredOn, row.date("Registration Date", *DAY))
    entry.add(CIV.removedOn, row.date("Deregistration Date", *DAY))
    entry.add(CIV.registeredUnder, row.text("Registration Act"))
    entry.add(CIV.reportingClassification, row.text("Reporting Classification"))
    if industry := row.text("SIC"):
        if found := re.match(r"\d{5}\b", industry):
            society.add(CIV.industryNumber, found[0])
        else:
            row.problem("SIC", "industry-number-invalid")
    yield entry


def postcode(row: Row, society: Node) -> Iterator[Node]:
    """The last words of the registered office's address; societies long gone have none."""
    if found := FINAL_POSTCODE.search(row.cell("Society Address")):
        typed = cells.postcode(found[1])
        place = Node(iri.postcode(typed), CIV.Postcode)
        place.add(SKOS.notation, typed)
        society.add(CIV.postcode, place.iri)
        yield place


def company(row: Row, number: str, society: Node) -> Iterator[Node]:
    """The number under which Companies House lists the society, as far as a rule gives it."""
    kind = row.text("Registered As") or ""
    if number.isdigit() and kind in SINCE_2014:
        twin = iri.organisation("GB-COH", f"RS{number:0>6}")
        evidence = f"Companies House lists a {kind} under RS and its number {number} in six digits"
        yield same_body(society.iri, twin, "mutual-company", "0.97", evidence, SEMAPV.LogicalReasoning)
    elif re.fullmatch(r"\d{5}R", number):
        twin = iri.organisation("GB-COH", f"IP{number}")
        evidence = f"Companies House lists three of four societies with numbers like {number} under IP and the number"
        yield perhaps_same_body(society.iri, twin, "mutual-company", "0.7", evidence)
