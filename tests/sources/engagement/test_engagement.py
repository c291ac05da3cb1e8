"""Lists of who took part: other people's columns, no persons, one body however it is named, and reach by council."""

import csv
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from endpoint.pages.query.examples import examples
from graph.errors import InputError
from graph.mapping.run import map_source
from graph.model import iri
from graph.model.terms import CIV, SKOS
from graph.nquads.mapped import Mapped
from graph.sources.source import Source
from tests.support.endpoint.serving import Server
from tests.support.paths import ROOT

DIRECTORIES = ROOT / "sample" / "directories"
LIST, COLUMNS = DIRECTORIES / "kingdom-attendance.csv", DIRECTORIES / "attendance.toml"


def mapped(file: Path, target: Path, columns: Path | None = None) -> Mapped:
    source = replace(Source.named("engagement").instance("glen_engagement"), column_mapping=columns)
    return map_source(source, [file], target, iri.DEFAULT_BASE)


def said(run: Mapped, term: str) -> list[tuple[str, str]]:
    """Subjects and values of a property, without brackets, quotes and base."""
    lines = (line.removesuffix(" .").split(" ", 2) for line in run.output.read_text("utf-8").splitlines())
    found = ((subject, value.rpartition(" ")[0]) for subject, predicate, value in lines if predicate == term)
    return [tuple(text.strip('<>"').removeprefix(f"{iri.DEFAULT_BASE}id/") for text in pair) for pair in found]  # type: ignore[misc]


def test_persons_go_no_further_than_the_reading(tmp_path: Path) -> None:
    run = mapped(LIST, tmp_path / "out.nq", COLUMNS)
    assert "b.volunteer@example.org" in LIST.read_text("utf-8")
    written = run.output.read_text("utf-8") + "".join(map(str, run.problems))
    assert [word for word in ("Volunteer", "volunteer@", "Attendee") if word in written] == []
    assert run.rows == 7


@pytest.mark.parametrize("column", ["Email", "e-mail address", "Attendee name", "First Name", "surname", "Mobile"])
def test_a_column_of_persons_is_not_read_for_anything(column: str, tmp_path: Path) -> None:
    columns = tmp_path / "columns.toml"
    columns.write_text(f'[engagements.columns]\nevent = "Event"\ndate = "Day"\norganisation = "Group | {column}"\n')
    with pytest.raises(
        InputError, match=rf"reads '{column}', which is about persons; move it to \[engagements.ignore\]"
    ):
        mapped(LIST, tmp_path / "out.nq", columns)


