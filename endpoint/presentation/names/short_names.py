"""What the graph itself names a thing, and bare values as text."""

import re
from datetime import date
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode

from endpoint.presentation.reading.view import View
from endpoint.presentation.text.addresses import compact
from endpoint.presentation.text.formatting import english_date, sentence_case
from graph.model.terms import CIV, SKOS, Iri

__all__ = ["day_of", "plain", "short_name", "value_name"]

_KIND_AND_CODE = re.compile(r"id/([a-z-]+)/([^/]+)")
_MONTH = re.compile(r"\d{4}-\d{2}")
_ORGANISATION = re.compile(r"/id/organisation/(?:GB-SC-)?([^/]+)$")


def short_name(view: View, iri: str) -> str:
    """The name of a thing: as the graph gives it, or its number or code, or the end of its IRI."""
    found = _KIND_AND_CODE.fullmatch(local := iri.removeprefix(view.base))
    area = bool(found) and local.startswith("id/area/")  # nobody sees from its code alone that it is one
    if name := view.name(iri) or plain(view, iri, SKOS.altLabel) or ("" if area else plain(view, iri, SKOS.notation)):
        return name
    if number := _ORGANISATION.search(iri):
        deleted = bool(view.values(iri, CIV.nameStatus))
        known = unquote(number[1])
        return f"Charity {known} (name deleted from the register)" if deleted else f"Organisation {known}"
    return f"{sentence_case(found[1].replace('-', ' '))} {unquote(found[2])}" if found else compact(local)


def plain(view: View, iri: str, prop: Iri) -> str:
    """A value as bare text, '' where there is none."""
    value = view.value(iri, prop)
    return value.value if isinstance(value, (Literal, NamedNode)) else ""


def day_of(text: str) -> str:
    """A date or a month in English, or the text as it is where it is neither.

    >>> day_of("2025-12-31"), day_of("2025-12"), day_of("unknown")
    ('31 December 2025', 'December 2025', 'unknown')
    """
    month = _MONTH.fullmatch(text)
    try:
        day = english_date(date.fromisoformat(f"{text}-01" if month else text))
    except ValueError:
        return text
    return day.partition(" ")[2] if month else day


def value_name(view: View, iri: str, prop: Iri) -> str:
    """The name of the thing that is the value of a property, '' where there is none."""
    return short_name(view, it) if (it := view.thing(iri, prop)) else ""
