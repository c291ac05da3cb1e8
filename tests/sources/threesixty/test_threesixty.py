"""360Giving in and out: every fixture has the outcome that its name says, and what is valid comes back as it was."""

import csv
import json
import re
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from graph.acquisition.readers import sheets
from graph.errors import InputError
from graph.mapping.run import map_source
from graph.model import iri
from graph.model.rows.sheet import Item
from graph.model.values import orgid
from tests.support.sources.threesixty_files import FIXTURES, GRANTS, PUBLISHED, SOURCE, needs_data

REFUSED = {
    "bad.xlsx": "is empty",
    "fundingproviders-grants_malformed.json": "is not JSON",
    "tenders_releases_2_releases.xlsx": "holds no field of 360Giving grants",
    "fundingtrust-grants_dc.txt": "'awardDate' but it should be",
}
"""Files that are refused as a whole, and what is said of them."""
SAID = {
    "badfile_all_validation_errors.json": {"title", "description", "currency", "amountAwarded", "awardDate"},
    "badfile_all_validation_errors.xlsx": {"description", "currency", "amountAwarded", "awardDate"},
    "bom.csv": {"title", "description", "amountAwarded", "awardDate", "recipientOrganization", "fundingOrganization"},
    "codelist.csv": {"id"},
    "nulls.json": {"id"},
}
"""Fields of which faults must be told, where the name of the file says which."""
LISTED = {*GRANTS, *REFUSED}
LARGE = "badfile_too_many_rows.xlsx"
"""Of 50,000 grants: a trial of size."""


@needs_data
def test_every_fixture_has_an_outcome_here() -> None:
    assert {file.name for file in FIXTURES.iterdir()} == LISTED


@needs_data
@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_none_is_refused_by_name(name: str) -> None:
    with pytest.raises(InputError) as refusal:
        _read(FIXTURES / name)
    assert refusal.value.place.startswith(name)
    assert REFUSED[name] in str(refusal.value)


@needs_data
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.prove) if name == LARGE else name for name in GRANTS]
)
def test_a_fixture_gives_the_outcome_that_its_name_says_and_loses_nothing(name: str) -> None:
    items = _read(FIXTURES / name)
    assert sum(1 for item in items if item.fields) == GRANTS[name]
    told = [fault for item in items for fault in item.faults]
    assert SAID.get(name, set()) <= {fault.path for fault in told}
    set_aside = sum(1 for item in items if not item.fields and item.faults[0].path == "id")
    of_many = [it for it in told if it.rule in ("grants-without-identifier", "grants-to-individuals")]
    counted = sum(int(dict(it.parameters)["count"].replace(",", "")) for it in of_many)
    assert GRANTS[name] + set_aside + counted == _grants_in(FIXTURES / name)
    assert not [fault for fault in told if "{" in fault.value or "@" in fault.value]  # what may be about a person


def _read(file: Path) -> list[Item]:
    with closing(sheets(SOURCE, [file])) as read:
        return [item for sheet in read for item in sheet.items]


def _grants_in(file: Path) -> int:
    """How many grants a file holds, counted without the form."""
    if file.suffix == ".json":
        return len(json.loads(file.read_text("utf-8"))["grants"])
    if file.suffix == ".xlsx":
        with closing(openpyxl.load_workbook(file, read_only=True, data_only=True)) as book:
            sheet = book["grants"] if "grants" in book.sheetnames else book.worksheets[0]
            cells = (row for row in sheet.iter_rows(min_row=2, values_only=True))
            rows = [row for row in cells if any(cell not in (None, "") for cell in row)]
        return len({str(row[0]) for row in rows if row[0]}) + sum(1 for row in rows if not row[0])
    text = file.read_bytes().decode("cp1252" if "cp1252" in file.name else "utf-8-sig")
    return len(list(csv.reader(text.splitlines()))) - 1


@needs_data
def test_json_and_spreadsheet_of_one_funder_are_the_same_grants() -> None:
    folder = PUBLISHED / "ab-charitable-trust"
    package_, book = _read(folder / "abct-2021-03.json"), _read(folder / "abct-2021-03.xlsx")
    assert {item.fields["id"] for item in package_} == {item.fields["id"] for item in book}
    assert len(package_) == len(book) == 783


def test_the_prefix_of_a_publisher_without_a_number_is_no_identifier() -> None:
    assert orgid.read("360G-glen-org:7").number == "glen-org:7"
    assert {orgid.read(text).rule for text in ("360G-glen-org:", "360G-glen-")} == {"identifier-placeholder"}


def test_a_dataset_in_two_formats_is_named_once(tmp_path: Path) -> None:
    grant = {
        "id": "360G-example-1",
        "title": "A hall",
        "description": "A roof",
        "currency": "GBP",
        "amountAwarded": 100,
        "awardDate": "2021-01-01",
        "recipientOrganization": [{"id": "GB-CHC-900001", "name": "Glen Example Hall"}],
        "fundingOrganization": [{"id": "GB-CHC-900002", "name": "Example Trust"}],
    }
    files = [tmp_path / name for name in ("new/glen.json", "old/glen.json", "other.json")]
    for file in files:
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps({"grants": [grant]}), "utf-8")
    run = map_source(SOURCE, files, tmp_path / "out.nq", iri.DEFAULT_BASE)
    said = run.output.read_text("utf-8")
    held = re.findall(r"ns#(publishedIn|alsoPublishedIn)> <[^>]*/id/grant-file/([^>]*)>", said)
    assert sorted(held) == [("alsoPublishedIn", "other"), ("publishedIn", "glen")]
