"""The register of the Charity Commission for England and Wales: thirteen tables, a row of each at a time.

A row whose linked_charity_number is 0 is about a charity; any other is about a unit of it, which is not a charity.
Left out on purpose: addresses, contacts, and persons who are trustees, who are only counted. See docs/sources.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from graph.model import iri, links
from graph.model.node import Node
from graph.model.rows.row import Row
from graph.model.terms import CIV, DCT, FOAF, ORG, ROV, SKOS, Iri
from graph.model.values import register_numbers as numbers
from mappings.ccew_years import DAY, LIST, accounts, pay_bands, stated

NUMBER, LINKED, ORDER = re.compile(r"[1-9]\d{5,6}"), re.compile(r"\d{1,5}"), re.compile(r"\d{1,5}")
CLASSES = {"What": CIV.purpose, "Who": CIV.beneficiaryGroup, "How": CIV.activity}
CHARITY_FLAGS = {
    "charity_insolvent": CIV.insolvent,
    "charity_in_administration": CIV.inAdministration,
    "cio_is_dissolved": CIV.toBeDissolved,
    "charity_gift_aid": CIV.giftAid,
    "charity_has_land": CIV.hasLand,
}


def nodes(row: Row) -> Iterator[Node]:
    """What the row of a table says."""
    return TABLES[row.table](row)


def identified(row: Row) -> tuple[str, bool]:
    """The number of the charity or unit that the row is about, and whether it is a unit."""
    number = row.need("registered_charity_number", NUMBER)
    linked = row.need("linked_charity_number", LINKED) if row.has("linked_charity_number") else "0"
    return (number, False) if linked == "0" else (f"{number}-{linked}", True)


def subject(row: Row) -> Node:
    """The charity or unit that the row is about; its table of charities says what it is."""
    return Node(iri.organisation(LIST, identified(row)[0]))


def charity(row: Row) -> Iterator[Node]:
    """The charity or unit first, then its registration, latest year, postcode and company."""
    number, unit = identified(row)
    body = Node(iri.organisation(LIST, number))
    if unit:
        body.is_a(ORG.OrganizationalUnit)
        body.add(ORG.unitOf, iri.organisation(LIST, number.partition("-")[0]))
    else:
        body.is_a(CIV.Organisation)
        body.is_a(CIV.Charity)
    body.add(SKOS.prefLabel, row.text("charity_name"))
    legal_form(body, row)
    body.add(ROV.orgStatus, row.choice("charity_registration_status", "registration-status"))
    body.add(FOAF.homepage, row.website("charity_contact_web", bare=True, private=True))
    body.add(CIV.activityText, row.prose("charity_activities"))
    body.add(CIV.commonFund, row.choice("charity_is_cdf_or_cif", "ccew-common-fund"))
    body.add(CIV.dissolutionNoticeEnds, row.date("date_cio_dissolution_notice", *DAY))
    stated(body, row, CHARITY_FLAGS, row.flag)
    parts = [*registration(row, number, body), *latest_year(row, number, body), *postcode(row, body)]
    yield body
    yield from parts
    if not unit:
        yield from company(row, body)


def legal_form(body: Node, row: Row) -> None:
    """The type of the charity; the register's own mark of a CIO decides where the two do not agree."""
    incorporated = row.flag("charity_is_cio")
    form = row.choice("charity_type", "legal-form")
    body.add(ROV.orgType, iri.concept("legal-form", "cio") if incorporated else form)
    if incorporated:
        body.is_a(ROV.RegisteredOrganization)


def registration(row: Row, number: str, body: Node) -> Iterator[Node]:
    """The entry in the register."""
    entry = Node(iri.registration(LIST, number), CIV.Registration)
    body.add(ROV.registration, entry.iri)
    entry.add(SKOS.notation, number)
    entry.add(CIV.register, iri.register(LIST))
    entry.add(CIV.registeredOn, row.date("date_of_registration", *DAY))
    entry.add(CIV.removedOn, row.date("date_of_removal", *DAY))
    entry.add(CIV.reportingStatus, row.choice("charity_reporting_status", "ccew-reporting-status"))
    entry.add(CIV.previouslyExcepted, row.flag("charity_previously_excepted"))
    yield entry


def latest_year(row: Row, number: str, body: Node) -> Iterator[Node]:
    """The latest year's totals, which for charities removed long ago stand nowhere else."""
    if year_end := row.date("latest_acc_fin_period_end_date", *DAY):
        yield accounts(row, number, year_end, body)


def postcode(row: Row, body: Node) -> Iterator[Node]:
    """Of the contact, who may be a trustee at home: good for placing the charity, no site of its own."""
    if code := row.postcode("charity_contact_postcode"):
        place = Node(iri.postcode(code), CIV.Postcode)
        place.add(SKOS.notation, code)
        body.add(CIV.postcode, place.iri)
        yield place


def company(row: Row, body: Node) -> Iterator[Node]:
    """The charity's number at Companies House: that both are one body is a claim with evidence, for `resolve`."""
    column = "charity_company_registration_number"
    if not (typed := row.text(column)):
        return
    number = numbers.company_number(typed)
    if number is None:
        row.problem(column, "company-number-invalid")
        return
    kind = "cio-number" if number.startswith("CE") else "company-number"  # CE: a dummy for the CIO, no company
    evidence = f"The register of charities states the company number {typed}."
    yield links.same_body(body.iri, iri.organisation("GB-COH", number), kind, "0.95", evidence)


