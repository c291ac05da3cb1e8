"""Fix lists: each kind of finding is seeded and found in its row, and nothing else is; nothing private is told."""

import gzip
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import Store

from graph.build.run import build
from graph.model import problems as kinds
from graph.model.problems import Problem
from graph.model.query import select
from graph.model.terms import CIV
from graph.model.values.names import bare
from graph.quality.findings.entries import gone_from_register
from graph.quality.findings.names import other_names
from graph.quality.findings.postcodes import unknown
from graph.release.fix_lists import read_problems
from graph.release.manifest import Manifest
from tests.support.builds.glen import planned
from tests.support.known import DATES, REGISTER, look_at
from tests.support.statistics.sample_counts import raw

BASE = "http://localhost:8000/"
SEEDED = {
    (kinds.GONE, "first.csv", 3, "G2"),
    (kinds.GONE, "first.csv", 4, "G3"),
    (kinds.NAME_DIFFERS, "first.csv", 5, "G4"),
    (kinds.NO_ACTIVITIES, "first.csv", 6, "G5"),
    (kinds.NOT_CHECKED, "first.csv", 8, "G7"),
    (kinds.POSTCODE_UNKNOWN, "first.csv", 12, "G11"),
    (kinds.HIDDEN_POSTCODE_UNKNOWN, "first.csv", 13, "G12"),
    (kinds.POSTCODE_ENDED, "first.csv", 14, "G13"),
    (kinds.NO_WEBSITE, "first.csv", 18, "G17"),
    (kinds.DOUBLE_ENTRY, "second.csv", 2, "G20"),
    (kinds.DOUBLE_ENTRY, "second.csv", 3, "G21"),
    (kinds.NOT_CHECKED, "services.csv", 2, "S1"),
}


