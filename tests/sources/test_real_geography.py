"""The real files of areas, outlines and postcodes, counted by other means than the mappings, against what they say."""

import csv
import gzip
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, cast

import pyoxigraph as ox
import pytest

from graph.acquisition.tables.table import read_table
from graph.mapping.run import map_source
from graph.model import iri
from graph.model.query import select
from graph.model.terms import PREFIXES
from graph.model.vocabulary.files import vocabulary_triples
from graph.nquads.mapped import Mapped
from graph.sources.dialect import Dialect
from graph.sources.source import Source
from tests.support.real_files import real_files

LOOKUPS = (
    "gss-code-names-2026-07.csv",
    "area-all-codes-2026-06.csv",
    "dz11-iz11-council-health-board-urban-rural-2026-06.csv",
    "ltla-code-history-2016-2024.csv",
)
AUTHORITIES = "mysociety-local-authorities/uk-local-authorities-current-2025-07.csv"
OUTLINES = "boundaries/uk-ltla-2024.geojson"
CODE_POINT = "scotland-postcodes/scotland-postcodes-codepoint-2020-dz11.csv.gz"
GRANTS = "lookups/grant-postcodes-lookup-2025-05.csv"
BASE = iri.DEFAULT_BASE
SUCCESSORS = {  # as the Scottish Government's code history has them
    "S12000009": "S12000045",
    "S12000015": "S12000047",
    "S12000024": "S12000048",
    "S12000043": "S12000049",
    "S12000044": "S12000050",
    "S12000046": "S12000049",
}
WITHIN = ("oa11", "lsoa11", "msoa11", "ward", "laua", "cty", "hlthau", "rgn", "ctry", "pcon", "ttwa", "park")

Rows = list[dict[str, str]]


def read(path: Path) -> Rows:
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


@pytest.fixture(scope="module")
def folder(real_data: Path) -> Path:
    return real_data / "geography"


def mapped(name: str, files: list[Path], folder: Path) -> tuple[Mapped, ox.Store]:
    run = map_source(Source.named(name), files, folder / f"{name}.nq", BASE)
    store = ox.Store()
    store.bulk_load(path=run.output, format=ox.RdfFormat.N_QUADS)
    return run, store


@pytest.fixture(scope="module")
def areas(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Mapped, ox.Store]:
    """What `areas` and `authority_areas` say, in one store; the counts are those of `areas`."""
    scratch = tmp_path_factory.mktemp("areas")
    run, store = mapped("areas", [folder / "lookups" / name for name in LOOKUPS], scratch)
    more, _ = mapped("authority_areas", [folder / AUTHORITIES], scratch)
    store.bulk_load(path=more.output, format=ox.RdfFormat.N_QUADS)
    return run, store


@pytest.fixture(scope="module")
def nspl(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Mapped, ox.Store, Rows]:
    del folder  # skips, where there is nothing to read
    files = [*real_files("postcodes")]
    run, store = mapped("postcodes", files, tmp_path_factory.mktemp("nspl"))
    return run, store, [row for file in files for row in read(file)]


