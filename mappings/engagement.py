"""Lists of who took part in a programme, a training or a network: organisation, event, day, area. No persons.

An organisation is known by its reference in a directory of the same build, then by a register's number, then by its
name in the list alone. See docs/sources/engagement.md.
"""

import re
from collections.abc import Iterator
from datetime import date

from graph.model import iri, places
from graph.model.links import same_body
from graph.model.node import Node
from graph.model.rows.row import Row
from graph.model.rows.stated_identifiers import stated_numbers
from graph.model.rows.text_repair import title
from graph.model.terms import CIV, SCHEMA, SKOS, Iri
from graph.model.values.names import handle
from mappings.directory import DAYS

DIRECTORY = re.compile(r"[a-z][a-z0-9_]{0,39}")


def nodes(row: Row) -> Iterator[Node]:
    """The engagement first, then what it was and who took part."""
    event_name = title(row, "event")
    event = Node(iri.engagement_event(iri.list_code(row.source), handle(event_name)), SCHEMA.Event)
    event.add(SKOS.prefLabel, event_name if row.first(event.iri) else None)
    event.add(CIV.engagementKind, row.choice("kind", "engagement-kind"))
    event.add(CIV.organisedBy, row.text("organised_by"))
    name = title(row, "organisation") if row.cell("organisation") else None
    body, *links = organisation(row, name)
    day = row.date("date", *DAYS)
    found = Node(iri.engagement(event.iri, day, body.iri), CIV.Engagement)
    found.add(CIV.engaged, body.iri)
    found.add(CIV.engagementEvent, event.iri)
    found.add(CIV.engagedName, None if repeats(row, found) else name)
    found.add(SCHEMA.startDate, day)
    found.add(SCHEMA.endDate, last_day(row, day))
    found.add_all(CIV.engagementArea, places.named_areas(row, "area"))
    yield from (found, event, body, *links)


def repeats(row: Row, found: Node) -> bool:
    """Whether an earlier row says the same in another spelling, a problem: a thing has one name in a list."""
    first = row.earlier("engagement", found.iri.value)
    spelled = [row.cell(column) for column in ("event", "date", "organisation")]
    again = row.earlier("spelling", found.iri.value, *spelled)
    if first and not again:
        row.problem("organisation", "engagement-repeated", row=first)
    return first is not None


def last_day(row: Row, first: date | None) -> date | None:
    """The day on which it ended; a problem if it had not begun by then."""
    last = row.date("ends", *DAYS)
    if first and last and last < first:
        row.problem("ends", "end-before-start")
    return last


def organisation(row: Row, name: str | None) -> Iterator[Node]:
    """Who took part, and its other numbers. Only one that this list alone knows gets its name from it."""
    listed = in_directory(row)
    known = [(listed, "")] if listed else []
    known += [(each.body, each.evidence) for each in stated_numbers(row)]
    if known:
        (first, _), *others = known
        yield Node(first, CIV.Organisation)
        yield from (same_body(first, other, "directory-number", "0.93", evidence) for other, evidence in others)
    else:
        name = name or row.need("organisation")
        body = Node(iri.organisation(iri.list_code(row.source), f"name-{handle(name)}"), CIV.Organisation)
        body.add(SKOS.prefLabel, name if row.first(body.iri) else None)
        yield body


def in_directory(row: Row) -> Iri | None:
    """The organisation by its reference in a directory of the same build."""
    if not row.cell("reference"):
        return None
    directory, reference = row.cell("directory"), row.key("reference")
    if DIRECTORY.fullmatch(directory):
        return iri.organisation(iri.list_code(directory), reference)
    row.problem("directory", "directory-invalid" if directory else "directory-missing")
    return None
