"""A table of grants that is a text, in any of the dialects that spreadsheets write, as the standard's tool wants it.

That is UTF-8 with commas and the header first. What was done to it becomes remarks for its publisher.
"""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.errors import InputError
from graph.model.problems import FormFault, parameters

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
IDENTIFIERS = frozenset(("identifier", "id"))
"""How the header of a table of grants names the column that each has, in small letters."""
MOST_ABOVE = 20
"""Rows that there may be above the header: titles and notes."""


@dataclass(frozen=True, slots=True)
class TextTable:
    """The text, how many rows were above its header, and what its publisher should know."""

    text: str
    above: int
    remarks: tuple[FormFault, ...]


def read_text(name: str, data: bytes) -> TextTable:
    """Read a file's bytes. InputError for what is not a table, with the place."""
    encoding = _encoding(data)
    text = data.decode(encoding)
    remarks = [] if encoding in ("utf-8-sig",) else [FormFault("", "", "wrong-encoding", parameters(encoding=encoding))]
    if nuls := text.count("\0"):
        text = text.replace("\0", "")
        remarks.append(FormFault("", "", "nul-removed", parameters(count=nuls)))
    delimiter, above = _header(text)
    if delimiter == "," and not above:
        return TextTable(text, 0, tuple(remarks))
    if delimiter != ",":
        remarks.append(FormFault("", "", "delimiter-other", parameters(delimiter=DELIMITERS[delimiter])))
    if above:
        remarks.append(FormFault("", "", "rows-above-header", parameters(count=above)))
    out = io.StringIO(newline="")
    csv.writer(out).writerows(_records(name, text, delimiter)[above:])
    return TextTable(out.getvalue(), above, tuple(remarks))


def _encoding(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return next(name for name in ("utf-8-sig", "cp1252", "latin-1") if _reads_as(data, name))


def _reads_as(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _header(text: str) -> tuple[str, int]:
    """The sign between cells, and the number of rows above the one that names the identifier; a comma and none if no
    row does: then the tool says what the matter is."""
    for delimiter in DELIMITERS:
        for above, row in enumerate(_first(text, delimiter)):
            if len(row) > 1 and IDENTIFIERS & {cell.strip().casefold() for cell in row}:
                return delimiter, above
    return ",", 0


def _first(text: str, delimiter: str) -> Iterator[Sequence[str]]:
    rows = csv.reader(io.StringIO(text[:1_000_000], newline=""), delimiter=delimiter)
    try:
        for _, row in zip(range(MOST_ABOVE), rows, strict=False):
            yield row
    except csv.Error:
        return


def _records(name: str, text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise InputError(name, f"is not well-formed: {error}", "save it as CSV with commas, in UTF-8") from error
