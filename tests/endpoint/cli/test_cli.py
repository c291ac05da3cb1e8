"""The `civsoc` command as a person meets it: a real process, its output, its exit code."""

import re
from functools import partial
from pathlib import Path

import pytest

from tests.support.commands import civsoc, civsoc_here
from tests.support.endpoint.site import SAMPLE
from tests.support.paths import fixture, golden
from tests.support.ports import closed_port

FIXTURE = fixture("oscr")


def test_map_writes_statements_problems_and_rows(tmp_path: Path) -> None:
    done = civsoc("map", "oscr", FIXTURE, "-o", tmp_path / "out.nq")
    assert done.returncode == 0
    assert "7 rows" in done.stdout and "statements mapped a CPU second" in done.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.nq", "out.problems.csv", "out.rows.tsv"]
    assert (tmp_path / "out.nq").read_bytes() == golden("oscr").read_bytes()


def test_terms_prints_the_likeliest_term_first() -> None:
    done = civsoc("terms", "registered", "on")
    assert done.returncode == 0
    assert done.stdout.startswith("civ:registeredOn  (property)  registered on\n")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["map", "oscr", "none.csv", "-o", "out.nq"], 1, "none.csv: does not exist; check the path"),
        (["map", "osrc", str(FIXTURE), "-o", "out.nq"], 2, "source 'osrc': is not known; use one of"),
        (["map", "oscr_former", str(FIXTURE), "-o", "out.nq"], 1, "oscr.csv:1: is a file of source 'oscr'"),
        (["map", "oscr", str(FIXTURE), "-o", "no/such/out.nq"], 2, "lies in no folder that exists"),
        (["map", "oscr", str(FIXTURE)], 2, "Missing option"),
        (["map", "oscr", str(FIXTURE), "-o", "out.nq", "--base", "nonsense"], 2, "write it as https://example.org/"),
        (["map", "oscr", str(FIXTURE), "-o", "out.nq.gz"], 2, "out.nq.gz: has the name of a packed file"),
        (["map", "oscr", str(FIXTURE), "-o", "out.nq", "--columns", "none.toml"], 2, "and knows them itself; leave it"),
        (["map", "directory", str(FIXTURE), "-o", "out.nq", "--name", "A b<>"], 2, "is not a name for a source"),
        (["build", "none.toml"], 2, "none.toml"),
        (["build", str(SAMPLE), "oscr"], 2, "oscr: is one argument too many"),
        (["build", str(SAMPLE), "--only", " ,"], 2, "--only: names no source"),
        (["build", str(SAMPLE), "--only", "oscr, osrc", "--out", "out"], 2, "has no source 'osrc'"),
        (["build", str(SAMPLE), "--only", "oscr", "osrc", "--out", "out"], 2, "has no source 'osrc'"),
        (["validate", str(FIXTURE), "--report", str(FIXTURE)], 2, "would be overwritten"),
        (["releases", "out"], 2, "out: holds no release"),
        (["build", str(SAMPLE), "--only", "osrc", "--out", "out"], 2, "has no source 'osrc'"),
        (["validate", "none.nq"], 1, "none.nq"),
        (["verify", "out"], 2, "holds no current release"),
        (["rollback", "out"], 2, "holds no previous release"),
        (["serve", "out", "--port", "0"], 1, "civsoc build"),
        (["new", "oscr", str(FIXTURE)], 2, "has the name of another source"),
        (["new", "halls", "none.csv"], 1, "none.csv: does not exist"),
        (["terms", "zzzqq"], 1, "'zzzqq': fits no term of the vocabulary; try one word"),
        (["fetch", "osrc"], 2, "source 'osrc': is not known"),
    ],
)
def test_what_cannot_be_done_is_one_line_an_exit_code_and_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = civsoc_here(monkeypatch, *arguments)
    assert done.returncode == code, done.stderr
    assert words in re.sub(r"\s+", " ", done.stderr)
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert list(tmp_path.rglob("*.nq")) == []


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["map", "oscr", "none.csv", "-o", "out.nq"], 1, "none.csv: does not exist"),
        (["verify", "out"], 2, "holds no current release"),
    ],
)
def test_a_process_ends_with_the_same_line_and_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done, here = civsoc(*arguments), civsoc_here(monkeypatch, *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr and "Traceback" not in done.stderr
    assert (here.returncode, here.stdout, here.stderr.split()) == (code, "", done.stderr.split())


def test_validate_tells_violations_by_its_exit_code_and_writes_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = civsoc_here(monkeypatch, "validate", golden("oscr"))
    assert good.returncode == 0
    text = golden("oscr").read_text("utf-8").replace('"PA29 6XD"', '"nowhere"')
    (tmp_path / "bad.nq").write_text(text, "utf-8")
    bad = civsoc("validate", tmp_path / "bad.nq", "--report", tmp_path / "report.ttl")
    assert bad.returncode == 1
    assert "1 violations" in bad.stdout
    report = (tmp_path / "report.ttl").read_text("utf-8")
    assert "sh:ValidationReport" in report
    assert "not in its spaced form" in report


def test_a_build_prints_its_tables_and_releases_verify_and_rollback_speak_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = partial(civsoc_here, monkeypatch)
    plan, out = tmp_path / "civsoc.toml", tmp_path / "out"
    register = SAMPLE.with_name("oscr-charity-register.csv")
    plan.write_text(f"[sources.oscr]\nfile = '{register}'\ndate = 2026-11-01\nexpect.rows = 140\n", "utf-8")
    built = civsoc("build", plan, "--out", out)
    assert built.returncode == 0, built.stderr
    assert re.search(r"oscr +152 +[\d,]+ +[\d,]+ +7 ", built.stdout)
    assert re.search(r"validate +[\d.]+ +[\d.]+", built.stdout)
    assert here("releases", out).stdout.count("(served)") == 1
    assert "as built" in here("verify", out).stdout
    assert here("rollback", out).returncode == 2
    dump = out / "current" / "dumps" / "oscr.nq.gz"
    content = bytearray(dump.read_bytes())
    content[len(content) // 2] ^= 1
    dump.write_bytes(content)
    damaged = here("verify", out)
    assert (damaged.returncode, "dumps/oscr.nq.gz does not have the checksum" in damaged.stdout) == (1, True)


def test_fetch_without_a_network_says_so_and_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closed_port() as port:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{port}")
        done = civsoc("fetch", "oscr", "--to", tmp_path)
    assert done.returncode == 1
    assert "charity-register: cannot be fetched" in done.stderr and "check the connection" in done.stderr
    assert "Open Government Licence" in done.stdout
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_sources_are_listed_with_their_publishers() -> None:
    assert re.search(r"oscr_former +Scottish Charity Register: former charities — Office", civsoc("sources").stdout)
