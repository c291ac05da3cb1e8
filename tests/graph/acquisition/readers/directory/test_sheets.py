"""What spreadsheets make of a list: it is read with the same meaning, or refused with what to do."""

import csv
import io
import shutil
import subprocess
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from graph.checking.check import Unreadable, check
from graph.checking.findings import Weight
from graph.checking.written import summary
from graph.nquads.mapped import Mapped
from tests.support.paths import SOURCES
from tests.support.sources.lists import DAY, PLAIN, listed, mapped, sheet_of, with_notes

FIXTURES = SOURCES / "directory" / "spreadsheets"
SOFFICE = shutil.which("soffice")
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


def test_a_sheet_of_notes_is_passed_over_with_a_word_and_the_others_are_checked(tmp_path: Path) -> None:
    report = check([with_notes(tmp_path)], today=DAY)
    assert summary(report)[0] == "1 organisation, ready."
    assert [(it.file, it.weight, it.fault) for it in report.findings] == [
        ("list.xlsx [Notes]", Weight.REMARK, "was not read: its first row does not name a column of a directory")
    ]
    run = mapped(with_notes(tmp_path), tmp_path / "out.nq")
    assert (run.rows, [it.place for it in run.problems]) == (1, ["list.xlsx [Notes]:1"])


@pytest.mark.parametrize("name", ["minutes.docx", "minutes.pdf"])
def test_a_document_is_no_spreadsheet(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04xxxx")
    with pytest.raises(Unreadable, match="is not a spreadsheet; save the list as XLSX or CSV"):
        check([tmp_path / name])
