"""Sources that tell only of what others mention are mapped after them, and one source places a postcode."""

from pathlib import Path

import pytest

from graph.build.plan import read_plan
from graph.build.run import build
from graph.mapping.passes import pass_of
from graph.mapping.references import References
from graph.mapping.run import map_source
from graph.model import iri
from graph.model.terms import CIV, RDF, SKOS
from graph.release.store import read_dump
from graph.sources.source import Source, source_names
from tests.support.paths import SOURCES, fixture

OSCR = fixture("oscr").read_text("utf-8")
TOLD = "AB11 5DF"  # is in the fixture of scottish_postcodes
GRAPH = iri.source("x")


def quads(*lines: str) -> str:
    return "".join(f"{line} {GRAPH} .\n" for line in sorted(lines))


def references(tmp_path: Path, *graphs: str) -> list[str]:
    files = [tmp_path / f"{number}.nq" for number in range(len(graphs))]
    for file, text in zip(files, graphs, strict=True):
        file.write_text(text, "utf-8")
    referenced = References(iri.DEFAULT_BASE)
    for file in files:
        referenced.read(file)
    return referenced.write(tmp_path / "mentions.txt").read_text("utf-8").splitlines()


def test_what_stands_as_subject_or_object_is_mentioned_once_and_in_order(tmp_path: Path) -> None:
    charity, parent = iri.organisation("GB-SC", "SC900001"), iri.organisation("GB-CHC", "900001")
    postcode = iri.postcode("EH1 1AA")
    first = quads(f'{charity} {SKOS.prefLabel} "A"', f"{charity} {CIV.postcode} {postcode}")
    second = quads(f"{charity} {CIV.parentOrganisation} {parent}", f"{postcode} {RDF.type} {CIV.Postcode}")
    assert references(tmp_path, first, second) == sorted([charity.value, parent.value, postcode.value])


def test_what_a_text_holds_is_not_mentioned(tmp_path: Path) -> None:
    area = iri.area("S12000036")
    text = quads(f'{area} {SKOS.prefLabel} "see {iri.postcode("EH1 1AA")}"', f"{area} {RDF.type} {CIV.Area}")
    assert references(tmp_path, text) == []


def test_a_postcode_that_is_placed_needs_no_second_source(tmp_path: Path) -> None:
    placed, other = iri.postcode("EH1 1AA"), iri.postcode("EH1 1AB")
    text = quads(f"{placed} {CIV.within} {iri.area('S12000036')}", f"{other} {RDF.type} {CIV.Postcode}")
    assert references(tmp_path, text) == [other.value]
    assert references(tmp_path, quads(f"{placed} {RDF.type} {CIV.Postcode}"), text) == [other.value]


def test_postcodes_come_after_all_sources_that_may_mention_one() -> None:
    passes = {name: pass_of(Source.named(name)) for name in source_names()}
    postcodes = {"postcodes": 3, "scottish_postcodes": 4, "grant_postcodes": 5}
    assert {name: number for name, number in passes.items() if number > 2} == postcodes
    assert passes["companies_house"] == 2
    assert passes["oscr"] == passes["areas"] == 1


def test_nothing_is_told_of_what_nobody_mentions(tmp_path: Path) -> None:
    referenced = tmp_path / "mentions.txt"
    referenced.write_text(f"{iri.postcode(TOLD).value}\n")
    source, file = Source.named("scottish_postcodes"), fixture("scottish_postcodes")
    run = map_source(source, [file], tmp_path / "out.nq", iri.DEFAULT_BASE, references=referenced)
    text = run.output.read_text("utf-8")
    assert text.count(f"{RDF.type} {CIV.Postcode}") == 1
    assert f"{iri.postcode(TOLD)} {CIV.within} {iri.area('S12000033')}" in text
    referenced.write_text("")
    run = map_source(source, [file], tmp_path / "out.nq", iri.DEFAULT_BASE, references=referenced)
    assert (run.rows, run.statements, run.problems) == (4, 0, ())


BUILD = """
out = "out"
[sources.oscr]
file = "oscr.csv"
date = 2026-01-01
expect = { rows = 1, problems = 100 }
[sources.postcodes]
file = "SOURCES/postcodes/fixture/postcodes.csv"
date = 2026-01-01
expect = { rows = 1, problems = 100 }
[sources.scottish_postcodes]
file = "SOURCES/scottish_postcodes/fixture/scottish_postcodes.csv"
date = 2026-01-01
expect = { rows = 1 }
"""


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    charities = OSCR.replace("pa296xd", TOLD)
    assert charities != OSCR
    (tmp_path / "oscr.csv").write_text(charities, "utf-8")
    path = tmp_path / "civsoc.toml"
    path.write_text(BUILD.replace("SOURCES", str(SOURCES)))
    return path


def told(tmp_path: Path, source: str) -> str:
    read_dump(tmp_path / "out" / "current" / "dumps" / f"{source}.nq.gz", target := tmp_path / f"{source}.nq")
    return target.read_text("utf-8")


def test_a_build_loads_the_postcodes_of_its_charities_and_no_others(tmp_path: Path, plan_file: Path) -> None:
    manifest = build(read_plan(plan_file))
    scottish = told(tmp_path, "scottish_postcodes")
    assert scottish.count(f"{RDF.type} {CIV.Postcode}") == 1
    assert f"{iri.postcode(TOLD)} {CIV.within}" in scottish
    assert told(tmp_path, "postcodes") == ""
    assert [entry.name for entry in manifest.sources] == ["oscr", "postcodes", "scottish_postcodes"]


def test_what_a_source_taken_over_mentions_is_mentioned_too(tmp_path: Path, plan_file: Path) -> None:
    build(read_plan(plan_file))
    before = told(tmp_path, "scottish_postcodes")
    build(read_plan(plan_file), only=["scottish_postcodes"])
    assert told(tmp_path, "scottish_postcodes") == before
