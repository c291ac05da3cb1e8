"""All councils in one table: how many organisations, for how many people, with what money, in which places."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import NamedNode

from endpoint.presentation.cubes import code, dataset, holds
from endpoint.presentation.names import labels
from endpoint.presentation.reading.kept import kept
from endpoint.presentation.reading.view import View
from endpoint.store.port import Row, text
from endpoint.store.queries import with_prefixes
from graph.model.places import country

__all__ = ["SORTS", "Council", "Councils", "councils", "in_order", "year_of_returns"]

PREFERRED = {"S": ("simd2020v2",), "E": ("imd2025", "imd2019")}
"""The indexes of deprivation of a nation, by the first letter of its codes, the preferred one first."""


@dataclass(frozen=True)
class Council:
    """A row of the table. What is None is withheld if it is named in `withheld`, otherwise not known."""

    name: str
    href: str
    country: str
    active: int
    rate: Decimal | None = None
    income: Decimal | None = None
    share: Decimal | None = None
    """The part of the organisations placed by postcode that are in the most deprived fifth of the nation."""
    withheld: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Councils:
    """The rows, the financial year of the incomes, and the query that gives them."""

    rows: tuple[Council, ...]
    year: str
    year_href: str
    query: str


Sorting = Callable[[Council], tuple[bool, Decimal | str]]


def _by_number(number: Callable[[Council], Decimal | int | None]) -> Sorting:
    """The largest first, those without a figure last."""

    def key(council: Council) -> tuple[bool, Decimal | str]:
        found = number(council)
        return found is None, -Decimal(found or 0)

    return key


SORTS: dict[str, Sorting] = {
    "name": lambda council: (False, council.name.casefold()),
    "active": _by_number(lambda council: council.active),
    "rate": _by_number(lambda council: council.rate),
    "income": _by_number(lambda council: council.income),
    "deprivation": _by_number(lambda council: council.share),
}
"""What the table can be sorted by."""


def in_order(found: Councils, sort: str) -> list[Council]:
    """The rows by one column, and by name where that is the same."""
    return sorted(sorted(found.rows, key=SORTS["name"]), key=SORTS[sort])


@kept
def year_of_returns(view: View) -> str:
    """The newest financial year with half as many returns as the fullest, as those of the last are still coming in."""
    query = with_prefixes(
        f"SELECT ?year (SUM(?returns) AS ?all) WHERE {{ ?it qb:dataSet {dataset(view, 'income-by-area-year')} ; "
        "civ:financialYear ?year ; civ:returnsCounted ?returns } "
        "GROUP BY ?year"
    )
    returns = {text(row, "year"): int(text(row, "all")) for row in view.rows(query)}
    enough = max(returns.values(), default=0) / 2
    return max((year for year, count in returns.items() if count >= enough), default="")


@kept
def councils(view: View) -> Councils:
    """All councils that have an active organisation."""
    year = year_of_returns(view)
    query = _query(view, year)
    rows = tuple(_council(view, row) for row in view.rows(query))
    return Councils(rows, view.name(year) if year else "", view.addresses.page(year) if year else "", query)


def _council(view: View, row: Row) -> Council:
    area, ranked = text(row, "area"), text(row, "ranked")
    hidden = frozenset(name for name in ("income", "share") if text(row, f"{name}_status"))
    share = Decimal(text(row, "deprived") or 0) / Decimal(ranked) if ranked and "share" not in hidden else None
    return Council(
        name=labels.title(view, area),
        href=view.addresses.page(area),
        country=view.name(f"{view.base}id/area/{country(text(row, 'code'))}"),
        active=int(text(row, "active")),
        rate=_decimal(row, "rate"),
        income=_decimal(row, "income"),
        share=share,
        withheld=hidden,
    )


def _decimal(row: Row, name: str) -> Decimal | None:
    found = text(row, name)
    return Decimal(found) if found else None


def _query(view: View, year: str) -> str:
    """One row a council: its active organisations, and other figures."""
    return with_prefixes(
        "# Councils: active organisations, for every 1,000 people, income, most deprived fifth\n"
        "SELECT ?area ?code ?active ?rate ?income ?income_status ?deprived ?ranked ?share_status WHERE {\n"
        f"  ?count qb:dataSet {dataset(view, 'organisations-by-area-status-form')} ; sdmx-dimension:refArea ?area ;\n"
        f"    civ:countedStatus {code(view, 'registration-status/active')} ;\n"
        f"    civ:countedLegalForm {code(view, 'special-value/all')} ; civ:organisations ?active .\n"
        f"  ?area civ:areaType {code(view, 'area-type/council')} ; skos:notation ?code .\n"
        f"  OPTIONAL {{ ?per qb:dataSet {dataset(view, 'organisations-per-1000')} ; "
        "sdmx-dimension:refArea ?area ; civ:organisationsPerThousand ?rate }\n"
        f"{_money(view, year) if year else ''}{_deprivation(view)}}}"
    )


def _money(view: View, year: str) -> str:
    where = f"sdmx-dimension:refArea ?area ; civ:financialYear {NamedNode(year)}"
    return (
        f"  OPTIONAL {{ ?sum qb:dataSet {dataset(view, 'income-by-area-year')} ; {where} ; civ:totalIncome ?income }}\n"
        f"  OPTIONAL {{ ?kept qb:dataSet {dataset(view, 'income-by-area-year-withheld')} ; {where} ; "
        "sdmx-attribute:obsStatus ?income_status }\n"
    )


def _deprivation(view: View) -> str:
    """The most deprived fifth, and all that are ranked, by the index of each nation that the release holds."""
    names = [f"organisations-by-deprivation-{name}" for name in _indexes(view)]
    if not names:
        return ""
    sets, kept = (" ".join(dataset(view, name + end) for name in names) for end in ("", "-withheld"))
    fifth, everyone = code(view, "deprivation-group/quintile-1"), code(view, "special-value/all")
    where = "sdmx-dimension:refArea ?area ; civ:deprivationGroup"
    return (
        f"  OPTIONAL {{ VALUES ?set {{ {sets} }} ?whole qb:dataSet ?set ; {where} {everyone} ; "
        "civ:organisations ?ranked }\n"
        f"  OPTIONAL {{ VALUES ?set {{ {sets} }} ?part qb:dataSet ?set ; {where} {fifth} ; "
        "civ:organisations ?deprived }\n"
        f"  OPTIONAL {{ VALUES ?kept_set {{ {kept} }} ?none qb:dataSet ?kept_set ; {where} {fifth} ; "
        "sdmx-attribute:obsStatus ?share_status }\n"
    )


def _indexes(view: View) -> list[str]:
    held = (
        next((name for name in names if holds(view, f"organisations-by-deprivation-{name}")), "")
        for names in PREFERRED.values()
    )
    return [name for name in held if name]
