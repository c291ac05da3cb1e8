"""What the objects of Open Referral UK say, field by field; objects within objects become things of their own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from graph.model import iri
from graph.model.node import Node
from graph.model.rows.record import Record
from graph.model.terms import Iri
from graph.standards.field import Field, Kind
from graph.standards.oruk.fields import FORMS
from graph.standards.oruk.reading import REFERENCE, value

STATED_APART = frozenset(("latitude", "longitude", "external_identifier", "external_identifier_type", "postal_code"))
"""Fields that tell where something is to the door: whether that is public, the mapping decides."""


@dataclass(frozen=True, slots=True)
class Part:
    """An object within another: its record, what is said of it, what it is part of, and the forms of both."""

    record: Record
    node: Node
    form: str
    whole: Node
    whole_form: str


Then = Callable[[Part], Iterator[Node]]
"""What a mapping says of a part besides its fields."""


def stated(record: Record, node: Node, form: str, then: Then) -> Iterator[Node]:
    """State every field of a form; yields the parts and what belongs to them."""
    standard = FORMS[form]
    for name in standard.required:
        if not record.cell(name):
            record.problem(name, "field-missing", "")
    for field in standard.fields:
        if field.kind is Kind.PARTS:
            for place, part in enumerate(record.records(field.name), start=1):
                yield from part_of(part, node, form, field, str(place), then)
        elif field.name not in STATED_APART:
            node.add(field.term, value(record, field))


def part_of(record: Record, whole: Node, whole_form: str, field: Field, place: str, then: Then) -> Iterator[Node]:
    """A part by its own identifier, or by its place among its like where it has none; then what is in it."""
    form = FORMS[field.of]
    child = Node(iri.below(form.segment, whole.iri, reference(record, place)), form.kind)
    whole.add(field.term, child.iri)
    rest = [*stated(record, child, field.of, then), *then(Part(record, child, field.of, whole, whole_form))]
    yield child
    yield from rest


def reference(record: Record, place: str) -> str:
    """The identifier of a part."""
    written = record.identifier("id")
    if REFERENCE.fullmatch(written):
        return written
    record.problem("id", "reference-too-long" if written else "reference-missing")
    return place


def thing(record: Record, form: str, reference: str) -> Iri:
    """What a reference of the feed names."""
    match form:
        case "Organization":
            return iri.organisation(iri.list_code(record.source), reference)
        case "Service":
            return iri.service(iri.list_code(record.source), reference)
        case _:
            return iri.below(FORMS[form].segment, iri.source(record.source), reference)


def keyed(record: Record, *needed: str) -> str | None:
    """The identifier of a record that has one and what else it needs; without them it is left out, with a problem."""
    for column in ("id", *needed):
        given = record.identifier(column) if column == "id" else record.cell(column)
        if not given or (column == "id" and not REFERENCE.fullmatch(given)):
            empty = "contact-details-only" if record.only_contacts(column) else "cell-empty"
            record.problem(column, "reference-too-long" if given else empty, "", outcome=record.aside)
            record.left_out()
            return None
    return record.identifier("id")


def seen_before(record: Record, form: str, reference: str) -> bool:
    """Whether an earlier record of the file held the same object word for word: feeds repeat what many refer to."""
    return record.earlier(form, reference, str(record.content_hash())) is not None


def has_parts(form: str, part: str) -> bool:
    """Whether a form has a field for parts of another."""
    return any(field.of == part for field in FORMS[form].fields)


def field_of(form: str, part: str) -> Field:
    """The field of a form that holds parts of another."""
    return next(field for field in FORMS[form].fields if field.of == part and field.kind is Kind.PARTS)
