"""Texts that went through the wrong hands: HTML for plain text, and characters read in the wrong encoding."""

import re

import ftfy

from graph.model.rows.row import Row
from graph.model.values.markup import plain_text
from graph.model.values.redaction import redact

_MOJIBAKE = re.compile("[ÃÂâ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\u00a0-\u00bf]")


def corrected(text: str) -> str:
    """A text whose characters are what its writer typed, less contact details; the same text if nothing is broken.

    >>> corrected("theyâ€™re really delicious")
    'they’re really delicious'
    """
    return redact(ftfy.fix_encoding(text)) if _MOJIBAKE.search(text) else text


def title(row: Row, column: str) -> str:
    """A text on one line without which the row means nothing, its characters corrected and the correction reported."""
    return _reported(row, column, row.need(column))


def line(row: Row, column: str) -> str | None:
    """A text on one line, its characters corrected and the correction reported."""
    text = row.text(column)
    return _reported(row, column, text) if text else None


def prose(row: Row, column: str) -> str | None:
    """A text of several lines without HTML, its characters corrected and the correction reported."""
    text = row.prose(column)
    plain = plain_text(text) if text else ""
    clean = plain if plain == text else row.cleared(column, plain)  # what tags and entities hid shows only now
    return _reported(row, column, clean) or None if clean else None


def _reported(row: Row, column: str, text: str) -> str:
    found = corrected(text)
    if found != text:
        row.problem(column, "encoding-corrected", "")
    return found
