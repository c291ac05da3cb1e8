"""Annual returns: the year that an amount counts in, the band of the income last stated, and which of two counts."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.model.terms import CIV, XSD, Iri
from graph.statistics.organisations import Entry, Roll
from graph.statistics.places import Place
from graph.statistics.returns import Money, read_returns

EDINBURGH = "S12000036"
SCOTLAND = "S92000003"
BODY = "http://localhost:8000/id/organisation/GB-SC-SC900001"

Return = tuple[str, str, Mapping[Iri, str]]
"""The end of a return's IRI, the end of its year, and its figures."""


def _node(term: Iri) -> NamedNode:
    return NamedNode(term.value)


def _store(*returns: Return, body: str = BODY) -> Store:
    store = Store()
    for name, end, figures in returns:
        one = NamedNode(f"{body}/{name}")
        store.add(Quad(NamedNode(body), _node(CIV.annualReturn), one))
        store.add(Quad(one, _node(CIV.yearEnd), Literal(end, datatype=_node(XSD.date))))
        for figure, amount in figures.items():
            store.add(Quad(one, _node(figure), Literal(amount, datatype=_node(XSD.decimal))))
    return store


def _roll(*, registered: bool = True, registrations: int = 1) -> Roll:
    entry = Entry(Place(council=EDINBURGH), registered=registered, registrations=registrations)
    return Roll({BODY: entry})


def _incomes(money: Money) -> dict[tuple[str, str], Decimal]:
    return {key: held.total for key, held in money.sums[CIV.income].items()}


@pytest.mark.parametrize(
    ("income", "band"),
    [
        ("0", "to-12500"),
        ("12500", "to-12500"),
        ("12501", "to-25000"),
        ("25000", "to-25000"),
        ("25001", "to-50000"),
        ("50000", "to-50000"),
        ("50001", "to-100000"),
        ("100000", "to-100000"),
        ("100001", "to-500000"),
        ("500000", "to-500000"),
        ("500001", "to-1000000"),
        ("1000000", "to-1000000"),
        ("1000001", "over-1000000"),
    ],
)
def test_an_income_is_in_the_band_that_ends_with_it_or_above_it(income: str, band: str) -> None:
    roll = _roll()
    read_returns(_store(("a", "2024-03-31", {CIV.income: income})), roll)
    assert roll.entries[BODY].band == f"size-band/{band}"


@pytest.mark.parametrize("ends", [("2023-03-31", "2024-03-31"), ("2024-03-31", "2023-03-31")])
def test_a_body_of_two_bands_has_that_of_its_latest_year(ends: tuple[str, str]) -> None:
    incomes = {"2023-03-31": "10000", "2024-03-31": "2000000"}
    roll = _roll()
    read_returns(_store(*((end, end, {CIV.income: incomes[end]}) for end in ends)), roll)
    assert roll.entries[BODY].band == "size-band/over-1000000"


def test_a_later_year_without_an_income_leaves_the_band_of_the_one_before() -> None:
    roll = _roll()
    later = ("b", "2024-03-31", {CIV.expenditure: "5"})
    read_returns(_store(("a", "2023-03-31", {CIV.income: "60000"}), later), roll)
    assert roll.entries[BODY].band == "size-band/to-100000"


def test_an_amount_counts_in_the_council_and_the_country_and_in_the_year_in_which_it_ends() -> None:
    money = read_returns(
        _store(("a", "2024-03-31", {CIV.income: "7"}), ("b", "2024-04-01", {CIV.income: "5"})), _roll()
    )
    assert _incomes(money) == {
        ("2023-24", EDINBURGH): 7,
        ("2023-24", SCOTLAND): 7,
        ("2024-25", EDINBURGH): 5,
        ("2024-25", SCOTLAND): 5,
    }


def test_of_returns_for_one_year_to_two_registers_the_larger_amount_counts_and_once() -> None:
    two = (("a", "2024-03-31", {CIV.income: "70000"}), ("b", "2024-03-31", {CIV.income: "60000"}))
    roll = _roll(registrations=2)
    money = read_returns(_store(*two), roll)
    assert _incomes(money)["2023-24", EDINBURGH] == 70_000
    assert money.sums[CIV.income]["2023-24", EDINBURGH].returns == 1
    assert roll.entries[BODY].band == "size-band/to-100000"


def test_money_of_a_body_that_is_on_no_register_is_not_added_up() -> None:
    money = read_returns(_store(("a", "2024-03-31", {CIV.income: "7"})), _roll(registered=False))
    assert _incomes(money) == {}


def test_a_loss_takes_from_the_sum_and_counts_for_its_size() -> None:
    money = read_returns(
        _store(("a", "2023-06-30", {CIV.income: "100"}), ("b", "2023-12-31", {CIV.income: "-40"})), _roll()
    )
    held = money.sums[CIV.income]["2023-24", EDINBURGH]
    assert [held.total, held.largest, held.sizes] == [60, 100, 140]
    assert held.returns == 2
    assert held.contributors == {BODY}
