"""Spreadsheets of grants in the dialects that publishers use: all are read, and nothing of them is lost in silence."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from graph.mapping.run import map_source
from graph.model import iri
from graph.nquads.mapped import Mapped
from graph.sources.source import Source

HEAD = ("Identifier", "Title", "Description", "Currency", "Amount Awarded", "Award Date", "Recipient Org:Identifier",
        "Recipient Org:Name", "Funding Org:Identifier", "Funding Org:Name")  # fmt: skip
FUNDER = ("GB-SC-SC900020", "Glen Trust")


def row(number: int, amount: str = "1001", body: str = "GB-CHC-900001") -> tuple[str, ...]:
    return (f"360G-glen-{number}", "A roof", "Slates", "GBP", amount, "2021-01-01", body, "Glen Hall", *FUNDER)


def text(*rows: tuple[str, ...], delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def mapped(file: Path) -> Mapped:
    return map_source(Source.named("threesixty"), [file], file.with_suffix(".nq"), iri.DEFAULT_BASE)


def amounts(run: Mapped) -> dict[str, str]:
    """What each grant awards."""
    lines = [line.split(" ") for line in run.output.read_text("utf-8").splitlines() if "ns#amountAwarded>" in line]
    return {line[0].rpartition("/")[2][:-1]: line[2].split('"')[1] for line in lines}


BOTH = {"360G-glen-1": "1001", "360G-glen-2": "2002"}
TITLES = ("Our grants", "", "")


@pytest.mark.parametrize(
    ("data", "rules"),
    [
        (text(HEAD, row(1), row(2, "2002")).encode(), []),
        (text(HEAD, row(1), row(2, "2002")).encode("utf-8-sig"), []),
        (text(HEAD, row(1), row(2, "2002"), delimiter=";").encode(), ["delimiter-other"]),
        (text(HEAD, row(1), row(2, "2002"), delimiter="|").encode(), ["delimiter-other"]),
        (text(HEAD, row(1), row(2, "2002"), delimiter="\t").encode("utf-16"), ["delimiter-other", "wrong-encoding"]),
        (text(HEAD, row(1), row(2, "2002")).encode("utf-16"), ["wrong-encoding"]),
        (("\r\n" + text(HEAD, row(1), row(2, "2002"))).encode(), ["rows-above-header"]),
        (text(TITLES, ("",), HEAD, row(1), row(2, "2002")).encode(), ["rows-above-header"]),
        (text(HEAD, row(1), row(2, "2002")).replace("Slates", "Sla\0tes").encode(), ["nul-removed"]),
    ],
)
def test_a_text_is_read_in_each_dialect_and_its_publisher_told(data: bytes, rules: list[str], tmp_path: Path) -> None:
    (tmp_path / "grants.csv").write_bytes(data)
    run = mapped(tmp_path / "grants.csv")
    assert amounts(run) == BOTH
    assert sorted(problem.rule for problem in run.problems) == rules


def test_a_row_below_titles_is_counted_as_the_file_shows_it(tmp_path: Path) -> None:
    (tmp_path / "grants.csv").write_text(text(TITLES, HEAD, row(1), row(1, "2002")), "utf-8", newline="")
    run = mapped(tmp_path / "grants.csv")
    assert amounts(run) == {"360G-glen-1": "1001"}
    (apart,) = (problem for problem in run.problems if problem.rule == "grant-row-repeated")
    assert (apart.row, dict(apart.parameters)["row"], apart.value) == (4, "3", "360G-glen-1")


def test_an_open_document_is_read(tmp_path: Path) -> None:
    cells = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells)
        + "</table:table-row>"
        for cells in (HEAD, row(1), row(2, "2002"))
    )
    names = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"' for prefix in ("office", "table", "text")
    )
    spreadsheet = f'<office:spreadsheet><table:table table:name="grants">{cells}</table:table></office:spreadsheet>'
    content = f"<office:document-content {names}><office:body>{spreadsheet}</office:body></office:document-content>"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    parts = (("/", kind), ("content.xml", "text/xml"))
    entry = "".join(f'<manifest:file-entry manifest:full-path="{at}" manifest:media-type="{of}"/>' for at, of in parts)
    space = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    with zipfile.ZipFile(tmp_path / "grants.ods", "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", f"<manifest:manifest {space}>{entry}</manifest:manifest>")
    run = mapped(tmp_path / "grants.ods")
    assert amounts(run) == BOTH
    assert run.problems == ()


def book(path: Path, **sheets: tuple[tuple[str | int, ...], ...]) -> Path:
    made = Workbook()
    del made["Sheet"]
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for cells in rows:
            sheet.append(cells)
    made.save(path)
    return path


@pytest.mark.parametrize("other", [row(1, "2002"), row(1, body="GB-CHC-900002")], ids=["amount", "recipient"])
def test_two_grants_with_one_identifier_are_not_made_one(other: tuple[str, ...], tmp_path: Path) -> None:
    run = mapped(book(tmp_path / "grants.xlsx", grants=(HEAD, row(1), other, row(3))))
    assert amounts(run) == {"360G-glen-1": "1001", "360G-glen-3": "1001"}
    assert "GB-CHC-900002" not in run.output.read_text("utf-8")
    (apart,) = (problem for problem in run.problems if problem.rule == "grant-row-repeated")
    assert (apart.row, dict(apart.parameters), apart.outcome) == (3, {"row": "2", "sheet": "grants"}, "row-set-aside")


def test_a_grant_may_go_on_in_further_rows(tmp_path: Path) -> None:
    head = (*HEAD, "Beneficiary Location:0:Name")
    run = mapped(book(tmp_path / "g.xlsx", grants=(head, (*row(1), "Glen"), (*row(1), "Strath"), (*row(2), "Loch"))))
    assert amounts(run) == {"360G-glen-1": "1001", "360G-glen-2": "1001"}
    assert [problem for problem in run.problems if problem.rule == "grant-row-repeated"] == []


def test_a_sheet_of_notes_is_told_of_and_hides_no_grant(tmp_path: Path) -> None:
    notes = (("About this file",), ("Ring us before you use it",), ("Thank you",))
    run = mapped(book(tmp_path / "grants.xlsx", grants=(HEAD, row(1), row(2, "2002")), Notes=notes))
    assert amounts(run) == BOTH
    assert {problem.rule for problem in run.problems} == {"grant-without-identifier"}


def test_what_the_tool_cannot_read_in_full_is_passed_on(tmp_path: Path) -> None:
    head = (*HEAD, "Title")
    run = mapped(book(tmp_path / "grants.xlsx", grants=(head, (*row(1), "Another title"))))
    (warned,) = (problem for problem in run.problems if problem.rule == "sheet-warning")
    assert '"Title"' in dict(warned.parameters)["words"]
    assert '(sheet: "grants")' in dict(warned.parameters)["words"]
