"""The template of the minimum data set: what a keeper fills in, as a workbook or as CSV. The same bytes every time."""

import csv
import io
import re
import zipfile
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from graph.model.values.spreadsheet import BYTE_ORDER_MARK
from graph.model.vocabulary.codes import labels
from graph.standards.directory import EXPLANATION, LISTS, Column, Table, description

ROWS = 5000
"""Rows that have drop-downs; more may be filled in."""

_TEXT, _DAY = "@", "yyyy-mm-dd"
_WIDE = {"description": 48, "name": 34, "title": 34, "activities": 34, "website": 34, "contact_page": 34}
_HEAD = PatternFill("solid", fgColor="113C3C")
_MADE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_RULES = (
    "Only the columns in bold must be filled in; leave the others empty where you know nothing. "
    "Sheets that you do not need may stay empty.",
    "Separate several things in one cell with semicolons: Sports clubs; chess.",
    "Never write the name, e-mail address, telephone number or home of a person: there is no column for them.",
    "Where a cell has a drop-down, its words are those of a code list; other words are kept as keywords where the "
    "explanation says so.",
)


def as_csv(table: str = "organisations") -> str:
    """The header of a table, its required columns first as everywhere."""
    out = io.StringIO(newline="")
    out.write(BYTE_ORDER_MARK)
    csv.writer(out, lineterminator="\r\n").writerow(column.title for column in description().tables[table].columns)
    return out.getvalue()


def as_workbook() -> bytes:
    """A sheet a table, an explanation of each column, and the words to choose from."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    listed = description().listed
    names = _name_lists(book, listed)
    for table in listed:
        sheet = first if table is listed[0] else book.create_sheet(table.title)
        sheet.title = table.title
        _fill(sheet, table, names)
    _explain(book.create_sheet(EXPLANATION, 1), listed)
    book.move_sheet(LISTS, len(book.worksheets))
    held = io.BytesIO()
    book.save(held)
    return _timeless(held.getvalue())


def _name_lists(book: Workbook, tables: Sequence[Table]) -> dict[str, str]:
    """Write each code list into a column of the last sheet; the names under which drop-downs find them."""
    sheet = book.create_sheet(LISTS)
    found = dict.fromkeys(column.code_list for table in tables for column in table.columns if column.code_list)
    names: dict[str, str] = {}
    for place, code_list in enumerate(found, start=1):
        letter, words = get_column_letter(place), labels(code_list)
        sheet.column_dimensions[letter].width = 40
        for row, word in enumerate((code_list, *words), start=1):
            sheet.cell(row, place, word).font = Font(bold=row == 1)
        names[code_list] = code_list.replace("-", "_")
        place_of = f"'{LISTS}'!${letter}$2:${letter}${len(words) + 1}"
        book.defined_names[names[code_list]] = DefinedName(names[code_list], attr_text=place_of)
    return names


def _fill(sheet: Worksheet, table: Table, names: dict[str, str]) -> None:
    """The header of a table, the formats of its columns, their drop-downs."""
    sheet.freeze_panes = "B2"
    for place, column in enumerate(table.columns, start=1):
        letter = get_column_letter(place)
        head = sheet.cell(1, place, column.title)
        head.font, head.fill = Font(bold=column.required, color="FFFFFF"), _HEAD
        sheet.column_dimensions[letter].width = _WIDE.get(column.name, 18)
        # Text keeps the zeros at the front of numbers; a day is a day whatever the country of the spreadsheet.
        shape = _DAY if column.kind == "date" else _TEXT
        sheet.column_dimensions[letter].number_format = shape
        if choice := _choice(column, names):
            sheet.add_data_validation(choice)
            choice.sqref = MultiCellRange(f"{letter}2:{letter}{ROWS}")


def _choice(column: Column, names: dict[str, str]) -> DataValidation | None:
    """The drop-down of a column; where several words, or words of one's own, may stand, it only proposes."""
    if column.words:
        formula = f'"{",".join(column.words)}"'
    elif column.code_list:
        formula = f"={names[column.code_list]}"
    else:
        return None
    only = bool(column.words)
    choice = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=only)
    choice.promptTitle, choice.prompt, choice.showInputMessage = column.title, column.explanation[:250], True
    if only:
        choice.error, choice.errorTitle = f"Write {' or '.join(column.words)}.", column.title
    return choice


def _explain(sheet: Worksheet, tables: Sequence[Table]) -> None:
    """What each column means, with an example."""
    widths = (("A", 18), ("B", 20), ("C", 12), ("D", 70), ("E", 34), ("F", 30))
    for letter, width in widths:
        sheet.column_dimensions[letter].width = width
    for rule in _RULES:
        sheet.append([rule])
    sheet.append([])
    sheet.append(["Sheet", "Column", "Needed", "What it means", "Example", "Words to choose from"])
    for cell in sheet[sheet.max_row]:
        cell.font = Font(bold=True)
    for table in tables:
        for column in table.columns:
            words = ", ".join(column.words) or (f"sheet {LISTS}, {column.code_list}" if column.code_list else "")
            several = " Separate several with semicolons." if column.separator else ""
            needed = "yes" if column.required else ""
            explanation = f"{column.explanation}{several}"
            sheet.append([table.title, column.title, needed, explanation, column.example, words])
            for cell in sheet[sheet.max_row]:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                cell.number_format = _TEXT


def _timeless(book: bytes) -> bytes:
    """The workbook without the time at which it was made, so that the same template has the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            content = made.read(name)
            if name == "docProps/core.xml":
                content = _MADE.sub(rb"\g<1>2026-01-01T00:00:00Z", content)
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(entry, content)
    return out.getvalue()
