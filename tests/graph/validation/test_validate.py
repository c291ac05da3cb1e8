"""Validation: seeded faults in both engines, reports, whole-graph queries, the command."""

import gzip
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib

from graph.errors import InputError, MappingError, UsageError, ValidationFailed
from graph.model import iri
from graph.validation.inputs import merged
from graph.validation.recheck import cross_check
from graph.validation.reference import reference
from graph.validation.results.report import Report
from graph.validation.results.turtle import path_turtle
from graph.validation.run import validate_command, validate_shapes
from graph.validation.shapes import Shapes
from tests.support.paths import ROOT, golden
from tests.support.shacl_examples import (
    FAULTS,
    GOOD,
    PREFIXES,
    SHAPES,
    all_faults,
    reference_report_on,
    report_on,
    turtle,
    with_fault,
)


def keys(report: Report) -> set[tuple[str, ...]]:
    return {result.key for result in report.results}


def components(report: Report) -> set[str]:
    return {result.component.removesuffix("ConstraintComponent") for result in report.results}


@pytest.mark.parametrize(("fault", "expected"), FAULTS.values(), ids=FAULTS)
def test_both_engines_find_a_seeded_fault_and_say_the_same(fault: str, expected: str, tmp_path: Path) -> None:
    file = turtle(tmp_path, with_fault(fault))
    fast, reference = report_on([file]), reference_report_on(file)
    assert components(fast) == set(expected.split())
    assert keys(fast) == keys(reference)
    assert {r.severity for r in fast.results} == {r.severity for r in reference.results}


def test_the_good_charity_has_no_fault(tmp_path: Path) -> None:
    report = report_on([turtle(tmp_path, GOOD)])
    assert not report.results
    assert report.exit_code == 0


def test_a_report_beyond_the_limit_says_that_it_is_cut(tmp_path: Path) -> None:
    shapes = Shapes.parse(SHAPES)
    with merged([all_faults(tmp_path)]) as graph:
        report = validate_shapes(graph, shapes, limit=3)
        assert report.cut
        assert "stopped at 3 results" in report.table()
        with pytest.raises(ValidationFailed, match="not whole"):
            cross_check(report, graph, shapes)


def test_the_turtle_report_is_a_validation_report_that_rdflib_reads(tmp_path: Path) -> None:
    report = report_on([all_faults(tmp_path)])
    placed = replace(report, results=(replace(report.results[0], source="oscr", row=212), *report.results[1:]))
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    graph = rdflib.Graph().parse(data=placed.turtle(), format="turtle")
    [node] = graph.subjects(rdflib.RDF.type, sh.ValidationReport)
    assert graph.value(node, sh.conforms) == rdflib.Literal(False)
    assert len(list(graph.objects(node, sh.result))) == len(report.results)
    for field in ("focusNode", "sourceShape", "sourceConstraintComponent", "resultSeverity", "resultMessage"):
        assert len(list(graph.subject_objects(sh[field]))) == len(report.results), field
    assert list(graph.objects(None, rdflib.URIRef("https://w3id.org/civsoc/ns#row"))) == [rdflib.Literal(212)]


def test_an_empty_report_conforms() -> None:
    graph = rdflib.Graph().parse(data=Report((), "shacl", 1).turtle(), format="turtle")
    assert rdflib.Literal(True) in set(graph.objects())


@pytest.mark.parametrize(
    "path", ["<http://e/a>", "^(<http://e/a>/<http://e/b>)", "(<http://e/a>|^<http://e/b>|(<http://e/c>)+)"]
)
def test_a_path_is_written_as_shacl_writes_paths(path: str) -> None:
    turtle_path = path_turtle(path)
    shapes = Shapes.parse(
        f"{PREFIXES} :S a sh:PropertyShape ; sh:targetNode :x ; sh:path {turtle_path} ; sh:minCount 1 ."
    )
    assert [result.path for result in reference([], shapes.ntriples)] == [path]


def test_the_table_cannot_command_the_terminal(tmp_path: Path) -> None:
    report = report_on([turtle(tmp_path, f'{GOOD} :bad a :Charity ; :name "A" ; :number "\\u001b[31m[red]" .')])
    table = report.table()
    assert "\x1b" not in table
    assert "[red]" in table
    assert "Violation" in table
    assert "1 violations, 0 warnings" in table


def test_a_warning_goes_on_and_a_violation_stops(tmp_path: Path) -> None:
    warned = report_on([turtle(tmp_path, with_fault(FAULTS["too long"][0]))])
    assert (len(warned.warnings), len(warned.violations), warned.exit_code) == (1, 0, 0)
    warned.require_no_violations()
    broken = report_on([turtle(tmp_path, with_fault(FAULTS["date that is none"][0]))])
    assert (len(broken.warnings), len(broken.violations), broken.exit_code) == (0, 1, 1)
    with pytest.raises(ValidationFailed, match=r"http://example.org/bad: .*This is no date"):
        broken.require_no_violations()


