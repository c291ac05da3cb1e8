"""The commands `check` and `template` as a person runs them."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from graph.export import template
from tests.support.commands import civsoc, civsoc_here
from tests.support.sources.lists import DAY, FAULTS, FOUND, PLAIN, SERVICES, SITES, listed


@pytest.fixture
def faulty(tmp_path: Path) -> Sequence[Path]:
    """A list that has each fault, in three files."""
    pairs = (("list.csv", FAULTS), ("services.csv", SERVICES), ("sites.csv", SITES))
    return [listed(tmp_path, rows, name) for name, rows in pairs]


def test_the_command_says_by_its_exit_code_how_the_list_stands(
    tmp_path: Path, faulty: Sequence[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    clean = listed(tmp_path, PLAIN, "clean.csv")
    good = civsoc_here(monkeypatch, "check", clean, "--on", DAY.isoformat())
    assert (good.returncode, good.stdout.splitlines()[0]) == (0, "1 organisation, ready.")
    old = civsoc_here(monkeypatch, "check", clean, "--on", "2029-01-01")
    assert (old.returncode, "more than a year ago" in old.stdout) == (0, True)
    bad = civsoc("check", *faulty, "--on", DAY.isoformat(), "--out", tmp_path / "fixes.csv")
    assert bad.returncode == 1
    with (tmp_path / "fixes.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == sum(map(len, FOUND.values()))
    assert rows[1] == {
        "file": "list.csv",
        "row": "3",
        "column": "E",
        "name": "area",
        "value": "Abedeenshire",
        "what": "mend",
        "fault": "is neither a council area nor the code of an area",
        "remedy": "did you mean Aberdeenshire?",
        "rule": "area-unknown",
    }
    none = civsoc_here(monkeypatch, "check", tmp_path / "none.csv")
    assert (none.returncode, none.stdout) == (2, "")
    assert "does not exist; check the path" in none.stderr


def test_json_and_csv_go_to_programs_whole(faulty: Sequence[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    as_json = civsoc("check", *faulty, "--format", "json", "--on", DAY.isoformat())
    found = json.loads(as_json.stdout)
    assert found["counts"] == {"stops": 0, "mend": 13, "remark": 4}
    as_csv = civsoc_here(monkeypatch, "check", *faulty, "--format", "csv", "--on", DAY.isoformat())
    assert len(list(csv.reader(io.StringIO(as_csv.stdout)))) == 1 + len(found["findings"])


def test_the_template_command_writes_once_and_never_over_a_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "groups.xlsx"
    assert civsoc("template", "--to", target).returncode == 0
    assert target.read_bytes() == template.as_workbook()
    again = civsoc_here(monkeypatch, "template", "--to", target)
    assert (again.returncode, "is there already" in again.stderr) == (2, True)
    assert civsoc_here(monkeypatch, "template", "--to", tmp_path / "s.csv", "--table", "sites").returncode == 0
    assert (tmp_path / "s.csv").read_text("utf-8-sig").startswith("Reference,Organisation,Name,Postcode")
    assert civsoc_here(monkeypatch, "template", "--to", tmp_path / "t.doc").returncode == 2
