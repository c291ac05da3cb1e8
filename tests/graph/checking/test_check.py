"""Directories as keepers have them: described for the Web, filled in with spreadsheets, checked in plain words."""

import csv
import io
import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from graph.acquisition.readers.directory.suggestion import guesses, suggestion, table_of
from graph.checking import Finding, Unreadable, Weight, check
from graph.checking.written import document, summary, table, text
from graph.errors import InputError
from graph.export import template
from graph.mapping.run import map_source
from graph.model import iri
from graph.model.vocabulary.codes import labels
from graph.model.vocabulary.rules import Outcome
from graph.nquads.mapped import Mapped
from graph.sources.source import Source
from graph.standards.directory import EXPLANATION, description, folded, metadata
from tests.endpoint.cli.test_cli import civsoc
from tests.support.paths import ROOT, SOURCES

SAMPLE = ROOT / "sample" / "directories"
FIXTURES = SOURCES / "directory" / "spreadsheets"
KINGDOM = [SAMPLE / f"kingdom-{table}.csv" for table in ("organisations", "sites", "services", "opportunities")]
DAY = date(2026, 11, 25)
SOFFICE = shutil.which("soffice")


def listed(folder: Path, rows: str, name: str = "list.csv") -> Path:
    """A list of organisations in a file."""
    path = folder / name
    path.write_text(rows, "utf-8")
    return path


def mapped(file: Path, target: Path) -> Mapped:
    return map_source(Source.named("directory").instance("list"), [file], target, iri.DEFAULT_BASE)


def said(findings: Iterable[Finding]) -> list[str]:
    return [f"{it.place}: {it.fault}; {it.remedy}" for it in findings]


# The description for the Web


def test_the_description_tells_of_the_columns_of_the_mapping_in_their_order() -> None:
    source = Source.named("directory")
    told = {name: [column.name for column in it.columns] for name, it in description().tables.items()}
    assert told == {name: list(it.columns) for name, it in source.tables.items()}
    keys = {it["url"]: it["tableSchema"]["primaryKey"] for it in json.loads(metadata())["tables"]}
    assert keys == {f"{name}.csv": it.key[0] for name, it in source.tables.items()}


def test_every_title_stands_for_its_column_and_every_code_list_has_words() -> None:
    for column in (column for it in description().listed for column in it.columns):
        assert {folded(title) for title in column.titles} == {column.name}
        assert column.explanation.endswith(".") and column.example, column.name
        assert bool(column.term) != column.unpublished, column.name
        assert not column.code_list or labels(column.code_list)


def test_what_the_description_calls_required_the_mapping_cannot_do_without(tmp_path: Path) -> None:
    for name, it in description().tables.items():
        full = {column.name: column.example or "x" for column in it.columns}
        for column in it.columns:
            row = {**full, column.name: ""}
            file = tmp_path / f"{name}.csv"
            file.write_text(",".join(row) + "\n" + ",".join(f'"{cell}"' for cell in row.values()) + "\n", "utf-8")
            problems = mapped(file, tmp_path / "out.nq").problems
            aside = [one.column for one in problems if one.outcome == Outcome.ROW_SET_ASIDE]
            assert aside == ([column.name] if column.required else []), (name, column.name)


def test_the_examples_are_a_list_without_fault_and_become_the_terms_that_the_description_names(tmp_path: Path) -> None:
    files = [tmp_path / it.url for it in description().listed]
    for file, it in zip(files, description().listed, strict=True):
        rows = [[column.title for column in it.columns], [column.example for column in it.columns]]
        with file.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(rows)
        stated = {
            line.split(" ")[1] for line in mapped(file, tmp_path / "out.nq").output.read_text("utf-8").splitlines()
        }
        assert {f"<{column.term}>" for column in it.columns if column.term} <= stated
    report = check(files, today=DAY)
    assert said(report.findings) == []
    assert [tally.rows for tally in report.tallies.values()] == [1, 1, 1, 1]


# The template


