"""A first TOML for a list that has columns of its own: guessed from their names, never from their cells.

What is sure is filled in, what looks personal is left out, the rest are comments for the keeper to decide.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from graph.acquisition.readers.directory.sheets import Rows, sheets
from graph.errors import InputError
from graph.standards.directory import EXPLANATION, LISTS, description, folded

_ALIKE: Mapping[str, str] = tomllib.loads(Path(__file__).with_name("other_names.toml").read_text("utf-8"))
"""What others call the columns of the data set, folded; in the order in which they are to be read."""
_JOINED = ("social_media",)
"""Columns into which several of a list's own go, all of them."""

_DISTINCT = 4
"""How many columns that only one table has show that a list is that table, and not one of organisations."""

_PERSONAL = re.compile(
    r"(?:.*_)?(?:e_?mails?|phones?|telephones?|tel|mobiles?|fax|contacts?|contact_names?|person|people|trustees?|address"
    r"|address_?(?:line_?)?\d*|street\d*|line_?\d|location_street|postal|first_?name|last_?name|forenames?|surnames?"
    r"|manager|chair(?:person|man|woman)?|secretary|treasurer|coordinator|dob|date_of_birth)(?:_.*)?"
)
_CONSENT = re.compile(r"(?:.*_)?(?:publish|public|consent|permission|visible|share)(?:_.*)?")
_MILLISECONDS = re.compile(r"[0-9]{12,13}")
_LOOKED_AT = 50
"""Rows that are looked at for times in milliseconds."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A sheet, and what is guessed of it."""

    rows: Rows
    table: str
    guessed: Mapping[str, list[str]]
    epochs: Sequence[str]

    @property
    def title(self) -> str:
        return " ".join((self.rows.title or self.rows.name).split())


def suggestion(file: Path) -> str:
    """The TOML, one table for each table of the file; InputError if the file cannot be read."""
    found = [_known(rows) for rows in sheets(file) if rows.title not in (EXPLANATION, LISTS)]
    if not found:
        raise InputError(file.name, "has no table", "give a list with the names of its columns in the first row")
    start = (
        f"# What the columns of {file.name} mean in the minimum data set: guessed by their names. Check each line.\n"
    )
    guessed_from = [each for each in found if each.guessed] or found[:1]
    tables = dict.fromkeys(each.table for each in guessed_from)
    parts = [_table(table, [each for each in guessed_from if each.table == table]) for table in tables]
    return "".join([start, *parts, *(_passed_over(each) for each in found if each not in guessed_from)])


def _known(rows: Rows) -> _Known:
    header = [column for column in rows.header if column]
    table = table_of(header)
    guessed = guesses(header, table)
    if not guessed and (lower := next((row for row, cells in rows.below if _names_columns(cells)), 0)):
        fact = f"has the names of its columns in row {lower}"
        raise InputError(rows.name, fact, "delete the rows above them, so that they are in the first")
    return _Known(rows, table, guessed, _epochs(rows, {own for owns in guessed.values() for own in owns}))


def _names_columns(cells: Sequence[str]) -> bool:
    names = [cell for cell in cells if cell.strip()]
    return len(guesses(names, table_of(names))) > 2


def _table(table: str, sheets_of_it: Sequence[_Known]) -> str:
    """What is said of a table, which several sheets may be parts of."""
    guessed: dict[str, list[str]] = {}
    for column in description().tables[table].columns:
        if owns := [own for each in sheets_of_it for own in each.guessed.get(column.name, ())]:
            guessed[column.name] = [*dict.fromkeys(owns)]
    read = {own for owns in guessed.values() for own in owns}
    header = dict.fromkeys(own for each in sheets_of_it for own in each.rows.header if own)
    rest = [own for own in header if own not in read]
    lines = [
        f"\n[{table}.columns]",
        *(_column(name, owns) for name, owns in guessed.items()),
        *_missing(table, guessed),
    ]
    if epochs := sorted({own for each in sheets_of_it for own in each.epochs}):
        lines += [f"\n[{table}]", f"epochs = {_quoted(epochs)}"]
    return "\n".join([*lines, *_consents(table, rest), *_left_out(table, rest)]) + "\n"


