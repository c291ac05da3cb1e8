"""What the columns of a table hold, guessed from their names and cells: for the start of a mapping, read by a person.

A guess is right for nearly all cells, as published data have dirt. What may be personal is never guessed at further.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from graph.model.values import cells
from graph.model.values.redaction import redact

NEARLY_ALL = 0.9
"""The share of a column's cells that must be of a type."""

MOST_CODES = 12
"""Different cells of a closed list, each of which is there several times."""

DATE_FORMATS = (
    *("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y"),
    *("%d/%m/%y", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"),
)

_PERSONAL = re.compile(
    r"\b(contact|e-?mail|(tele)?phones?|tel|mobile|fax|surname|forenames?|first ?names?|last ?names?|trustees?|"
    r"secretary|treasurer|chair(man|person|woman)?|officer|worker|convenor|manager|correspondent|birth|dob|gender|ethnicity|"
    r"address(es)?( ?(line)? ?\d)?|street)\b"
)
_MONEY = re.compile(r"£|\b(income|expenditure|spending|amount|grant|award|cost|value|turnover|budget|gbp|pounds)\b")
_KEY = re.compile(r"\b(id|identifier|number|no|ref|reference|code|urn|uprn)\b")
_NAME = re.compile(r"\b(name|title|organi[sz]ation|charity|group)\b")
_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])|[_\W]+")


class Kind(Enum):
    """What the cells of a column are."""

    PERSONAL = auto()
    IDENTIFIER = auto()
    NAME = auto()
    DATE = auto()
    FLAG = auto()
    POSTCODE = auto()
    WEBSITE = auto()
    YEAR = auto()
    COUNT = auto()
    MONEY = auto()
    CODES = auto()
    """Those of a closed list."""
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """A column, what it holds, and a cell of it; of dates their format, of a list or of flags its entries."""

    name: str
    kind: Kind
    cell: str = ""
    form: str = ""
    codes: Sequence[str] = ()


def guessed(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Column]:
    """All columns of a table; exactly one is the identifier of its rows, at most one the name."""
    given = [[row[place].strip() for row in rows if len(row) > place] for place in range(len(header))]
    found = [_column(name, [cell for cell in column if cell]) for name, column in zip(header, given, strict=True)]
    key = _key(found, given)
    found[key] = Column(header[key], Kind.IDENTIFIER, next(filter(None, given[key]), ""))
    texts = [place for place, column in enumerate(found) if column.kind in (Kind.TEXT, Kind.CODES)]
    if named := [place for place in texts if _NAME.search(_words(header[place]))]:
        found[named[0]] = Column(header[named[0]], Kind.NAME)
    return found


def _key(columns: Sequence[Column], given: Sequence[Sequence[str]]) -> int:
    """The column that no two rows share, named as identifiers are if any is; otherwise the first that is not
    personal."""
    usable = [place for place, column in enumerate(columns) if column.kind is not Kind.PERSONAL] or [0]
    unique = [place for place in usable if given[place] and all(given[place]) and not _repeats(given[place])]
    return next((place for place in unique if _KEY.search(_words(columns[place].name))), (unique or usable)[0])


def _repeats(cells_: Sequence[str]) -> bool:
    return len(set(cells_)) < len(cells_)


def _words(name: str) -> str:
    """The words of a column's name, as in `ContactName` and `contact_name`."""
    return " ".join(_WORDS.sub(" ", name).casefold().split()) + (" £" if "£" in name else "")


def _column(name: str, given: Sequence[str]) -> Column:
    words = _words(name)
    if _PERSONAL.search(words) or any(redact(cell) != cell for cell in given):
        return Column(name, Kind.PERSONAL)
    first = next(iter(given), "")
    for form in DATE_FORMATS:
        if _mostly(given, lambda cell, form=form: cells.day(cell, (form,))):  # type: ignore[misc]
            return Column(name, Kind.DATE, first, form)
    if "year" in words.split() and _mostly(given, cells.year):
        return Column(name, Kind.YEAR, first)
    if _MONEY.search(words) and _mostly(given, cells.amount):
        return Column(name, Kind.MONEY, first)
    codes = sorted(set(given))
    if len(codes) <= len(("yes", "no")) and _mostly(given, cells.yes_or_no):
        return Column(name, Kind.FLAG, first, codes=codes)
    for kind, read in _READERS:
        if _mostly(given, read):
            return Column(name, kind, first)
    few = len(codes) <= MOST_CODES and len(given) >= 3 * len(codes) > 0 and not _NAME.search(words)
    return Column(name, Kind.CODES, first, codes=codes) if few else Column(name, Kind.TEXT, first)


_READERS: Sequence[tuple[Kind, Callable[[str], object]]] = (
    (Kind.POSTCODE, cells.postcode),
    (Kind.WEBSITE, cells.bare_website),
    (Kind.COUNT, cells.count),
    (Kind.MONEY, cells.amount),
)


def _mostly(given: Sequence[str], read: Callable[[str], object]) -> bool:
    """Whether nearly all cells can be read so; of an empty column nothing is known."""
    return bool(given) and sum(_reads(cell, read) for cell in given) >= NEARLY_ALL * len(given)


def _reads(cell: str, read: Callable[[str], object]) -> bool:
    try:
        read(cell)
    except cells.Fault:
        return False
    return True
