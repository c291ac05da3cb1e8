"""The real tables of area statistics, cell by cell: what the mapping makes of them against the csv module's reading."""

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from graph.mapping.run import map_source
from graph.model import iri
from graph.model.query import select
from graph.model.terms import PREFIXES, QB, SDMX_ATTRIBUTE, SDMX_DIMENSION
from graph.model.vocabulary.files import vocabulary_triples
from graph.nquads.mapped import Mapped
from graph.sources.source import Source
from tests.support.real_files import real_files

Said = Mapping[str, Mapping[str, str]]
"""What observations say, by the last two or three parts of their IRIs and by the names of properties."""
Index = Callable[[str], tuple[Mapped, Said]]
"""What the mapping of a source gives, by the name of the source."""

# The files of each source, and in each file the column of the area.
TABLES = {
    "simd2020v2": {"simd-2020v2-ranks.csv": "Data_Zone", "simd-2020v2-indicators.csv": "Data_Zone"},
    "imd2019": {"imd-2019-england-lsoa11.csv": "LSOA code (2011)"},
    "imd2025": {"imd-2025-england-lsoa21.csv": "lsoa21_code"},
    "wimd2019": {"wimd-2019-index-and-domain-scores.csv": "lsoa"},
    "nimdm2017": {"nimdm-2017-soa.csv": "SOA2001"},
}
NO_FIGURES = {
    *("Intermediate_Zone", "Council_area", "LSOA name (2011)", "LSOA Name", "Local Authority Name ", "SOA2001name"),
    *("Local Authority District code (2019)", "Local Authority District name (2019)"),
    *("LGD2014code", "LGD2014name", "UR2015"),
}
POPULATION = {
    "2020-data-zones": ("population-2020-mid-year-dz11.csv", "dz11_code", "total_population", 5_466_000),
    "2021-data-zones": ("population-2021-dz11.csv", "dz11_code", "total_population", 5_479_900),
    "2021-councils": ("population-2021-scotland-council-areas.csv", "ltla21_code", "total_population", 5_418_400),
    "2022-councils": ("population-2022-mid-year-scotland-council-areas.csv", "ltla19_code", "all_ages", 5_447_700),
}


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def column_of() -> Mapping[str, tuple[str, str]]:
    """Of each measure that the vocabulary says is a column of a table: the table's source and the column."""
    store = Store()
    store.load("\n".join(vocabulary_triples(iri.DEFAULT_BASE)).encode(), RdfFormat.N_TRIPLES)
    query = f"""PREFIX qb: <{QB.base}> PREFIX dct: <{PREFIXES["dct"]}> SELECT ?measure ?from ?source {{
        ?measure a qb:MeasureProperty ; dct:source ?from .
        ?cube qb:structure/qb:component/qb:measure ?measure ; dct:source ?source }}"""
    found: dict[str, tuple[str, str]] = {}
    for solution in select(store, query):
        measure, told, source = solution["measure"], solution["from"], solution["source"]
        assert isinstance(measure, NamedNode) and isinstance(told, Literal) and isinstance(source, NamedNode)
        if "column '" in told.value:
            found[measure.value] = source.value.rsplit("/", 1)[1], told.value.split("column '")[1].rstrip("'")
    return found


def mapped(name: str, folder: Path) -> Mapped:
    return map_source(Source.named(name), [*real_files(name)], folder / f"{name}.nq", iri.DEFAULT_BASE)


def said(run: Mapped) -> Said:
    observations: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in parse(path=run.output, format=RdfFormat.N_QUADS):
        assert isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal)
        _, found, place = quad.subject.value.partition("/id/observation/")
        if found:
            observations[place][quad.predicate.value] = quad.object.value
    return observations


