"""Money by area and year: which sums are withheld, with the margins written out, and what is withheld beside them."""

from decimal import Decimal

from graph.model.terms import CIV
from graph.statistics.protected import money_cubes
from graph.statistics.returns import Money, Sum

YEAR = "2023-24"
SCOTLAND = "S92000003"
COUNCILS = ("S12000033", "S12000034", "S12000036", "S12000049")
"""Aberdeen City, Aberdeenshire, Edinburgh, Glasgow."""


def _sum(*amounts: int) -> Sum:
    found = Sum()
    for number, amount in enumerate(amounts):
        found.add(f"organisation {number}", Decimal(amount))
    return found


def _year(**amounts: tuple[int, ...]) -> dict[tuple[str, str], Sum]:
    """Sums of the councils, by the ends of their codes, and of the country."""
    found = {(YEAR, f"S120000{code[1:]}"): _sum(*given) for code, given in amounts.items()}
    return found | {(YEAR, SCOTLAND): _sum(*(amount for given in amounts.values() for amount in given))}


def _withheld(income: dict[tuple[str, str], Sum], expenditure: dict[tuple[str, str], Sum]) -> tuple[set[str], set[str]]:
    cubes = money_cubes(Money({CIV.income: income, CIV.expenditure: expenditure}))
    first, second = ({cell.codes[0] for cell in cube.cells if cell.value is None} for cube in cubes)
    return first, second


EVEN = (30_000, 40_000, 30_000)


def test_sums_of_many_like_amounts_are_all_published() -> None:
    even = _year(_33=EVEN, _34=EVEN, _36=EVEN, _49=EVEN)
    assert _withheld(even, even) == (set(), set())


def test_an_income_that_one_body_dominates_takes_the_expenditure_and_the_next_smallest_council_with_it() -> None:
    income = _year(_33=(90_000, 5_000, 5_000), _34=EVEN, _36=(300_000,) * 4, _49=(900_000,) * 5)
    expenditure = _year(_33=EVEN, _34=EVEN, _36=(300_000,) * 4, _49=(900_000,) * 5)
    assert _withheld(income, expenditure) == ({"S12000033", "S12000034"}, {"S12000033", "S12000034"})


def test_a_sum_of_gains_and_losses_is_dominated_by_what_is_large_beside_both() -> None:
    """60,000 are 86 hundredths of the total of 70,000, and a third of all amounts."""
    balanced = (60_000, 60_000, 10_000, -60_000)
    income = _year(_33=balanced, _34=EVEN, _36=EVEN, _49=EVEN)
    assert _withheld(income, income) == (set(), set())
