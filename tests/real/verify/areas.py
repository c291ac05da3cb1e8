"""What the sources of places and statistics must say."""

from collections.abc import Iterable, Iterator

from tests.real.verify.checks import Check, Checks, keys, number, total
from tests.real.verify.files import RawSource, Row

AREAS = "SELECT ?n { GRAPH ?source { ?a a civ:Area ; skos:notation ?n } }"


def observed(dataset: str, rows: Iterable[Row], column: str, term: str) -> Iterator[Check]:
    """A cube has an observation for each row, and its measure adds up to the column."""
    amounts = [row[column].replace(",", "") for row in rows]
    pattern = f"?o qb:dataSet id:dataset\\/{dataset} ; civ:{term} ?a"
    yield number(f"observations of {dataset}", len(amounts), pattern)
    yield total(f"{column}, {dataset}", amounts, pattern)


def simd2020v2(raw: RawSource) -> Iterator[Check]:
    ranks, indicators = raw.named("ranks"), raw.named("indicators")
    yield from observed("simd2020v2-ranks", ranks, "SIMD2020v2_Rank", "simd2020Rank")
    yield from observed("simd2020v2-ranks", ranks, "SIMD2020_Crime_Domain_Rank", "simd2020CrimeRank")
    yield from observed("simd2020v2-ranks", ranks, "Total_population", "simd2020Population")
    yield from observed("simd2020v2-indicators", indicators, "Income_count", "simd2020IncomeDeprived")
    gaps = sum(cell == "*" for row in indicators for cell in row.values())
    yield number("suppressed cells", gaps, "?o sdmx-attribute:obsStatus def:observation-status\\/suppressed")
    told = [row for row in indicators if row["crime_count"] != "*"]
    yield from observed("simd2020v2-crimes", told, "crime_count", "simd2020Crimes")


def imd2019(raw: RawSource) -> Iterator[Check]:
    yield from observed("imd2019", raw.rows, "Index of Multiple Deprivation (IMD) Rank", "imd2019Rank")


def imd2025(raw: RawSource) -> Iterator[Check]:
    yield from observed("imd2025", raw.rows, "IMD_rank", "imd2025Rank")
    yield from observed("imd2025", raw.rows, "IMD_score", "imd2025Score")


def wimd2019(raw: RawSource) -> Iterator[Check]:
    yield from observed("wimd2019", raw.rows, "WIMD 2019", "wimd2019Score")


def nimdm2017(raw: RawSource) -> Iterator[Check]:
    yield from observed("nimdm2017", raw.rows, "MDM_rank", "nimdm2017Rank")
    yield from observed("nimdm2017", raw.rows, "Income_perc", "nimdm2017IncomeDeprived")


def population(raw: RawSource) -> Iterator[Check]:
    for part, dataset, column in (
        ("2020-mid-year-dz11", "2020-data-zones", "total_population"),
        ("2021-dz11", "2021-data-zones", "total_population"),
        ("2021-scotland", "2021-councils", "total_population"),
        ("2022-mid-year", "2022-councils", "all_ages"),
    ):
        yield from observed(f"population-{dataset}", raw.named(part), column, "population")


def boundaries(raw: RawSource) -> Iterator[Check]:
    yield keys("codes with an outline", (row["code"] for row in raw.rows),
               "SELECT ?n { GRAPH ?source { ?a skos:notation ?n ; geo:hasGeometry/geo:asWKT ?o } }")  # fmt: skip


def areas(raw: RawSource) -> Iterator[Check]:
    of_kind = "{0} civ:areaType def:area-type\\/{1}"
    pattern = " . ".join([of_kind.format("?z", "data-zone"), "?z civ:within ?c", of_kind.format("?c", "council")])
    yield number("data zones with a council", len(raw.having("dz11_code")), pattern)


LOOKUPS = ("postcodes", "scottish_postcodes", "grant_postcodes")
"""Sources that tell only of postcodes that others mention, each of those that none before it has told of."""


def postcodes(raw: RawSource) -> Iterator[Check]:
    """Of its rows a look-up tells those, and all of those, that are asked of it."""
    told = "SELECT ?n { GRAPH ?source { ?p a civ:Postcode ; skos:notation ?n } }"
    before = ", ".join(["<urn:none>", *(f"source:{name}" for name in LOOKUPS[: LOOKUPS.index(raw.name)])])
    mentioned = f"""SELECT DISTINCT ?n {{ GRAPH ?other {{ ?body civ:postcode ?p . ?p skos:notation ?n }}
        FILTER(?other != ?source)
        FILTER NOT EXISTS {{ GRAPH ?before {{ ?p civ:within ?area }} FILTER(?before IN ({before})) }} }}"""
    yield Check("distinct postcodes that are asked of it", frozenset(row["pcds"] for row in raw.rows), told, mentioned)


def authority_areas(raw: RawSource) -> Iterator[Check]:
    present = [row["gss-code"] for row in raw.rows]
    former = [code for row in raw.rows if row["gss-code"] for code in row["former-gss-codes"].split(",")]
    yield keys("codes, former ones too", [*present, *former], AREAS)


CHECKS: dict[str, Checks] = {
    "simd2020v2": simd2020v2,
    "imd2019": imd2019,
    "imd2025": imd2025,
    "wimd2019": wimd2019,
    "nimdm2017": nimdm2017,
    "population": population,
    "boundaries": boundaries,
    "postcodes": postcodes,
    "scottish_postcodes": postcodes,
    "grant_postcodes": postcodes,
    "areas": areas,
    "authority_areas": authority_areas,
}