def test_the_template_is_the_same_bytes_each_time_and_reads_as_an_empty_list(tmp_path: Path) -> None:
    book = template.as_workbook()
    assert book == template.as_workbook()
    file = tmp_path / "directory.xlsx"
    file.write_bytes(book)
    assert [it.fault for it in check([file]).findings] == ["nothing is filled in yet"]
    for name in description().tables:
        file = listed(tmp_path, template.as_csv(name), f"{name}.csv")
        assert [it.fault for it in check([file]).findings] == ["nothing is filled in yet"]


def sheet_of(book: Workbook, name: str) -> Worksheet:
    sheet = book[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def test_the_template_explains_each_column_and_offers_the_words_of_its_code_list() -> None:
    book = load_workbook(io.BytesIO(template.as_workbook()))
    assert book.sheetnames[:3] == ["Organisations", EXPLANATION, "Sites"]
    explained = [[cell.value for cell in row] for row in sheet_of(book, EXPLANATION).iter_rows()]
    for it in description().listed:
        sheet = sheet_of(book, it.title)
        offered = {str(each.sqref).split("2:")[0]: each for each in sheet.data_validations.dataValidation}
        for place, column in enumerate(it.columns, start=1):
            cell, letter = sheet.cell(1, place), get_column_letter(place)
            assert cell.value == column.title
            assert any(row[:3] == [it.title, column.title, "yes" if column.required else None] for row in explained)
            assert (letter in offered) == bool(column.words or column.code_list), column.name
            shape = sheet.column_dimensions[letter].number_format
            assert shape == ("yyyy-mm-dd" if column.kind == "date" else "@")  # text keeps the zeros of a number
    status = next(
        each for each in sheet_of(book, "Organisations").data_validations.dataValidation if "R2" in str(each.sqref)
    )
    assert (status.formula1, status.showErrorMessage) == ('"active,closed"', True)
    councils = book.defined_names["council"].attr_text
    found = re.fullmatch(r"'Lists'!\$(\w)\$2:\$\w\$33", str(councils))
    assert found and sheet_of(book, "Lists")[f"{found[1]}2"].value == "Aberdeen City"


# What spreadsheets make of a list

PLAIN = (
    "reference,name,activities,area,website,postcode,premises,company_number,status,last_checked\n"
    '007,Glen Café Choir,"Culture and Arts; singing",Fife,www.example.org,KY10 3XE,yes,02050843,active,2026-03-01\n'
)
SPREADSHEETS: Mapping[str, bytes] = {
    "UTF-8 with its mark": b"\xef\xbb\xbf" + PLAIN.encode(),
    "Windows-1252": PLAIN.encode("cp1252"),
    "line ends of Windows": PLAIN.replace("\n", "\r\n").encode(),
    "semicolons, as where the comma is the decimal sign": (
        "Reference;Name;Activities;Area;Website;Postcode;Premises;Company number;Status;Last checked\r\n"
        '007;Glen Café Choir;"Culture and Arts; singing";Fife;www.example.org;KY10 3XE;yes;02050843;active;'
        "01.03.2026\r\n"
    ).encode("cp1252"),
    "tabs": PLAIN.replace('"', "").replace(",", "\t").encode(),
    "Unicode text, as Excel calls UTF-16": PLAIN.replace('"', "").replace(",", "\t").encode("utf-16"),
    "a British day": PLAIN.replace("2026-03-01", "01/03/2026").encode(),
    "a British day without its zeros": PLAIN.replace("2026-03-01", "1/3/2026").encode(),
    "a short British day": PLAIN.replace("2026-03-01", "01/03/26").encode(),
    "a day in words": PLAIN.replace("2026-03-01", "01-Mar-26").encode(),
    "the number of a day": PLAIN.replace("2026-03-01", "46082").encode(),
    "a postcode with blanks": PLAIN.replace("KY10 3XE", " ky10\u00a03xe  ").encode(),
    "a number that lost its zero": PLAIN.replace("02050843", "2050843").encode(),
    "empty columns and rows at the end": PLAIN.replace("\n", ",,\n").encode() + b",,,,,,,,,,,\n,,,,,,,,,,,\n",
    "capitals and hyphens in the header": PLAIN.replace("last_checked", "LAST-CHECKED").encode(),
}


def meaning(run: Mapped) -> list[str]:
    """What a list says, without the cells that are quoted as evidence in the spelling that they have."""
    return [line for line in run.output.read_text("utf-8").splitlines() if '"company_number: ' not in line]


@pytest.mark.parametrize("case", SPREADSHEETS)
def test_a_list_means_the_same_however_a_spreadsheet_saved_it(tmp_path: Path, case: str) -> None:
    meant = meaning(mapped(listed(tmp_path, PLAIN), tmp_path / "meant.nq"))
    file = tmp_path / "saved.csv"
    file.write_bytes(SPREADSHEETS[case])
    run = mapped(file, tmp_path / "out.nq")
    assert run.problems == ()
    assert meaning(run) == meant
    short = ["has days such as 01/03/26, which are read as day/month/year"] * (case == "a short British day")
    assert [it.fault for it in check([file], today=DAY).findings] == short


def test_a_workbook_with_numbers_days_and_truths_for_texts_means_the_same(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append([name.replace("_", " ").title() for name in PLAIN.splitlines()[0].split(",")])
    first = ["007", "Glen Café Choir", "Culture and Arts; singing", "Fife", "www.example.org", "KY10 3XE "]
    sheet.append([*first, True, 2050843.0, "active", datetime(2026, 3, 1)])
    sheet["A1048"] = " "  # a sheet that somebody once went down in
    book.save(tmp_path / "list.xlsx")
    meant = meaning(mapped(listed(tmp_path, PLAIN), tmp_path / "meant.nq"))
    run = mapped(tmp_path / "list.xlsx", tmp_path / "out.nq")
    assert (run.problems, meaning(run)) == ((), meant)


@pytest.mark.parametrize("name", sorted(path.name for path in FIXTURES.iterdir()))
def test_the_template_filled_in_and_saved_by_libreoffice_is_read_rightly(tmp_path: Path, name: str) -> None:
    """The files were saved by LibreOffice 7.4 from one workbook: days formatted as days, names with accents, zeros."""
    run = mapped(FIXTURES / name, tmp_path / "out.nq")
    written = run.output.read_text("utf-8")
    assert run.problems == ()
    for meant in ('DIR-LIST-007> <http://www.w3.org/2004/02/skos/core#prefLabel> "Glen Café Choir"', "GB-COH-02050843"):
        assert meant in written
    assert '"2026-03-01"^^<http://www.w3.org/2001/XMLSchema#date>' in written
    assert "scvo-field-of-work/1100>" in written and "KY10-3XE" in written
    assert ("id/service/DIR-LIST-S1>" in written) == name.endswith(".xlsx")


@pytest.mark.skipif(not SOFFICE, reason="NO LIBREOFFICE: apt-get install libreoffice-calc-nogui to save with it anew")
@pytest.mark.parametrize("kind", ["xlsx", "csv:Text - txt - csv (StarCalc):59,34,1,1,,0,false,true,false"])
def test_libreoffice_saves_what_is_read_rightly(tmp_path: Path, kind: str) -> None:
    out = tmp_path / "out"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", kind, "--outdir", str(out)]
    subprocess.run([*command, str(FIXTURES / "libreoffice.xlsx")], capture_output=True, timeout=120, check=True)
    (saved,) = out.iterdir()
    run = mapped(saved, tmp_path / "out.nq")
    assert run.problems == ()
    assert '"Glen Café Choir"' in run.output.read_text("utf-8") and run.rows == (3 if kind == "xlsx" else 2)


LOST: Mapping[str, tuple[str, str]] = {
    "a cell too many": ("reference,name\n1,Choir, The\n", "row 2: has more cells than the header has columns"),
    "text under no header": ("reference,name,\n1,Choir,ask Jean\n", "row 2: has text in a column without a header"),
    "a formula that broke": (
        "reference,name,area\n1,Choir,#REF!\n",
        "row 2, column C (area): is an error of the spread",
    ),
}


@pytest.mark.parametrize("case", LOST)
def test_nothing_of_a_row_is_lost_without_a_word(tmp_path: Path, case: str) -> None:
    rows, words = LOST[case]
    report = check([listed(tmp_path, rows)], today=DAY)
    assert words in "\n".join(said(report.of(Weight.FIX)))
    assert "Jean" not in text(report)


# The check

FAULTS = """reference,name,description,activities,area,postcode,charity_number,company_number,status,last_checked
007,Glen Choir,,singing,Fife,KY10 3XE,,SC123456,active,2026-11-01
008,Glen  choir,,singing,Abedeenshire,,,,active,2026-11-01
009,Strath Menders,Ring Jean Example on 01632 960123,mending,Levenmouth,KY15 7,,,actve,2024-11-01
007,Loch Walkers,,walking,Fife,,,,active,2026-11-01
010,,,reading,Fife,,,,active,2026-11-01
011,Isla Readers,,,,,,SC123456,dormant,2027-01-01
012,Ended Example Club,,,,,,,closed,2020-01-01
"""
SERVICES = "reference,organisation,site,name\nS1,7,,Songs\nS2,099,,Walks\nS3,008,P9,Teas\n"
SITES = "reference,organisation,name\nP1,008,Hall\n"
FOUND = {
    "list.csv": [
        "row 3, column B (name): is the name of row 2 too; if the two are one, keep one entry and its reference",
        "row 3, column E (area): is neither a council area nor the code of an area; did you mean Aberdeenshire?",
        "row 4, column C (description): holds an e-mail address or a telephone number, which is never published; "
        "take it out; the column Contact page may say how to reach the organisation",
        "row 4, column E (area): is neither a council area nor the code of an area; "
        "write the council's name, such as Fife",
        "row 4, column F (postcode): is not a UK postcode; write it like EH1 1AA",
        "row 4, column I (status): is not one of the words known here; did you mean active?",
        "row 4, column J (last_checked): is more than a year ago; ask whether the row is still right, and write "
        "today's date",
        "row 5, column A (reference): was given to row 2 already, so the whole row is left out; "
        "give each row a reference of its own",
        "row 6, column B (name): is empty, so the whole row is left out; fill it in",
        "row 7, column D (activities): is empty; say what it does, so that people find it",
        "row 7, column E (area): is empty, and so is the postcode; say in which council area it is",
        "row 7, column H (company_number): is that of row 2 too; if the two are one, keep one entry and its reference",
        "row 7, column I (status): is not one of the words known here; write active or closed",
        "row 7, column J (last_checked): is in the future; correct the day",
    ],
    "services.csv": [
        "row 2, column B (organisation): is not the reference of an organisation in the list, "
        "so the whole row is left out; write 007: the spreadsheet may have taken the zeros away",
        "row 3, column B (organisation): is not the reference of an organisation in the list, "
        "so the whole row is left out; correct it, or add the organisation",
        "row 4, column C (site): is not the reference of a site of that organisation; "
        "correct it, or add the site to the table of sites",
    ],
}


@pytest.fixture
def faulty(tmp_path: Path) -> Sequence[Path]:
    """A list that has each fault, in three files."""
    pairs = (("list.csv", FAULTS), ("services.csv", SERVICES), ("sites.csv", SITES))
    return [listed(tmp_path, rows, name) for name, rows in pairs]


def test_each_fault_is_told_at_its_row_and_column_with_what_would_mend_it(faulty: Sequence[Path]) -> None:
    report = check(faulty, today=DAY)
    for name, lines in FOUND.items():
        assert said(it for it in report.findings if it.file == name) == lines
    assert summary(report) == [
        "7 organisations, 2 ready, 5 to fix.",
        "1 site, ready.",
        "3 services, 0 ready, 3 to fix.",
        "Nothing stops it from being published; what must be fixed (4 whole rows) is left out until it is.",
    ]


def test_personal_data_is_told_of_and_not_repeated(faulty: Sequence[Path]) -> None:
    report = check(faulty, today=DAY)
    for written in (text(report), table(report), document(report)):
        assert "never published" in written
        assert not re.search("Jean|01632|960123|KY15 7", written)


@pytest.mark.parametrize("column", ["activities", "other_identifiers", "meeting_times", "area", "checked_by"])
def test_an_address_is_found_in_whatever_column_it_stands(tmp_path: Path, column: str) -> None:
    file = listed(tmp_path, f"reference,name,{column}\n1,Choir,jo.bloggs@example.org\n")
    report = check([file], today=DAY)
    personal = [it.place for it in report.of(Weight.FIX) if it.rule == "contact-details"]
    assert personal == [f"row 2, column C ({column})"]
    assert "bloggs" not in table(report)


@pytest.mark.parametrize("column", ["description", "meeting_times", "activities", "other_names"])
@pytest.mark.parametrize("text", ["Call 0131&nbsp;496&nbsp;0012", "<b>0131</b> 496 0012", "jo&#64;example.org"])
def test_contact_details_in_html_are_told_of(tmp_path: Path, column: str, text: str) -> None:
    file = listed(tmp_path, f"reference,name,{column}\n1,Choir,{text}\n")
    report = check([file], today=DAY)
    personal = [it.place for it in report.of(Weight.FIX) if it.rule == "contact-details"]
    assert personal == [f"row 2, column C ({column})"]
    assert "496" not in mapped(file, tmp_path / "out.nq").output.read_text("utf-8")


def test_a_name_that_is_a_telephone_number_is_told_of_and_becomes_nobodys(tmp_path: Path) -> None:
    file = listed(tmp_path, "reference,name\n1,01334 555555\n2,Choir\n")
    report = check([file], today=DAY)
    fault = "holds nothing but an e-mail address or a telephone number, so the whole row is left out"
    assert f"row 2, column B (name): {fault}; write what the column asks for in its place" in said(report.findings)
    assert report.tallies["organisations"].left_out == 1
    written = mapped(file, tmp_path / "out.nq").output.read_text("utf-8")
    assert "removed]" not in written
    assert "DIR-LIST-2>" in written


def test_no_finding_across_rows_shows_contact_details(tmp_path: Path) -> None:
    bodies = listed(tmp_path, "reference,name\n01632960123,Choir jo@example.org\n2,choir jo@example.org\n")
    services = listed(tmp_path, "reference,organisation,name\n1,1632960123,Teas\n2,jo&#64;example.org,Walks\n", "s.csv")
    report = check([bodies, services], today=DAY)
    assert {
        "is the name of row 2 too",
        "is not the reference of an organisation in the list, so the whole row is left out",
    } <= {it.fault for it in report.findings}
    for written in (text(report), table(report), document(report)):
        assert not re.search("01632960123|@|jo&", written)


def test_what_a_build_finds_wrong_the_check_finds_in_the_same_cells(tmp_path: Path) -> None:
    for file in KINGDOM:
        built = [(it.row, it.column) for it in mapped(file, tmp_path / "out.nq").problems]
        report = check([file], today=DAY)
        told = [(it.row, it.column) for it in report.findings]
        assert [place for place in built if place not in told] == []
        across = [it for it in report.of(Weight.FIX) if (it.row, it.column) not in built]
        assert across == []


def test_a_list_in_columns_of_its_own_is_told_of_by_its_own_names(tmp_path: Path) -> None:
    own = listed(
        tmp_path,
        '[organisations.columns]\nreference = "No"\nname = "Group"\npostcode = "PC"\n'
        '[organisations.ignore]\nMail = "x"\n',
        "own.toml",
    )
    file = listed(tmp_path, "Mail,Group,PC,No\njo@example.org,Choir,KY15 7,1\n")
    report = check([file], own, DAY)
    assert said(report.of(Weight.FIX)) == ["row 2, column C (PC): is not a UK postcode; write it like EH1 1AA"]
    remarks = [(it.place, it.fault) for it in report.of(Weight.REMARK)]
    assert remarks == [(f"row 1, {name}", "is not a column of the list") for name in ("Last checked", "Activities")]


def test_columns_that_nobody_knows_are_all_told_at_once_and_stop_the_list(tmp_path: Path) -> None:
    file = listed(tmp_path, "reference,name,E-mail,Notes,name\n1,Choir,,,Choir\n")
    report = check([file], today=DAY)
    assert [(it.place, it.fault) for it in report.of(Weight.STOPS)] == [
        ("row 1, column B (name)", "is the name of two columns"),
        ("row 1, column C (E-mail)", "is personal: never published"),
        ("row 1, column D (Notes)", "is a column that the data set does not have"),
    ]
    assert summary(report) == ["1 organisation; 3 columns stop the list."]
    assert "delete it, or list it as left out" in table(report)


UNREADABLE: Mapping[str, tuple[bytes, str]] = {
    "no reference": (b"name,area\nChoir,Fife\n", r"lacks the column 'Reference' .*civsoc template shows"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "holds NUL bytes, so it is not a text"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, r"old kind \(\.xls\); save it as XLSX or CSV"),
    "UTF-16 cut off": (PLAIN.encode("utf-16")[:-1], "is cut off, or is not UTF-16; save it as CSV in UTF-8"),
    "nothing": (b"", "is empty"),
    "something else": (b"colour,size\nred,1\n", "names none of the columns of a directory in its first row"),
    "a quote that never ends": (b'reference,name\n1,"Choir\n', "ends inside a quoted cell"),
}


ELSEWHERE: Mapping[str, tuple[str, str]] = {
    "a title and a blank row": (
        "Our groups,,\nby Mary,,\n\nReference,Name,Area\n1,Choir,Fife\n",
        "the column names are: they are in row 4; delete rows 1 to 3 above them",
    ),
    "blank rows": (",,\n,,\nReference,Name,Area\n1,Choir,Fife\n", "they are in row 3; delete rows 1 to 2 above them"),
    "a header over the header": (
        "Group,,Where\nReference,Name,Area\n1,Choir,Fife\n",
        "in row 2; delete row 1 above them",
    ),
    "other words": (
        "ref,group name,council area,web site\n1,Choir,Fife,\n",
        "ref looks like Reference, group name looks like Name, council area looks like Area, web site looks like "
        "Website; rename them",
    ),
}


@pytest.mark.parametrize("case", ELSEWHERE)
def test_names_of_columns_in_another_row_or_in_other_words_are_found_and_told(tmp_path: Path, case: str) -> None:
    rows, words = ELSEWHERE[case]
    with pytest.raises(Unreadable) as raised:
        check([listed(tmp_path, rows)])
    assert words in str(raised.value)
    book = Workbook()
    for row in csv.reader(io.StringIO(rows)):
        sheet_of(book, "Sheet").append([cell or None for cell in row])
    book.save(tmp_path / "list.xlsx")
    with pytest.raises(Unreadable) as raised:
        check([tmp_path / "list.xlsx"])
    assert words in str(raised.value)


def with_notes(folder: Path) -> Path:
    """A workbook of two lists and a sheet of notes."""
    book = Workbook()
    sheet_of(book, "Sheet").append(["Reference", "Name", "Activities", "Area", "Last checked"])
    sheet_of(book, "Sheet").append(["1", "Choir", "singing", "Fife", "2026-11-01"])
    book.create_sheet("Notes").append(["ring Jean", "x"])
    book.create_sheet("More").append(["Reference", "Name", "Website"])
    book.save(folder / "list.xlsx")
    return folder / "list.xlsx"


def test_a_sheet_of_notes_is_passed_over_with_a_word_and_the_others_are_checked(tmp_path: Path) -> None:
    report = check([with_notes(tmp_path)], today=DAY)
    assert summary(report)[0] == "1 organisation, ready."
    assert [(it.file, it.weight, it.fault) for it in report.findings] == [
        ("list.xlsx [Notes]", Weight.REMARK, "was not read: its first row does not name a column of a directory")
    ]
    run = mapped(with_notes(tmp_path), tmp_path / "out.nq")
    assert (run.rows, [it.place for it in run.problems]) == (1, ["list.xlsx [Notes]:1"])


def test_a_suggestion_for_several_sheets_of_one_table_is_a_toml(tmp_path: Path) -> None:
    text = suggestion(with_notes(tmp_path))
    own = tomllib.loads(text)["organisations"]["columns"]
    assert (own["name"], own["website"]) == ("Name", "Website")
    assert "# Notes is not read: its first row names no column of a directory." in text


def test_no_suggestion_is_made_of_a_title(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has the names of its columns in row 3; delete the rows above them"):
        suggestion(listed(tmp_path, "Our groups,,\n,,\nRef no,Group,Council\n1,Choir,Fife\n"))


@pytest.mark.parametrize("name", ["minutes.docx", "minutes.pdf"])
def test_a_document_is_no_spreadsheet(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04xxxx")
    with pytest.raises(Unreadable, match="is not a spreadsheet; save the list as XLSX or CSV"):
        check([tmp_path / name])


def test_what_may_be_private_is_not_repeated_and_it_says_so(tmp_path: Path) -> None:
    report = check([listed(tmp_path, "reference,name,postcode\n1,Choir,KY15 7\n")], today=DAY)
    assert [it.value for it in report.of(Weight.FIX)] == ["(not repeated here, as it may be private)"]


def test_nothing_more_is_asked_of_a_row_that_is_left_out(tmp_path: Path) -> None:
    head = "reference,name,activities,area,last_checked"
    report = check([listed(tmp_path, f"{head}\n1,Choir,singing,Fife,2026-11-01\nTotal,1,,,\n")], today=DAY)
    assert [it.fault for it in report.findings] == ["looks like the row of a total, so the whole row is left out"]


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_file_that_cannot_be_read_is_told_in_one_line_with_exit_code_2(tmp_path: Path, case: str) -> None:
    content, words = UNREADABLE[case]
    file = tmp_path / "list.csv"
    file.write_bytes(content)
    with pytest.raises(Unreadable, match=words) as raised:
        check([file])
    assert raised.value.exit_code == 2


def test_a_list_with_more_faults_than_rows_would_stop_a_build_and_is_told_so(tmp_path: Path) -> None:
    file = listed(tmp_path, "reference,name,area,website,postcode\n1,Choir,here,none,KY\n")
    assert [it.fault for it in check([file]).of(Weight.STOPS)] == ["the list has more problems than rows"]


# The commands


def test_the_command_says_by_its_exit_code_how_the_list_stands(tmp_path: Path, faulty: Sequence[Path]) -> None:
    clean = listed(tmp_path, PLAIN, "clean.csv")
    good = civsoc("check", clean, "--on", DAY.isoformat())
    assert (good.returncode, good.stdout.splitlines()[0]) == (0, "1 organisation, ready.")
    old = civsoc("check", clean, "--on", "2029-01-01")
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
    none = civsoc("check", tmp_path / "none.csv")
    assert (none.returncode, none.stdout) == (2, "")
    assert "does not exist; check the path" in none.stderr


def test_json_and_csv_go_to_programs_whole(faulty: Sequence[Path]) -> None:
    as_json = civsoc("check", *faulty, "--format", "json", "--on", DAY.isoformat())
    found = json.loads(as_json.stdout)
    assert found["counts"] == {"stops": 0, "mend": 13, "remark": 4}
    as_csv = civsoc("check", *faulty, "--format", "csv", "--on", DAY.isoformat())
    assert len(list(csv.reader(io.StringIO(as_csv.stdout)))) == 1 + len(found["findings"])


def test_a_cell_that_a_spreadsheet_would_run_is_defused_in_the_fix_list(tmp_path: Path) -> None:
    file = listed(tmp_path, "reference,name,area\n1,Choir,=1+1\n")
    assert "'=1+1" in table(check([file], today=DAY))


def test_the_template_command_writes_once_and_never_over_a_list(tmp_path: Path) -> None:
    target = tmp_path / "groups.xlsx"
    assert civsoc("template", "--to", target).returncode == 0
    assert target.read_bytes() == template.as_workbook()
    again = civsoc("template", "--to", target)
    assert (again.returncode, "is there already" in again.stderr) == (2, True)
    assert civsoc("template", "--to", tmp_path / "s.csv", "--table", "sites").returncode == 0
    assert (tmp_path / "s.csv").read_text("utf-8").startswith("Reference,Organisation,Name,Postcode")
    assert civsoc("template", "--to", tmp_path / "t.doc").returncode == 2


# Columns of one's own


def milo_fields(page: str) -> dict[str, list[str]]:
    """The names of Milo's fields by table, from the list of them."""
    found: dict[str, list[str]] = {}
    for part in page.split("\n## ")[1:]:
        rows = [line.split("|") for line in part.splitlines() if line.startswith("| ") and "---" not in line]
        names = [name for row in rows[1:] for cell in row[1:3] for name in re.findall(r"`([\w-]+)`", cell)]
        kind = "opportunities" if "opportunity" in part.splitlines()[0] else "organisations"
        found[kind] = list(dict.fromkeys(names))
    return found


def test_the_columns_of_milo_are_guessed_right_or_not_at_all(tmp_path: Path, real_data: Path) -> None:
    fields = milo_fields((real_data / "directories" / "milo" / "milo-fields.md").read_text("utf-8"))
    known = read_own(SAMPLE / "milo.toml")
    personal = {"email", "phone", "telephone", "location_street"}
    for kind, least in (("organisations", 11), ("opportunities", 18)):
        header = [*fields[kind], *(["organisation_id"] if kind == "opportunities" else [])]
        assert table_of(header) == kind
        guessed = {column: set(own) for column, own in guesses(header, kind).items()}
        agreed = {column for column, own in guessed.items() if own & known[kind].get(column, set())}
        assert guessed.keys() - agreed <= {"status"}, guessed  # the list of fields has that of another site's record
        assert len(agreed) >= least
        out = suggestion(listed(tmp_path, ",".join(header) + "\n"))
        for name in header:
            if name in personal or "contact_" in name:
                assert f'"{name}" = "personal"' in out.splitlines(), name


def read_own(path: Path) -> dict[str, dict[str, set[str]]]:
    """What a TOML says of each column of each table: the list's own names."""
    found: dict[str, dict[str, set[str]]] = {}
    for name, entry in tomllib.loads(path.read_text("utf-8")).items():
        for column, own in entry["columns"].items():
            joined = own if isinstance(own, str) else " | ".join(own)
            found.setdefault(name, {})[column] = {each.strip() for each in joined.split("|")}
    return found


def test_a_suggestion_completed_is_a_toml_that_works(tmp_path: Path) -> None:
    rows = (
        "Ref. no,Group name,Council,E-mail,Home address,Updated,Publish?,Notes\n7,Choir,Fife,x,y,1568678400000,yes,z\n"
    )
    file = listed(tmp_path, rows)
    own = tmp_path / "own.toml"
    assert civsoc("columns", file, "--to", own).returncode == 0
    first = check([file], own, DAY)
    assert [it.column for it in first.of(Weight.STOPS)] == ["Updated", "Publish?", "Notes"]
    completed = own.read_text("utf-8").replace('# "Notes" = "…"', '"Notes" = "for the office alone"')
    completed = completed.replace('# "Publish?" = "…"', '"Publish?" = "all are"').replace('# "Updated" = "…"', "")
    completed = completed.replace('name = "Group name"', 'name = "Group name"\nlast_checked = "Updated"')
    completed = completed.replace(
        "[organisations.ignore]", '[organisations]\nepochs = ["Updated"]\n[organisations.ignore]'
    )
    own.write_text(completed, "utf-8")
    report = check([file], own, date(2019, 10, 1))
    assert (report.of(Weight.STOPS), report.of(Weight.FIX)) == ([], [])
    assert all(it.column == "Activities" for it in report.findings)
    assert civsoc("columns", file, "--to", own).returncode == 2


def test_only_names_are_looked_at_so_no_cell_is_in_a_suggestion(tmp_path: Path) -> None:
    file = listed(tmp_path, "id,title,who\n1,Secret Choir,Jean Example\n")
    assert not re.search("Secret|Jean", suggestion(file))
