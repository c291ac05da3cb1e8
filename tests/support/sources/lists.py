"""Lists of organisations as people keep them: written into files, mapped, checked."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from graph.checking.findings import Finding
from graph.mapping.run import map_source
from graph.model import iri
from graph.nquads.mapped import Mapped
from graph.sources.source import Source
from tests.support.paths import ROOT

SAMPLE = ROOT / "sample" / "directories"
DAY = date(2026, 11, 25)


def listed(folder: Path, rows: str, name: str = "list.csv") -> Path:
    """A list of organisations in a file."""
    path = folder / name
    path.write_text(rows, "utf-8")
    return path


def mapped(file: Path, target: Path) -> Mapped:
    return map_source(Source.named("directory").instance("list"), [file], target, iri.DEFAULT_BASE)


def said(findings: Iterable[Finding]) -> list[str]:
    return [f"{it.place}: {it.fault}; {it.remedy}" for it in findings]


def sheet_of(book: Workbook, name: str) -> Worksheet:
    sheet = book[name]
    assert isinstance(sheet, Worksheet)
    return sheet


PLAIN = (
    "reference,name,activities,area,website,postcode,premises,company_number,status,last_checked\n"
    '007,Glen Café Choir,"Culture and Arts; singing",Fife,www.example.org,KY10 3XE,yes,02050843,active,2026-03-01\n'
)
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


def with_notes(folder: Path) -> Path:
    """A workbook of two lists and a sheet of notes."""
    book = Workbook()
    sheet_of(book, "Sheet").append(["Reference", "Name", "Activities", "Area", "Last checked"])
    sheet_of(book, "Sheet").append(["1", "Choir", "singing", "Fife", "2026-11-01"])
    book.create_sheet("Notes").append(["ring Jean", "x"])
    book.create_sheet("More").append(["Reference", "Name", "Website"])
    book.save(folder / "list.xlsx")
    return folder / "list.xlsx"
