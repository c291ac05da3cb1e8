"""Annual returns, read once: what comes in and goes out by council and financial year, and each income last stated."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import groupby

from pyoxigraph import Store

from graph.model.places import country
from graph.model.store_rows import rows
from graph.model.terms import CIV, Iri
from graph.statistics.bands import band
from graph.statistics.disclosure_control import FEWEST_CONTRIBUTORS
from graph.statistics.organisations import Roll

FIGURES = (CIV.income, CIV.expenditure)
APRIL = 4

YearAndArea = tuple[str, str]
"""A financial year, such as 2019-20, and a GSS code."""


@dataclass(slots=True)
class Sum:
    """A sum of money, with the figures that show whether it is dominated by one organisation."""

    total: Decimal = Decimal(0)
    returns: int = 0
    largest: Decimal = Decimal(0)
    sizes: Decimal = Decimal(0)
    contributors: set[str] = field(default_factory=set[str])
    """The first few organisations: whether they are enough is all that is asked."""

    def add(self, organisation: str, amount: Decimal) -> None:
        self.total += amount
        self.returns += 1
        self.largest = max(self.largest, abs(amount))
        self.sizes += abs(amount)
        if len(self.contributors) < FEWEST_CONTRIBUTORS:
            self.contributors.add(organisation)


@dataclass(frozen=True)
class Money:
    """Sums by year and area, for councils and countries."""

    sums: dict[Iri, dict[YearAndArea, Sum]]


@dataclass(slots=True)
class _Latest:
    end: str
    income: Decimal


def financial_year(year_end: date) -> str:
    """The financial year, from April to March, in which a year ends.

    >>> financial_year(date(2020, 3, 31)), financial_year(date(2020, 4, 1)), financial_year(date(1999, 12, 31))
    ('2019-20', '2020-21', '1999-00')
    """
    first = year_end.year if year_end.month >= APRIL else year_end.year - 1
    return f"{first}-{(first + 1) % 100:02}"


def read_returns(store: Store, roll: Roll) -> Money:
    """Add up the returns, and note in the roll the band of each organisation's last stated income."""
    sums: dict[Iri, dict[YearAndArea, Sum]] = {figure: defaultdict(Sum) for figure in FIGURES}
    latest: dict[str, _Latest] = {}
    for organisation, end, amounts in _returns(store, roll):
        entry = roll.entries[organisation]
        year = financial_year(date.fromisoformat(end))
        for area in (entry.place.council, country(entry.place.council)):
            if area and entry.registered:
                for figure, amount in amounts.items():
                    sums[figure][year, area].add(organisation, amount)
        if (income := amounts.get(CIV.income)) is not None:
            held = latest.setdefault(organisation, _Latest(end, income))
            if end > held.end:
                held.end, held.income = end, income
    for organisation, last in latest.items():
        roll.entries[organisation].band = band(last.income)
    return Money(sums)


def _returns(store: Store, roll: Roll) -> Iterator[tuple[str, str, dict[Iri, Decimal]]]:
    """Organisation, year end and figures of each return; of several for one year, to several registers, the largest.

    Returns come in any order but each in one piece, so only those of organisations with several registrations are kept.
    """
    several: dict[tuple[str, str], dict[Iri, Decimal]] = {}
    where = f"?organisation {CIV.annualReturn} ?return . ?return {CIV.yearEnd} ?end " + " ".join(
        f"OPTIONAL {{ ?return {figure} ?amount{place} }}" for place, figure in enumerate(FIGURES)
    )
    for (organisation, _), figures_by_year in groupby(
        rows(store, "?organisation ?return ?end ?amount0 ?amount1", where), _whose
    ):
        stated = list(figures_by_year)
        end, amounts = max(row[2] for row in stated), _amounts(stated)
        if (entry := roll.entries.get(organisation)) is None:
            continue
        if entry.registrations > 1:
            held = several.setdefault((organisation, end), {})
            held.update({figure: max(amount, held.get(figure, amount)) for figure, amount in amounts.items()})
        else:
            yield organisation, end, amounts
    yield from ((organisation, end, amounts) for (organisation, end), amounts in sorted(several.items()))


def _amounts(stated: list[tuple[str, ...]]) -> dict[Iri, Decimal]:
    """The figures of one return; the largest where sources differ."""
    found: dict[Iri, Decimal] = {}
    for _, _, _, *texts in stated:
        for figure, text in zip(FIGURES, texts, strict=True):
            if (amount := _decimal(text)) is not None:
                found[figure] = max(amount, found.get(figure, amount))
    return found


def _whose(row: tuple[str, ...]) -> tuple[str, str]:
    return row[0], row[1]


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
