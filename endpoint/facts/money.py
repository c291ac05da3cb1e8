"""Money over the years: the annual returns of an organisation as a table, and as bars where there are several."""

from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal

from endpoint.facts import labels
from endpoint.facts.blocks import Notes, by_subject, marks_of, reached
from endpoint.facts.groups import RETURN_ORDER
from endpoint.facts.shown import Bar, Block, Chart, Figures, Year
from endpoint.facts.values import Value, value_of
from endpoint.facts.view import Fact, View
from graph.words.terms import CIV, RDF

__all__ = ["returns_block"]

WIDTH, HEIGHT, HEADROOM, GAP = 720, 180, 24, 36
"""The drawing's size in its own units, as the page scales it; room above the bars, gap between years."""

KINDS = ((CIV.income.value, "income"), (CIV.expenditure.value, "spending"))


def returns_block(view: View, notes: Notes, iri: str) -> Block | None:
    """The block, or None where there is no annual return."""
    query = reached(iri, "Money over the years", "{it} civ:annualReturn ?subject .")
    facts = view.facts(query, iri)
    if not facts:
        return None
    years = sorted(by_subject(facts).items(), key=lambda item: _ends(item[1]), reverse=True)
    return Block(
        "money",
        "Money over the years",
        "years",
        query,
        marks_of(notes, facts),
        years=tuple(_year(view, subject, said) for subject, said in years),
        figures=_figures(view, notes, [said for _, said in years]),
        chart=_chart(view, list(reversed(years))) if len(years) > 1 else None,
    )


def _year(view: View, subject: str, said: list[Fact]) -> Year:
    days = [value_of(view, fact.property, fact.value).text for fact in said if fact.property == CIV.yearEnd.value]
    return Year(f"Year to {days[0]}" if days else labels.title(view, subject), view.addresses.page(subject))


def _figures(view: View, notes: Notes, years: list[list[Fact]]) -> tuple[Figures, ...]:
    known = [prop.value for prop in RETURN_ORDER]
    met = dict.fromkeys(fact.property for said in years for fact in said)
    hidden = {RDF.type.value, CIV.yearEnd.value}  # they are the table itself and its heads
    order = [prop for prop in known if prop in met] + [prop for prop in met if prop not in {*known, *hidden}]
    return tuple(
        Figures(
            labels.property_label(view, prop),
            view.addresses.page(prop),
            tuple(_cell(view, notes, prop, said) for said in years),
        )
        for prop in order
    )


def _cell(view: View, notes: Notes, prop: str, said: list[Fact]) -> tuple[Value, ...]:
    stated = {
        fact.value: {other.source for other in said if other.property == prop and other.value == fact.value}
        for fact in said
        if fact.property == prop
    }
    return tuple(value_of(view, prop, term, marks=notes.marks(graphs)) for term, graphs in stated.items())


def _chart(view: View, years: list[tuple[str, list[Fact]]]) -> Chart | None:
    amounts = [[_amount(said, prop) for prop, _ in KINDS] for _, said in years]
    highest = max((amount for row in amounts for amount in row if amount is not None), default=Decimal(0))
    if highest <= 0:
        return None
    step = WIDTH / len(years)
    bars = [
        _bar(view, place * step, step, offset, amount, highest)
        for place, row in enumerate(amounts)
        for offset, amount in enumerate(row)
        if amount is not None
    ]
    ends = tuple((round((place + 0.5) * step, 1), _ends(said)[:4]) for place, (_, said) in enumerate(years))
    words = f"Income and expenditure, {ends[0][1]} to {ends[-1][1]}; the figures are in the table"
    return Chart(WIDTH, HEIGHT, tuple(bars), ends, words)


def _bar(view: View, left: float, step: float, offset: int, amount: Decimal, highest: Decimal) -> Bar:
    """One bar of a year that begins at `left` and is `step` wide; `offset` counts the bars in it."""
    prop, kind = KINDS[offset]
    width = (step - GAP) / len(KINDS)
    height = float(max(amount, Decimal(0)) / highest) * (HEIGHT - HEADROOM)
    text = value_of(view, prop, Literal(str(amount))).text
    x = left + GAP / 2 + offset * width
    return Bar(kind, round(x, 1), round(HEIGHT - height, 1), round(width, 1), round(height, 1), text)


def _amount(said: list[Fact], prop: str) -> Decimal | None:
    for fact in said:
        if fact.property == prop and isinstance(fact.value, Literal):
            try:
                return Decimal(fact.value.value)
            except InvalidOperation:
                return None
    return None


def _ends(said: list[Fact]) -> str:
    """The year end as ISO text, '' where none is given; sorts as the dates do."""
    ends = [fact.value.value for fact in said if fact.property == CIV.yearEnd.value and isinstance(fact.value, Literal)]
    return min(ends, default="")
