"""How a CSV is written for people who open it in a spreadsheet, and read again; query results are never written so."""

import re

__all__ = ["BYTE_ORDER_MARK", "armed", "defused"]

BYTE_ORDER_MARK = "\ufeff"
"""By which spreadsheets know that a text is UTF-8; before a query, editors of Windows put it."""

# What a spreadsheet runs as a formula (OWASP, CSV injection); a blank or a wide sign before or in it changes nothing.
_BEGINNING = r"[ \t\r\n]*[=+@\-\uff1d\uff0b\uff20\uff0d]"
_FORMULA = re.compile(rf"'*{_BEGINNING}.", re.DOTALL)
_DEFUSED = re.compile(rf"'+{_BEGINNING}.", re.DOTALL)
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def defused(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would run; a number is no formula.

    >>> defused("=1+1"), defused("-"), defused("-3.5"), defused("it's"), defused(" @SUM(A1)")
    ("'=1+1", '-', '-3.5', "it's", "' @SUM(A1)")
    """
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def armed(cell: str) -> str:
    """The cell as it was before `defused`.

    >>> [armed(defused(cell)) for cell in ("=1+1", "'=1+1", "-3", "'-3", "it's")]
    ['=1+1', "'=1+1", '-3', "'-3", "it's"]
    """
    return cell[1:] if _DEFUSED.match(cell) else cell
