"""The plain fields of an object, as JSON writes them: the terms of a thing read back into a form of the standard."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from graph.export.oruk.statements import Facts
from graph.model.iri import last_segment
from graph.standards.field import Field, Kind
from graph.standards.oruk.fields import FORMS, LIST_CODES, UNNAMED

Json = str | int | float | bool | Sequence["Json"] | Mapping[str, "Json"]
"""A value of JSON, of those that the standard has."""

Object = dict[str, Json]


def plain_fields(facts: Facts, form: str) -> Object:
    """Every field of a form that holds no parts, in the standard's order; what the graph does not know is left out."""
    found: Object = {}
    for field in FORMS[form].fields:
        if field.kind is not Kind.PARTS and (text := facts.text(field.term)) and text != UNNAMED:
            found[field.name] = written(field, text)
    return found


def written(field: Field, text: str) -> Json:
    """A value as the standard writes it."""
    match field.kind:
        case Kind.NUMBER | Kind.COUNT | Kind.YEAR:
            number = Decimal(text)
            return int(number) if number == number.to_integral_value() else float(number)
        case Kind.CODE:
            code = last_segment(text)
            return code.upper() if field.name == "freq" else LIST_CODES.get(code, code)
        case Kind.DATE:
            return moment(text)
        case _:
            return text


def moment(text: str) -> str:
    """A time of RFC 3339: one without a zone is taken to be in UTC, a day to begin at midnight.

    >>> moment("2025-09-02T12:06:15.654000"), moment("2025-09-02")
    ('2025-09-02T12:06:15.654Z', '2025-09-02T00:00:00Z')
    """
    try:
        when = datetime.fromisoformat(text)
    except ValueError:  # a month or a year
        when = datetime.fromisoformat(f"{text}-01-01"[:10])
    precision = "milliseconds" if when.microsecond else "seconds"
    return when.isoformat(timespec=precision).replace("+00:00", "Z") + ("" if when.tzinfo else "Z")
