"""Spreadsheets as the standard's tool reads them, except for rows that it would merge into another grant."""

from collections.abc import Iterator, Mapping
from functools import cache

import openpyxl
from flattentool.input import CSVInput, ODSInput, SpreadsheetInput, XLSXInput
from openpyxl import Workbook

IDENTIFIERS, AMOUNTS = ("identifier", "id"), ("amount awarded", "amountawarded")
"""Columns by which a sheet of grants is known, in small letters; sheets of parts have no amount."""
OF_ONE = ("recipient org:", "funding org:", "recipientorganization/", "fundingorganization/")
"""How columns begin that a grant has one value of; others may go on in further rows of the same grant."""

Line = Mapping[str, object]


class GrantRows(SpreadsheetInput):
    """A spreadsheet in which a row with the identifier of another grant is set apart, and not merged into that."""

    def get_sheet_lines(self, sheet_name: str) -> Iterator[Line]:
        """The rows of a sheet; one that is set apart is empty, so that the numbers of the others stay."""
        first: dict[str, tuple[int, Line]] = {}
        for number, line in enumerate(super().get_sheet_lines(sheet_name), start=2):
            name = identifier(line)
            row, earlier = first.setdefault(name, (number, line)) if name else (number, line)
            if earlier is not line and differ(earlier, line):
                self.rows_apart.append({"row": number, "first": row, "identifier": name, "sheet": sheet_name})
                yield dict.fromkeys(line)
            else:
                yield line

    @property
    def rows_apart(self) -> list[dict[str, object]]:
        """The rows that were set apart."""
        found: list[dict[str, object]] = self.__dict__.setdefault("_rows_apart", [])
        return found


class TextInput(GrantRows, CSVInput):
    """A folder of CSV files."""


class DocumentInput(GrantRows, ODSInput):
    """A spreadsheet of LibreOffice and its like."""


class BookInput(GrantRows, XLSXInput):
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


def identifier(line: Line) -> str:
    """The identifier of a grant's own row; '' for a row of its parts, and for one without."""
    titles = {str(title).strip().casefold(): value for title, value in line.items()}
    if not any(title in titles for title in AMOUNTS):
        return ""
    return next((str(titles[title]).strip() for title in IDENTIFIERS if titles.get(title)), "")


def differ(first: Line, other: Line) -> bool:
    """Whether two rows with one identifier are two grants: a field that a grant has once has two values."""
    return any(
        _filled(value) and _filled(first.get(title)) and str(value).strip() != str(first.get(title)).strip()
        for title, value in other.items()
        if _of_one(str(title))
    )


def _filled(value: object) -> bool:
    return value is not None and bool(str(value).strip())


def _of_one(title: str) -> bool:
    """Whether a grant has one value of a column.

    >>> [_of_one(title) for title in ("Amount Awarded", "Recipient Org:Name", "Beneficiary Location:0:Name")]
    [True, True, False]
    """
    name = title.strip().casefold()
    return not any(sign in name for sign in ":/") or name.startswith(OF_ONE)
