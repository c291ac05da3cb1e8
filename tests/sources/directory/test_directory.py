"""Directories: other people's columns, private places, references that last, and a list as large as Scotland's."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from graph.acquisition.readers.directory.columns import read_columns
from graph.errors import InputError
from graph.mapping.run import map_source
from graph.model import iri
from graph.model.terms import SKOS
from graph.model.vocabulary.rules import Outcome
from graph.nquads.mapped import Mapped
from graph.release.fix_lists import read_problems
from graph.sources.source import Source
from tests.support.proof import Prove
from tests.support.sources import milo_export
from tests.support.sources.directories import everything
from tests.support.sources.milo_list import COLUMNS, addresses, built, export

MOST_SECONDS = 60
"""For a build of forty thousand organisations on two cores, by the clock. It was 49."""


def mapped(file: Path, target: Path, name: str = "list", columns: Path | None = None) -> Mapped:
    source = Source.named("directory").instance(name)
    object.__setattr__(source, "column_mapping", columns)
    return map_source(source, [file], target, iri.DEFAULT_BASE)


def test_a_column_that_is_not_described_stops_the_list(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("reference,name,e-mail\n1,Glen Example Choir,x\n", "utf-8")
    with pytest.raises(
        InputError, match="has the unknown column 'e-mail'; correct its name, take it out, or describe it"
    ):
        mapped(file, tmp_path / "out.nq")


def test_a_list_without_references_is_refused_with_a_remedy(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("name,area\nGlen Example Choir,Fife\n", "utf-8")
    with pytest.raises(InputError, match="lacks the column 'Reference' of the organisations; add it"):
        mapped(file, tmp_path / "out.nq")


def test_references_that_hold_the_like_of_telephone_numbers_are_told_apart(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("reference,name\nG-01632960123,Glen Example Choir\nG-01632960124,Glen Example Band\n", "utf-8")
    found = mapped(file, tmp_path / "out.nq")
    assert [problem.fault for problem in found.problems] == []
    assert {"G-01632960123", "G-01632960124"} <= set(re.findall(r"DIR-LIST-([\w-]+)>", found.output.read_text("utf-8")))


def test_the_second_row_of_a_reference_is_set_aside_and_not_made_one_with_the_first(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("reference,name,charity_number\n12,Glen Choir,1000148\n12,Loch Band,\n13,Esk Club,\n", "utf-8")
    found = mapped(file, tmp_path / "out.nq")
    written = found.output.read_text("utf-8")
    assert "Glen Choir" in written and "Esk Club" in written and "Loch Band" not in written
    (told,) = found.problems
    assert str(told) == (
        "list.csv:3: 'reference' '12' was used before, in row 2 of list.csv, with other values, "
        "so the row was set aside; give each row its own key"
    )
    assert (told.reference, told.about) == ("12", iri.organisation("DIR-LIST", "12"))


def test_references_that_differ_in_blanks_are_one(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("reference,name\nG  1,Glen Choir\nG\u00a01,Loch Band\n", "utf-8")
    (told,) = mapped(file, tmp_path / "out.nq").problems
    assert told.fault == "was used before, in row 2 of list.csv, with other values, so the row was set aside"


@pytest.mark.parametrize("row", ["Total,2", "9,Total:", ",Total: 2 groups", "9,Sub-total", "grand total,x", "9,1 745"])
def test_a_row_of_totals_is_no_organisation(row: str, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(f"reference,name\n1,Total Wellbeing of Glen\n2,Sum 41 Singers\n{row}\n", "utf-8")
    found = mapped(file, tmp_path / "out.nq")
    assert found.output.read_text("utf-8").count(f"{SKOS.prefLabel} ") == 2
    (told,) = found.problems
    assert (told.row, told.rule, told.outcome) == (4, "row-of-total", Outcome.ROW_SET_ASIDE)


def test_what_windows_writes_is_read_too(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes("reference,name\n1,Caf\u00e9 Example\n".encode("cp1252"))
    run = mapped(file, tmp_path / "out.nq")
    assert '"Café Example"' in run.output.read_text("utf-8")


def told(release: Path) -> Counter[tuple[str, str]]:
    """The problems by column and rule."""
    problems = read_problems("milo", release / "problems" / "milo.csv")
    return Counter((problem.column, problem.rule) for problem in problems)


@pytest.mark.prove
def test_a_list_of_forty_thousand_is_built_in_a_minute_with_every_fault_found(tmp_path: Path, prove: Prove) -> None:
    records, seeded = export(40_000)
    file = milo_export.write(records, tmp_path / "milo.json")
    release, seconds = built(tmp_path, file)
    assert told(release) == seeded.faults
    held = everything(release)
    assert not [value for value in milo_export.PLANTED if value.encode() in held]
    assert len(addresses(release)) == len(records)
    assert len(set(addresses(release).values())) == len(records)
    prove("Build of a directory of 40,000 organisations", seconds, MOST_SECONDS, "s")


MILO = {
    "Id": "m1",
    "title": "Helper",
    "organisation_id": "o1",
    "description_html": "<p>Tea &amp; talk</p>",
    "timings_description": "Mornings.",
    "restriction_details": "n/a",
    "experience_required": "None needed.",
    "monday_morning": True,
    "tuesday_evening": False,
    "sunday_evening": True,
    "postcode": "KY11 2EY,KY10 3XE",
    "goodhq_organisation": {"image_url": "x"},
    "opportunity_contact_first_name": "Jean",
}


def test_both_generations_of_milo_say_when_volunteers_are_wanted_where_and_for_what(tmp_path: Path) -> None:
    file = tmp_path / "milo.json"
    file.write_text(json.dumps([MILO, {**MILO, "Id": "m2", "availability": ["Monday Morning"]}]), "utf-8")
    found = mapped(file, tmp_path / "out.nq", columns=COLUMNS)
    assert found.problems == ()
    written = found.output.read_text("utf-8")
    assert sorted(re.findall(r"LIST-m1> \S+ \S+/volunteer-availability/([\w-]+)>", written)) == [
        "monday-morning",
        "sunday-evening",
    ]
    assert '"Tea & talk\\nMornings. None needed."' in written
    assert sorted(re.findall(r"LIST-m2> \S+unpublishedPostcode> \S+/postcode/([\w-]+)>", written)) == [
        "KY10-3XE",
        "KY11-2EY",
    ]
    assert "Jean" not in written


def test_every_field_of_milo_is_told_of(real_data: Path) -> None:
    fields = (real_data / "directories" / "milo" / "milo-fields.md").read_text("utf-8").split("\n## ")
    told = read_columns(COLUMNS)
    for table, part in (("organisations", fields[1]), ("opportunities", fields[2])):
        rows = [line.split("|") for line in part.splitlines() if line.startswith("| `")]
        names = {name for row in rows for cell in row[1:3] for name in re.findall(r"`([\w-]+)`", cell)}
        assert names - {"organisation_id", "lat", "lon", "xid", "status", "stars", "image_url"} <= told[table].described


def test_a_list_that_lacks_the_word_on_what_may_be_published_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "milo.json"
    file.write_text(json.dumps([{"Id": "o1", "title": "Choir"}]), "utf-8")
    with pytest.raises(InputError, match=r"lacks the column 'publish_to_strive_directory', which says what may be"):
        mapped(file, tmp_path / "out.nq", columns=COLUMNS)


def test_rows_that_may_not_be_published_are_counted(tmp_path: Path) -> None:
    rows = [{"Id": f"o{n}", "title": f"Choir {n}", "publish_to_strive_directory": n == 0} for n in range(3)]
    file = tmp_path / "milo.json"
    file.write_text(json.dumps(rows), "utf-8")
    (told,) = mapped(file, tmp_path / "out.nq", columns=COLUMNS).problems
    assert (told.column, told.rule) == ("publish_to_strive_directory", "rows-kept-back")
    assert told.fault == "keeps 2 rows from being published"


def test_every_text_of_a_list_is_plain_and_mended(tmp_path: Path) -> None:
    cell = "Tea &amp; <b>talkâ€™s</b>"
    for table, columns in {
        "organisations": "name,other_names,activities,meeting_times,checked_by",
        "sites": "name,opening_times",
        "services": "name,times,cost,eligibility,activities",
        "opportunities": "title,themes",
    }.items():
        owner = "" if table == "organisations" else ",organisation"
        file = tmp_path / f"{table}.csv"
        row = ",".join([*["1"] * (1 + bool(owner)), *[f'"{cell}"'] * len(columns.split(","))])
        file.write_text(f"reference{owner},{columns}\n{row}\n", "utf-8")
        found = mapped(file, tmp_path / "out.nq")
        texts = {text for text in re.findall(r'"(.*?)"', found.output.read_text("utf-8")) if text != "1"}
        assert texts == {"Tea & talk’s"}, table
        assert {problem.column for problem in found.problems} == set(columns.split(","))


def test_numbers_of_northern_ireland_and_doubles_in_other_spellings_are_known(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    rows = "reference,name,charity_number\n1,A,NIC100002\n2,B,SC12345\n3,C,SC 012345\n"
    file.write_text(rows, "utf-8")
    found = mapped(file, tmp_path / "out.nq")
    assert "same-as/GB-NIC-100002>" in found.output.read_text("utf-8")
    assert [(it.row, it.fault) for it in found.problems] == [(4, "is that of row 3")]


def test_ages_and_days_that_cannot_be_are_told_of_and_a_council_is_known_by_its_council(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    head = "reference,organisation,title,minimum_age,maximum_age,starts,ends,area"
    file.write_text(f"{head}\n1,1,Helper,40,16,2026-03-02,2026-03-01,fife council\n", "utf-8")
    found = mapped(file, tmp_path / "out.nq")
    assert [(it.column, it.fault) for it in found.problems] == [
        ("maximum_age", "is less than the minimum age"),
        ("ends", "is before the start"),
    ]
    assert "/id/area/S12000047>" in found.output.read_text("utf-8")
