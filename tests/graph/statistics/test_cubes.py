"""Area statistics are well-formed data cubes: every integrity constraint holds of them, and finds what breaks it."""

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, RdfFormat, Store

from graph.mapping.run import map_source
from graph.model import iri
from graph.model.terms import CIV
from graph.sources.source import Source
from tests.support.paths import golden
from tests.support.statistics import cube_constraints
from tests.support.statistics.cube_constraints import broken, normalise
from tests.support.statistics.cubes import number, with_vocabulary

REAL = {
    "simd2020v2": ("simd2020v2/simd-2020v2-ranks.csv", "simd2020v2/simd-2020v2-indicators.csv"),
    "imd2019": ("imd2019/imd-2019-england-lsoa11.csv",),
    "imd2025": ("imd2025/imd-2025-england-lsoa21.csv",),
    "wimd2019": ("wimd2019/wimd-2019-index-and-domain-scores.csv",),
    "nimdm2017": ("nimdm2017/nimdm-2017-soa.csv",),
    "population": (
        "population/population-2020-mid-year-dz11.csv",
        "population/population-2021-dz11.csv",
        "population/population-2021-scotland-council-areas.csv",
        "population/population-2022-mid-year-scotland-council-areas.csv",
    ),
}
LARGE = ("simd2020v2", "imd2019", "imd2025")
"""Those whose real files take several seconds to check."""
# Two cubes: one of two measures, with a slice and a hierarchy of codes told both ways; one with a measure dimension.
CUBES = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix qb: <http://purl.org/linked-data/cube#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
:cube a qb:DataSet ; qb:structure :structure ; qb:slice :slice ; :status :final .
:structure a qb:DataStructureDefinition ; qb:sliceKey :key ;
    qb:component [ qb:dimension :area ] , [ qb:dimension :period ] , [ qb:dimension :sex ] , [ qb:dimension :county ] ,
        [ qb:measure :people ] , [ qb:measure :homes ] ,
        [ qb:attribute :status ; qb:componentRequired true ; qb:componentAttachment qb:DataSet ] .
:area a qb:DimensionProperty ; rdfs:range :Area ; qb:codeList :areas .
:county a qb:DimensionProperty ; rdfs:range :Area ; qb:codeList :counties .
:period a qb:DimensionProperty ; rdfs:range :Year .
:sex a qb:DimensionProperty ; rdfs:range skos:Concept ; qb:codeList :sexes .
:sexes a skos:ConceptScheme . :all a skos:Concept ; skos:inScheme :sexes .
:areas a qb:HierarchicalCodeList ; qb:hierarchyRoot :nation ; qb:parentChildProperty :holds .
:counties a qb:HierarchicalCodeList ; qb:hierarchyRoot :nation ; qb:parentChildProperty [ owl:inverseOf :liesIn ] .
:nation :holds :north , :south . :north :liesIn :nation .
:key a qb:SliceKey ; qb:componentProperty :period .
:slice a qb:Slice ; qb:sliceStructure :key ; :period 2020 ; qb:observation :o1 , :o2 .
:o1 qb:dataSet :cube ; :area :north ; :sex :all ; :county :north ; :people 1 ; :homes 1 .
:o2 qb:dataSet :cube ; :area :south ; :sex :all ; :county :north ; :people 2 ; :homes 2 .
:rates a qb:DataSet ; qb:structure :rated .
:rated a qb:DataStructureDefinition ; qb:component [ qb:dimension :period ] , [ qb:dimension qb:measureType ] ,
        [ qb:measure :births ] , [ qb:measure :deaths ] .
