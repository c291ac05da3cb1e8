"""What the text of a cell means: pure functions that give a value or raise a `Fault`, which names a rule."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from urllib.parse import urlsplit

from graph.model.terms import GEO, XSD, Iri, Literal
from graph.model.values.redaction import reaches_somebody_through


class Fault(ValueError):
    """A cell that cannot mean what its column says: the rule of problems that it breaks, and its parameters."""

    def __init__(self, rule: str, **parameters: str) -> None:
        super().__init__(rule)
        self.rule, self.parameters = rule, parameters


# C0 and C1 controls other than tab and line feed, U+FFFE and U+FFFF mean nothing, and XML cannot hold most of them.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
# Ten digits that begin with 0 are a telephone number and nothing else.
_AMOUNT = re.compile(r"-?(?!0\d{9})[0-9]{1,15}(\.[0-9]{1,2})?")
_GROUPED = re.compile(r"-?[0-9]{1,3}(,[0-9]{3}){1,5}(\.[0-9]{1,2})?")
# Eighteen digits before the point and as many after it: all of a double's, and what stores hold as a number.
_FIGURE = re.compile(r"-?(?!0\d{9})([0-9]{1,18}|[0-9]{1,3}(,[0-9]{3}){1,5})(\.[0-9]{1,18})?%?")
# Royal Mail's forms of outward and inward code (BS 7666).
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,17})?")
_TRUTHS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_HOST = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,24}")

BRITISH = "%d/%m/%Y"
"""How UK registers write dates; a time of day may follow."""
_BRITISH = re.compile(r"[0-9]{2}/[0-9]{2}/[0-9]{4}(?: [0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?")

SERIAL = "serial"
"""A form of `day`: days since 30 December 1899, as spreadsheets count them and some save them."""

EARLIEST_YEAR = 1000
"""Older than any body that a UK register lists; an earlier year is a slip of the keyboard."""


def one_line(text: str) -> str:
    """Runs of blanks, line breaks and controls made one blank.

    >>> one_line(" Volunteer  Centre\\r\\nFife ")
    'Volunteer Centre Fife'
    """
    # Nearly every cell is printable, which str can tell ten times faster than a regular expression.
    if not text.isprintable():
        text = _CONTROLS.sub(" ", text)
    elif "  " not in text:
        return text.strip()
    return " ".join(text.split())


def paragraphs(text: str) -> str:
    """Line ends made line feeds, blanks at line ends and controls taken out."""
    if text.isprintable():
        return text.strip()
    lines = _CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


@lru_cache(maxsize=4096)
def items(text: str) -> tuple[str, ...]:
    """The items of a list in one cell: each in single quotes, joined by commas, which items may hold too.

    >>> items("'Older people','The advancement of the arts, heritage, culture or science'")
    ('Older people', 'The advancement of the arts, heritage, culture or science')
    >>> items("Older people")
    ('Older people',)
    """
    if len(text) > 1 and text[0] == text[-1] == "'":
        text = text[1:-1]
    return tuple(filter(None, (item.strip() for item in re.split(r"'\s*,\s*'", text))))


@lru_cache(maxsize=4096)
def bare_items(text: str) -> tuple[str, ...]:
    """The items of a list whose items are joined by a comma alone, and may hold commas before a blank.

    >>> bare_items("Older people,The relief of those in need by reason of youth, age or ill-health")
    ('Older people', 'The relief of those in need by reason of youth, age or ill-health')
    """
    return tuple(filter(None, (item.strip() for item in re.split(r",(?! )", text))))


@lru_cache(maxsize=65536)
def day(text: str, formats: Sequence[str]) -> date:
    """A date; Fault if it fits no format, is not in the calendar, or has an impossible year.

    >>> day("29/02/2020", ("%d/%m/%Y",))
    datetime.date(2020, 2, 29)
    >>> day("46082", ("%d/%m/%Y", SERIAL))
    datetime.date(2026, 3, 1)
    """
    # Most dates are British; strptime takes ten times as long.
    readers = (_british,) if BRITISH in formats and _BRITISH.fullmatch(text) else [_reader(form) for form in formats]
    for read in readers:
        try:
            found = read(text)
        except ValueError:
            continue
        if found.year >= EARLIEST_YEAR:
            return found
    raise Fault("date-invalid", form="dd/mm/yyyy")


def _british(text: str) -> date:
    return date(int(text[6:10]), int(text[3:5]), int(text[:2]))


def _reader(form: str) -> Callable[[str], date]:
    return _counted if form == SERIAL else lambda text: datetime.strptime(text, form).date()


def _counted(text: str) -> date:
    """A day of the years 1954 to 2173; smaller and larger numbers are likelier something else."""
    if re.fullmatch("[2-9][0-9]{4}", text):
        return date(1899, 12, 30) + timedelta(days=int(text))
    raise ValueError(text)


def amount(text: str) -> Decimal:
    """Pounds, with or without the sign and thousands commas.

    >>> amount("£1,234.50")
    Decimal('1234.50')
    """
    if text.isdigit() and text.isascii() and len(text) <= 9:  # most amounts, without a regular expression
        return Decimal(text)
    digits = text.replace("£", "").strip()
    if _AMOUNT.fullmatch(digits):
        return Decimal(digits)
    if _GROUPED.fullmatch(digits):
        return Decimal(digits.replace(",", ""))
    raise Fault("amount-invalid")


def count(text: str) -> int:
    """How many: digits, with or without thousands commas.

    >>> count("1,234")
    1234
    """
    if re.fullmatch(r"(?!0\d{9})[0-9]{1,12}|[0-9]{1,3}(,[0-9]{3}){1,3}", text):
        return int(text.replace(",", ""))
    raise Fault("count-invalid")


@lru_cache(maxsize=65536)
def figure(text: str) -> Decimal:
    """A figure of a statistical table: digits, with or without thousands commas; a percent sign only names the unit.

    >>> figure("29,199"), figure("13%"), figure("5955.5")
    (Decimal('29199'), Decimal('13'), Decimal('5955.5'))
    """
    if _FIGURE.fullmatch(text):
        return Decimal(text.rstrip("%").replace(",", ""))
    raise Fault("number-invalid")


def year(text: str) -> Literal:
    """A year of four digits, as xsd:gYear."""
    if text.isascii() and text.isdigit() and len(text) == 4 and int(text) >= EARLIEST_YEAR:
        return Literal.of(text, XSD.gYear)
    raise Fault("year-invalid")


def month(text: str) -> Literal:
    """A month of four digits for the year and two for itself, as xsd:gYearMonth.

    >>> month("199207")
    '"1992-07"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    """
    if re.fullmatch(r"[12][0-9]{3}(0[1-9]|1[0-2])", text):
        return Literal.of(f"{text[:4]}-{text[4:]}", XSD.gYearMonth)
    raise Fault("month-invalid")


