"""The check of a list: each fault is reported in its cell, in plain words, and nothing private is repeated."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from graph.checking.check import Unreadable, check
from graph.checking.findings import Weight
from graph.checking.written import document, summary, table, text
from tests.support.sources.lists import DAY, FAULTS, FOUND, PLAIN, SAMPLE, SERVICES, SITES, listed, mapped, said

KINGDOM = [SAMPLE / f"kingdom-{table}.csv" for table in ("organisations", "sites", "services", "opportunities")]
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


def test_a_cell_that_a_spreadsheet_would_run_is_defused_in_the_fix_list(tmp_path: Path) -> None:
    file = listed(tmp_path, "reference,name,area\n1,Choir,=1+1\n")
    assert "'=1+1" in table(check([file], today=DAY))
