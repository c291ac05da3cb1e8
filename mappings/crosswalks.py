"""Which identifiers belong to one body, and which bodies follow one another, as lists compiled from registers say.

Every file says `sameas` or `parent`, and means four different things by it. See docs/sources/crosswalks.md.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from graph.model import iri
from graph.model.node import Node
from graph.model.rows.row import Row
from graph.model.terms import CIV, DCT, ORG, OWL, SEMAPV, SKOS, SSSOM, Iri

DAY = "%Y-%m-%d %H:%M:%S"
# What an identifier of each register looks like (org-id.guide; Companies House pads to eight characters).
IDENTIFIER = re.compile(
    r"(GB-CHC)-(\d{6,7})|(GB-SC)-(SC\d{6})|(GB-NIC)-(\d{6})|(GB-COH)-([A-Z0-9]{8})|(GB-MPR)-([A-Z0-9]{1,10})|(GB-EDU)-(\d{6})"
)
NUMBER_IN_NAME = re.compile(r"\(\s*(\d{6,7})\s*\)")
# What `sameas` means in the file of each name, and how far to trust it.
IDENTITY = {
    "Charity Registered in Scotland and England & Wales": ("dual-registration", Decimal("0.95")),
    "Company Numbers for Charities": ("charity-company", Decimal("0.95")),
    "CIO Company Numbers": ("cio-number", Decimal("0.98")),
    "Mutual companies": ("mutual-company", Decimal("0.95")),
}
LIKENESS = Decimal("0.5")  # words that two names share: less often right than wrong for common words
PLACEHOLDERS = {"CE": "GB-CHC-", "CS": "GB-SC-"}  # which register a placeholder number of Companies House belongs to


def nodes(row: Row) -> Iterator[Node]:
    """One link, one event or one hint a row; nothing about the organisations themselves."""
    if row.cell("relationship") != ("parent" if row.table == "parents" else "sameas"):
        row.problem("relationship", "relationship-unknown")
    elif row.table == "mergers":
        yield from merger(row)
    elif row.table == "parents":
        yield from hint(row)
    elif row.cell("source") == "Charity Reregistrations":
        yield from reregistration(row)
    else:
        yield from identity(row)


def identity(row: Row) -> Iterator[Node]:
    """Two identifiers of one body."""
    first, second, source = organisation(row, "org_id_a"), organisation(row, "org_id_b"), row.need("source")
    name = row.text("org_name" if row.table == "named" else "org_name_b") if row.table != "cio" else None
    if source not in IDENTITY:
        row.problem("source", "compiled-list-unknown")
    elif first and second and belongs(row):
        kind, confidence = IDENTITY[source]
        link = statement(first, kind, SKOS.exactMatch, second, CIV.IdentityLink)
        link.add(CIV.linkKind, iri.concept("link-kind", kind))
        link.add(CIV.authority, iri.concept("link-authority", "compiled-list"))
        link.add(SSSOM.confidence, confidence)
        link.add(SSSOM.mapping_justification, SEMAPV.UnspecifiedMatching)
        link.add(CIV.evidence, f"{source}: {name}" if name else source)
        yield link


def belongs(row: Row) -> bool:
    """Whether a placeholder number is given to a charity of the register that its prefix stands for."""
    prefix, charity = row.cell("org_id_a").removeprefix("GB-COH-")[:2], row.cell("org_id_b")
    expected = PLACEHOLDERS.get(prefix, "")
    if row.table != "cio" or charity.startswith(expected):
        return True
    row.problem("org_id_b", "placeholder-differs", prefix=prefix, expected=expected)
    return False


def merger(row: Row) -> Iterator[Node]:
    """One charity handed all it had to another: an event, as the two were never one body."""
    before, after = party(row, "transferor", "a"), party(row, "transferee", "b")
    day, vested = row.date("date_property_transferred", DAY), row.date("date_vesting_declaration", DAY)
    names = row.text("org_name_a"), row.text("org_name_b")
    entered, source = row.date("valid_from", DAY), row.text("source")
    if not before or not after:
        return
    if before == after:
        row.problem("transferee_regno", "successor-itself")
        return
    event = change(before, "merger", after, source)
    event.add(SKOS.prefLabel, f"{names[0]} merged into {names[1]}")
    event.add(DCT.date, day or vested)
    event.add(DCT.issued, entered)
    yield event


def party(row: Row, role: str, letter: str) -> Iri | None:
    """One side of a merger; a number above 0 after its own is that of a unit of the charity."""
    number, unit = row.cell(f"{role}_regno"), row.cell(f"{role}_subno").lstrip("0")
    if not number:
        name = f"org_name_{letter}"
        if found := NUMBER_IN_NAME.findall(row.cell(name)):
            number = found[0] if len(found) == 1 else ""
        if number:
            row.problem(name, "number-in-name", column=f"org_id_{letter}", number=number)
        else:
            row.problem(name, "number-missing", column=f"org_id_{letter}")
    elif row.cell(f"org_id_{letter}") != f"GB-CHC-{number}":
        row.problem(f"org_id_{letter}", "numbers-differ", column=f"{role}_regno")
    return iri.organisation("GB-CHC", f"{number}-{unit}" if unit else number) if number else None


def reregistration(row: Row) -> Iterator[Node]:
    """A charity registered again, often as another legal person: an event too."""
    before, after = organisation(row, "org_id_a"), organisation(row, "org_id_b")
    name, source = row.text("org_name"), row.text("source")
    if not before or not after:
        return
    if row.cell("org_id_b").startswith("GB-COH"):
        row.problem("org_id_b", "company-not-charity")
    elif before == after:
        row.problem("org_id_b", "successor-itself")
    else:
        event = change(before, "re-registration", after, source)
        event.add(SKOS.prefLabel, f"{name} registered anew")
        yield event


def hint(row: Row) -> Iterator[Node]:
    """A possible parent. The names are swapped in the file: org_name_a is that of org_id_b, and the reverse."""
    parent, child = organisation(row, "org_id_a"), organisation(row, "org_id_b")
    child_name, parent_name = row.text("org_name_a"), row.text("org_name_b")
    source, *other = row.need("source"), row.text("org_name"), row.text("valid_from"), row.text("valid_to")
    if not parent or not child:
        return
    if parent == child:
        row.problem("org_id_a", "parent-itself", outcome=row.aside)
        return
    link = statement(child, "possible-parent", CIV.possibleParent, parent, CIV.Hint)
    link.add(CIV.linkKind, iri.concept("link-kind", "name-match"))
    link.add(CIV.authority, iri.concept("link-authority", "name-match"))
    link.add(SSSOM.confidence, LIKENESS)
    link.add(SSSOM.mapping_justification, SEMAPV.LexicalMatching)
    link.add(CIV.evidence, "; ".join([f"{source}: '{child_name}' may belong to '{parent_name}'", *filter(None, other)]))
    yield link


def statement(first: Iri, kind: str, relation: Iri, second: Iri, form: Iri) -> Node:
    """A link of the given form between two organisations."""
    link = Node(iri.link(first, kind, second), CIV.Link, form)
    link.add(OWL.annotatedSource, first)
    link.add(OWL.annotatedProperty, relation)
    link.add(OWL.annotatedTarget, second)
    return link


def change(before: Iri, kind: str, after: Iri, source: str | None) -> Node:
    """An event that led from one organisation to another."""
    event = Node(iri.event(before, kind, after), ORG.ChangeEvent)
    event.add(ORG.originalOrganization, before)
    event.add(ORG.resultingOrganization, after)
    event.add(CIV.eventKind, iri.concept("event-kind", kind))
    event.add(CIV.evidence, source)
    return event


def organisation(row: Row, column: str) -> Iri | None:
    """The organisation of an identifier, if it has the form that its register gives."""
    found = IDENTIFIER.fullmatch(row.cell(column))
    if found is None:
        row.problem(column, "identifier-invalid")
        return None
    list_code, number = (part for part in found.groups() if part)
    return iri.organisation(list_code, number)
