"""Spreadsheets of grants: nested as the standard's own tool nests them, each grant with its row."""

import csv
import json
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import cast

import flattentool
import pytest
from openpyxl import Workbook

from graph.acquisition.readers.threesixty.standard import PACKAGE, SCHEMA
from graph.acquisition.readers.threesixty.unflatten import main
from tests.support.paths import DATA, fixture_folder

REAL = DATA / "grants"
BOOKS = (
    "360giving/ab-charitable-trust/abct-2021-03.xlsx",
    *(
        f"validator-fixtures/{name}.xlsx"
        for name in ("badfile_all_validation_errors", "dei_extension", "fundingproviders-grants_2_grants")
    ),
    *(f"validator-fixtures/{name}.xlsx" for name in ("geocodepostcode", "tenders_releases_2_releases")),
)
ROWS = (
    ("Identifier", "Title", "Amount Awarded", "Award Date", "Recipient Org:Identifier", "Recipient Org:Name", None, 7),
    ("360G-example-1", "Hall ", 1500, datetime(2020, 1, 31), "GB-CHC-9000003", "Glen", "lost", None),
    (None, "", None, None, None, None, None, None),
    ("360G-example-2", "Roof", 15000.5, "2020-02", 9000003.0, True, None, None),
    ("360G-example-1", "Hall", 1500, None, "GB-CHC-9000003", "Glen", None, "x"),
    ("", "Without a number", "£12", datetime(2020, 1, 31, 12, 30), "#N/A", "a\nb", None, None),
)
MORE = (("id", "x"), ("360G-example-2", "1"))
META = (("Title", "Grants of Example"), ("Publisher:Name", "Example Trust"), ("Licence", "x"), ("Issued", 2020))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with all that a sheet of grants may hold, beside a sheet of notes and one that describes it."""
    made = Workbook()
    for title, rows in (("grants", ROWS), ("Meta", META), ("empty", ()), ("#more", MORE)):
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made["grants"].merge_cells("A5:B5")
    del made["Sheet"]
    path = tmp_path_factory.mktemp("book") / "book.xlsx"
    made.save(path)
    return path


def test_a_workbook_becomes_what_the_tool_itself_makes_of_it(book: Path, tmp_path: Path) -> None:
    ours, rows = _ours(book, "xlsx", tmp_path)
    theirs, theirs_rows = _theirs(book, "xlsx", tmp_path)
    assert ours == theirs
    assert rows == theirs_rows
    assert ours["title"] == "Grants of Example"


def test_a_grant_has_the_row_that_the_sheet_shows_blank_rows_counted(book: Path, tmp_path: Path) -> None:
    package, rows = _ours(book, "xlsx", tmp_path)
    grants = cast("list[dict[str, object]]", package["grants"])
    assert {str(grant.get("id")): rows[place] for place, grant in enumerate(grants)}["360G-example-2"] == 4


def test_a_table_of_text_becomes_what_the_tool_itself_makes_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "sheets"
    folder.mkdir()
    text = (fixture_folder("threesixty") / "strath.csv").read_bytes().decode("cp1252")
    assert len([*csv.reader(text.splitlines())]) > 2
    (folder / "grants.csv").write_text(text, encoding="utf-8")
    assert _ours(folder, "csv", tmp_path) == _theirs(folder, "csv", tmp_path)


@pytest.mark.skipif(not REAL.is_dir(), reason=f"the real data are not at {DATA}")
@pytest.mark.parametrize("name", BOOKS)
def test_a_published_workbook_becomes_what_the_tool_itself_makes_of_it(name: str, tmp_path: Path) -> None:
    assert _ours(REAL / name, "xlsx", tmp_path) == _theirs(REAL / name, "xlsx", tmp_path)


@contextmanager
def _quiet() -> Generator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _ours(table: Path, form: str, folder: Path) -> tuple[dict[str, object], dict[int, int]]:
    out, rows = folder / "ours.json", folder / "rows.json"
    with _quiet():
        main(str(table), form, str(out), str(rows))
    found = cast("list[int | None]", json.loads(rows.read_text("utf-8"))["rows"])
    return json.loads(out.read_text("utf-8")), {place: row for place, row in enumerate(found) if row}


def _theirs(table: Path, form: str, folder: Path) -> tuple[dict[str, object], dict[int, int]]:
    """What the tool makes of it by its one function, and the row of each grant from its account of all cells."""
    out, account, metadata = folder / "theirs.json", folder / "cells.json", folder / "meta.json"
    package = json.loads(PACKAGE.read_text("utf-8"))
    del package["properties"]["grants"]
    metadata.write_text(json.dumps(package))
    with _quiet():
        flattentool.unflatten(
            str(table),
            input_format=form,
            output_name=str(out),
            cell_source_map=str(account),
            schema=str(SCHEMA),
            convert_titles=True,
            root_list_path="grants",
            root_id="",
            id_name="id",
            encoding="utf-8-sig",
            metatab_name="Meta",
            metatab_schema=str(metadata),
            metatab_vertical_orientation=True,
        )
    rows: dict[int, int] = {}
    for place, cells in cast("dict[str, list[list[object]]]", json.loads(account.read_text("utf-8"))).items():
        number = place.partition("grants/")[2].partition("/")[0]
        if number.isdigit() and len(cells[0]) > 2:
            rows.setdefault(int(number), int(str(cells[0][2])))
    return json.loads(out.read_text("utf-8")), rows
