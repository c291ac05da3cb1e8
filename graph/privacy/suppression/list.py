"""The list of what people have objected to: a table of identifiers and values, read whole or not at all.

No message shows a cell of it: the wrong column may have what must not be shown.
"""

import csv
import datetime
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from graph.errors import InputError, UsageError
from graph.model.kinds import PRINCIPAL
from graph.model.values.cells import Fault, postcode
from graph.privacy.suppression.matching import Rows, Texts, compact

COLUMNS = ("kind", "what", "reason", "since")

SHORTEST = 5
"""Letters and digits of a value: a shorter one would take out words that have nothing to do with it."""

LONGEST = 500

_ADDRESS = re.compile(r"(?:https?://[^?#]*/)?(?:id|doc)/(.+)")
_NUMBER = re.compile(r"[A-Z0-9]+-[A-Z]+-((?=.*\d.*\d.*\d.*\d.*\d)[A-Z0-9]{6,})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Objections:
    """The entries by their rows, as a spreadsheet counts them."""

    file: Path
    identifiers: Mapping[str, Rows]
    """Things by kind and identifier, such as `organisation/gb-sc-sc012345`, in small letters."""
    values: Mapping[str, Rows]
    entries: Mapping[int, str]
    """Each entry as the one text that its keyed hash is made of."""

    def __repr__(self) -> str:
        return f"Objections({self.file.name}, {len(self.entries)} entries)"

    @property
    def texts(self) -> Texts:
        """Everything that the list names, as a message may contain it."""
        return Texts({**self.values, **names(self.identifiers), **numbers(self.identifiers)})


def names(things: Mapping[str, Rows]) -> dict[str, Rows]:
    """Things by their identifiers as texts have them.

    >>> names({"organisation/gb-sc-sc012345": {2}, "grant/gb-sc-sc012345": {3}})
    {'gb-sc-sc012345': {2, 3}}
    """
    found: dict[str, Rows] = {}
    for thing, rows in things.items():
        name = thing.partition("/")[2]
        found[name] = {*found.get(name, ()), *rows}
    return found


def numbers(things: Mapping[str, Rows]) -> dict[str, Rows]:
    """The numbers alone, of those identifiers whose number is long enough to identify; with and without zeros.

    >>> sorted(numbers({"organisation/gb-coh-02050843": {2}, "organisation/dir-glentsi-12": {3}}))
    ['02050843', '2050843']
    """
    found: dict[str, Rows] = {}
    for name, rows in names(things).items():
        if number := _NUMBER.fullmatch(name):
            for text in (number[1], number[1].lstrip("0")):
                found[text] = {*found.get(text, ()), *rows}
    return found


def read_objections(path: Path) -> Objections:
    """Read the list; InputError for anything but kind, what, reason and since in each row."""
    identifiers: dict[str, set[int]] = {}
    values: dict[str, set[int]] = {}
    entries: dict[int, str] = {}
    for number, row in _rows(path):
        kind, what = _checked(f"{path}:{number}", row)
        if kind == "value":
            values.setdefault(what, set()).add(number)
            entries[number] = f"value {compact(what)}"
            continue
        for thing in _things(what):
            identifiers.setdefault(thing, set()).add(number)
        entries[number] = f"identifier {what.casefold()}"
    return Objections(path, identifiers, values, entries)


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UsageError(str(path), "does not exist", "correct `file` of [suppress] in the build file") from None
    except IsADirectoryError:
        raise UsageError(str(path), "is a folder", "name the file in it") from None
    except UnicodeDecodeError:
        raise InputError(str(path), "is not UTF-8", "save it as CSV UTF-8") from None
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        if tuple(cell.strip() for cell in next(rows, ())) != COLUMNS:
            raise InputError(f"{path}:1", "is not the header of such a list", f"name the columns {','.join(COLUMNS)}")
        for row in rows:
            number = rows.line_num if "\n" not in "".join(row) else 0
            if not number:
                raise InputError(f"{path}:{rows.line_num}", "ends a cell of several lines", "write each on one line")
            if any(cell.strip() for cell in row):
                yield number, [cell.strip() for cell in row]
    except csv.Error:
        raise InputError(f"{path}:{rows.line_num}", "is not well-formed CSV", "correct its quotes") from None


def _checked(place: str, row: Sequence[str]) -> tuple[str, str]:
    """The kind and the text of an entry; InputError if the row is not one, which does not show what is in it."""
    if len(row) != len(COLUMNS):
        raise InputError(place, f"has {len(row)} cells", f"give it {len(COLUMNS)}: {', '.join(COLUMNS)}")
    kind, what, reason, since = row
    if kind not in ("identifier", "value"):
        raise InputError(place, "has a 'kind' that is neither identifier nor value", "write one of the two")
    if not what or not reason:
        raise InputError(place, f"has no {'reason' if what else 'what'!r}", "fill it")
    try:
        datetime.date.fromisoformat(since)
    except ValueError:
        raise InputError(place, "has a 'since' that is not a date", "write it as YYYY-MM-DD") from None
    if len(what) > LONGEST:
        raise InputError(
            place, f"has a 'what' of more than {LONGEST} characters", "write each value in a row of its own"
        )
    if len(compact(what)) < SHORTEST:
        fact = f"has a 'what' of fewer than {SHORTEST} letters and digits"
        raise InputError(place, fact, "write it whole, such as a name with its first name")
    return kind, _as_postcode(what) if kind == "value" else what


def _as_postcode(what: str) -> str:
    """A postcode with its blank, so that it is found with and without."""
    try:
        return postcode(what)
    except Fault:
        return what


def _things(what: str) -> Iterator[str]:
    """What an identifier may stand for, as a path of an address, in small letters.

    >>> list(_things("http://localhost:8000/doc/grant/360G-x-1")), list(_things("service/CS1"))
    (['grant/360g-x-1'], ['service/cs1'])
    """
    address = _ADDRESS.fullmatch(what)
    kind, _, name = (address[1] if address else what).casefold().partition("/")
    if name and (address or kind in PRINCIPAL):
        yield f"{kind}/{unquote(name) if address else name}"
    else:
        yield from (f"{kind}/{what.casefold()}" for kind in PRINCIPAL)
