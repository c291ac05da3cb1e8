"""The only place where our own IRIs are made: one function a kind of thing.

The base is a setting of the process (`use_base`, or the environment's CIVSOC_BASE), because every IRI of a
graph shares it. Identifiers follow org-id.guide: a list code and the number as that list writes it.
"""

import os
import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast
from urllib.parse import quote

from graph.errors import UsageError
from graph.model.kinds import Kind
from graph.model.terms import Iri

DEFAULT_BASE = "http://localhost:8000/"

# RFC 3987 ipchar less what reads badly: letters, digits and a few marks stay, the rest is percent-encoded.
_SAFE = "-._~"

_base = DEFAULT_BASE


P = ParamSpec("P")
T = TypeVar("T")
_forget: list[Callable[[], None]] = []


def per_base(function: Callable[P, T]) -> Callable[P, T]:
    """Remember a function's answers for as long as the base IRI stays the same."""
    remembered = lru_cache(maxsize=65536)(function)
    _forget.append(remembered.cache_clear)
    return cast(Callable[P, T], remembered)


def use_base(base: str) -> None:
    """Set the base IRI of everything minted from here on; UsageError if it is not http(s) ending in a slash."""
    global _base
    if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`?#]+/", base):
        raise UsageError(
            "base IRI", f"{base!r} is not one", "write it as https://example.org/, with the slash at its end"
        )
    _base = base
    for forget in _forget:
        forget()


def base() -> str:
    """The base IRI in force."""
    return _base


def segment(text: str) -> str:
    """Make a text one path segment, reversibly; UTF-8 percent-encoding, as RFC 3986 section 2.5 has it.

    >>> segment("IP/10 002R")
    'IP%2F10%20002R'
    """
    plain = text.isalnum() and text.isascii()  # nearly every number, and quick to see
    return text if plain else quote(text, safe=_SAFE, errors="replace")


def organisation(list_code: str, number: str) -> Iri:
    """An organisation by its org-id.guide identifier.

    >>> organisation("GB-SC", "SC012345").value
    'http://localhost:8000/id/organisation/GB-SC-SC012345'
    """
    return Iri(f"<{_base}id/organisation/{list_code}-{segment(number)}>")


def registration(list_code: str, number: str) -> Iri:
    """The entry of an organisation in one register."""
    return Iri(f"<{_base}id/registration/{list_code}-{segment(number)}>")


def annual_return(list_code: str, number: str, year_end: date) -> Iri:
    """The accounts of an organisation for the financial year that ends on a date."""
    return Iri(f"<{_base}id/annual-return/{list_code}-{segment(number)}/{year_end.isoformat()}>")


def former_name(list_code: str, number: str, name: str, until: date | None) -> Iri:
    """A name that an organisation had until a day, which a register may not know.

    >>> former_name("GB-COH", "00169392", "Example Research", date(2010, 9, 2)).value
    'http://localhost:8000/id/former-name/GB-COH-00169392/2010-09-02-example-research'
    """
    when = until.isoformat() if until else "undated"
    return Iri(f"<{_base}id/former-name/{list_code}-{segment(number)}/{when}-{slug(name)}>")


def service(list_code: str, number: str) -> Iri:
    """A service that an organisation provides, by its number in a list of services."""
    return Iri(f"<{_base}id/service/{list_code}-{segment(number)}>")


def grant(number: str) -> Iri:
    """A grant by the identifier that its publisher gave it, unique within 360Giving.

    >>> grant("360G-example-1").value
    'http://localhost:8000/id/grant/360G-example-1'
    """
    return Iri(f"<{_base}id/grant/{segment(number)}>")


def grant_file(name: str) -> Iri:
    """A file of grants, by its identifier in the registry of 360Giving or by its name."""
    return Iri(f"<{_base}id/grant-file/{segment(name)}>")


def list_code(source_name: str) -> str:
    """The list code of a directory, which gives out identifiers of its own; org-id.guide has none for it.

    >>> list_code("glen_tsi")
    'DIR-GLENTSI'
    """
    return f"DIR-{source_name.replace('_', '').upper()}"


def listing(list_code: str, reference: str) -> Iri:
    """The entry of an organisation in a directory.

    >>> listing("DIR-GLENTSI", "GT/12").value
    'http://localhost:8000/id/listing/DIR-GLENTSI-GT%2F12'
    """
    return Iri(f"<{_base}id/listing/{list_code}-{segment(reference)}>")


def opportunity(list_code: str, reference: str) -> Iri:
    """A volunteering opportunity, by its reference in a directory."""
    return Iri(f"<{_base}id/opportunity/{list_code}-{segment(reference)}>")


def engagement_event(list_code: str, name: str) -> Iri:
    """What organisations took part in, by the handle of its name in a list."""
    return Iri(f"<{_base}id/engagement-event/{list_code}-{segment(name)}>")


def engagement(event: Iri, day: date | None, body: Iri) -> Iri:
    """That an organisation took part in something on a day, which a list may not know.

    >>> course = engagement_event("DIR-GLENTSI", "course")
    >>> engagement(course, date(2026, 3, 1), organisation("GB-SC", "SC012345")).value
    'http://localhost:8000/id/engagement/DIR-GLENTSI-course/2026-03-01/GB-SC-SC012345'
    """
    return Iri(
        f"<{_base}id/engagement/{last_segment(event)}/{day.isoformat() if day else 'undated'}/{last_segment(body)}>"
    )


def part(kind: Kind, whole: Iri, *names: str) -> Iri:
    """A thing that is known only as a part of one of ours, such as an event in the history of a register's entry.

    >>> part("register-event", organisation("GB-CHC", "200047"), "2").value
    'http://localhost:8000/id/register-event/GB-CHC-200047/2'
    """
    return Iri(f"<{_base}id/{kind}/{'/'.join((last_segment(whole), *map(segment, names)))}>")


def below(kind: Kind, whole: Iri, name: str) -> Iri:
    """A thing that is known only within another, which may itself be in a third: the whole path leads to it.

    >>> below("address", below("site", source("bristol"), "l1"), "a1").value
    'http://localhost:8000/id/address/bristol/l1/a1'
    """
    path = whole.value.removeprefix(f"{_base}id/").partition("/")[2]
    return Iri(f"<{_base}id/{kind}/{path}/{segment(name)}>")


def link(first: Iri, kind: str, second: Iri) -> Iri:
    """A statement, with evidence, that two of our things are related in a way."""
    return Iri(f"<{_base}id/link/{last_segment(first)}/{kind}/{last_segment(second)}>")


def event(first: Iri, kind: str, second: Iri) -> Iri:
    """Something that happened between two organisations, such as a merger of the first into the second."""
    return Iri(f"<{_base}id/event/{last_segment(first)}/{kind}/{last_segment(second)}>")


def classification(organisation_iri: Iri, scheme_name: str, method: str) -> Iri:
    """What a method, not a register, says of the kind of an organisation, in the codes of one scheme."""
    return Iri(f"<{_base}id/classification/{last_segment(organisation_iri)}/{segment(scheme_name)}/{segment(method)}>")


def problem(source_name: str, row: int, column: str, number: int = 1) -> Iri:
    """A fault in the data of a source; `number` distinguishes several in one cell."""
    place = f"row-{row}/{slug(column) or 'row'}"
    return Iri(f"<{_base}id/problem/{source_name}/{place}{f'-{number}' if number > 1 else ''}>")


@per_base
def postcode(text: str) -> Iri:
    """A postcode in its spaced form.

    >>> postcode("EH1 1AA").value
    'http://localhost:8000/id/postcode/EH1-1AA'
    """
    return Iri(f"<{_base}id/postcode/{segment(text.replace(' ', '-'))}>")


@per_base
def area(gss_code: str) -> Iri:
    """A statistical or administrative area by its GSS code (ONS Register of Geographic Codes)."""
    return Iri(f"<{_base}id/area/{segment(gss_code)}>")


@per_base
def dataset(name: str) -> Iri:
    """A data cube: area statistics of one structure."""
    return Iri(f"<{_base}id/dataset/{segment(name)}>")


def observation(cube: str, *place: str) -> Iri:
    """One observation of a data cube, by the codes that tell it from the others.

    >>> observation("simd2020v2-ranks", "S01006506").value
    'http://localhost:8000/id/observation/simd2020v2-ranks/S01006506'
    """
    return Iri(f"<{_base}id/observation/{cube}/{'/'.join(map(segment, place))}>")


def geometry(place: Iri) -> Iri:
    """The shape or point of an area or a postcode.

    >>> geometry(area("S12000036")).value
    'http://localhost:8000/id/geometry/S12000036'
    """
    return Iri(f"<{_base}id/geometry/{last_segment(place)}>")


def statistics(gss_code: str) -> Iri:
    """An area in the linked data of the statistics offices: Scotland's own, or the ONS's for all others."""
    host = "statistics.gov.scot" if gss_code.startswith("S") else "statistics.data.gov.uk"
    return Iri(f"<http://{host}/id/statistical-geography/{segment(gss_code)}>")


@per_base
def register(list_code: str) -> Iri:
    """A list that gives out identifiers, by its org-id.guide code."""
    return Iri(f"<{_base}id/register/{segment(list_code)}>")


@per_base
def source(name: str) -> Iri:
    """A source of data, which is also the name of its named graph."""
    return Iri(f"<{_base}id/source/{segment(name)}>")


@per_base
def scheme(name: str) -> Iri:
    """A code list."""
    return Iri(f"<{_base}def/{segment(name)}>")


@per_base
def concept(scheme_name: str, code: str) -> Iri:
    """One entry of a code list."""
    return Iri(f"<{_base}def/{segment(scheme_name)}/{segment(code)}>")


def slug(text: str) -> str:
    """A readable path segment from words: lower case, hyphens.

    >>> slug("Principal Office/Trustees Address")
    'principal-office-trustees-address'
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def last_segment(iri: str) -> str:
    """What an IRI has after its last slash or hash, with or without brackets round it: a code, or a term's name.

    >>> last_segment("http://localhost:8000/id/area/S12000036"), last_segment("<http://www.w3.org/ns/org#hasSite>")
    ('S12000036', 'hasSite')
    """
    return iri[max(iri.rfind("/"), iri.rfind("#")) + 1 :].removesuffix(">")


use_base(os.environ.get("CIVSOC_BASE", DEFAULT_BASE))