def _passed_over(sheet: _Known) -> str:
    return f"\n# {sheet.title} is not read: its first row names no column of a directory.\n"


def table_of(header: Sequence[str]) -> str:
    """The table that most of the columns fit; one of organisations unless the header describes something else."""
    tables = description().tables
    shared = {column.name for column in tables["organisations"].columns}
    special = {name: len(guesses(header, name).keys() - shared) for name in tables}
    best = max(special, key=lambda name: special[name])
    needed = 2 if best == "sites" else _DISTINCT
    return best if special[best] >= needed else "organisations"


def guesses(header: Sequence[str], table: str) -> dict[str, list[str]]:
    """For each column of a table the list's own that mean it, the likeliest first; none is used twice."""
    own = {_plain(column): column for column in header}
    free = dict.fromkeys(own)
    found: dict[str, list[str]] = {}
    names = [column.name for column in description().tables[table].columns]
    for column in sorted(names, key=lambda name: name != "organisation"):  # its number does not identify the row
        alike = [name for name in (column, *_ALIKE.get(column, "").split()) if name in free]
        if table != "organisations" and column != "organisation":
            alike = [name for name in alike if not name.startswith("organisation_")]  # which describe their owner
        if column in ("reference", "organisation"):
            alike = alike[:1]  # another number is another thing
        for name in alike:
            del free[name]
        if alike:
            found[column] = [own[name] for name in alike]
    return {name: found[name] for name in names if name in found}


def is_personal(column: str) -> bool:
    """Whether a column seems to be about persons, or how to reach them.

    >>> is_personal("Contact person"), is_personal("Notes")
    (True, False)
    """
    return bool(_PERSONAL.fullmatch(_plain(column)))


def _plain(column: str) -> str:
    """A name without its punctuation.

    >>> _plain("Ref. no.")
    'ref_no'
    """
    return folded(re.sub(r"[^\w\s-]", " ", column))


def _column(name: str, owns: Sequence[str]) -> str:
    return f"{name} = {_quoted(owns) if name in _JOINED and len(owns) > 1 else json.dumps(' | '.join(owns))}"


def _missing(table: str, guessed: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for column in description().tables[table].columns:
        if column.required and column.name not in guessed:
            yield f'# {column.name} = "…"   # needed: {column.explanation}'


def _epochs(rows: Rows, read: set[str]) -> list[str]:
    """Columns that count milliseconds, as databases export days."""
    seen: dict[str, bool] = {}
    for line in islice(rows.lines, _LOOKED_AT):
        for own in read:
            if text := line.cells.get(own):
                seen[own] = seen.get(own, True) and bool(_MILLISECONDS.fullmatch(text))
    return sorted(own for own, always in seen.items() if always)


def _consents(table: str, rest: Sequence[str]) -> Iterator[str]:
    """A column that may say which rows may be published: only the keeper knows."""
    consents = [own for own in rest if _CONSENT.fullmatch(_plain(own))]
    if consents:
        yield "\n# If one of these says which rows may be published, take away the # before it and before the brackets,"
        yield f"# and its line below.\n# [{table}.only]"
    for own in consents:
        yield f'# {json.dumps(own, ensure_ascii=False)} = ["true", "yes", "1"]'


def _left_out(table: str, rest: Sequence[str]) -> Iterator[str]:
    if rest:
        yield f"\n[{table}.ignore]"
    for own in rest:
        if is_personal(own):
            yield f'{json.dumps(own, ensure_ascii=False)} = "personal"'
    unsure = [own for own in rest if not is_personal(own)]
    if unsure:
        yield "# Not sure: name each above for the column that it means, or say here why it is left out."
    for own in unsure:
        yield f'# {json.dumps(own, ensure_ascii=False)} = "…"'


def _quoted(names: Sequence[str]) -> str:
    return f"[{', '.join(json.dumps(name, ensure_ascii=False) for name in names)}]"
