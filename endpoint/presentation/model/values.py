"""How a value reads: dates, money and booleans in English, things by their names."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal, NamedNode

from endpoint.presentation.names import labels
from endpoint.presentation.reading.display import Way, display_of
from endpoint.presentation.reading.kept import kept
from endpoint.presentation.reading.view import View
from endpoint.presentation.text.formatting import english_date, money, per_thousand, pounds
from endpoint.presentation.text.licences import licence_name
from graph.model.iri import last_segment
from graph.model.query import Term
from graph.model.terms import CIV, RDFS, SDMX_ATTRIBUTE, XSD

__all__ = ["Value", "currency_of", "is_money", "link", "value_of"]

LONG = 180
"""Characters from which a text is set as a paragraph instead of in a line."""


@dataclass(frozen=True)
class Value:
    """A value as a page shows it. `kind` is one of text, long, link, outside, number, code.

    `href` leads to the thing; `page`, beside a link that leads away, to what else this graph has about it. `note` is a
    quiet remark: who states it, how it was found.
    """

    text: str
    kind: str
    href: str = ""
    page: str = ""
    lang: str = ""
    code: str = ""
    caveat: str = ""
    marks: tuple[int, ...] = ()
    note: str = ""


def is_money(view: View, prop: str) -> bool:
    """Whether a property is of pounds: the vocabulary gives its unit, or it is a decimal number of annual returns."""
    return prop in _in_pounds(view)


@kept
def _in_pounds(view: View) -> frozenset[str]:
    decimals = view.subjects(RDFS.range, XSD.decimal.value)
    returned = frozenset(decimals).intersection(view.subjects(RDFS.domain, CIV.AnnualReturn.value))
    return returned.union(view.subjects(SDMX_ATTRIBUTE.unitMeasure, f"{view.base}def/unit/pounds"))


def currency_of(view: View, stated: Iterable[tuple[str, Term]]) -> str:
    """The one currency among the properties and values of a thing, '' where it states none or several."""
    display = display_of(view)
    found = {term.value for prop, term in stated if display.shows(prop, Way.CURRENCY) and isinstance(term, Literal)}
    return found.pop() if len(found) == 1 else ""


def link(view: View, iri: str, *, marks: tuple[int, ...] = (), note: str = "") -> Value:
    """A thing by its title, linked to its page."""
    return Value(labels.title(view, iri), "link", href=view.addresses.page(iri), marks=marks, note=note)


def value_of(
    view: View, prop: str, term: Term, *, caveat: str = "", marks: tuple[int, ...] = (), currency: str = ""
) -> Value:
    """A value of a property as it reads; `currency` is that of the thing, for amounts that are in it."""
    if isinstance(term, NamedNode):
        return _thing(view, prop, term.value, marks)
    if not isinstance(term, Literal):
        return Value(str(term), "code", marks=marks)
    lang = term.language or ""
    text, kind = _literal(view, prop, term, currency)
    return Value(text, kind, lang="" if lang == "en" else lang, caveat=caveat, marks=marks)


def _thing(view: View, prop: str, iri: str, marks: tuple[int, ...]) -> Value:
    display = display_of(view)
    if display.shows(prop, Way.OUTWARD) and iri.startswith(("http://", "https://")) and not view.addresses.owns(iri):
        shared = view.addresses.page(iri) if view.is_shared(iri) else ""
        return Value(view.name(iri) or licence_name(iri), "outside", href=iri, page=shared, marks=marks)
    code = last_segment(iri) if display.shows(prop, Way.STATUS) else ""
    return replace(link(view, iri, marks=marks), code=code)


def _literal(view: View, prop: str, term: Literal, currency: str) -> tuple[str, str]:
    datatype, text = term.datatype.value, term.value
    try:
        if measured := _measured(view, prop, text, currency):
            return measured, "number"
        if datatype == XSD.date.value:
            return english_date(date.fromisoformat(text[:10])), "text"
        if datatype == XSD.dateTime.value:
            moment = datetime.fromisoformat(text)
            return f"{english_date(moment.date())}, {moment:%H:%M %Z}".rstrip(), "text"
        if datatype in (XSD.integer.value, XSD.decimal.value, XSD.nonNegativeInteger.value):
            return _number(view, prop, text), "number"
    except (ValueError, InvalidOperation):
        return text, "code"
    if datatype == XSD.boolean.value:
        return {"true": "Yes", "1": "Yes", "false": "No", "0": "No"}.get(text, text), "text"
    if display_of(view).shows(prop, Way.CODE):
        return text, "code"
    return text, "long" if len(text) > LONG or "\n" in text.strip() else "text"


def _measured(view: View, prop: str, text: str, currency: str) -> str:
    """A number with the unit of the property, '' if it has none."""
    if is_money(view, prop):
        return pounds(Decimal(text))
    display = display_of(view)
    if display.shows(prop, Way.AMOUNT):
        return money(Decimal(text), currency)
    if display.shows(prop, Way.PER_THOUSAND):
        return per_thousand(Decimal(text))
    return f"{Decimal(text):.0%}" if display.shows(prop, Way.PERCENTAGE) else ""


def _number(view: View, prop: str, text: str) -> str:
    number = Decimal(text)
    return text if display_of(view).shows(prop, Way.PLAIN_NUMBER) else f"{number:,}"
