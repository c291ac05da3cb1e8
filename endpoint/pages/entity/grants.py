"""The grants that an organisation got and those that it made: the latest as a table, all counted by currency."""

from decimal import Decimal

from pyoxigraph import Literal, NamedNode, QuerySolution

from endpoint.presentation import labels
from endpoint.presentation.display import display_of
from endpoint.presentation.formatting import money, plural
from endpoint.presentation.names import day_of, plain
from endpoint.presentation.page import Block, Grid, Line, ask_again
from endpoint.presentation.values import Value
from endpoint.presentation.view import View, shorten, with_prefixes
from graph.model.terms import CIV, SCHEMA, Iri

__all__ = ["grant_blocks", "in_short"]

SHOWN = 25
"""Grants that the page lists; its query gives all."""
GOT = ("grants-got", "Grants that it got", CIV.recipient, SCHEMA.funder, "Funder")
MADE = ("grants-made", "Grants that it made", SCHEMA.funder, CIV.recipient, "Recipient")


def grant_blocks(view: View, iri: str) -> list[Block]:
    """The blocks of those that there are."""
    return [block for sides in (GOT, MADE) if (block := _block(view, iri, sides))]


def in_short(view: View, iri: str) -> list[str]:
    """The line under the title of a grant: how much, from whom, to whom, when."""
    if CIV.Grant.value not in view.types(iri):
        return []
    amount = plain(view, iri, CIV.amountAwarded)
    parties = ((prop, view.value(iri, prop)) for prop in (SCHEMA.funder, CIV.recipient))
    named = {prop: labels.title(view, party.value) for prop, party in parties if isinstance(party, NamedNode)}
    to = named.get(CIV.recipient) or plain(view, iri, CIV.recipientName)
    days = (plain(view, iri, prop) for prop in display_of(view).group("how-new").properties)
    when = next(filter(None, days), "")
    return [
        *([money(Decimal(amount), plain(view, iri, SCHEMA.currency))] if amount else []),
        *([f"from {named[SCHEMA.funder]}"] if SCHEMA.funder in named else []),
        *([f"to {to}"] if to else []),
        *([day_of(when)] if when else []),
    ]


def _block(view: View, iri: str, sides: tuple[str, str, Iri, Iri, str]) -> Block | None:
    name, title, side, other, head = sides
    if not view.subjects(side, iri):
        return None
    query = _query(iri, title, side, other)
    rows = tuple(_row(view, row) for row in view.rows(f"{query}\nLIMIT {SHOWN}"))
    totals = _totals(view, iri, side)
    count = sum(number for _, number, _ in totals)
    words = "; ".join(f"{plural(number, 'grant')}, {money(total, currency)}" for currency, number, total in totals)
    more = f". The latest {SHOWN} are listed" if count > SHOWN else ""
    all_of_them = Value(f"{words}{more}", "link", href=ask_again(query))
    return Block(
        name,
        title,
        "figures",
        query,
        grid=Grid(("Grant", head, "Awarded", "Amount"), rows),
        remarks=(Line("In all", "", (all_of_them,)),),
    )


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
    return [(_text(row, "currency"), int(_text(row, "count")), Decimal(_text(row, "total"))) for row in rows]


def _row(view: View, row: QuerySolution) -> tuple[Value, ...]:
    grant, other = _text(row, "grant"), _text(row, "other")
    title = _text(row, "title") or labels.title(view, grant)
    party = Value(labels.title(view, other), "link", href=view.addresses.page(other)) if other else Value("", "text")
    amount = _text(row, "amount")
    given = money(Decimal(amount), _text(row, "currency")) if amount else "not stated"
    linked = Value(title, "link", href=view.addresses.page(grant))
    return linked, party, Value(_when(row), "text"), Value(given, "number")


def _when(row: QuerySolution) -> str:
    """When it was awarded, as precisely as is known."""
    return day_of(_text(row, "day") or _text(row, "month") or _text(row, "year")) or "not stated"


def _text(row: QuerySolution, name: str) -> str:
    term = row[name]
    return term.value if isinstance(term, Literal | NamedNode) else ""
