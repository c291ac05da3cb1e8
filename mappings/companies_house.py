"""Companies House, its monthly list of companies: only bodies of civil society, read in one pass over millions.

Left out on purpose: commercial companies, addresses, accounts and mortgages. See docs/sources/companies_house.md.
"""

import re
from collections.abc import Iterator
from datetime import date

from graph.model import iri
from graph.model.node import Node
from graph.model.rows.row import Row, SetAside
from graph.model.terms import CIV, ROV, SKOS, Iri, Literal
from graph.model.values.register_numbers import company_number

DAY = "%d/%m/%Y"
START_OF_INDEX = date(1981, 1, 1)  # stands for an unknown day of registration, never for a company's
ALWAYS = {"community-interest-company", "registered-society", "royal-charter-body"}
"""Forms that are always of civil society."""
IF_REFERENCED = {"company-limited-by-guarantee", "company"}
"""Forms that are mapped only if another source refers to the body: most guarantee companies run blocks of flats."""
PLACEHOLDERS = {"cio", "scio"}
"""Bodies that are on a register of charities: their numbers here stand for the charity, which a link must name."""
WATCHED = ALWAYS | IF_REFERENCED | PLACEHOLDERS
KINDS: dict[str, tuple[Iri, ...]] = {
    "community-interest-company": (CIV.Company, CIV.CommunityInterestCompany),
    "company-limited-by-guarantee": (CIV.Company,),
    "company": (CIV.Company,),
}
INDUSTRY = re.compile(r"((?:0[1-9]|[1-9]\d)\d{3}) - (.+)")
# The first division (two digits) of each section of the classification, in order.
SECTIONS = dict(
    zip(
        "abcdefghijklmnopqrstu",
        (1, 5, 10, 35, 36, 41, 45, 49, 55, 58, 64, 68, 69, 77, 84, 85, 86, 90, 94, 97, 99),
        strict=True,
    )
)


def nodes(row: Row) -> Iterator[Node]:
    """The body first, then its registration, former names, industries and postcode; nothing for other companies."""
    form = row.choice("CompanyCategory", "legal-form")
    kind = iri.last_segment(form) if form else ""
    if kind not in WATCHED:
        return
    number = numbered(row)
    body = Node(iri.organisation("GB-COH", number))
    if kind not in ALWAYS and not row.referenced(body.iri):
        return
    if kind in PLACEHOLDERS:  # neither a class nor a name of its own: it is not a second organisation
        body.add(SKOS.altLabel, row.need("CompanyName"))
    else:
        described(row, body, form, kind)
    parts = [
        *registration(row, number, body),
        *former_names(row, number, body),
        *industries(row, body),
        *postcode(row, body),
    ]
    yield body
    yield from parts


def described(row: Row, body: Node, form: Iri | None, kind: str) -> None:
    """What the body is, and its name."""
    for type_of in (CIV.Organisation, ROV.RegisteredOrganization, *KINDS.get(kind, ())):
        body.is_a(type_of)
    body.add(SKOS.prefLabel, row.need("CompanyName"))
    body.add(ROV.orgType, form)
    body.add(ROV.orgStatus, row.choice("CompanyStatus", "registration-status"))


def numbered(row: Row) -> str:
    """The number in its eight characters: spreadsheets take the zeros off."""
    typed = row.need("CompanyNumber")
    if number := company_number(typed):
        return number
    row.problem("CompanyNumber", "company-number-invalid", outcome=row.aside)
    raise SetAside


def registration(row: Row, number: str, body: Node) -> Iterator[Node]:
    """The entry at Companies House; the day of a society's or chartered body's entry is often not known."""
    entry = Node(iri.registration("GB-COH", number), CIV.Registration)
    body.add(ROV.registration, entry.iri)
    entry.add(SKOS.notation, number)
    entry.add(CIV.register, iri.register("GB-COH"))
    begun = row.date("IncorporationDate", DAY)
    entry.add(CIV.registeredOn, begun)
    if begun == START_OF_INDEX:
        entry.add(CIV.dateCaveat, iri.concept("date-caveat", "start-of-companies-index"))
    entry.add(CIV.removedOn, row.date("DissolutionDate", DAY))
    yield entry


def former_names(row: Row, number: str, body: Node) -> Iterator[Node]:
    """Up to ten names with the days on which they were given up."""
    for place in range(1, 11):
        name, until = row.text(f"PreviousName_{place}.CompanyName"), row.date(f"PreviousName_{place}.CONDATE", DAY)
        if name:
            former = Node(iri.former_name("GB-COH", number, name, until), CIV.FormerName)
            former.add(SKOS.prefLabel, name)
            former.add(CIV.nameUntil, until)
            body.add(SKOS.altLabel, name)
            body.add(CIV.formerName, former.iri)
            yield former


def industries(row: Row, body: Node) -> Iterator[Node]:
    """Up to four codes of the Standard Industrial Classification, described in the words beside them."""
    for place in range(1, 5):
        column = f"SICCode.SicText_{place}"
        if (stated := row.text(column)) is None:
            continue
        if found := INDUSTRY.fullmatch(stated):
            code, words = found.groups()
            industry = Node(iri.concept("sic2007", code), SKOS.Concept)
            industry.add(SKOS.prefLabel, Literal.english(words))
            industry.add(SKOS.notation, code)
            industry.add(SKOS.inScheme, iri.scheme("sic2007"))
            industry.add(SKOS.broader, iri.concept("sic2007", f"section-{section(code)}"))
            body.add(CIV.sicCode, industry.iri)
            yield industry
        else:
            row.problem(column, "industry-invalid")


def section(code: str) -> str:
    """The letter of the section that a code's division lies in.

    >>> [section(code) for code in ("01110", "55100", "94990", "99999")]
    ['a', 'i', 's', 'u']
    """
    return [letter for letter, first in SECTIONS.items() if first <= int(code[:2])][-1]


def postcode(row: Row, body: Node) -> Iterator[Node]:
    """Of the registered office, which may be that of an accountant."""
    if code := row.postcode("RegAddress.PostCode"):
        place = Node(iri.postcode(code), CIV.Postcode)
        place.add(SKOS.notation, code)
        body.add(CIV.postcode, place.iri)
        yield place
