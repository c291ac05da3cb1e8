"""The tables of measures: one line a measure gives a term, a component of its cube, and a column of the files."""

import tomllib
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

import mappings
from graph.model.query import ask
from graph.model.terms import CIV, PREFIXES, Iri
from graph.model.vocabulary import cube_terms
from graph.model.vocabulary.measures import Cube, Group, Measure, Statistics, all_statistics
from graph.sources.source import Source

BASE = "https://example.org/graph/"
OWLS = Measure("owls-barns", "Owls", "owls", Iri.of(f"{CIV.base}owls"), "people", True, 'owls, "barn"', "How many.")
GAPS = Cube("owls-gaps", "Gaps", "Cells without a value.", 2024, components=("indicator",))
CUBES = {"owls-gaps": GAPS, "owls-barns": Cube("owls-barns", "Owls", "Counted.", 2024, "mid-2024", ("mice",), ("sex",))}
STATISTICS = Statistics(
    "birds", "Bird Office", "https://example.org/licence", "{table} of 2024", "S92000003", CUBES,
    (Group("owls", (OWLS,), "sheet", sparse="Some have none."),),
)  # fmt: skip
STATED = {
    "its label": """civ:owls rdfs:label 'owls, "barn"'@en""",
    "its kind of value": "civ:owls a qb:MeasureProperty ; rdfs:range xsd:integer ; skos:example '12'",
    "its unit": "civ:owls sdmx-attribute:unitMeasure <def/unit/people>",
    "its column": """civ:owls dct:source "Bird Office, sheet of 2024, column 'Owls'" """,
    "its component": "<def/component/owls> a qb:ComponentSpecification ; qb:measure civ:owls",
    "its cube": "<id/dataset/owls-barns> qb:structure [ qb:component <def/component/owls>, <def/component/sex> ]",
    "the period": "<id/dataset/owls-barns> dct:temporal <def/period/mid-2024>",
    "the year as period": "<id/dataset/owls-gaps> dct:temporal <def/period/2024> ; dct:spatial <id/area/S92000003>",
    "what it is not like": "<id/dataset/owls-barns> civ:notComparableWith <id/dataset/mice>",
}


def stated(pattern: str) -> bool:
    store = Store()
    store.load(cube_terms.turtle(STATISTICS).encode(), RdfFormat.TURTLE, base_iri=BASE)
    prefixes = "".join(f"PREFIX {name}: <{base}> " for name, base in PREFIXES.items())
    return ask(store, f"BASE <{BASE}> {prefixes} ASK {{ {pattern} }}")


@pytest.mark.parametrize("pattern", STATED.values(), ids=STATED)
def test_a_line_of_the_table_becomes_a_term_of_a_cube(pattern: str) -> None:
    assert stated(pattern)


def test_a_measure_is_in_the_cubes_that_have_it_alone() -> None:
    assert not stated("<id/dataset/owls-gaps> qb:structure/qb:component <def/component/owls>")
    assert not stated("<id/dataset/owls-gaps> civ:notComparableWith ?other")


def test_a_source_of_statistics_has_the_columns_of_its_measures() -> None:
    assert "Access to Services" in Source.named("wimd2019").tables[""].columns
    tables = Source.named("simd2020v2").tables
    assert list(tables["ranks"].columns).count("SIMD2020v2_Rank") == 1  # three more measures are worked out from it
    assert "CIF" in tables["indicators"].columns and "CIF" not in tables["ranks"].columns


@pytest.mark.parametrize("statistics", all_statistics(), ids=lambda statistics: statistics.source)
def test_what_a_source_measures_is_written_in_its_table_alone(statistics: Statistics) -> None:
    folder = Path(mappings.__path__[0])
    mapping = (folder / f"{statistics.source}.py").read_text("utf-8")
    metadata = tomllib.loads((folder / f"{statistics.source}.toml").read_text("utf-8"))
    tables = metadata.get("tables") or {"": metadata["file"]}
    for name, table in tables.items():
        ignored = set(metadata.get("ignore", ()))
        assert not set(table["columns"]) & set(statistics.columns(name)) - ignored
    for group in statistics.groups:
        assert not [each for each in group.measures if f"CIV.{each.name}" in mapping or f'"{each.column}"' in mapping]
