"""What is read of files of grants: which copy, which faults, which numbers, and nothing of persons."""

from pathlib import Path

import pytest

from graph.model.values import cells
from tests.support.sources.grants import back, grant, read, said, told

# Copies


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2020-01-02T00:30:00+01:00", "2020-01-02T00:00:00Z"),
        ("2021-02-01", "1 March 2021"),
        ("2021-02-01", "01/03/2021 10:00:00"),
        ("2021-02-01", "03/2021"),
        ("2020-06-01T00:00:00Z", "soon"),  # for which the file's date stands in
    ],
)
def test_the_copy_that_was_modified_later_is_read_however_its_date_is_written(
    first: str, second: str, tmp_path: Path
) -> None:
    files = [[grant("1", title="older", dateModified=first)], [grant("1", title="newer", dateModified=second)]]
    for folder, order in (("a", files), ("b", files[::-1])):
        (tmp_path / folder).mkdir()
        run = read(tmp_path / folder, *order, modified="2021-01-01")
        assert said(run, "grant/360G-glen-1")["prefLabel"] == ["newer"]


def test_the_faults_of_the_copy_that_is_not_read_are_told_to_its_publisher(tmp_path: Path) -> None:
    older = grant("1", dateModified="2020-01-01T00:00:00Z", currency="pounds")
    run = read(tmp_path, [older], [grant("1", dateModified="2021-01-01T00:00:00Z")])
    assert any(text.startswith("1.json:1: 'currency' 'pounds' is not in") for text in told(run))


def test_a_grant_without_an_identifier_is_told_of_its_other_faults(tmp_path: Path) -> None:
    run = read(tmp_path, [grant("1"), {**grant("2"), "id": None, "currency": "pounds"}])
    assert [problem.column for problem in run.problems] == ["id", "currency"]


# Persons


def test_no_problem_shows_what_a_personal_field_holds(tmp_path: Path) -> None:
    party = {
        "id": "GB-CHC-900001",
        "name": "Hall",
        "telephone": 441632960123,
        "streetAddress": 7700900123,
        "email": ["planted@example.org"],
        "contactName": [7700900123, "Planted Person"],
    }
    run = read(tmp_path, [grant("1", party)])
    assert {problem.column.rpartition("/")[2] for problem in run.problems} >= {"telephone", "streetAddress"}
    assert {problem.value for problem in run.problems} == {""}


# Numbers


def test_numbers_of_full_precision_come_back(tmp_path: Path) -> None:
    place = {"latitude": 51.50853, "longitude": -0.12345678901234568}
    party = {"id": "GB-CHC-900001", "name": "Hall", "location": [place]}
    amounts = {"amountAppliedFor": 0.30000000000000004, "amountDisbursed": 123456789012345678}
    run = read(tmp_path, [published := grant("1", party, **amounts)])
    assert back(run) == {"360G-glen-1": published}
    assert told(run) == []


def test_a_figure_has_as_many_digits_as_a_store_holds() -> None:
    assert str(cells.figure("0.123456789012345678")) == "0.123456789012345678"
    with pytest.raises(cells.Fault):
        cells.figure("0.1234567890123456789")


# The flattened list


def test_a_funder_without_an_identifier_is_no_shifted_row(tmp_path: Path) -> None:
    row = {
        "RecipientOrgIdentifier": "GB-CHC-900001",
        "RecipientOrgName": "Glen Example Hall",
        "FundingOrgName": "Glen Trust",
        "currency": "GBP",
        "amountAwarded": 250.0,
        "awardDate": "2014-07-16",
        "Publisher": "Glen Trust",
    }
    sound = {**row, "id": "360G-glen-1", "FundingOrgIdentifier": "GlenTrust"}
    shifted = {**row, "id": "360G-glen-2", "FundingOrgIdentifier": "LSOA", "FundingOrgName": "GB-CHC-900001"}
    run = read(tmp_path, [sound, shifted])
    assert said(run, "grant/360G-glen-1")["funder"] == ["360G-glen-GlenTrust"]
    assert said(run, "grant/360G-glen-2") == {}
    assert [(problem.row, problem.rule) for problem in run.problems[:2]] == [
        (1, "identifier-invalid"),
        (2, "cells-shifted"),
    ]
