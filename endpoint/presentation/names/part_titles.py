"""Names for the parts of services and places: a schedule by its days and hours, a price by its amount."""

from decimal import Decimal

from endpoint.presentation.names.short_names import day_of, plain, short_name, value_name
from endpoint.presentation.reading.display import display_of
from endpoint.presentation.reading.view import View
from endpoint.presentation.text.formatting import money
from graph.model.terms import CIV, DCT, SCHEMA, SKOS, Iri

__all__ = ["attribute", "described", "number_stated", "part", "place_of", "price", "schedule"]

DAYS = {
    "MO": "Mondays",
    "TU": "Tuesdays",
    "WE": "Wednesdays",
    "TH": "Thursdays",
    "FR": "Fridays",
    "SA": "Saturdays",
    "SU": "Sundays",
}
"""The days of the week as calendars write them (RFC 5545)."""


def part(view: View, iri: str, kind: str) -> str:
    """The name of a part, which seldom has one of its own: that of what it is a part of."""
    words, prop = display_of(view).parts[kind]
    owners = sorted(view.subjects(Iri(f"<{prop}>"), iri))
    return view.name(iri) or next((f"{words} {short_name(view, it)}" for it in owners), "")


def schedule(view: View, iri: str) -> str:
    """When something happens: on which days, from when to when."""
    codes = plain(view, iri, SCHEMA.byDay).split(",")
    days = [DAYS[code] for code in codes if code in DAYS]
    hours = "–".join(time[:5] for prop in (SCHEMA.opens, SCHEMA.closes) if (time := plain(view, iri, prop)))
    until = plain(view, iri, SCHEMA.validThrough)
    words = (" and ".join(days), hours, _unless_weekly(view, iri), f"until {day_of(until)}" if until else "")
    return ", ".join(part for part in words if part) if days or hours else ""


def _unless_weekly(view: View, iri: str) -> str:
    """How often, where it is not each week."""
    often, step = value_name(view, iri, CIV.frequency), plain(view, iri, CIV.interval)
    times = f"every {step}" if step not in ("", "1") else ""
    return "" if often.lower() == "weekly" and not times else " ".join(part for part in (often.lower(), times) if part)


def price(view: View, iri: str) -> str:
    """For whom it costs how much: amounts have a currency only where one is stated."""
    amount = plain(view, iri, SCHEMA.price)
    amount_words = money(Decimal(amount), plain(view, iri, SCHEMA.priceCurrency)) if amount else ""
    costs = " ".join(part for part in (amount_words, plain(view, iri, DCT.description)) if part)
    return ": ".join(part for part in (view.name(iri), costs) if part)


def place_of(view: View, iri: str) -> str:
    return view.name(iri) or value_name(view, iri, CIV.givenAt)


def number_stated(view: View, iri: str) -> str:
    kind = plain(view, iri, CIV.identifierType) or plain(view, iri, CIV.identifierScheme)
    return f"{kind} {plain(view, iri, SKOS.notation)}".strip()


def attribute(view: View, iri: str) -> str:
    return value_name(view, iri, CIV.taxonomyTerm) or plain(view, iri, CIV.attributeValue)


def described(view: View, iri: str) -> str:
    return view.name(iri) or plain(view, iri, DCT.description)
