"""Directories: other people's columns, private places, references that last, and a list as large as Scotland's."""

import gzip
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest
from pyoxigraph import NamedNode, Store

from graph.acquisition.readers.directory.columns import read_columns
from graph.build.plan import read_plan
from graph.build.run import build
from graph.errors import InputError
from graph.mapping.run import map_source
from graph.model import iri
from graph.model.query import select
from graph.model.terms import OWL, SKOS
from graph.model.vocabulary.rules import Outcome
from graph.nquads.mapped import Mapped
from graph.release.fix_lists import read_problems
from graph.sources.source import Source
from tests.support.paths import ROOT
from tests.support.sources import milo_export

SAMPLE = ROOT / "sample"
COLUMNS = SAMPLE / "directories" / "milo.toml"
BUILD = """
[sources.{name}]
source = "directory"
title = "A directory"
publisher = "Example Interface"
homepage = "https://www.example.org/"
licence = "https://creativecommons.org/publicdomain/zero/1.0/"
attribution = "Invented."
columns = "{columns}"
file = "{file}"
date = 2026-11-01
expect = {{ lost = 1.0 }}

[sources.scottish_postcodes]
file = "{postcodes}"
date = 2026-11-01
expect = {{ rows = 1 }}
"""
MOST_SECONDS = 60
"""For a build of forty thousand organisations on two cores, by the clock. It was 49; what takes longer is tried once
more, as other tenants of a machine take their share."""
STRAYS = """
[sources.glen]
source = "directory"
title = "A directory"
publisher = "Example Interface"
homepage = "https://www.example.org/"
licence = "https://creativecommons.org/publicdomain/zero/1.0/"
attribution = "Invented."
files = ["bodies.csv", "sites.csv", "services.csv", "opportunities.csv"]
date = 2026-11-01

[sources.courses]
source = "engagement"
title = "Who came"
publisher = "Example Interface"
homepage = "https://www.example.org/"
licence = "https://creativecommons.org/publicdomain/zero/1.0/"
attribution = "Invented."
file = "courses.csv"
date = 2026-11-01
"""
STRAY_ROWS = {
    "bodies.csv": "reference,name\nG1,Glen Choir\nG3,\n",
    "sites.csv": "reference,organisation,name\nP1,G1,The hall\nP2,G98,The hut\n",
    "services.csv": "reference,organisation,site,name\nS1,G1,P1,Songs\nS2,G1,T9,Teas\nS3,G99,,Walks\nS4,G3,,Talks\n",
    "opportunities.csv": "reference,organisation,title\nV1,G77,Helper\nV2,G1,Singer\n",
    "courses.csv": "event,date,organisation,charity_number,directory,reference\nFair,2026-03-05,Glen,,glen,G1\n"
    "Fair,2026-03-05,Esk,,glen,G404\nFair,2026-03-05,Loch,,nolist,G2\nFair,2026-03-05,Ash,SC900001,glen,G5\n",
}
POSTCODES = SAMPLE / "code-point-scotland.csv"


def mapped(file: Path, target: Path, name: str = "list", columns: Path | None = None) -> Mapped:
    source = Source.named("directory").instance(name)
    object.__setattr__(source, "column_mapping", columns)
    return map_source(source, [file], target, iri.DEFAULT_BASE)


def planned(folder: Path, file: Path) -> Path:
    plan = folder / "build.toml"
    plan.write_text(BUILD.format(name="milo", columns=COLUMNS, file=file, postcodes=POSTCODES), "utf-8")
    return plan


def everything(release: Path) -> bytes:
    """All bytes of a release, unpacked."""
    files = [path for path in release.rglob("*") if path.is_file()]
    return b"".join(gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in files)


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


@pytest.mark.parametrize("number", ["", "SC012345"], ids=["no number", "a number, which may be mistyped"])
def test_a_private_postcode_is_nowhere_and_its_council_is(tmp_path: Path, number: str) -> None:
    file = tmp_path / "list.csv"
    head = "Id,title,postcode,charity_number,publish_to_strive_directory"
    file.write_text(f"{head}\n1,Glen Example Choir,KY11 2EY,{number},true\n", "utf-8")
    out = tmp_path / "out"
    build(read_plan(planned(tmp_path, file)), out=out)
    release = (out / "current").resolve()
    held = everything(release)
    for postcode in (b"KY11 2EY", b"KY11-2EY", b"KY112EY"):
        assert postcode not in held
    assert b"/id/area/S12000047>" in held  # Fife
    assert b"/id/area/S13002949>" in held  # its ward
    assert b"/id/area/S01" not in held  # no data zone, be it of the organisation or only met in looking up the postcode
    found = next(row for row, line in enumerate(POSTCODES.read_text("utf-8").splitlines(), 1) if "KY11 2EY" in line)
    assert f"scottish_postcodes:{found}" not in (release / "report.txt").read_text("utf-8")
    build(read_plan(planned(tmp_path, file)), only=["scottish_postcodes"], out=out)  # the directory is taken over
    assert b"KY11 2EY" not in everything((out / "current").resolve())


def test_a_postcode_that_becomes_private_leaves_no_small_area_behind(tmp_path: Path) -> None:
    file, out = tmp_path / "list.csv", tmp_path / "out"
    for premises in ("yes", "no"):
        file.write_text(f"reference,name,postcode,premises\n1,Glen Example Choir,KY11 2EY,{premises}\n", "utf-8")
        plan = tmp_path / "build.toml"
        text = BUILD.format(name="milo", columns="", file=file, postcodes=POSTCODES)
        plan.write_text(text.replace('columns = ""\n', ""), "utf-8")
        build(read_plan(plan), only=["milo"] if premises == "no" else (), out=out)  # the lookup is taken over
        held = everything((out / "current").resolve())
        assert (b"/id/area/S01" in held, b"KY11 2EY" in held) == (premises == "yes", premises == "yes")
        assert b"/id/area/S13002949>" in held


