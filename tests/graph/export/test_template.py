"""The template of a directory: an empty list that explains itself."""

import io
import re
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from graph.checking.check import check
from graph.export import template
from graph.standards.directory import EXPLANATION, description
from tests.support.sources.lists import listed, sheet_of


def test_the_template_is_the_same_bytes_each_time_and_reads_as_an_empty_list(tmp_path: Path) -> None:
    book = template.as_workbook()
    assert book == template.as_workbook()
    file = tmp_path / "directory.xlsx"
    file.write_bytes(book)
    assert [it.fault for it in check([file]).findings] == ["nothing is filled in yet"]
    for name in description().tables:
        file = listed(tmp_path, template.as_csv(name), f"{name}.csv")
        assert [it.fault for it in check([file]).findings] == ["nothing is filled in yet"]


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
