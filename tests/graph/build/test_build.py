"""Builds from beginning to end, on fictitious registers: what a release holds, and what stops one."""

import csv
import datetime
import gzip
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.build.plan import Plan, read_plan
from graph.build.run import build
from graph.errors import InputError, MappingError, ReleaseError, UsageError, ValidationFailed
from graph.model import iri
from graph.model.problems import Problem, parameters
from graph.release.fix_lists import read_problems, write_problems
from graph.release.folder import Releases
from graph.release.manifest import Manifest
from tests.support.builds.charities import write_build_file, write_former, write_register
from tests.support.builds.running import RunningBuild
from tests.support.paths import fixture

_ROWS = 40
WEBSITES = ("http://no address", "www.example.org")
"""Of the first two of them."""


@pytest.fixture(autouse=True)
def _usual_base() -> Iterator[None]:
    """A build sets the base of its process."""
    yield
    iri.use_base(iri.DEFAULT_BASE)


@pytest.fixture
def register(tmp_path: Path) -> Path:
    return write_register(tmp_path / "register.csv", _ROWS, websites=WEBSITES)


@pytest.fixture
def plan(tmp_path: Path, register: Path) -> Plan:
    """One register of 40 charities, of which one has a website that is none."""
    return read_plan(write_build_file(tmp_path / "build.toml", register, 30))


@pytest.fixture
def both(tmp_path: Path, register: Path) -> Plan:
    """The same register, and a former one of 20 other charities."""
    former = write_former(tmp_path / "former.csv", 20, first=1001)
    return read_plan(write_build_file(tmp_path / "both.toml", register, 30, former=former))


@dataclass(frozen=True)
class Made:
    """A plan and what was built by it, for tests that change nothing of either."""

    plan: Plan
    manifest: Manifest

    def copied_to(self, plan: Plan) -> Plan:
        """A plan of the same files, by which this was built, as it seems."""
        shutil.copytree(self.plan.out, plan.out, symlinks=True)
        return plan


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A release of the register."""
    return _made(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def made_of_both(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A release of the register and the former one."""
    folder = tmp_path_factory.mktemp("made_of_both")
    return _made(folder, write_former(folder / "former.csv", 20, first=1001))


def _made(folder: Path, former: Path | None = None) -> Made:
    register = write_register(folder / "register.csv", _ROWS, websites=WEBSITES)
    plan = read_plan(write_build_file(folder / "build.toml", register, 30, former=former))
    return Made(plan, build(plan))


@pytest.fixture
def served(plan: Plan, made: Made) -> Plan:
    """The register, with a release of it that is served."""
    return made.copied_to(plan)


@pytest.fixture
def both_served(both: Plan, made_of_both: Made) -> Plan:
    """The register and the former one, with a release of both that is served."""
    return made_of_both.copied_to(both)


def _select(plan: Plan, query: str) -> list[tuple[str, ...]]:
    """Ask the served release's store."""
    store = ox.Store.read_only(str(plan.out / "current" / "store"))
    answer = store.query(query, prefixes={"civ": "https://w3id.org/civsoc/ns#"})
    assert isinstance(answer, ox.QuerySolutions)
    names = answer.variables
    return sorted(tuple(_text(row[name]) for name in names) for row in answer)


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _files(release: Path, *folders: str) -> dict[str, bytes]:
    return {f"{each}/{file.name}": file.read_bytes() for each in folders for file in (release / each).iterdir()}


def test_a_release_holds_what_its_manifest_says(made: Made) -> None:
    plan, manifest = made.plan, made.manifest
    releases = Releases(plan.out)
    current = releases.find("current")
    assert releases.verify() == ()
    assert Manifest.read(current) == manifest
    assert {path.name for path in plan.out.iterdir()} == {"releases", "current", "build.lock"}
    assert {path.name for path in current.iterdir()} >= {"dumps", "store", "search", "problems", "report.ttl"}
    entry = manifest.source("oscr")
    assert entry and (entry.rows, entry.problems, entry.date) == (_ROWS, 1, datetime.date(2026, 1, 31))
    assert list(entry.sha256) == ["register.csv"]
    stages = (
        "fetch map suppress locate check resolve grade merge compare store cubes quality validate search dumps seal"
    )
    assert list(manifest.stages) == stages.split()