@pytest.fixture(scope="module")
def index(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Index:
    """What the index of a name says, mapped and read once for all tests that ask."""
    del real_data  # skips, where there is nothing to read

    @cache
    def found(name: str) -> tuple[Mapped, Said]:
        run = mapped(name, tmp_path_factory.mktemp(name))
        return run, said(run)

    return found


@pytest.fixture(scope="module")
def scotland(index: Index) -> Said:
    """What the Scottish index says."""
    return index("simd2020v2")[1]


def figures(file: Path, area: str) -> Iterator[tuple[str, str, str]]:
    """Area, column and text of each cell that holds a figure, or should."""
    for row in rows(file):
        for column, cell in row.items():
            if column != area and column not in NO_FIGURES:
                yield row[area], column, cell


@pytest.mark.parametrize("name", TABLES)
def test_every_cell_is_in_the_graph_once_and_nothing_else(name: str, real_data: Path, index: Index) -> None:
    run, observations = index(name)
    assert run.problems == ()
    columns = {measure: column for measure, (source, column) in column_of().items() if source == name}
    values: Counter[tuple[str, str, Decimal]] = Counter()
    gaps: Counter[tuple[str, str, str]] = Counter()
    for observation in observations.values():
        area = observation[SDMX_DIMENSION.refArea.value].rsplit("/", 1)[1]
        if SDMX_ATTRIBUTE.obsStatus.value in observation:
            missing = columns[observation["https://w3id.org/civsoc/ns#indicator"]]
            gaps[area, missing, observation["https://w3id.org/civsoc/ns#publishedCell"]] += 1
        for measure in observation.keys() & columns.keys():
            if not measure.endswith(("Quintile", "Vigintile", "simd2020Decile")):
                values[area, columns[measure], Decimal(observation[measure])] += 1
    expected: set[tuple[str, str, Decimal]] = set()
    withheld: set[tuple[str, str, str]] = set()
    for file, key in TABLES[name].items():
        for area, column, cell in figures(real_data / "statistics" / name / file, key):
            if cell in ("*", ""):
                withheld.add((area, column, cell))
            else:
                expected.add((area, column, Decimal(cell.replace(",", "").replace("%", ""))))
    assert set(values) == expected
    assert set(gaps) == withheld
    assert {*values.values(), *gaps.values()} == {1}


def test_the_suppressed_cells_of_the_scottish_index_are_counted(real_data: Path, scotland: Said) -> None:
    gaps = {place: each for place, each in scotland.items() if place.startswith("simd2020v2-gaps/")}
    file = real_data / "statistics" / "simd2020v2" / "simd-2020v2-indicators.csv"
    assert len(gaps) == sum(list(row.values()).count("*") for row in rows(file)) == 1777
    assert {each[SDMX_ATTRIBUTE.obsStatus.value].rsplit("/", 1)[1] for each in gaps.values()} == {"suppressed"}
    assert not [each for each in gaps.values() if len(each) != 7]  # and no value


def test_deciles_of_scotland_are_those_that_another_publisher_gives(real_data: Path, scotland: Said) -> None:
    services = rows(real_data / "registers" / "care-inspectorate" / "mdsf-2026-05-31.csv")
    given = {(row["Datazone"], int(float(row["SIMD2020_Decile"]))) for row in services if row["SIMD2020_Decile"]}
    ranked = {(zone, decile) for zone, decile in given if f"simd2020v2-ranks/{zone}" in scotland}
    assert len(ranked) > 3000
    assert ranked == {
        (zone, int(scotland[f"simd2020v2-ranks/{zone}"]["https://w3id.org/civsoc/ns#simd2020Decile"]))
        for zone, _ in ranked
    }


def test_fifths_tenths_and_twentieths_are_as_large_as_each_other(scotland: Said) -> None:
    for name, parts in (("Quintile", 5), ("Decile", 10), ("Vigintile", 20)):
        term = f"https://w3id.org/civsoc/ns#simd2020{name}"
        sizes = Counter(each[term] for each in scotland.values() if term in each)
        assert sizes.keys() == {str(part) for part in range(1, parts + 1)}
        assert max(sizes.values()) - min(sizes.values()) <= 1
        assert sum(sizes.values()) == 6976


@pytest.mark.parametrize("name", ["imd2019", "imd2025"])
def test_deciles_of_england_are_tenths_of_the_ranks(name: str, index: Index) -> None:
    term = f"https://w3id.org/civsoc/ns#{name}"
    observations = index(name)[1].values()
    wrong = [
        each
        for each in observations
        if -(-int(each[f"{term}Rank"]) * 10 // len(observations)) != int(each[f"{term}Decile"])
    ]
    assert wrong == []


def test_people_are_as_many_as_the_tables_say_and_zones_and_councils_differ(real_data: Path, tmp_path: Path) -> None:
    observations = said(mapped("population", tmp_path))
    for table, (file, area, people, total) in POPULATION.items():
        expected = {row[area]: row[people] for row in rows(real_data / "statistics" / "population" / file)}
        found = {
            place.rsplit("/", 1)[1]: each["https://w3id.org/civsoc/ns#population"]
            for place, each in observations.items()
            if place.startswith(f"population-{table}/")
        }
        assert found == expected
        assert sum(map(int, found.values())) == total
