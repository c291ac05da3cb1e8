"""The raw files as rows of text, and the few readings of cells that answers share."""

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from tests.support.paths import DATA

Row = dict[str, str]


def rows(path: str, encoding: str = "utf-8-sig", delimiter: str = ",") -> Iterator[Row]:
    """The rows of a file below the data folder; cells are stripped of blanks at their ends, and so is the header."""
    with (DATA / path).open(encoding=encoding, newline="") as file:
        table = (
            csv.reader(file, delimiter=delimiter, quoting=csv.QUOTE_NONE)
            if delimiter == "\t"
            else csv.reader(file, delimiter=delimiter)
        )
        header = [column.strip() for column in next(table)]
        for cells in table:
            if cells:
                yield dict(zip(header, (cell.strip() for cell in cells), strict=False))


def day(cell: str, form: str = "%d/%m/%Y") -> date:
    """A date, without the time that some files write after it."""
    return datetime.strptime(cell.partition(" ")[0], form).date()


def listed(cell: str) -> set[str]:
    """The items of a list in single quotes, which hold commas themselves."""
    return set(re.findall(r"'(.+?)'(?=,'|$)", cell))


def rounded(number: Decimal, places: int) -> Decimal:
    """To so many places, halves up, as ROUND does for what is positive."""
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
