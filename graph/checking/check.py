"""A list checked as a build would read it, and across its rows; nothing is written, and nothing is kept of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import cast

from openpyxl.utils import get_column_letter

from graph.acquisition.readers.directory.suggestion import is_personal
from graph.acquisition.readers.directory.tables import Recognised, recognised, title_of
from graph.checking.across import Entry, across
from graph.checking.findings import Finding, Report, Tally, Weight
from graph.checking.keepers import Note, note_of
from graph.errors import InputError
from graph.mapping.run import problems_of
from graph.model.problems import parameters, shown
from graph.model.rows.record import as_text
from graph.model.rows.sheet import Item, Sheet
from graph.sources.source import Source
from graph.standards.directory import description

LONGEST_NAME = 60
"""Characters of the name of a column that are shown."""


class Unreadable(InputError):
    """A file that cannot be checked at all."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class _Read:
    """A table of the list with its rows."""

    found: Recognised
    items: Sequence[Item]
    lettered: bool
    """Whether its columns have letters, as in a spreadsheet."""

    @property
    def sheet(self) -> Sheet:
        return Sheet(self.found.name, self.found.table, self.items)


def check(files: Sequence[Path], columns: Path | None = None, today: date | None = None) -> Report:
    """Everything that is to be said of a list; Unreadable if it is none."""
    if len({file.name for file in files}) < len(files):
        raise Unreadable(files[0].name, "is the name of two files", "rename one: a file is known by its name")
    source = replace(Source.named("directory").instance("checked"), column_mapping=columns)
    try:
        read = [
            _Read(found, list(found.items()), not found.rows.name.endswith(".json"))
            for found in recognised(files, source)
        ]
    except InputError as fault:
        raise Unreadable(fault.place, fault.fact, fault.remedy) from fault
    built = list(_build_notes(source, read))
    lost = _lost(built)
    found = across(_entries(read), today or date.today(), _days())
    notes = [*built, *(it for it in found if it.weight is Weight.FIX or (it.sheet, it.row) not in lost)]
    findings = [*_stops(source, read, len(built)), *_unique(_placed(note, read) for note in notes)]
    return Report(_tallies(read, notes), sorted(findings, key=_order), len(read) > 1)


def _days() -> Sequence[str]:
    """The forms of dates that the mapping reads."""
    return cast(Sequence[str], import_module("mappings.directory").DAYS)


def _order(finding: Finding) -> tuple[str, int, int, str]:
    return finding.file, finding.row, len(finding.letter), finding.letter


def _entries(read: Sequence[_Read]) -> list[Entry]:
    return [
        Entry(it.found.name, it.found.table, item.number, {key: as_text(text) for key, text in item.fields.items()})
        for it in read
        for item in it.items
        if item.fields
    ]


def _build_notes(source: Source, read: Sequence[_Read]) -> Iterator[Note]:
    """What a build would find wrong."""
    tables = {it.found.name: description().tables[it.found.table] for it in read}
    for problem in problems_of(source, [it.sheet for it in read]):
        yield note_of(problem, tables[problem.file].column(problem.column))


def _stops(source: Source, read: Sequence[_Read], problems: int) -> Iterator[Finding]:
    """What keeps a build from taking the list."""
    for it in read:
        for column in it.found.doubled:
            yield _of_header(it, column, "column-doubled")
        for column in it.found.strange:
            yield _strange(it, column)
    rows = sum(bool(item.fields) for it in read for item in it.items)
    name = read[0].found.name if read else "the file"
    if rows < source.expect.rows:
        yield _finding(Note(name, 0, "", "", "list-empty"), "", "", "")
    elif problems > rows * source.expect.problems:
        yield _finding(Note(name, 0, "", "", "list-mostly-wrong"), "", "", "")


def _strange(it: _Read, column: str) -> Finding:
    """A column that is not described; one of persons belongs in no list that is published."""
    own = f"[{it.found.table}.ignore] of {Path(it.found.toml).name}" if it.found.toml else ""
    where = own or "a file that says what your columns mean"
    return _of_header(it, column, "column-personal" if is_personal(column) else "column-unknown", where=where)


def _of_header(it: _Read, column: str, rule: str, **named: str) -> Finding:
    note = Note(it.found.name, 1, column, "", rule, parameters(**named))
    return _finding(note, it.found.table, _letter(it, column), shown(column)[:LONGEST_NAME])


def _finding(note: Note, table: str, letter: str, column: str) -> Finding:
    """A note in its place in the spreadsheet, in the words of its keeper."""
    place = (note.sheet, table, note.row, letter, column, note.value)
    return Finding(*place, note.weight, note.fault, note.remedy, note.rule, note.general)


def _placed(note: Note, read: Sequence[_Read]) -> Finding:
    """A note with its column as the spreadsheet shows it."""
    it = next(each for each in read if each.found.name == note.sheet)
    header = it.found.rows.header
    own = note.column if note.column in header else it.found.columns.own(note.column, header)
    if note.weight is Weight.REMARK and note.column and not own:  # one word on the column, not one on each row
        title = title_of(it.found.table, note.column)
        named = parameters(title=title, advice=note.remedy)
        return _finding(Note(note.sheet, 1, "", "", "column-missing", named), it.found.table, "", title)
    name = (own or title_of(it.found.table, note.column))[:LONGEST_NAME]
    return _finding(note, it.found.table, _letter(it, own), name)


def _lost(notes: Iterable[Note]) -> set[tuple[str, int]]:
    """The rows that are left out whole."""
    return {(note.sheet, note.row) for note in notes if note.loses_row}


def _letter(it: _Read, own: str) -> str:
    header = list(it.found.rows.header)
    return get_column_letter(header.index(own) + 1) if own and it.lettered and own in header else ""


def _unique(findings: Iterator[Finding]) -> list[Finding]:
    """The build and the cross-checks may find the same cell at fault, by the same rule."""
    return list(dict.fromkeys(findings))


def _tallies(read: Sequence[_Read], notes: Sequence[Note]) -> Mapping[str, Tally]:
    """How many rows each table has, and in how many of them something must be fixed."""
    spoilt = {(note.sheet, note.row) for note in notes if note.weight is Weight.FIX}
    lost = _lost(notes)
    rows, to_fix, left_out = Counter[str](), Counter[str](), Counter[str]()
    for it in read:
        for item in it.items:
            place = (it.found.name, item.number)
            if not item.fields and item.number == 1:
                continue  # a word on the sheet, and no row of it
            rows[it.found.table] += 1
            to_fix[it.found.table] += place in spoilt
            left_out[it.found.table] += place in lost
    return {
        name: Tally(table.title.lower(), rows[name], to_fix[name], left_out[name])
        for name, table in description().tables.items()
        if rows[name]
    }
