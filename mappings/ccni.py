"""The register of charities for Northern Ireland, in its layout of 2024 (38 columns) and in that of 2020 (19).

Left out on purpose: the address, except its final postcode. See docs/sources/ccni.md for every decision.
"""

import re
from collections.abc import Iterator
from datetime import date

from graph.model import iri
from graph.model.links import perhaps_same_body, same_body
from graph.model.node import Node
from graph.model.rows.row import Row
from graph.model.terms import CIV, FOAF, ROV, SKOS
from graph.model.values import cells
from graph.model.vocabulary.codes import code

DAY, LONG_DAY = "%d/%m/%Y", "%d %B %Y"
NUMBER = re.compile(r"\d{6}")
DAYS = re.compile(r"(?<=: )\d+(?= days)")
FINAL_POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2})\W*$", re.IGNORECASE)
BREAKDOWN = {
    "Income from donations and legacies": CIV.incomeFromDonations,
    "Income from charitable activities": CIV.incomeFromCharitableActivities,
    "Income from other trading activities": CIV.incomeFromTrading,
    "Income from investments": CIV.incomeFromInvestments,
    "Income from other": CIV.otherIncome,
    "Expenditure on Raising funds": CIV.spendingOnRaisingFunds,
    "Expenditure on Charitable activities": CIV.spendingOnCharitableActivities,
    "Expenditure on Governance": CIV.spendingOnGovernance,
    "Expenditure on Other": CIV.otherSpending,
}
BALANCE = {
    "Assets and liabilities - Total fixed assets": CIV.fixedAssets,
    "Total net assets and liabilities": CIV.netAssets,
}
PEOPLE = {"Employed staff": CIV.employees, "UK and Ireland volunteers": CIV.volunteers}


def nodes(row: Row) -> Iterator[Node]:
    """The charity first, then its registration, figures, postcode and the company that it is."""
    number = row.need("Reg charity number", NUMBER)
    charity = Node(iri.organisation("GB-NIC", number), CIV.Organisation, CIV.Charity)
    charity.add(SKOS.prefLabel, row.text("Charity name"))
    charity.add_all(CIV.purpose, row.choices("What the charity does", "ccni-what", split=cells.bare_items))
    charity.add_all(CIV.beneficiaryGroup, row.choices("Who the charity helps", "ccni-who", split=cells.bare_items))
    charity.add_all(CIV.activity, row.choices("How the charity works", "ccni-how", split=cells.bare_items))
    charity.add(FOAF.homepage, row.website("Website", bare=True, private=True))
    if row.table == "2024":
        charity.add(SKOS.altLabel, row.text("Other name"))
        charity.add(CIV.objectives, row.prose("Charitable purposes"))
        charity.add(CIV.governingDocumentType, row.choice("Type of governing document", "ccni-governing-document"))
    year_end = row.date("Date for financial year ending", LONG_DAY)
    parts = [
        *registration(row, number, charity, year_end),
        *annual_return(row, number, charity, year_end),
        *postcode(row, charity),
        *company(row, charity),
    ]
    yield charity
    yield from parts


def registration(row: Row, number: str, charity: Node, year_end: date | None) -> Iterator[Node]:
    """The entry, and the one cell that says both whether it stands and how the charity reports."""
    entry = Node(iri.registration("GB-NIC", number), CIV.Registration)
    charity.add(ROV.registration, entry.iri)
    entry.add(SKOS.notation, number)
    entry.add(CIV.register, iri.register("GB-NIC"))
    entry.add(CIV.registeredOn, row.date("Date registered", DAY))
    status = row.text("Status") or ""
    reporting = code(DAYS.sub("N", status), ("ccni-reporting-status",))
    if status == "Removed":
        charity.add(ROV.orgStatus, iri.concept("registration-status", "removed"))
    elif reporting:
        charity.add(ROV.orgStatus, iri.concept("registration-status", "active"))
        entry.add(CIV.reportingStatus, reporting)
        if late := DAYS.search(status):
            entry.add(CIV.daysLate, int(late[0]))
    else:
        row.problem("Status", "code-unknown", lists="def/ccni-reporting-status")
    if status in ("Recently registered", "Registered") and not has_figures(row, "Total income", "Total spending"):
        entry.add(CIV.nextYearEnd, year_end)
    yield entry


def has_figures(row: Row, *columns: str) -> bool:
    """Whether any of some figures is not 0: the register writes 0 where it has no information."""
    return any(row.cell(column) not in ("", "0") for column in columns)


def annual_return(row: Row, number: str, charity: Node, year_end: date | None) -> Iterator[Node]:
    """The figures of the year, each group of which is stated only if one of it is not 0."""
    income, spending = row.money("Total income"), row.money("Total spending")
    if year_end is None or not has_figures(row, "Total income", "Total spending"):
        return
    accounts = Node(iri.annual_return("GB-NIC", number, year_end), CIV.AnnualReturn)
    charity.add(CIV.annualReturn, accounts.iri)
    accounts.add(CIV.yearEnd, year_end)
    accounts.add(CIV.income, income)
    accounts.add(CIV.expenditure, spending)
    if row.table == "2024":
        accounts.add(CIV.yearStart, row.date("Financial period start", LONG_DAY))
        for amounts in (BREAKDOWN, BALANCE):
            for column, term in amounts.items():
                accounts.add(term, row.money(column) if has_figures(row, *amounts) else None)
        for column, term in PEOPLE.items():
            accounts.add(term, row.count(column) if has_figures(row, *PEOPLE) else None)
    yield accounts


def postcode(row: Row, charity: Node) -> Iterator[Node]:
    """The last words of the public address; none is not a fault, because some addresses are abroad."""
    if found := FINAL_POSTCODE.search(row.cell("Public address")):
        typed = cells.postcode(found[1])
        place = Node(iri.postcode(typed), CIV.Postcode)
        place.add(SKOS.notation, typed)
        charity.add(CIV.postcode, place.iri)
        yield place


def company(row: Row, charity: Node) -> Iterator[Node]:
    """The company that the charity is; the register leaves out the letters NI and the zeros after them."""
    typed = row.text("Company number")
    if typed is None:
        return
    target = iri.organisation("GB-COH", f"NI{typed:0>6}")
    evidence = f"Company number: {typed}"
    if re.fullmatch(r"\d{4,6}", typed):
        yield same_body(charity.iri, target, "company-number", "0.97", evidence)
    elif re.fullmatch(r"\d{1,3}", typed):
        row.problem("Company number", "company-number-short")
        yield perhaps_same_body(charity.iri, target, "company-number", "0.3", evidence)
    else:
        row.problem("Company number", "company-number-northern")