@pytest.fixture(scope="module")
def glen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the directory."""
    plan = planned(tmp_path_factory.mktemp("glen"))
    build(plan)
    return (plan.out / "current").resolve()


def listed(release: Path, source: str) -> dict[tuple[str, str, int, str], Problem]:
    """The fix list of a source, by kind, file, row and reference."""
    found = read_problems(source, release / "problems" / f"{source}.csv")
    keyed = {(it.kind, it.file, it.row, it.reference): it for it in found}
    assert len(keyed) == len(found)
    return keyed


def test_each_kind_of_fault_is_found_in_its_row_and_nothing_else_is(glen: Path) -> None:
    assert listed(glen, "glen").keys() == SEEDED
    assert not listed(glen, "oscr") and not listed(glen, "oscr_former")


def test_a_row_says_what_is_wrong_what_to_do_and_why(glen: Path) -> None:
    by_reference = {it.reference: it for it in listed(glen, "glen").values()}
    gone, succeeded, named, double = (by_reference[name] for name in ("G2", "G3", "G4", "G20"))
    assert (gone.column, gone.value, gone.severity) == ("charity_number", "SC000901", "Warning")
    assert "was taken out of Scottish Charity Register on 1 February 2020" in gone.fault
    assert [it.value for it in gone.evidence] == [f"{BASE}id/registration/GB-SC-SC000901"]
    assert "Fictitious Society of 2 (GB-SC-SC000002)" in succeeded.remedy
    assert (named.column, named.value, named.severity) == ("name", "Glen Elsewhere Choir", "Info")
    assert named.fault.endswith("calls it: Fictitious Society of 3")
    assert double.fault == "has the name and place of row 11 of first.csv (G10)"
    assert by_reference["G21"].fault.endswith("(GB-SC-SC000001) as row 2 of first.csv (G1)")
    assert by_reference["G13"].fault == "is a postcode that ended in 2015-11"
    assert by_reference["S1"].value == "2024-01-01"


def test_findings_are_in_the_graph_apart_from_faults_in_cells(glen: Path) -> None:
    store = Store.read_only(str(glen / "store"))
    query = (
        f"SELECT ?it ?kind {{ GRAPH <{BASE}id/source/quality> {{ ?it a {CIV.Finding} ; {CIV.problemKind} ?kind }} }}"
    )
    found = Counter(str(row["kind"]).rpartition("/")[2].rstrip(">") for row in select(store, query))
    seeded = Counter(kind for kind, *_ in SEEDED if kind != kinds.NO_WEBSITE)
    assert found == seeded
    merged = f"SELECT ?it {{ ?it a {CIV.Finding} }}"
    assert len(list(select(store, merged))) == seeded.total()
    total = len(list(select(store, "SELECT ?s { ?s ?p ?o }")))
    assert Manifest.read(glen).triples == total


def test_no_private_postcode_is_told_by_a_fix_list(glen: Path) -> None:
    files = [path for path in glen.rglob("*") if path.is_file()]
    held = b"".join(gzip.decompress(it.read_bytes()) if it.suffix == ".gz" else it.read_bytes() for it in files)
    for postcode in (b"ZE1 9ZZ", b"ZE1-9ZZ", b"KW1 4AD", b"KW1-4AD"):
        assert postcode not in held
    assert b"KW1-9ZZ" in held  # a public one that does not exist is shown
    (hidden,) = (it for it in listed(glen, "glen").values() if it.kind == kinds.HIDDEN_POSTCODE_UNKNOWN)
    assert (hidden.value, hidden.column, hidden.evidence) == ("", "postcode", ())


def test_a_directory_that_is_taken_over_keeps_its_fix_list_with_rows(tmp_path: Path) -> None:
    plan = planned(tmp_path)
    build(plan)
    kept = {
        path.relative_to(plan.out / "current"): path.read_bytes()
        for name in ("problems", "rows", "dumps")
        for path in (plan.out / "current" / name).iterdir()
        if path.name != "quality.nq.gz"  # shapes warn of areas, whose rows nobody keeps
    }
    build(plan, ["oscr"])
    assert {path: (plan.out / "current" / path).read_bytes() for path in kept} == kept
    (tmp_path / "first.csv").unlink()  # what was mapped before is not read again
    build(plan, ["oscr"])
    assert listed((plan.out / "current").resolve(), "glen").keys() == SEEDED


def test_a_name_that_was_given_up_is_told_with_the_present_one() -> None:
    known = look_at(
        REGISTER + '<source/club> { <id/organisation/A> a civ:Organisation ; skos:prefLabel "Glen Old Name" . }', DATES
    )
    (found,) = other_names(known, "club")
    assert (found.rule, found.value) == ("former-name", "Glen Old Name")
    assert found.parameters == (("name", "Glen New Name"),)
    assert known.is_list("club") and not known.is_list("register")


@pytest.mark.parametrize(("awarded", "count"), [("2014-01-01", 0), ("2016-01-01", 1)])
def test_a_grant_is_faulty_only_if_its_recipient_had_left_the_register_before(awarded: str, count: int) -> None:
    grant = f"""<source/grants> {{ <id/organisation/B> a civ:Organisation ; civ:nameInGrants "Strath Trust" .
        <id/grant/1> civ:recipient <id/organisation/B> ; civ:recipientName "Strath Trust" ;
          civ:awardDate "{awarded}"^^xsd:date . }}"""
    assert len(list(gone_from_register(look_at(REGISTER + grant, DATES), "grants"))) == count


def test_a_list_says_nothing_of_a_body_that_another_register_still_has() -> None:
    second = """<source/second> { <id/organisation/B> rov:registration <id/registration/B2> .
        <id/organisation/B> a civ:Organisation ; skos:prefLabel "Strath Trust" .
        <id/registration/B2> civ:registeredOn "2015-01-01"^^xsd:date . }"""
    club = '<source/club> { <id/organisation/B> a civ:Organisation ; skos:prefLabel "Strath Trust" . }'
    dates = {**DATES, "second": date(2026, 1, 1)}
    assert not list(gone_from_register(look_at(REGISTER + second + club, dates), "club"))
    assert len(list(gone_from_register(look_at(REGISTER + club, dates), "club"))) == 1


def test_a_postcode_is_called_unknown_only_where_nearly_all_others_are_known() -> None:
    every = {f"{BASE}id/postcode/KY{number}-1AA" for number in range(100)}
    assert len(unknown(every, set(sorted(every)[:91]))) == 9
    assert not unknown(every, set(sorted(every)[:85]))
    few = set(sorted(every)[:4])
    assert len(unknown(few, set(sorted(few)[:3]))) == 1
    assert not unknown(few, set(sorted(few)[:2]))


def test_the_findings_of_the_sample_are_those_of_its_raw_files(sample_out: Path) -> None:
    rows = [row for row in raw("directories/kingdom-organisations.csv") if row["status"] == "active"]
    register = {row["Charity Number"]: row for row in raw("oscr-charity-register.csv")}
    former = {row["Charity Number"]: row for row in raw("oscr-former-charities.csv")}
    told = {row["organisation"] for row in raw("directories/kingdom-services.csv") if row["activities"]}
    expected: Counter[str] = Counter()
    for row in rows:
        number = row["charity_number"].upper().replace(" ", "")
        entry = register.get(number) or former.get(number)
        own = bare(row["name"])
        known_as = {bare(entry[name]) for name in ("Charity Name", "Known As")} if entry else {own}
        expected[kinds.NAME_DIFFERS] += own not in known_as
        expected[kinds.GONE] += number in former
        expected[kinds.NO_ACTIVITIES] += not row["activities"] and row["reference"] not in told
        expected[kinds.NOT_CHECKED] += "" < row["last_checked"] < "2025-11-01"
    found = Counter(it.kind for it in read_problems("kingdom", sample_out / "current" / "problems" / "kingdom.csv"))
    assert {kind: found[kind] for kind in expected} == expected
    assert all(expected.values())
