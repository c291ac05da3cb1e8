"""What a field of Open Referral UK says, as a value of the graph; what it cannot say becomes a problem."""

import re

from graph.model.rows.record import Record
from graph.model.rows.text_repair import corrected, line, prose
from graph.model.terms import XSD, Literal, Value
from graph.model.values.dates import day_of
from graph.standards.field import Field, Kind

REFERENCE = re.compile(r"\S(?:.{0,98}\S)?")

_TIME = re.compile(r"T?((?:[01]\d|2[0-3]):[0-5]\d)(:[0-5]\d)?(?:\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?")
_WHOLE = re.compile(r"(\d{1,9})(?:\.0+)?")


def value(record: Record, field: Field) -> Value | None:
    """What a field that holds no parts says."""
    name = field.name
    match field.kind:
        case Kind.PROSE:
            return prose(record, name)
        case Kind.NUMBER:
            return record.figure(name)
        case Kind.COUNT:
            return count(record, name)
        case Kind.DAY:
            return day(record, name)
        case Kind.DATE:
            return record.published(name)
        case Kind.TIME:
            return time(record, name)
        case Kind.YEAR:
            return record.year(name)
        case Kind.ADDRESS:
            return record.website(name, private=True)
        case Kind.CODE:
            return record.choice(name, field.of)
        case _:
            return line(record, name)


def text(record: Record, column: str) -> str | None:
    """A text on one line, its characters corrected, for a field that `value` reads as well and reports."""
    found = record.text(column)
    return corrected(found) if found else None


def count(record: Record, column: str) -> int | None:
    """A whole number, zero or more; -1 is how some say that there is none."""
    written = record.cell(column)
    if not written or written == "-1":
        return None
    if found := _WHOLE.fullmatch(written):
        return int(found[1])
    record.problem(column, "count-invalid")
    return None


def day(record: Record, column: str) -> Literal | None:
    """A day; a time of day that follows it is dropped."""
    found = record.published(column)
    if found and not day_of(found):
        record.problem(column, "day-missing")
    return day_of(found) if found else None


def time(record: Record, column: str) -> Literal | None:
    """A time of day to the second, with its zone where one is given."""
    written = record.cell(column)
    if not written:
        return None
    if found := _TIME.fullmatch(written):
        return Literal.of(f"{found[1]}{found[2] or ':00'}{found[3] or ''}", XSD.time)
    record.problem(column, "time-invalid")
    return None
