"""A workbook for the standard's tool, opened once."""

from collections.abc import Iterable, Iterator
from functools import cache

import openpyxl
from flattentool.input import XLSXInput  # type: ignore[import-untyped]
from openpyxl import Workbook


@cache
def _opened(path: str) -> Workbook:
    return openpyxl.load_workbook(path, data_only=True)


class BookInput(XLSXInput):  # type: ignore[misc]
    def read_sheets(self) -> None:
        """Open it, and read the settings in its sheets."""
        self.workbook = _opened(self.input_name)
        wanted, unwanted = self.include_sheets, self.exclude_sheets
        names = [name for name in self.workbook.sheetnames if name not in unwanted and (not wanted or name in wanted)]
        self.sub_sheet_names, self.sheet_names_map = names, dict(zip(names, names, strict=True))
        self.configure_sheets()

    def convert_dict_titles(self, dicts, title_lookup=None):
        name = cache(self.parser.title_lookup.lookup_header)
        return ({name(header): value for header, value in line.items()} for line in dicts)