def test_a_column_that_is_not_told_of_stops_the_run(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("event,date,organisation,Email\nFair,2026-03-01,Glen Growers,a@example.org\n")
    with pytest.raises(InputError, match=r"list.csv:1: has the unknown column 'Email'; .*take it out"):
        mapped(tmp_path / "list.csv", tmp_path / "out.nq")


def test_what_is_the_same_in_all_rows_needs_no_column(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Group\nGlen Growers\nStrath Singers\n")
    (tmp_path / "columns.toml").write_text(
        '[engagements.columns]\norganisation = "Group"\n[engagements.constants]\nevent = "Fair"\ndate = "2026-03-01"\n'
    )
    run = mapped(tmp_path / "list.csv", tmp_path / "out.nq", tmp_path / "columns.toml")
    assert [subject for subject, _ in said(run, CIV.engaged)] == [
        "engagement/DIR-GLENENGAGEMENT-fair/2026-03-01/DIR-GLENENGAGEMENT-name-glen-growers",
        "engagement/DIR-GLENENGAGEMENT-fair/2026-03-01/DIR-GLENENGAGEMENT-name-strath-singers",
    ]


def test_a_list_without_its_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("event,organisation\nFair,Glen Growers\n")
    with pytest.raises(InputError, match="lacks the column 'date' of the engagements"):
        mapped(tmp_path / "list.csv", tmp_path / "out.nq")


def test_an_organisation_is_known_by_directory_then_number_then_name(tmp_path: Path) -> None:
    head = "event,date,organisation,charity_number,company_number,directory,reference\n"
    rows = [
        "Glen,SC900001,,glen_tsi,7",
        "Glen,SC900001,SC990001,,",
        "GLEN growers,,,,",
        "Gl\u00e9n Growers!,,,,",
        ",900001,,,",
    ]
    (tmp_path / "list.csv").write_text(head + "".join(f"Fair,2026-03-0{n},{row}\n" for n, row in enumerate(rows, 1)))
    run = mapped(tmp_path / "list.csv", tmp_path / "out.nq")
    alone = "organisation/DIR-GLENENGAGEMENT-name-glen-growers"
    assert [body for _, body in said(run, CIV.engaged)] == [
        "organisation/DIR-GLENTSI-7",
        "organisation/GB-SC-SC900001",
        alone,
        alone,
        "organisation/GB-CHC-900001",
    ]
    assert [name for subject, name in said(run, SKOS.prefLabel) if subject.startswith("organisation")] == [
        "GLEN growers"
    ]
    links = [subject for subject, _ in said(run, CIV.linkKind)]
    assert links == ["link/DIR-GLENTSI-7/same-as/GB-SC-SC900001", "link/GB-SC-SC900001/same-as/GB-COH-SC990001"]


def test_days_are_read_as_those_of_a_directory_and_what_cannot_be_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(
        "event,date,ends,organisation\nFair,1 March 2026,,Glen Growers\nfair,01/03/26,,GLEN growers\n"
        "Fair,2026-03-02 10:00:00,2026-02-01,Esk Singers\n"
    )
    run = mapped(tmp_path / "list.csv", tmp_path / "out.nq")
    assert [(it.row, it.column, it.fault) for it in run.problems] == [
        (3, "organisation", "says the same as row 2 in another spelling"),
        (4, "ends", "is before the start"),
    ]
    assert [name for _, name in said(run, CIV.engagedName)] == ["Glen Growers", "Esk Singers"]


def test_a_row_whose_organisation_is_an_address_is_that_of_nobody_unless_a_number_says_whose(tmp_path: Path) -> None:
    rows = "Fair,2026-03-01,a@example.org,\nFair,2026-03-01,07700 900123,\nFair,2026-03-01,b@example.org,SC900001\n"
    (tmp_path / "list.csv").write_text(f"event,date,organisation,charity_number\n{rows}")
    run = mapped(tmp_path / "list.csv", tmp_path / "out.nq")
    assert [body for _, body in said(run, CIV.engaged)] == ["organisation/GB-SC-SC900001"]
    assert "removed" not in run.output.read_text("utf-8")
    assert [it.row for it in run.problems if it.rule == "contact-details-only"] == [2, 3]


def test_reach_by_council_is_that_of_the_list(site: Server) -> None:
    """Of the list's columns alone: one named by number and once more by a directory is one body."""
    with LIST.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    reached: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        reached[row["Council"].replace("&", "and")].add(row["Charity no"] or row["Directory ref"] or row["Group"])
    (query,) = (each.query for each in examples() if each.name == "46-reach-by-council")
    answer = csv.DictReader(site.ask(query, "text/csv").text.splitlines())
    found = {row["council"]: (int(row["reached"]), int(row["organisations"])) for row in answer}
    assert {council: count for council, (count, _) in found.items()} == {
        council: len(bodies) for council, bodies in reached.items() if council != "Ladybank"
    }
    assert all(count < everybody for count, everybody in found.values())


def test_the_page_of_an_organisation_says_what_it_took_part_in(site: Server) -> None:
    text = site.client.get("/doc/organisation/DIR-KINGDOM-KVA-003.html").text
    assert "Took part in" in text
    for words in ("Leading well", "3 February 2026", "First aid for groups", "14 March 2026", "Programme", "Training"):
        assert words in text
    assert "Old Station Growers of Lathrisk" in text