def test_a_group_that_registers_keeps_its_old_address_as_an_alias(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for number in ("", "SC012345"):
        file = tmp_path / "list.csv"
        file.write_text(f"Id,title,charity_number,publish_to_strive_directory\n7,Glen Choir,{number},true\n", "utf-8")
        build(read_plan(planned(tmp_path, file)), out=out)
    store = Store.read_only(str((out / "current").resolve() / "store"))
    (row,) = select(store, f"SELECT ?body {{ {iri.organisation('DIR-MILO', '7')} {OWL.sameAs} ?body }}")
    assert row["body"] == NamedNode(iri.organisation("GB-SC", "SC012345").value)


def test_what_points_to_no_organisation_is_left_out_and_told_of(tmp_path: Path) -> None:
    for name, text in STRAY_ROWS.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "build.toml").write_text(STRAYS, "utf-8")
    build(read_plan(tmp_path / "build.toml"), out=tmp_path / "out")
    release = (tmp_path / "out" / "current").resolve()
    problems = [it for name in ("courses", "glen") for it in read_problems(name, release / "problems" / f"{name}.csv")]
    pointing = ("organisation", "reference", "site")
    aside = "is not the reference of an organisation in the list, so the row was set aside"
    away = "is not the reference of an organisation in that directory of this build"
    assert [(it.place, it.reference, it.column, it.value, it.fault) for it in problems if it.column in pointing] == [
        ("courses.csv:3", "", "reference", "G404", f"{away}, so the row was set aside"),
        ("courses.csv:4", "", "reference", "G2", f"{away}, so the row was set aside"),
        ("courses.csv:5", "", "reference", "G5", away),  # its number says who took part
        ("opportunities.csv:2", "V1", "organisation", "G77", aside),
        ("services.csv:3", "S2", "site", "T9", "is not the reference of a site of that organisation"),
        ("services.csv:4", "S3", "organisation", "G99", aside),
        ("services.csv:5", "S4", "organisation", "G3", aside),
        ("sites.csv:3", "P2", "organisation", "G98", aside),
    ]
    held = everything(release)
    for stray in ("DIR-GLEN-G3", "DIR-GLEN-G77", "DIR-GLEN-G9", "DIR-GLEN-G404", "DIR-NOLIST", "/T9>"):
        assert stray.encode() not in held
    for kept in (
        "service/DIR-GLEN-S1>",
        "service/DIR-GLEN-S2>",
        "opportunity/DIR-GLEN-V2>",
        "fair/2026-03-05/DIR-GLEN-G1>",
    ):
        assert kept.encode() in held


def lines(release: Path, graph: str) -> Iterator[list[str]]:
    """Subject, predicate and object of each statement of a graph."""
    for line in gzip.decompress((release / "dumps" / f"{graph}.nq.gz").read_bytes()).decode().splitlines():
        subject, predicate, rest = line.split(" ", 2)
        yield [subject, predicate, rest.rpartition(" <")[0]]


def names_of(release: Path) -> dict[str, str]:
    """The organisations of the list by address, with their names."""
    space = f"<{iri.base()}id/organisation/"
    said = lines(release, "milo")
    return {subject: value for subject, term, value in said if term == SKOS.prefLabel and subject.startswith(space)}


def addresses(release: Path) -> dict[str, str]:
    """What each reference of the list leads to."""
    aliases = {alias: body for alias, term, body in lines(release, "identity") if term == OWL.sameAs}
    return aliases | {body: body for body in names_of(release) if "/DIR-MILO-" in body}


def told(release: Path) -> Counter[tuple[str, str]]:
    """The problems by column and rule."""
    problems = read_problems("milo", release / "problems" / "milo.csv")
    return Counter((problem.column, problem.rule) for problem in problems)


def built(folder: Path, file: Path) -> tuple[Path, float]:
    """A release by the command, and the seconds that it took."""
    out, began = folder / "out", perf_counter()
    command = [sys.executable, "-m", "endpoint.cli.commands", "build", str(planned(folder, file)), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    return (out / "current").resolve(strict=True), perf_counter() - began


def export(size: int) -> tuple[list[dict[str, object]], milo_export.Seeded]:
    postcodes = [line.split(",")[0] for line in POSTCODES.read_text("utf-8").splitlines()[1:]]
    return milo_export.organisations(size, postcodes)


@pytest.mark.alone
def test_a_list_of_forty_thousand_is_built_in_a_minute_with_every_fault_found(tmp_path: Path) -> None:
    records, seeded = export(40_000)
    file = milo_export.write(records, tmp_path / "milo.json")
    release, seconds = built(tmp_path, file)
    assert told(release) == seeded.faults
    held = everything(release)
    assert not [value for value in milo_export.PLANTED if value.encode() in held]
    assert len(addresses(release)) == len(records)
    assert len(set(addresses(release).values())) == len(records)
    if seconds > MOST_SECONDS:
        _, seconds = built(tmp_path, file)
    assert seconds < MOST_SECONDS


def test_a_list_keeps_its_addresses_when_it_is_shuffled_renamed_and_corrected(tmp_path: Path) -> None:
    records, _ = export(5_000)
    first, _ = built(tmp_path, milo_export.write(records, tmp_path / "milo.json"))
    second, _ = built(tmp_path, milo_export.write(milo_export.corrected(records), tmp_path / "later.json"))
    assert addresses(second) == addresses(first)
    before, after = names_of(first), names_of(second)
    assert before.keys() == after.keys()
    assert sum(before[body] != after[body] for body in before) == len(records[::10])


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