qb:measureType rdfs:range qb:MeasureProperty .
:r1 qb:dataSet :rates ; :period 2020 ; qb:measureType :births ; :births 3 .
:r2 qb:dataSet :rates ; :period 2020 ; qb:measureType :deaths ; :deaths 4 .
"""
# For each constraint: what to write in place of what, and which others must then be broken too.
FAULTS: list[tuple[int, str, str, set[int]]] = [
    (1, ":o1 qb:dataSet :cube ;", ":o1 a qb:Observation ;", set()),
    (1, ":r1 qb:dataSet :rates", ":r1 qb:dataSet :rates , :cube", {11, 14}),
    (2, ":rates a qb:DataSet ; qb:structure :rated", ":rates a qb:DataSet", set()),
    (2, "qb:structure :rated .", "qb:structure :rated , :structure .", {11, 13, 14}),
    (3, "[ qb:measure :people ] , [ qb:measure :homes ] ,", "", set()),
    (4, ":period a qb:DimensionProperty ; rdfs:range :Year .", "", set()),
    (5, "rdfs:range skos:Concept ; qb:codeList :sexes", "rdfs:range skos:Concept", set()),
    (6, "qb:measure :people ]", "qb:measure :people ; qb:componentRequired false ]", set()),
    (7, "qb:sliceKey :key ;", "", set()),
    (8, "qb:componentProperty :period .", "qb:componentProperty :period , :births .", {10}),
    (9, "qb:sliceStructure :key ;", "", set()),
    (10, ":period 2020 ; qb:observation", "qb:observation", {11}),
    (11, ":o1 qb:dataSet :cube ; :area :north", ":o1 qb:dataSet :cube", set()),
    (12, ":o2 qb:dataSet :cube ; :area :south", ":o2 qb:dataSet :cube ; :area :north", set()),
    (13, "; :status :final", "", set()),
    (14, ":people 1 ; ", "", set()),
    (15, ":births 3", ":note 3", set()),
    (16, ":births 3", ":births 3 ; :deaths 3", set()),
    (17, ":r2 qb:dataSet :rates ; :period 2020", ":r2 qb:dataSet :rates ; :period 2021", set()),
    (18, "qb:observation :o1 , :o2", "qb:observation :o1 , :o2 , :r1", set()),
    (19, ":all a skos:Concept ; skos:inScheme :sexes", ":all a skos:Concept", set()),
    (20, ":nation :holds :north , :south", ":nation :holds :north", set()),
    (21, ":north :liesIn :nation", ":nation :liesIn :north", set()),
]


def cubes(text: str) -> Store:
    store = Store()
    store.load(text.encode(), RdfFormat.TURTLE)
    normalise(store)
    return store


def test_well_formed_cubes_break_nothing() -> None:
    assert broken(cubes(CUBES)) == []


@pytest.mark.parametrize(("constraint", "old", "new", "others"), FAULTS, ids=[str(fault[0]) for fault in FAULTS])
def test_a_fault_breaks_its_constraint(constraint: int, old: str, new: str, others: set[int]) -> None:
    assert CUBES.count(old) == 1
    assert set(broken(cubes(CUBES.replace(old, new)))) == {constraint} | others


def test_every_constraint_has_a_fault() -> None:
    assert {fault[0] for fault in FAULTS} == set(range(1, 22))


CODES = st.integers(0, 2)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CODES, CODES), max_size=5))
def test_duplicates_are_found_by_groups_as_by_comparing_all(places: list[tuple[int, int]]) -> None:
    said = "".join(f":x{n} qb:dataSet :flat ; :a {a} ; :b {b} ; :m 1 . " for n, (a, b) in enumerate(places))
    structure = "[ qb:dimension :a ] , [ qb:dimension :b ] , [ qb:measure :m ]"
    head = CUBES[: CUBES.index(":cube")] + ":a rdfs:range :A . :b rdfs:range :B . :flat qb:structure :flatly . "
    text = f"{head} :flatly a qb:DataStructureDefinition ; qb:component {structure} . {said}"
    assert (12 in broken(cubes(text))) == any(
        p == q for (n, p), (m, q) in product(enumerate(places), repeat=2) if n < m
    )


def test_the_checker_knows_nothing_of_ours() -> None:
    source = Path(cube_constraints.__file__).read_text("utf-8")
    assert [line for line in source.splitlines() if line.startswith(("import ", "from ")) and "graph" in line] == [
        "from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, Store, Variable"
    ]


def test_the_cubes_of_all_fixtures_are_well_formed() -> None:
    store = with_vocabulary(*(golden(name) for name in REAL))
    assert broken(store) == []
    assert number(store, "SELECT (COUNT(*) AS ?n) { ?o a qb:Observation }") > 100


def test_a_faulty_observation_among_ours_is_found(tmp_path: Path) -> None:
    lines = golden("imd2019").read_text("utf-8").splitlines(keepends=True)
    lost = next(line for line in lines if CIV.imd2019Decile in line)
    (tmp_path / "lost.nq").write_text("".join(line for line in lines if line != lost))
    assert broken(with_vocabulary(tmp_path / "lost.nq")) == [14]


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.prove) if name in LARGE else name for name in REAL]
)
def test_the_cubes_of_the_real_files_are_well_formed(name: str, real_data: Path, tmp_path: Path) -> None:
    files = [real_data / "statistics" / file for file in REAL[name]]
    run = map_source(Source.named(name), files, tmp_path / "out.nq", iri.DEFAULT_BASE)
    assert run.problems == ()
    assert broken(with_vocabulary(run.output)) == []


def test_the_cubes_of_a_release_are_well_formed(sample_out: Path) -> None:
    released = Store.read_only(str(sample_out / "current" / "store"))
    store = Store()
    store.bulk_extend(released.quads_for_pattern(None, None, None, DefaultGraph()))
    normalise(store)
    assert broken(store) == []
    assert number(store, "SELECT (COUNT(DISTINCT ?d) AS ?n) { ?o qb:dataSet ?d }") > 25