def test_the_default_graph_is_the_union_of_the_named_graphs_counted_once(made_of_both: Made) -> None:
    both, manifest = made_of_both.plan, made_of_both.manifest
    total = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    merged = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } }"
    assert _select(both, total) == _select(both, merged) == [(str(manifest.triples),)]
    assert _select(both, "SELECT (COUNT(*) AS ?n) { ?s a civ:Organisation }") == [(str(_ROWS + 20),)]
    postcode = "SELECT ?g { GRAPH ?g { ?s a civ:Postcode } }"  # both registers speak of the same one
    assert [each.rpartition("/")[2] for (each,) in _select(both, postcode)] == ["oscr", "oscr_former"]
    assert _select(both, "SELECT (COUNT(*) AS ?n) { ?s a civ:Postcode }") == [("1",)]


def test_each_graph_of_the_store_is_a_dump(made_of_both: Made) -> None:
    both = made_of_both.plan
    graphs = [each.rpartition("/")[2] for (each,) in _select(both, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")]
    assert graphs == [
        *("catalogue", "derived", "evidence", "measurements", "oscr", "oscr_former", "quality", "vocabulary"),
    ]
    for name, packed in _files(both.out / "current", "dumps").items():
        lines = gzip.decompress(packed).splitlines(keepends=True)
        assert lines == sorted(set(lines)), name
        if lines:  # the graph `identity` is empty: nothing here has two identifiers
            assert f"dumps/{graphs.pop(0)}.nq.gz" in _files(both.out / "current", "dumps")


def test_unchanged_input_gives_the_same_bytes(both_served: Plan) -> None:
    first = (both_served.out / "current").resolve()
    build(both_served)
    second = (both_served.out / "current").resolve()
    assert first != second
    assert _files(first, "dumps", "problems") == _files(second, "dumps", "problems")
    assert (first / "report.ttl").read_bytes() == (second / "report.ttl").read_bytes()


def test_the_base_of_the_build_file_is_that_of_every_iri_of_ours(tmp_path: Path, register: Path) -> None:
    settings = 'base = "https://data.example.org/"'
    plan = read_plan(write_build_file(tmp_path / "base.toml", register, 30, settings))
    assert build(plan).base == "https://data.example.org/"
    dumps = _files(plan.out / "current", "dumps")
    assert len(dumps) >= 5
    for packed in dumps.values():
        assert b"localhost" not in gzip.decompress(packed)


def test_a_base_that_is_none_is_refused(tmp_path: Path, register: Path) -> None:
    plan = read_plan(write_build_file(tmp_path / "base.toml", register, 30, 'base = "http://x.org"'))
    with pytest.raises(UsageError, match=r"'http://x.org' is not one"):
        build(plan)


def test_a_problem_is_in_the_graph_and_in_the_list_of_its_source(made: Made) -> None:
    plan = made.plan
    found = _select(
        plan,
        "SELECT ?row ?column ?value { ?p a civ:Problem ; civ:row ?row ; civ:column ?column ; civ:cellValue ?value }",
    )
    assert found == [("2", "Website", "http://no address")]
    with (plan.out / "current" / "problems" / "oscr.csv").open(encoding="utf-8-sig", newline="") as file:
        (problem,) = csv.DictReader(file)
    assert (problem["row"], problem["column"], problem["value"]) == ("2", "Website", "http://no address")
    assert problem["remedy"]


def test_the_catalogue_states_the_counts_of_the_manifest(made: Made) -> None:
    entry = made.manifest.source("oscr")
    query = """SELECT ?rows ?subjects ?statements ?problems ?sha256 { GRAPH ?g { ?s civ:rowCount ?rows ;
        civ:subjectCount ?subjects ; civ:statementCount ?statements ; civ:problemCount ?problems ;
        civ:sha256 ?sha256 } }"""
    assert entry
    counts = (entry.rows, entry.subjects, entry.statements, entry.problems)
    assert _select(made.plan, query) == [(*map(str, counts), entry.sha256["register.csv"])]


def test_a_source_that_lost_a_fifth_of_its_rows_is_refused(served: Plan, register: Path) -> None:
    before = Releases(served.out).find("current")
    write_register(register, _ROWS * 8 // 10)
    with pytest.raises(InputError, match=r"source oscr: has 32 rows where the served release has 40: 20.0% are lost"):
        build(served)
    assert Releases(served.out).find("current") == before
    assert Releases(served.out).verify() == ()
    assert len(Releases(served.out).list()) == 1


def test_fewer_rows_than_expected_are_refused(plan: Plan, register: Path) -> None:
    write_register(register, 29)
    with pytest.raises(InputError, match="has 29 rows where at least 30 are expected; get the whole file, or"):
        build(plan)
    assert Releases(plan.out).current() is None


def test_more_problems_than_expected_are_refused_and_listed(plan: Plan, register: Path) -> None:
    write_register(register, _ROWS, websites=["http://no address"] * 30)
    with pytest.raises(InputError, match=r"30 problems in 40 rows, 75.0%.*'Website'.*first at register.csv:2.*failed"):
        build(plan)
    listed = (plan.out / "failed" / "problems" / "oscr.csv").read_text("utf-8").splitlines()
    assert len(listed) == 31
    write_register(register, _ROWS)
    build(plan)
    assert not (plan.out / "failed").exists()


def test_a_warning_of_a_shape_is_in_the_graph_with_its_row_and_stops_nothing(tmp_path: Path, register: Path) -> None:
    former = write_former(tmp_path / "former.csv", 3, first=1001, removed="01/02/2010 10:30")  # registered in 2012
    plan = read_plan(write_build_file(tmp_path / "both.toml", register, 30, former=former))
    assert build(plan).warnings == 3
    query = """SELECT ?source ?file ?row ?about { ?p a civ:Problem ; civ:severity "Warning" ; civ:inSource ?source ;
        civ:inFile ?file ; civ:row ?row ; civ:about ?about }"""
    found = [tuple(each.rpartition("/")[2] for each in row) for row in _select(plan, query)]
    assert found == [("oscr_former", "former.csv", str(row), f"GB-SC-SC001{row - 1:03}") for row in (2, 3, 4)]
    total = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert _select(plan, total) == [(str(Manifest.read(plan.out / "current").triples),)]


def test_a_violation_of_a_shape_stops_the_release_and_leaves_the_report(plan: Plan) -> None:
    (planned,) = plan.sources
    misnamed = replace(planned, source=replace(planned.source, name="Not-A-Name", mapping="oscr"))
    with pytest.raises(ValidationFailed, match=r"source.*particulars are in .*failed$"):
        build(replace(plan, sources=(misnamed,)))
    assert Releases(plan.out).current() is None
    assert "sh:ValidationReport" in (plan.out / "failed" / "report.ttl").read_text("utf-8")


def test_a_renamed_column_in_one_source_stops_the_build_of_all(both: Plan, register: Path) -> None:
    text = register.read_text("utf-8")
    register.write_text(text.replace("Charity Name", "Name of charity", 1), "utf-8")
    with pytest.raises(InputError, match=r"^register.csv:1: lacks column 'Charity Name'"):
        build(both)
    assert {path.name for path in both.out.iterdir()} <= {"releases", "build.lock"}


def test_sources_not_named_are_taken_over_unchanged(both_served: Plan, made_of_both: Made, register: Path) -> None:
    both, first = both_served, made_of_both.manifest
    before = _files(both.out / "current", "dumps", "problems")
    write_register(register, _ROWS + 2, websites=["http://no address"])
    second = build(both, ["oscr_former"])
    assert _files(both.out / "current", "dumps", "problems") == before
    assert second.source("oscr") == first.source("oscr")
    third = build(both, ["oscr"]).source("oscr")
    assert third and third.rows == _ROWS + 2


def test_a_damaged_source_is_not_taken_over(both_served: Plan) -> None:
    dump = both_served.out / "current" / "dumps" / "oscr.nq.gz"
    dump.write_bytes(gzip.compress(gzip.decompress(dump.read_bytes())[:-100]))
    with pytest.raises(ReleaseError, match=r"oscr.nq.gz: is not as it was built; build all sources"):
        build(both_served, ["oscr_former"])


@pytest.mark.parametrize("kept", ["rows/oscr.tsv.gz", "problems/oscr.csv", "dumps/oscr.nq.gz"])
def test_a_source_of_which_a_file_is_missing_is_not_taken_over(both_served: Plan, kept: str) -> None:
    served = both_served.out / "current"
    (served / kept).unlink()
    with pytest.raises(ReleaseError, match=rf"{kept}: is missing; build all sources"):
        build(both_served, ["oscr_former"])


def test_the_file_of_a_source_that_is_taken_over_may_be_gone(both_served: Plan, register: Path) -> None:
    register.unlink()
    assert build(read_plan(both_served.path, ["oscr_former"]), ["oscr_former"]).source("oscr")


def test_a_missing_file_of_a_source_that_is_mapped_as_well_is_named(both: Plan) -> None:
    lookup = both.path.with_name("postcodes.csv")
    shutil.copy(fixture("postcodes"), lookup)
    text = f'[sources.postcodes]\nfile = "{lookup}"\ndate = 2026-01-31\nexpect = {{ rows = 0, problems = 9.0 }}\n'
    both.path.write_text(both.path.read_text("utf-8") + text, "utf-8")
    build(read_plan(both.path))
    lookup.unlink()
    with pytest.raises(InputError, match=r"sources\.postcodes: there is no file .*postcodes\.csv"):
        build(read_plan(both.path, ["oscr"]), ["oscr"])


def test_sources_not_named_are_left_out_if_nothing_is_served(both: Plan) -> None:
    manifest = build(both, ["oscr"])
    assert [entry.name for entry in manifest.sources] == ["oscr"]
    assert [entry.name for entry in build(both, ["oscr_former"]).sources] == ["oscr", "oscr_former"]


def test_sources_cannot_be_taken_over_from_another_base(tmp_path: Path, both_served: Plan, register: Path) -> None:
    assert both_served.out.is_dir()
    former = tmp_path / "former.csv"
    settings = 'base = "https://data.example.org/"'
    moved = read_plan(write_build_file(tmp_path / "moved.toml", register, 30, settings, former))
    with pytest.raises(ReleaseError, match=r"was built under http://localhost:8000/.*build all sources"):
        build(moved, ["oscr"])


def test_the_release_that_was_served_outlives_the_switch_and_the_pruning(
    tmp_path: Path, made: Made, register: Path
) -> None:
    plan = made.copied_to(read_plan(write_build_file(tmp_path / "keep.toml", register, 30, "keep = 2")))
    releases, ids = Releases(plan.out), [made.manifest.id]
    for _ in range(2):
        served = releases.find("current")
        reader = ox.Store.read_only(str(served / "store"))
        ids.append(build(plan).id)
        assert served.is_dir()
        assert any(reader.quads_for_pattern(None, None, None))
        assert any(ox.Store.read_only(str(served / "store")).quads_for_pattern(None, None, None))
    assert [path.name for path in releases.list()] == ids[-2:]


def test_a_second_build_is_turned_away_while_the_first_runs(tmp_path: Path, plan: Plan) -> None:
    with RunningBuild(tmp_path / "build.toml") as first:
        first.go_on_until("stage merge")
        with pytest.raises(ReleaseError, match=f"another build is writing there, process {first.process.pid}; wait"):
            build(plan)
        assert first.go_on_to_the_end()[-1].startswith("built ")
    assert len(Releases(plan.out).list()) == 1


def test_a_served_release_with_a_damaged_manifest_does_not_stop_the_next(served: Plan) -> None:
    manifest = served.out / "current" / "release.json"
    manifest.write_bytes(manifest.read_bytes()[:-5])
    made = build(served)
    assert Releases(served.out).find("current").name == made.id
    assert Releases(served.out).verify() == ()


def test_an_address_in_the_metadata_that_is_none_is_named(plan: Plan) -> None:
    (planned,) = plan.sources
    broken = replace(planned, source=replace(planned.source, homepage="https://example.org/a page"))
    with pytest.raises(MappingError, match=r"'https://example.org/a page' is not an address .*; correct it"):
        build(replace(plan, sources=(broken,)))


def test_an_output_folder_that_cannot_be_made_is_named(tmp_path: Path, plan: Plan) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ReleaseError, match=r"file.*; check that"):
        build(plan, out=tmp_path / "file" / "out")


def test_problems_read_back_as_they_were_written(tmp_path: Path) -> None:
    values = ["", "=1+1", "'=1+1", "''-2", "-", "+44", "@a", "it's", 'a "quoted", cell', "two\nlines"]
    about = iri.organisation("GB-SC", "SC000001")
    problems = [
        Problem(
            *("oscr", "a.csv", row, "Website", value, "name-differs", parameters(name=value)),
            about=about,
            severity="Info",
            reference=value,
            evidence=(about, iri.source("oscr")),
        )
        for row, value in enumerate(values)
    ]
    write_problems(problems, tmp_path / "oscr.csv")
    assert read_problems("oscr", tmp_path / "oscr.csv") == tuple(problems)