def table(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    """The answer over all graphs, as texts; what follows the last slash, of our own IRIs."""
    prefixes = "".join(f"PREFIX {name}: <{base}> " for name, base in PREFIXES.items())
    answer = store.query(prefixes + query, use_default_graph_as_union=True)
    assert isinstance(answer, ox.QuerySolutions)
    return [tuple(_text(term) for term in row) for row in answer]


def pairs(store: ox.Store, query: str) -> dict[str, str]:
    return {row[0]: row[1] for row in table(store, query)}


def _text(term: object) -> str:
    value = term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""
    return value.rpartition("/")[2] if value.startswith(BASE) else value


def test_every_name_of_the_lists_is_the_name_of_its_code(folder: Path, areas: tuple[Mapped, ox.Store]) -> None:
    run, store = areas
    names = {row["geo_code"]: row["area_name"] for row in read(folder / "lookups" / LOOKUPS[0])}
    no_areas = {code for code in names if code[:3] in ("S00", "S27") or code.startswith("RA")}
    listed = {row["areacode"]: row["areaname"] for row in read(folder / "lookups" / LOOKUPS[1])}
    expected = {code: name for code, name in (names | listed).items() if code not in no_areas}
    query = """SELECT ?code ?name { ?a a civ:Area ; skos:notation ?code .
        GRAPH <http://localhost:8000/id/source/areas> { ?a skos:prefLabel ?name } }"""
    found = set(table(store, query))
    assert found == {(code, " ".join(name.split())) for code, name in expected.items()}
    assert len(run.problems) == len(no_areas) == 7
    assert run.rows == sum(len(read(folder / "lookups" / name)) for name in LOOKUPS) == 25_109


def test_a_council_has_one_name_in_the_vocabulary_and_the_lists(areas: tuple[Mapped, ox.Store]) -> None:
    vocabulary = ox.Store()
    vocabulary.load("\n".join(vocabulary_triples(BASE)).encode(), ox.RdfFormat.N_TRIPLES)
    councils = "SELECT ?a ?name { ?a a civ:Area ; civ:areaType ?t ; skos:prefLabel ?name }"
    ours = pairs(vocabulary, councils)
    assert len(ours) == 32
    assert {code: name for code, name in table(areas[1], councils) if code in ours} == ours


def test_every_data_zone_lies_where_its_row_says(folder: Path, areas: tuple[Mapped, ox.Store]) -> None:
    rows = read(folder / "lookups" / LOOKUPS[2])
    columns = ("iz11_code", "ltla20_code", "hb19_code")
    expected = {(row["dz11_code"], code) for row in rows for code in (*(row[each] for each in columns), "S92000003")}
    query = 'SELECT ?zone ?wider { ?zone civ:within ?wider FILTER CONTAINS(STR(?zone), "/area/S01") }'
    found = table(areas[1], query)
    assert set(found) == expected
    assert len(found) == len(expected) == 4 * 6_976
    classes = Counter(each for (each,) in table(areas[1], "SELECT ?c { ?zone civ:urbanRural ?c }"))
    assert sorted(classes.values()) == sorted(Counter(row["ruc16_code"] for row in rows).values())


def test_an_old_council_code_leads_to_its_own_successor(areas: tuple[Mapped, ox.Store]) -> None:
    query = 'SELECT ?old ?new { ?old civ:replacedBy ?new FILTER CONTAINS(STR(?old), "/area/S12") }'
    assert set(table(areas[1], query)) == set(SUCCESSORS.items())


def test_every_code_that_was_dropped_since_2016_leads_to_one_of_2024(
    folder: Path, areas: tuple[Mapped, ox.Store]
) -> None:
    rows = read(folder / "lookups" / LOOKUPS[3])
    now = {row["ltla24_code"] for row in rows}
    before = {row[f"ltla{year}_code"] for row in rows for year in range(16, 24)} - now
    led = {(old, new) for old, new in table(areas[1], "SELECT ?old ?new { ?old civ:replacedBy+ ?new }")}
    assert not [old for old in before if not {new for other, new in led if other == old} & now]
    swapped = {("S12000015", "S12000048"), ("S12000024", "S12000047")}  # a moved hamlet makes no successor
    written = {(row["ltla16_code"], row["ltla24_code"]) for row in rows if row["ltla16_code"] != row["ltla24_code"]}
    assert written - led == swapped


def test_ends_of_authorities_are_as_published(folder: Path, areas: tuple[Mapped, ox.Store]) -> None:
    rows = [row for row in read(folder / AUTHORITIES) if row["gss-code"]]
    found = pairs(areas[1], "SELECT ?a ?day { ?a civ:endDate ?day }")
    assert found == {row["gss-code"]: row["end-date"] for row in rows if row["end-date"]}
    started = pairs(areas[1], "SELECT ?a ?day { ?a civ:startDate ?day }")
    assert not [day for day in started.values() if day.startswith("2005")]
    assert len(started) > 80


@pytest.fixture(scope="module")
def outlines(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Mapped, ox.Store]:
    """What `boundaries` says."""
    return mapped("boundaries", [folder / OUTLINES], tmp_path_factory.mktemp("boundaries"))


def test_outlines_are_those_of_the_file_number_by_number(folder: Path, outlines: tuple[Mapped, ox.Store]) -> None:
    run, store = outlines
    features = cast(list[dict[str, Any]], json.loads((folder / OUTLINES).read_text("utf-8"))["features"])
    expected = {each["properties"]["code"]: numbers(str(each["geometry"]["coordinates"])) for each in features}
    found = table(store, "SELECT ?area ?wkt { ?area geo:hasGeometry/geo:asWKT ?wkt }")
    assert {code: numbers(wkt) for code, wkt in found} == expected
    assert len(found) == run.rows == 361
    scottish = list(read_table(folder / "boundaries/scotland-council-areas-2024.geojson", Dialect()))[1:]
    assert {code: wkt for _, (code, _, wkt) in scottish} == {code: wkt for code, wkt in found if code[0] == "S"}


def numbers(text: str) -> list[float]:
    return [float(each) for each in re.findall(r"-?\d+(?:\.\d+)?", text)]


def test_postcodes_are_within_every_area_that_their_row_names(nspl: tuple[Mapped, ox.Store, Rows]) -> None:
    run, store, rows = nspl
    expected = {
        (row["pcds"].replace(" ", "-"), row[column])
        for row in rows
        for column in WITHIN
        if row[column] and not row[column].endswith("99999999")
    }
    found = table(store, "SELECT ?p ?area { ?p civ:within ?area }")
    assert set(found) == expected and len(found) == len(expected)
    assert run.rows == len(rows) == 7_177
    assert run.problems == ()


def test_ended_postcodes_and_points_are_as_published(nspl: tuple[Mapped, ox.Store, Rows]) -> None:
    _, store, rows = nspl
    ended = {row["pcds"]: f"{row['doterm'][:4]}-{row['doterm'][4:]}" for row in rows if row["doterm"]}
    assert pairs(store, "SELECT ?code ?m { ?p civ:terminatedOn ?m ; skos:notation ?code }") == ended
    assert len(ended) == 1_277
    points = {row["pcds"]: f"POINT({row['long']} {row['lat']})" for row in rows if row["lat"] != "99.999999"}
    found = pairs(store, "SELECT ?code ?w { ?p skos:notation ?code ; geo:hasGeometry/geo:asWKT ?w }")
    assert found == points and len(found) == len(rows) - 2


@pytest.mark.parametrize(
    ("name", "file", "columns"),
    [
        ("scottish_postcodes", CODE_POINT, ("dz11", "ward", "laua", "hb", "country")),
        ("grant_postcodes", GRANTS, ("small_area_2011", "ltla24_code")),
    ],
)
def test_other_postcodes_are_all_told_of(
    name: str, file: str, columns: tuple[str, ...], folder: Path, tmp_path: Path
) -> None:
    rows = read(folder / file)
    run = map_source(Source.named(name), [folder / file], tmp_path / "out.nq", BASE)
    within: Counter[str] = Counter()
    postcodes: set[str] = set()
    with run.output.open(encoding="utf-8") as lines:
        for subject, predicate, rest in (line.split(" ", 2) for line in lines):
            if predicate.endswith("#within>"):
                within[rest[len(BASE) + 9 : len(BASE) + 12]] += 1  # <base/id/area/S12
            if rest.startswith("<https://w3id.org/civsoc/ns#Postcode>"):
                postcodes.add(subject)
    assert len(postcodes) == len(rows) == run.rows
    assert run.problems == ()
    expected = Counter(row[column][:3] for row in rows for column in columns if row[column])
    assert {kind: within[kind] for kind in expected if "92" not in kind} == {
        kind: number for kind, number in expected.items() if "92" not in kind
    }


def test_distances_and_outlines_are_worked_out_by_the_engine(outlines: tuple[Mapped, ox.Store]) -> None:
    _, store = outlines
    query = """PREFIX geof: <http://www.opengis.net/def/function/geosparql/>
        PREFIX geo: <http://www.opengis.net/ont/geosparql#>
        PREFIX uom: <http://www.opengis.net/def/uom/OGC/1.0/>
        SELECT ?outline ?metres { GRAPH ?g { ?outline geo:asWKT ?wkt }
          BIND("POINT(-3.1883 55.9533)"^^geo:wktLiteral AS ?edinburgh) FILTER(geof:sfWithin(?edinburgh, ?wkt))
          BIND(geof:distance(?edinburgh, "POINT(-4.2518 55.8642)"^^geo:wktLiteral, uom:metre) AS ?metres) }"""
    ((outline, metres),) = [(row["outline"], row["metres"]) for row in select(store, query)]
    assert _text(outline) == "S12000036"
    assert float(_text(metres)) == pytest.approx(67_000, rel=0.01)  # Edinburgh to Glasgow, as the crow flies
