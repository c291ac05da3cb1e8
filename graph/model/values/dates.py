"""Dates in the many ways in which people publish them, each kept as precise as it was given."""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache

from graph.model.terms import XSD, Literal
from graph.model.values.cells import EARLIEST_YEAR, Fault

_DAY, _MONTH, _YEAR = "%Y-%m-%d", "%Y-%m", "%Y"
_FORMS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\d{4}-\d{2}-\d{2}"), _DAY),
    (re.compile(r"\d{1,2}/\d{1,2}/\d{4}"), "%d/%m/%Y"),
    (re.compile(r"\d{1,2}-\d{1,2}-\d{4}"), "%d-%m-%Y"),
    (re.compile(r"\d{1,2} [A-Za-z]{4,9} \d{4}"), "%d %B %Y"),
    (re.compile(r"\d{1,2} [A-Za-z]{3} \d{4}"), "%d %b %Y"),
)
_TIMES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\d{1,2}/\d{1,2}/\d{4} \d{2}:\d{2}"), "%d/%m/%Y %H:%M"),
    (re.compile(r"\d{1,2}/\d{1,2}/\d{4} \d{2}:\d{2}:\d{2}"), "%d/%m/%Y %H:%M:%S"),
)
_ISO_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?")
_MONTHS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\d{4}-\d{2}"), _MONTH),
    (re.compile(r"\d{1,2}/\d{4}"), "%m/%Y"),
)


@lru_cache(maxsize=4096)
def published(text: str) -> Literal:
    """A day, a day with its time, a month or a year, whichever the text gives; Fault if it gives none.

    >>> for text in ("17/03/2014", "08/2013", "2014-07-16 13:50:00.000000", "2013"): print(published(text))
    "2014-03-17"^^<http://www.w3.org/2001/XMLSchema#date>
    "2013-08"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>
    "2014-07-16T13:50:00"^^<http://www.w3.org/2001/XMLSchema#dateTime>
    "2013"^^<http://www.w3.org/2001/XMLSchema#gYear>
    """
    if _ISO_TIME.fullmatch(text):
        when = _parsed(text, datetime.fromisoformat)
        return Literal.of(when.isoformat().replace("+00:00", "Z"), XSD.dateTime)
    for forms, write, datatype in (
        (_FORMS, _DAY, XSD.date),
        (_TIMES, "%Y-%m-%dT%H:%M:%S", XSD.dateTime),
        (_MONTHS, _MONTH, XSD.gYearMonth),
        (((re.compile(r"\d{4}"), _YEAR),), _YEAR, XSD.gYear),
    ):
        for pattern, form in forms:
            if pattern.fullmatch(text):
                when = _parsed(text, lambda given, form=form: datetime.strptime(given, form))  # type: ignore[misc]
                return Literal.of(when.strftime(write), datatype)
    raise _fault()


def in_english(day: str) -> str:
    """A day as English writes it; any other text stays as it is.

    >>> in_english("2014-01-21"), in_english("2014")
    ('21 January 2014', '2014')
    """
    try:
        known = date.fromisoformat(day)
    except ValueError:
        return day
    return f"{known.day} {known:%B} {known.year}"


def day_of(literal: Literal) -> Literal | None:
    """The day of a date as `published` gives it; None if it is known to the month or the year only.

    >>> day_of(published("26/03/2001 00:00"))
    '"2001-03-26"^^<http://www.w3.org/2001/XMLSchema#date>'
    """
    known = literal.endswith((f"^^{XSD.date}", f"^^{XSD.dateTime}"))
    return Literal.of(literal[1:11], XSD.date) if known else None


def year_of(literal: Literal) -> Literal:
    """The year of a date as `published` gives it."""
    return Literal.of(literal[1:5], XSD.gYear)


def _parsed(text: str, parse: Callable[[str], datetime]) -> datetime:
    try:
        when = parse(text)
    except ValueError:
        raise _fault() from None
    if when.year < EARLIEST_YEAR:
        raise _fault()
    return when


def _fault() -> Fault:
    return Fault("date-invalid", form="YYYY-MM-DD")
