"""Groups in no register, and money: cubes of which docs/suppression.md says what is withheld."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from graph.model.places import country
from graph.model.store_rows import states
from graph.model.terms import CIV
from graph.statistics.counts import LOCATED
from graph.statistics.disclosure_control import is_dominated, is_small, room_of_count, room_of_money, withheld
from graph.statistics.organisations import Roll
from graph.statistics.returns import FIGURES, Money, Sum
from graph.statistics.shape import AREA, FINANCIAL_YEAR, Cell, Cube
from graph.statistics.tables import Key, Table, Tree

COUNTRY_AND_COUNCILS = "Councils and countries stand side by side. "
RULE = " Figures that could single out an organisation are withheld, and listed in a data set of their own."


def unregistered_cube(roll: Roll) -> Cube:
    """Groups that no register lists, by council and country."""
    counted = Counter(entry.place.council for entry in roll.unregistered if entry.place.council)
    tables = [Table((tree,), _with_totals(tree, counted)) for tree in area_trees(counted)]
    return Cube(
        name="groups-in-no-register-by-area",
        structure="groups-in-no-register-by-area",
        title="Groups in no register, by area",
        method=(
            "Organisations that some source describes, that no register lists, and for which nobody states the number "
            "of one; public bodies, and bodies of a form that only registers give, are left out. Where they are is "
            f"known from a public postcode, or from areas alone. {COUNTRY_AND_COUNCILS}{RULE.strip()}"
        ),
        dimensions=(AREA,),
        measure=CIV.organisations,
        cells=tuple(cell for table in tables for cell in cells(table, safe(table))),
        inputs=(*LOCATED, states(CIV.listing)),
    )


def safe(table: Table) -> frozenset[Key]:
    """The cells of a table of counts that are withheld."""
    return withheld(table, (key for key, count in table.values.items() if is_small(count)), room_of_count)


def money_cubes(money: Money) -> tuple[Cube, ...]:
    """Income and expenditure by area and financial year."""
    hidden = _withheld_money(money)
    inputs = (*map(states, (CIV.annualReturn, CIV.yearEnd)), *LOCATED)
    return tuple(
        Cube(
            name=f"{name}-by-area-year",
            structure=f"{name}-by-area-year",
            title=f"{name.capitalize()} of registered organisations by area and financial year",
            method=(
                f"The {name} that organisations stated in annual returns for years that end between 1 April and 31 "
                "March. A register may hold only the latest return of each, so years are not a series. Of returns for "
                "one year to several registers, the largest amount counts. " + COUNTRY_AND_COUNCILS + RULE.strip()
            ),
            dimensions=(AREA, FINANCIAL_YEAR),
            measure=measure,
            cells=tuple(_money_cells(money.sums[figure], hidden)),
            inputs=(*inputs, states(figure)),
        )
        for name, figure, measure in zip(
            ("income", "expenditure"), FIGURES, (CIV.totalIncome, CIV.totalExpenditure), strict=True
        )
    )


def _withheld_money(money: Money) -> dict[str, frozenset[Key]]:
    """By year, the areas whose income and expenditure are withheld: both or neither, as one reveals the other."""
    years = sorted({year for sums in money.sums.values() for year, _ in sums})
    return {year: _withheld_in([_of_year(money.sums[figure], year) for figure in FIGURES]) for year in years}


def _withheld_in(figures: list[dict[str, Sum]]) -> frozenset[Key]:
    areas = {area for sums in figures for area in sums}
    hidden: set[Key] = {
        (area,)
        for sums in figures
        for area, held in sums.items()
        if is_dominated(len(held.contributors), int(held.largest), int(held.sizes))
    }
    values: list[dict[Key, int]] = [{(area,): int(held.total) for area, held in sums.items()} for sums in figures]
    tables = [Table((tree,), totals) for tree in area_trees(areas) for totals in values]
    while True:
        more = hidden.union(*(withheld(table, hidden & set(table.all_keys()), room_of_money) for table in tables))
        if more == hidden:
            return frozenset(hidden)
        hidden = more


def _of_year(sums: Mapping[tuple[str, str], Sum], year: str) -> dict[str, Sum]:
    return {area: held for (when, area), held in sums.items() if when == year}


def _money_cells(sums: Mapping[tuple[str, str], Sum], hidden: Mapping[str, frozenset[Key]]) -> Iterator[Cell]:
    for (year, area), held in sorted(sums.items()):
        codes = (area, f"financial-year/{year}")
        shown = (area,) not in hidden[year]
        yield Cell(codes, held.total, ((CIV.returnsCounted, held.returns),)) if shown else Cell(codes, None)


def area_trees(areas: Iterable[str]) -> list[Tree]:
    """Each country with its councils; nothing is published of several countries together."""
    councils: dict[str, list[str]] = defaultdict(list)
    for area in sorted(areas):
        if country(area) and country(area) != area:
            councils[country(area)].append(area)
    return [Tree.flat(total, tuple(parts)) for total, parts in sorted(councils.items())]


def _with_totals(tree: Tree, counted: Mapping[str, int]) -> dict[Key, int]:
    parts: dict[Key, int] = {(part,): counted[part] for part in tree.children[tree.root]}
    return {**parts, (tree.root,): sum(parts.values())}


def cells(table: Table, hidden: frozenset[Key]) -> Iterator[Cell]:
    """The cells of a table in order; a zero is not stated unless it is withheld."""
    for key in sorted({*table.values, *hidden}):
        if key in hidden:
            yield Cell(key, None)
        elif count := table.value(key):
            yield Cell(key, count)