def yes_or_no(text: str) -> bool:
    """Yes or No, True or False, in any case; 1 or 0."""
    if (truth := _TRUTHS.get(text.casefold())) is None:
        raise Fault("yes-no-invalid")
    return truth


@lru_cache(maxsize=4096)
def postcode(text: str) -> str:
    """A postcode in its spaced form, whatever its case and blanks.

    >>> postcode("pa296xd")
    'PA29 6XD'
    """
    if found := _POSTCODE.fullmatch("".join(text.upper().split())):
        return f"{found[1]} {found[2]}"
    raise Fault("postcode-invalid")


def point(latitude: str, longitude: str) -> Literal:
    """A point in degrees of WGS 84 as GeoSPARQL writes it: longitude first.

    >>> point("55.9533", "-3.1883")
    '"POINT(-3.1883 55.9533)"^^<http://www.opengis.net/ont/geosparql#wktLiteral>'
    """
    if not (_DEGREES.fullmatch(latitude) and _DEGREES.fullmatch(longitude)):
        raise Fault("point-invalid")
    if abs(Decimal(latitude)) > 90 or abs(Decimal(longitude)) > 180:
        raise Fault("point-off-earth")
    return Literal.of(f"POINT({longitude} {latitude})", GEO.wktLiteral)


@lru_cache(maxsize=4096)
def website(text: str) -> Iri:
    """An http(s) address whose host has a domain name; `www.…` gets the scheme that it lacks.

    >>> website("www.example.org")
    '<http://www.example.org>'
    """
    address = f"http://{text}" if text.lower().startswith("www.") else text
    fault = Fault("website-invalid")
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _ = parts.port
        if parts.scheme.lower() not in ("http", "https") or "@" in parts.netloc or not _HOST.fullmatch(host):
            raise fault
        found = Iri.of(address)
    except ValueError as error:
        raise fault from error
    if reaches_somebody_through(address):
        raise Fault("website-contact-details")
    return found


def bare_website(text: str) -> Iri:
    """A website as above, or a domain name alone, with or without a path.

    >>> bare_website("example.org/club")
    '<http://example.org/club>'
    """
    return website(f"http://{text}" if _HOST.fullmatch(text.partition("/")[0]) else text)
