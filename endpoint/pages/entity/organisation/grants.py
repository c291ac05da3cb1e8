"""The grants that an organisation got and those that it made: the latest as a table, all counted by currency."""

from decimal import Decimal

from pyoxigraph import NamedNode

from endpoint.presentation.model.page import Block, Grid, Line, query_form_href
from endpoint.presentation.model.values import Value, link
from endpoint.presentation.names import labels
from endpoint.presentation.names.short_names import day_of, plain
from endpoint.presentation.reading.display import display_of
from endpoint.presentation.reading.view import View
from endpoint.presentation.text.formatting import money, plural
from endpoint.store.port import Row, text
from endpoint.store.queries import shorten, with_prefixes
from graph.model.terms import CIV, SCHEMA, Iri

__all__ = ["grant_blocks", "has_grants", "in_short"]

SHOWN = 25
"""Grants that the page lists; its query gives all."""
GOT = ("grants-got", "Grants that it got", CIV.recipient, SCHEMA.funder, "Funder")
MADE = ("grants-made", "Grants that it made", SCHEMA.funder, CIV.recipient, "Recipient")


def grant_blocks(view: View, iri: str) -> list[Block]:
    return [block for sides in (GOT, MADE) if (block := _block(view, iri, sides))]


def in_short(view: View, iri: str) -> list[str]:
    """The line under the title of a grant: how much, from whom, to whom, when."""
    if CIV.Grant.value not in view.types(iri):
        return []
    amount = plain(view, iri, CIV.amountAwarded)
    funder, recipient = (
        labels.title(view, party) if party else ""
        for party in (view.thing(iri, it) for it in (SCHEMA.funder, CIV.recipient))
    )
    to = recipient or plain(view, iri, CIV.recipientName)
    days = (plain(view, iri, prop) for prop in display_of(view).group("how-new").properties)
    when = next(filter(None, days), "")
    return [
        *([money(Decimal(amount), plain(view, iri, SCHEMA.currency))] if amount else []),
        *([f"from {funder}"] if funder else []),
        *([f"to {to}"] if to else []),
        *([day_of(when)] if when else []),
    ]


def _block(view: View, iri: str, sides: tuple[str, str, Iri, Iri, str]) -> Block | None:
    name, title, side, other, head = sides
    query = _query(iri, title, side, other)
    totals = _totals(view, iri, side)
    rows = tuple(_row(view, row) for row in view.rows(f"{query}\nLIMIT {SHOWN}"))
    if not has_grants(view, iri, side):
        return None
    count = sum(number for _, number, _ in totals)
    words = "; ".join(f"{plural(number, 'grant')}, {money(total, currency)}" for currency, number, total in totals)
    more = f". The latest {SHOWN} are listed" if count > SHOWN else ""
    all_of_them = Value(f"{words}{more}", "link", href=query_form_href(query))
    in_all = (Line("In all", "", (all_of_them,)),)
    return Block(name, title, query, (Grid(("Grant", head, "Awarded", "Amount"), rows, in_all),))


def has_grants(view: View, iri: str, side: Iri) -> bool:
    """Whether anything has it as funder or recipient, whichever `side` is."""
    return bool(view.rows(f"SELECT ?it {{ ?it {side} {NamedNode(iri)} }} LIMIT 1"))


def _query(iri: str, title: str, side: Iri, other: Iri) -> str:
    return with_prefixes(
        f"# {title}: {iri}\nSELECT ?grant ?title ?other ?named ?year ?month ?day ?amount ?currency WHERE {{\n"
        f"  ?grant {shorten(side)} {NamedNode(iri)} ; a civ:Grant .\n"
        f"  OPTIONAL {{ ?grant {shorten(other)} ?other }}\n  OPTIONAL {{ ?grant skos:prefLabel ?title }}\n"
        "  OPTIONAL { ?grant civ:recipientName ?named }\n  OPTIONAL { ?grant civ:awardYear ?year }\n"
        "  OPTIONAL { ?grant civ:awardMonth ?month }\n  OPTIONAL { ?grant civ:awardDate ?day }\n"
        "  OPTIONAL { ?grant civ:amountAwarded ?amount }\n  OPTIONAL { ?grant schema:currency ?currency }\n"
        "}\nORDER BY DESC(?year) DESC(?month) DESC(?day) ?grant"
    )


def _totals(view: View, iri: str, side: Iri) -> list[tuple[str, int, Decimal]]:
    """Currency, number of grants and sum, the commonest currency first: amounts in two currencies are never added."""
    query = with_prefixes(
        "SELECT ?currency (COUNT(?grant) AS ?count) (SUM(?awarded) AS ?total) WHERE {\n"
        f"  ?grant {shorten(side)} {NamedNode(iri)} ; a civ:Grant .\n"
        "  OPTIONAL { ?grant schema:currency ?currency }\n  OPTIONAL { ?grant civ:amountAwarded ?amount }\n"
        "  BIND(COALESCE(?amount, 0) AS ?awarded)\n}\nGROUP BY ?currency ORDER BY DESC(?count) ?currency"
    )
    rows = view.rows(query)
    return [(text(row, "currency"), int(text(row, "count")), Decimal(text(row, "total"))) for row in rows]


def _row(view: View, row: Row) -> tuple[Value, ...]:
    grant, other = text(row, "grant"), text(row, "other")
    title = text(row, "title") or labels.title(view, grant)
    party = link(view, other) if other else Value("", "text")
    amount = text(row, "amount")
    given = money(Decimal(amount), text(row, "currency")) if amount else "not stated"
    linked = Value(title, "link", href=view.addresses.page(grant))
    return linked, party, Value(_when(row), "text"), Value(given, "number")


def _when(row: Row) -> str:
    """When it was awarded, as precisely as is known."""
    return day_of(text(row, "day") or text(row, "month") or text(row, "year")) or "not stated"
