"""Cross-checks of the rows of a list: things of unknown organisations, duplicates, rows that are out of date."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.checking.keepers import PERSONAL, Note
from graph.model.problems import parameters, shown
from graph.model.values import cells
from graph.model.values.markup import plain_text
from graph.model.values.names import whole
from graph.model.values.redaction import redact
from graph.model.values.register_numbers import company_number

_DAYS = ("last_checked", "starts", "ends", "closes", "last_modified")
_SHORT_DAY = re.compile(r"(?:0?[1-9]|1[0-2])/(?:0?[1-9]|1[0-2])/\d\d")

YEAR = 365
"""Days after which a row should have been checked again."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a list, in the columns of the data set."""

    sheet: str
    table: str
    row: int
    cells: Mapping[str, str]

    def cell(self, column: str) -> str:
        """A cell; '' if there is none."""
        return self.cells.get(column, "")

    @property
    def goes_on(self) -> bool:
        """Whether it is not said to be closed: nobody checks again what has ended."""
        return self.cell("status").casefold() != "closed"


def across(entries: Sequence[Entry], today: date, days: Sequence[str]) -> Iterator[Note]:
    """All cross-checks, and remarks; `days` are the forms of dates."""
    tables: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        tables[entry.table].append(entry)
    yield from _owners(tables)
    yield from _duplicates(tables["organisations"])
    for entry in entries:
        yield from _age(entry, today, days)
        yield from _personal(entry)
    for entry in tables["organisations"]:
        yield from _thin(entry)
    yield from _short_days(entries)


def _owners(tables: Mapping[str, Sequence[Entry]]) -> Iterator[Note]:
    """Things of organisations, and at sites, that the list does not have."""
    bodies = {entry.cell("reference") for entry in tables.get("organisations", ()) if entry.cell("name")}
    places = {(entry.cell("organisation"), entry.cell("reference")) for entry in tables.get("sites", ())}
    for name in ("sites", "services", "opportunities"):
        for entry in tables.get(name, ()):
            owner, site = entry.cell("organisation"), entry.cell("site")
            if bodies and owner and owner not in bodies:
                yield _note(entry, "organisation", "organisation-unknown", advice=_without_zeros(owner, bodies))
            elif (bodies or places) and site and (owner, site) not in places:
                yield _note(entry, "site", "site-unknown")


def _without_zeros(reference: str, known: set[str]) -> str:
    """What would fix a reference that is unknown: spreadsheets take zeros from the front of numbers.

    >>> _without_zeros("7", {"007"})
    'write 007: the spreadsheet may have taken the zeros away'
    """
    near = [each for each in sorted(known) if each.lstrip("0") == reference.lstrip("0") and reference.isdigit()]
    if near:
        return f"write {shown(near[0])}: the spreadsheet may have taken the zeros away"
    return "correct it, or add the organisation"


def _duplicates(bodies: Sequence[Entry]) -> Iterator[Note]:
    """Entries of one name and one postcode, or of one company number."""
    names: dict[str, Entry] = {}
    companies: dict[str, Entry] = {}
    for entry in bodies:
        name = whole(entry.cell("name"))
        first = names.setdefault(name, entry)
        other = first.cell("reference") != entry.cell("reference")  # otherwise the build reports it
        if name and other and not (first.cell("postcode") and entry.cell("postcode")):
            yield _note(entry, "name", "name-alone-repeated", row=first.row)
        number = company_number(entry.cell("company_number")) or ""
        if number and (first := companies.setdefault(number, entry)) is not entry:
            yield _note(entry, "company_number", "company-number-repeated", row=first.row)


def _age(entry: Entry, today: date, days: Sequence[str]) -> Iterator[Note]:
    """When the row was last checked, where its table has that."""
    text = entry.cell("last_checked")
    try:
        checked = cells.day(text, days) if text else None
    except cells.Fault:
        return  # which the build reports
    if checked is None:
        if entry.table == "organisations" and entry.goes_on:
            yield _note(entry, "last_checked", "last-checked-missing")
    elif checked > today:
        yield _note(entry, "last_checked", "last-checked-future")
    elif (today - checked).days > YEAR and entry.goes_on:
        yield _note(entry, "last_checked", "last-checked-old")


def _short_days(entries: Sequence[Entry]) -> Iterator[Note]:
    """One word on the order of day and month, if there is a day that could be read in another."""
    for entry in entries:
        for column in _DAYS:
            if _SHORT_DAY.fullmatch(text := entry.cell(column)):
                yield Note(entry.sheet, entry.row, column, "", "days-ambiguous", parameters(day=text))
                return


def _thin(entry: Entry) -> Iterator[Note]:
    """What makes an organisation hard to find."""
    if not entry.goes_on:
        return
    if not entry.cell("activities"):
        yield _note(entry, "activities", "activities-missing")
    if not (entry.cell("area") or entry.cell("postcode")):
        yield _note(entry, "area", "place-missing")


def _personal(entry: Entry) -> Iterator[Note]:
    """E-mail addresses and telephone numbers, wherever they stand."""
    for column, text in entry.cells.items():
        if text and any(redact(each) != each for each in {text, plain_text(text)}):
            yield Note(entry.sheet, entry.row, column, "", PERSONAL)


def _note(entry: Entry, column: str, rule: str, *, advice: str = "", **named: object) -> Note:
    value = shown(entry.cell(column))
    return Note(entry.sheet, entry.row, column, value, rule, parameters(**named), advice=advice)
