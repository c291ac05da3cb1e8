"""Money over the years: the annual returns of an organisation as a table, and as bars where there are several."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal

from endpoint.pages.entity.organisation.annual_returns import Column, columns, head, parts
from endpoint.presentation.model.blocks import Notes, marks_of, reached, without_no
from endpoint.presentation.model.page import Accounts, Bar, Block, Chart, Figures, Line
from endpoint.presentation.model.values import Value, value_of
from endpoint.presentation.names import labels
from endpoint.presentation.reading.view import View
from endpoint.presentation.text.formatting import pounds, short_pounds
from endpoint.store.port import Fact
from graph.model.terms import CIV

__all__ = ["returns_block"]

WIDTH, HEIGHT, HEADROOM, GAP = 720, 180, 24, 36
"""The drawing's size in its own units, as the page scales it; room above the bars, gap between years."""
WHOLE, SHORT = 80, 40
"""The least width of a bar whose amount is written above it whole, and in short."""
DRAWN = 15
"""How many years are drawn at most, the latest ones."""

KINDS = ((CIV.income.value, "income"), (CIV.expenditure.value, "spending"))


def returns_block(view: View, notes: Notes, iri: str) -> Block | None:
    query = reached(iri, "Money over the years", "{it} civ:annualReturn ?subject .")
    facts = view.facts(query, iri)
    if not facts:
        return None
    stated, no = without_no(view, notes, facts)
    years = columns(stated)
    marks = marks_of(notes, facts)
    heads = tuple(head(view, year) for year in years)
    accounts = Accounts(heads, tuple(_figures(view, notes, years)), _of_every_year(no, len(years)))
    chart = _chart(list(reversed(years[:DRAWN]))) if len(years) > 1 else None
    return Block("money", "Money over the years", query, (chart, accounts) if chart else (accounts,), marks)


def _of_every_year(no: tuple[Line, ...], years: int) -> tuple[Line, ...]:
    return tuple(
        replace(line, label=line.label if years == 1 else f"{line.label} in every year that says") for line in no
    )


def _figures(view: View, notes: Notes, years: list[Column]) -> Iterator[Figures]:
    for part, props in parts(view, years):
        for place, prop in enumerate(props):
            cells = tuple(_cell(view, notes, prop, year.facts) for year in years)
            label = labels.property_label(view, prop)
            yield Figures(label, view.addresses.page(prop), cells, part if place == 0 else "")


def _cell(view: View, notes: Notes, prop: str, facts: list[Fact]) -> tuple[Value, ...]:
    """What the sources give for a year; where they differ, each value is shown with its source."""
    stated = {
        fact.value: {other.source for other in facts if other.property == prop and other.value == fact.value}
        for fact in facts
        if fact.property == prop
    }
    return tuple(value_of(view, prop, term, marks=notes.marks(graphs)) for term, graphs in stated.items())


def _chart(years: list[Column]) -> Chart | None:
    amounts = [[_amount(year.facts, prop) for prop, _ in KINDS] for year in years]
    highest = max((amount for row in amounts for amount in row if amount is not None), default=Decimal(0))
    if highest <= 0:
        return None
    step = WIDTH / len(years)
    bars = [
        _bar(place * step, step, offset, amount, highest)
        for place, row in enumerate(amounts)
        for offset, amount in enumerate(row)
        if amount is not None
    ]
    ends = tuple((round((place + 0.5) * step, 1), year.ends[:4]) for place, year in enumerate(years))
    words = f"Income and expenditure, {ends[0][1]} to {ends[-1][1]}; the figures are in the table"
    return Chart(WIDTH, HEIGHT, tuple(bars), ends, words)


def _bar(left: float, step: float, offset: int, amount: Decimal, highest: Decimal) -> Bar:
    """One bar of a year that begins at `left` and is `step` wide; `offset` counts the bars in it."""
    gap = min(GAP, step / 4)
    width = (step - gap) / len(KINDS)
    height = float(max(amount, Decimal(0)) / highest) * (HEIGHT - HEADROOM)
    text = pounds(amount) if width >= WHOLE else short_pounds(amount) if width >= SHORT else ""
    x = left + gap / 2 + offset * width
    return Bar(KINDS[offset][1], round(x, 1), round(HEIGHT - height, 1), round(width, 1), round(height, 1), text)


def _amount(facts: list[Fact], prop: str) -> Decimal | None:
    for fact in facts:
        if fact.property == prop and isinstance(fact.value, Literal):
            try:
                return Decimal(fact.value.value)
            except InvalidOperation:
                return None
    return None
