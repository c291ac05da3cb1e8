"""The Scottish Charity Register: what a row says, current charity or former (the two files share 33 columns).

Left out on purpose: the address, which may be a trustee's home. See docs/sources/oscr.md for every decision.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from graph.model import iri
from graph.model.node import Node
from graph.model.rows.row import Row
from graph.model.terms import CIV, FOAF, OWL, ROV, SEMAPV, SKOS, SSSOM, Iri

DAY = ("%d/%m/%Y", "%d/%m/%Y %H:%M")  # former files until about 2020 write the time too
START_OF_INDEX, BULK_REMOVAL = date(1992, 1, 1), date(2012, 6, 2)  # dates of loads, not of the charities
INCORPORATED_BY_REGISTER = ("/scio", "/cio")  # other forms get legal personality elsewhere, or have none
RETURN_AMOUNTS = {
    "Most recent year income": CIV.income,
    "Most recent year expenditure": CIV.expenditure,
    "Donations and legacies income": CIV.incomeFromDonations,
    "Charitable activities income": CIV.incomeFromCharitableActivities,
    "Other trading activities income": CIV.incomeFromTrading,
    "Investments income": CIV.incomeFromInvestments,
    "Other income": CIV.otherIncome,
    "Raising funds spending": CIV.spendingOnRaisingFunds,
    "Charitable activities spending": CIV.spendingOnCharitableActivities,
    "Other spending": CIV.otherSpending,
}
NUMBER = re.compile(r"SC(\d{6})")
# Words after which a reason for removal names the charity that carries on.
HANDED_TO = re.compile(
    r"(?:transferred|passed) its?|united with|now part of|amalgamation with|elected to retain", re.IGNORECASE
)


def nodes(row: Row) -> Iterator[Node]:
    """The charity first, then its registration, accounts, postcode and the successor that its removal names."""
    number = row.need("Charity Number", NUMBER)
    charity = Node(iri.organisation("GB-SC", number), CIV.Organisation, CIV.Charity)
    name(charity, row)
    form = row.choice("Constitutional Form", "legal-form")
    charity.add(ROV.orgType, form)
    if form and form.value.endswith(INCORPORATED_BY_REGISTER):
        charity.is_a(ROV.RegisteredOrganization)
    charity.add(CIV.previousLegalForm, row.choice("Previous Constitutional Form 1", "legal-form"))
    charity.add(ROV.orgStatus, row.choice("Charity Status", "registration-status"))
    charity.add_all(CIV.purpose, row.choices("Purposes", "oscr-purpose"))
    charity.add_all(CIV.beneficiaryGroup, row.choices("Beneficiaries", "oscr-beneficiary"))
    charity.add_all(CIV.activity, row.choices("Activities", "oscr-activity"))
    charity.add(CIV.geographicalSpread, row.choice("Geographical Spread", "oscr-geographical-spread"))
    charity.add(CIV.mainOperatingArea, row.choice("Main Operating Location", "council", "operating-location"))
    charity.add(CIV.objectives, row.prose("Objectives"))
    charity.add(FOAF.homepage, row.website("Website"))
    parts = [*registration(row, number, charity), *annual_return(row, number, charity), *postcode(row, charity)]
    parent(row, number, charity)
    yield charity
    yield from parts
    yield from successor(row, number, charity)


def name(charity: Node, row: Row) -> None:
    """The register overwrites the names of some removed charities with "Deleted": then none is known."""
    if (published := row.text("Charity Name")) == "Deleted":
        charity.add(CIV.nameStatus, iri.concept("name-status", "deleted"))
    else:
        charity.add(SKOS.prefLabel, published)
    charity.add(SKOS.altLabel, row.text("Known As"))


def registration(row: Row, number: str, charity: Node) -> Iterator[Node]:
    """The entry in the register: facts about the entry, which another register may state otherwise."""
    entry = Node(iri.registration("GB-SC", number), CIV.Registration)
    charity.add(ROV.registration, entry.iri)
    entry.add(SKOS.notation, number)
    entry.add(CIV.register, iri.register("GB-SC"))
    entry.add(CIV.regulatoryType, row.choice("Regulatory Type", "oscr-regulatory-type"))
    entry.add(CIV.designatedReligiousBody, row.flag("Designated religious body"))
    dated(entry, CIV.registeredOn, row.date("Registered Date", *DAY), START_OF_INDEX, "start-of-index")
    if row.has("Ceased Date"):
        dated(entry, CIV.removedOn, row.date("Ceased Date", *DAY), BULK_REMOVAL, "bulk-removal")
        entry.add(CIV.removalReason, row.prose("Reason For Removal"))
    else:
        entry.add(CIV.registerNote, row.prose("Notes"))
        entry.add(CIV.nextYearEnd, row.date("Next year end date", *DAY))
    yield entry


def dated(entry: Node, event: Iri, day: date | None, load: date, caveat: str) -> None:
    """A date, marked if it is only the day on which many entries were loaded."""
    entry.add(event, day)
    if day == load:
        entry.add(CIV.dateCaveat, iri.concept("date-caveat", caveat))


def annual_return(row: Row, number: str, charity: Node) -> Iterator[Node]:
    """The accounts of the most recent year; figures without a year end are a problem, as no year can hold them."""
    amounts = [(term, amount) for column, term in RETURN_AMOUNTS.items() if (amount := row.money(column)) is not None]
    year_end, cycle = row.date("Year End", *DAY), row.year("Mailing cycle")
    received = row.date("Date annual return received", *DAY) if row.has("Date annual return received") else None
    if year_end is None:
        if amounts:
            row.problem("Year End", "year-end-missing")
        return
    accounts = Node(iri.annual_return("GB-SC", number, year_end), CIV.AnnualReturn)
    charity.add(CIV.annualReturn, accounts.iri)
    accounts.add(CIV.yearEnd, year_end)
    for term, amount in amounts:
        accounts.add(term, amount)
    accounts.add(CIV.mailingCycle, cycle)
    accounts.add(CIV.receivedOn, received)
    yield accounts


def postcode(row: Row, charity: Node) -> Iterator[Node]:
    """Of the principal office or of a trustee: good for placing the charity, no site of its own."""
    if code := row.postcode("Postcode"):
        place = Node(iri.postcode(code), CIV.Postcode)
        place.add(SKOS.notation, code)
        charity.add(CIV.postcode, place.iri)
        yield place


def parent(row: Row, number: str, charity: Node) -> None:
    """The parent as typed, and as an organisation where number and country leave no doubt which."""
    typed, country = (row.text("Parent charity number") or "", row.text("Parent charity country of registration"))
    charity.add(CIV.parentName, row.text("Parent charity name"))
    if typed == number:
        row.problem("Parent charity number", "parent-itself")
    elif found := NUMBER.fullmatch(typed):
        charity.add(CIV.parentOrganisation, iri.organisation("GB-SC", f"SC{found[1]}"))
    elif country == "England & Wales" and re.fullmatch(r"\d{6,7}", typed):
        charity.add(CIV.parentOrganisation, iri.organisation("GB-CHC", typed))
    elif typed:
        charity.add(CIV.parentNumber, typed)
        row.problem("Parent charity number", "parent-register-unknown", country=country or "an unnamed country")


def successor(row: Row, number: str, charity: Node) -> Iterator[Node]:
    """The charity that a reason for removal names as carrying on: a link with its evidence, not an identity."""
    reason = (row.has("Reason For Removal") and row.prose("Reason For Removal")) or ""
    if not reason:
        return
    others = others_named(reason, number)
    handed = HANDED_TO.search(reason)
    after = others_named(reason[handed.end() :], number) if handed else []
    if after or len(others) == 1:
        target = iri.organisation("GB-SC", (after or others)[0])
        link = Node(iri.link(charity.iri, "succeeded-by", target), CIV.Link, CIV.SuccessionLink)
        link.add(OWL.annotatedSource, charity.iri)
        link.add(OWL.annotatedProperty, CIV.succeededBy)
        link.add(OWL.annotatedTarget, target)
        link.add(SSSOM.confidence, Decimal("0.95") if after else Decimal("0.8"))
        link.add(SSSOM.mapping_justification, SEMAPV.ManualMappingCuration)  # the register's staff wrote the number
        link.add(CIV.evidence, reason)
        yield link
    elif others:
        row.problem("Reason For Removal", "successors-several")


def others_named(text: str, number: str) -> list[str]:
    """Charity numbers in a text, in order, each once, without the charity's own."""
    return [found for found in dict.fromkeys(f"SC{digits}" for digits in NUMBER.findall(text)) if found != number]
