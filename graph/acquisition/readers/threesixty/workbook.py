"""A workbook as the standard's tool reads it, opened once for all its sheets."""

from functools import cache

import openpyxl
from flattentool.input import XLSXInput
from openpyxl import Workbook


class BookInput(XLSXInput):
    """The sheets of a workbook, of which several may be open at once."""

    def read_sheets(self) -> None:
        """Take those that are asked for, and the settings in them."""
        book, wanted = _opened(self.input_name), self.include_sheets
        names = [name for name in book.sheetnames if name not in self.exclude_sheets and name in (wanted or [name])]
        self.workbook, self.sub_sheet_names = book, names
        self.sheet_names_map = dict(zip(names, names, strict=True))
        self.configure_sheets()


@cache
def _opened(path: str) -> Workbook:
    return openpyxl.load_workbook(path, data_only=True)