def other_name(row: Row) -> Iterator[Node]:
    """A name in use beside the main one, or one given up on an unknown day."""
    body, name = subject(row), row.need("charity_name")
    body.add(SKOS.altLabel, name)
    if row.choice("charity_name_type", "ccew-name-type") != iri.concept("ccew-name-type", "previous"):
        yield body
        return
    former = Node(iri.part("former-name", body.iri, name), CIV.FormerName)
    former.add(SKOS.prefLabel, name)
    body.add(CIV.formerName, former.iri)
    yield from (body, former)


def classification(row: Row) -> Iterator[Node]:
    """One class of what, who or how; the Commission's class number must go with its wording."""
    body, kind = subject(row), row.need("classification_type")
    if kind not in CLASSES:
        row.problem("classification_type", "class-unknown", classes=", ".join(CLASSES))
    elif found := row.choice("classification_description", f"ccew-{kind.lower()}"):
        if found != iri.concept(f"ccew-{kind.lower()}", row.need("classification_code")):
            row.problem("classification_code", "class-number-differs")
        body.add(CLASSES[kind], found)
    yield body


def area_of_operation(row: Row) -> Iterator[Node]:
    """One area, country or continent that the charity works in."""
    body = subject(row)
    lists = ("continent",) if row.text("geographic_area_type") == "Continent" else ("ccew-area", "country")
    body.add(CIV.operatesIn, row.choice("geographic_area_description", *lists))
    yield body


def annual_return(row: Row) -> Iterator[Node]:
    """One year of one charity: the history and both parts of the return are about the same year."""
    number = identified(row)[0]
    row.need("fin_period_end_date")
    if year_end := row.date("fin_period_end_date", *DAY):
        body = subject(row)
        year = accounts(row, number, year_end, body)
        yield from (body, year, *pay_bands(row, body, year, year_end))


def governing_document(row: Row) -> Iterator[Node]:
    """What the document is, and what it says the body is for and where."""
    body = subject(row)
    body.add(CIV.governingDocument, row.prose("governing_document_description"))
    body.add(CIV.objectives, row.prose("charitable_objects"))
    body.add(CIV.areaOfBenefit, row.prose("area_of_benefit"))
    yield body


def event(row: Row) -> Iterator[Node]:
    """An event that the register noted; a removal's reason is one of the registration too, as in other registers."""
    number, body = identified(row)[0], subject(row)
    kind = row.choice("event_type", "ccew-event")
    happened = Node(iri.part("register-event", body.iri, row.need("charity_event_order", ORDER)), CIV.RegisterEvent)
    reason = row.choice("reason", "ccew-event-reason")
    if kind is None:
        yield body
        return
    body.add(CIV.registerEvent, happened.iri)
    happened.add(CIV.registerEventKind, kind)
    happened.add(DCT.date, row.date("date_of_event", *DAY))
    happened.add(CIV.registerEventReason, reason)
    other = row.text("assoc_registered_charity_number")
    if other and NUMBER.fullmatch(other) and other != number:
        happened.add(CIV.otherParty, iri.organisation(LIST, other))
    happened.add(CIV.otherPartyName, row.text("assoc_charity_name"))
    yield from (body, happened)
    if kind.value.endswith("/removed") and (why := row.text("reason")):
        entry = Node(iri.registration(LIST, number), CIV.Registration)
        entry.add(CIV.removalReason, why)
        yield entry


def other_regulator(row: Row) -> Iterator[Node]:
    """Another regulator of the charity."""
    body = subject(row)
    body.add(CIV.otherRegulator, row.choice("regulator_name", "ccew-regulator"))
    yield body


def published_report(row: Row) -> Iterator[Node]:
    """A report of the Commission; addresses in capitals are made small again, as GOV.UK writes them."""
    body, kind, published = subject(row), row.choice("report_name", "ccew-report"), row.date("date_published", *DAY)
    page = row.website("report_location")
    if kind:
        slug = iri.last_segment(kind)
        when = published.isoformat() if published else "undated"
        report = Node(iri.part("regulator-report", body.iri, when, slug), CIV.RegulatorReport)
        report.add(CIV.reportKind, kind)
        report.add(DCT.issued, published)
        report.add(FOAF.page, Iri.of(page.value.lower()) if page and page.value.isupper() else page)
        body.add(CIV.regulatorReport, report.iri)
        yield from (body, report)
    else:
        yield body


def policy(row: Row) -> Iterator[Node]:
    """A matter for which there is a policy."""
    body = subject(row)
    body.add(CIV.policy, row.choice("policy_name", "ccew-policy"))
    yield body


def trustee(row: Row) -> Iterator[Node]:
    """One more trustee; only an organisation is named, and the name of a person is not even read."""
    body = subject(row)
    body.count(CIV.trusteeCount)
    if row.cell("individual_or_organisation") == "O":
        body.add(CIV.corporateTrustee, row.text("trustee_name"))
    yield body


TABLES: Mapping[str, Callable[[Row], Iterator[Node]]] = {
    "charity": charity,
    "other_names": other_name,
    "classification": classification,
    "area_of_operation": area_of_operation,
    "annual_return_history": annual_return,
    "annual_return_parta": annual_return,
    "annual_return_partb": annual_return,
    "governing_document": governing_document,
    "event_history": event,
    "other_regulators": other_regulator,
    "published_report": published_report,
    "policy": policy,
    "trustee": trustee,
}