UNIQUE = """PREFIX : <http://example.org/>
SELECT ?focus ("Two charities have this number." AS ?message) ?severity ?value WHERE {
  ?focus :number ?value . ?other :number ?value . FILTER (?focus != ?other) BIND("Warning" AS ?severity) }"""


def test_what_must_be_unique_in_the_whole_graph_is_one_query(tmp_path: Path) -> None:
    file = turtle(tmp_path, ':a a :Charity ; :name "A" ; :number "SC000001" . :b :number "SC000001" .')
    report = report_on([file], number=UNIQUE)
    assert [(r.focus, r.severity, r.value) for r in report.results] == [
        (f"<http://example.org/{name}>", "Warning", '"SC000001"') for name in "ab"
    ]
    rdflib.Graph().parse(data=report.turtle(), format="turtle")


@pytest.mark.parametrize(
    ("query", "fact"),
    [
        ("SELECT", "is not SPARQL"),
        ("ASK {}", "is not a SELECT"),
        ('SELECT (<urn:no-such-function>(1) AS ?focus) ("m" AS ?message) {}', "is not SPARQL"),
        ("SELECT ?focus { ?focus ?p ?o }", r"selects no \?message"),
        ('SELECT ?focus ("m" AS ?message) ("Bad" AS ?severity) { ?focus ?p ?o }', "severity is 'Bad'"),
    ],
)
def test_a_broken_uniqueness_query_is_named(query: str, fact: str, tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=fact):
        report_on([turtle(tmp_path, GOOD)], number=query)


def test_the_command_takes_shapes_and_queries_from_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "shapes"
    (folder / "uniqueness").mkdir(parents=True)
    file = turtle(tmp_path, with_fault(':number "SC1"'))
    with pytest.raises(UsageError, match=r"none does not exist; name a file of shapes"):
        validate_command([file], tmp_path / "none")
    with pytest.raises(InputError, match=r"holds no \.ttl"):
        validate_command([file], folder)
    (folder / "charity.ttl").write_text(SHAPES)
    (folder / "uniqueness" / "any.rq").write_text(
        'PREFIX : <http://example.org/> SELECT ?focus ("m" AS ?message) { ?focus a :Place }'
    )
    report = validate_command([file], folder)
    assert components(report) == {"Pattern", "MinCount", "SPARQL"}
    assert report.exit_code == 1
    assert components(validate_command([file], folder / "charity.ttl")) == {"Pattern", "MinCount"}


def test_a_file_is_validated_under_the_base_that_it_was_mapped_under(tmp_path: Path) -> None:
    text = golden("oscr").read_text("utf-8")
    here, there, bad = tmp_path / "here.nq", tmp_path / "there.nq", tmp_path / "bad.nq.gz"
    here.write_text(text, "utf-8")
    there.write_text(text.replace(iri.DEFAULT_BASE, "https://data.example.org/"), "utf-8")
    bad.write_bytes(gzip.compress(there.read_bytes().replace(b'"PA29 6XD"', b'"nowhere"')))
    assert validate_command([there]).violations == ()
    assert validate_command([there], base="https://data.example.org/").violations == ()
    assert validate_command([bad]).exit_code == 1
    assert validate_command([here]).violations == ()
    with pytest.raises(InputError, match=r"there\.nq: was mapped under https://data\.example\.org/, not under .*"):
        validate_command([there], base=iri.DEFAULT_BASE)
    with pytest.raises(InputError, match=r"under http://localhost:8000/ and under https://.*; validate them one by"):
        validate_command([here, there])


def test_one_file_of_our_own_shapes_can_be_named() -> None:

    report = validate_command([golden("oscr")], ROOT / "shapes" / "organisation.ttl")
    assert report.violations == ()


def test_our_own_shapes_speak_of_a_file_of_one_source(tmp_path: Path) -> None:
    text = """@base <http://localhost:8000/> .
    @prefix civ: <https://w3id.org/civsoc/ns#> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    <id/organisation/GB-SC-SC000001> a civ:Organisation , civ:Charity ;
        skos:prefLabel "A " ; civ:nameStatus <def/name-status/deleted> ."""
    report = validate_command([turtle(tmp_path, text)])
    shapes = {result.shape.rpartition("#")[2] for result in report.results}
    assert "Organisation-prefLabel-trimmed>" in shapes
    assert not any("code_defined" in shape for shape in shapes)
