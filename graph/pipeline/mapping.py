"""Running a mapping over the files of one source: rows in, sorted N-Quads and problems out."""

import os
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from graph.errors import InputError, MappingError
from graph.forms.sheet import Sheet
from graph.pipeline.lines import BUFFER, counts, sorting
from graph.pipeline.records import form_of, strange_fields
from graph.pipeline.source import Source, sources_with
from graph.pipeline.table import ends_in_a_line, read_table
from graph.words import iri
from graph.words.layout import Layout
from graph.words.problem import Problem, shown
from graph.words.record import Form, Record
from graph.words.row import Row, SetAside
from graph.words.terms import render

REPORT_EVERY = 2000
"""Rows between two reports of progress."""

MOST_FAULTS = 500_000
"""Problems, or blank lines, of one file; who has more has another kind of file, or another delimiter."""

_DAMAGED = "check that it is a file of this source, and get it again"

# Where a key was first seen, in one integer: number of the file, row, part of the hash of the record.
CONTENT_BITS, ROW_BITS = 32, 32
CONTENT_MASK, ROW_MASK = (1 << CONTENT_BITS) - 1, (1 << ROW_BITS) - 1


@dataclass(frozen=True, slots=True)
class Mapped:
    """What came of the files of one source; `output` holds sorted, unique N-Quads of one named graph."""

    source: str
    output: Path
    rows: int
    subjects: int
    statements: int
    problems: tuple[Problem, ...]
    seconds: float
    cpu_seconds: float
    """Of reading and mapping, in Python."""
    sorting_seconds: float
    """CPU time of sorting, in a process beside it, and of counting what came of it."""

    @property
    def rows_file(self) -> Path:
        """Where each subject's row is noted, tab-separated: IRI without brackets, row, number of the file from 0.

        A line without an IRI names a file, in the order of their numbers.
        """
        return rows_file(self.output)


def rows_file(output: Path) -> Path:
    """The companion of a mapped file that says which row each subject came from."""
    return output.with_suffix(".rows.tsv")


def map_source(
    source: Source,
    files: Sequence[Path],
    target: Path,
    base: str,
    report: Callable[[int], None] = lambda _: None,
    mentions: Path | None = None,
) -> Mapped:
    """Map all files of a source into one sorted N-Quads file; on any error neither it nor its companion is left.

    `mentions` lists the IRIs that other sources mention, for a source that tells only of those.
    """
    started, cpu, children = time.perf_counter(), time.process_time(), _children_seconds()
    iri.use_base(base)
    run = _Run(source, report, _lines(mentions))
    try:
        with sorting(target) as out, rows_file(target).open("wb", BUFFER) as rows:
            run.map_files(files, out, rows)
            out.write(run.totals().encode())
            mapping = time.process_time() - cpu
        run.refuse_missing_tables()
        subjects, statements = counts(target)
    except BaseException:
        target.unlink(missing_ok=True)
        rows_file(target).unlink(missing_ok=True)
        raise
    sorting_and_counting = _children_seconds() - children + time.process_time() - cpu - mapping
    taken = time.perf_counter() - started, mapping, sorting_and_counting
    return Mapped(source.name, target, run.rows, subjects, statements, tuple(run.problems), *taken)


def problems_of(source: Source, sheets: Iterable[Sheet]) -> tuple[Problem, ...]:
    """What mapping these sheets would find wrong, in their order; nothing is kept of what they say."""
    run = _Run(source, lambda _: None)
    with Path(os.devnull).open("wb") as nowhere:
        run.map_sheets(sheets, nowhere, nowhere)
    return tuple(run.problems)


def _lines(mentions: Path | None) -> frozenset[str] | None:
    if mentions is None:
        return None
    with mentions.open(encoding="utf-8") as lines:
        return frozenset(line.rstrip("\n") for line in lines)


@dataclass(slots=True)
class _Run:
    """The state of one run: what was counted, and which keys were seen where."""

    source: Source
    report: Callable[[int], None]
    mentioned: Collection[str] | None = None
    rows: int = 0
    problems: list[Problem] = field(default_factory=list[Problem])
    files: list[str] = field(default_factory=list[str])
    tables: set[str] = field(default_factory=set[str])
    seen: dict[int, int] = field(default_factory=dict[int, int])
    counted: Counter[str] = field(default_factory=Counter[str])
    """Rows by what they count for, subject and predicate as N-Triples text: an entry a thing, not a row."""

    def map_files(self, files: Sequence[Path], out: IO[bytes], rows: IO[bytes]) -> None:
        """Write what the rows or records of all files say."""
        if self.source.form:
            with closing(self.source.sheets(files)) as sheets:
                self.map_sheets(sheets, out, rows)
            return
        for file in files:
            records = read_table(file, self.source.dialect)
            layout = _layout(self.source, file, next(records)[1], self.mentioned)
            self._map(layout, self._rows(file, layout, records), out, rows)

    def map_sheets(self, sheets: Iterable[Sheet], out: IO[bytes], rows: IO[bytes]) -> None:
        """Write what the records of sheets say."""
        for sheet in sheets:
            form = form_of(self.source, sheet, self.mentioned)
            self._map(form, self._records(form, sheet), out, rows)

    def _map(self, layout: Layout, found: Iterator[Row], out: IO[bytes], rows: IO[bytes]) -> None:
        """Write what the rows of one file say."""
        self.files.append(layout.file)
        self.tables.add(layout.table)
        place = f"\t{len(self.files) - 1}\n"
        rows.write(f"\t{layout.file}\n".encode())  # rows below are of this file
        nodes, graph, told = self.source.nodes(), iri.source(self.source.name), False
        for row in found:
            first_problem = len(layout.problems)
            for fault in row.faults:
                row.problem(*fault)
            try:
                said = list(nodes(row))
            except SetAside:
                said = []
            except KeyError as error:
                raise _lacking(layout, row, error) from error
            if said and self._repeats(row, layout, first_problem):
                continue
            told = told or bool(said)
            out.write("".join([node.quads(graph) for node in said]).encode())
            end = f"\t{row.number}{place}"
            rows.write("".join([node.iri[1:-1] + end for node in said]).encode())
            for node in said:
                if node.counted:
                    self.counted.update(f"{node.iri} {term}" for term in node.counted)
            if len(layout.problems) > first_problem:
                _refuse_endless_faults(layout)
                about = said[0].iri if said else None  # a mapping yields the thing that the row is about first
                called = self._reference(row, layout)
                layout.problems[first_problem:] = [
                    replace(it, about=about, reference=called) for it in layout.problems[first_problem:]
                ]
        # Of nothing mentioned, nothing is read; nor of a list whose every entry is set aside.
        if told or not (self.source.mentioned or isinstance(layout, Form)):
            _refuse_unread(self.source, layout)
        self.problems += layout.problems

    def _reference(self, row: Row, layout: Layout) -> str:
        """What the source calls the row: the cells of its key."""
        return shown(" ".join(filter(None, map(row.cell, self.source.tables[layout.table].key))))

    def totals(self) -> str:
        """How many rows counted for each thing."""
        graph = iri.source(self.source.name)
        return "".join(f"{of} {render(rows)} {graph} .\n" for of, rows in self.counted.items())

    def _rows(self, file: Path, layout: Layout, records: Iterator[tuple[int, list[str]]]) -> Iterator[Row]:
        """Whole rows; ragged ones become problems."""
        number, record, width, blank = 1, list(layout.columns), len(layout.columns), 0
        for number, record in records:
            if not record:
                blank += 1  # a blank line
                if blank > MOST_FAULTS:
                    raise InputError(layout.file, f"has more than {MOST_FAULTS:,} blank lines", _DAMAGED)
                continue
            self.rows += 1
            if self.rows % REPORT_EVERY == 0:
                self.report(REPORT_EVERY)
            if len(record) == width:
                yield Row(layout, number, record)
            else:
                fault = f"has {len(record)} cells where the header has {width}, so the row was set aside"
                Row(layout, number, [""] * width).problem("", fault, "mend the quotes or delimiters of the row")
                _refuse_endless_faults(layout)
        self.report(self.rows % REPORT_EVERY)
        if 0 < len(record) < width and not ends_in_a_line(file):
            place = f"{layout.file}:{number}"
            raise InputError(place, "ends in the middle of a row: the file is cut off", "get the file again, whole")

    def _records(self, form: Form, sheet: Sheet) -> Iterator[Row]:
        """The records of a sheet, and what its form found wrong with each."""
        for item in sheet.items:
            faults = [(fault.path, fault.fault, fault.remedy, fault.value) for fault in item.faults]
            record = Record(form, item.number, item.fields, faults=faults)
            if not item.fields:  # a remark on the file, or what its form has set aside
                for fault in faults:
                    record.problem(*fault)
                continue
            self.rows += 1
            if self.rows % REPORT_EVERY == 0:
                self.report(REPORT_EVERY)
            yield record
        form.problems += strange_fields(form, self.source.metadata)
        self.report(self.rows % REPORT_EVERY)

    def _repeats(self, row: Row, layout: Layout, first_problem: int) -> bool:
        """Whether the row is an exact double, which adds nothing; a row that reuses a key is mapped, with a problem.

        Keys and contents are remembered by their hashes: for millions of rows, themselves would fill the memory.
        """
        columns = self.source.tables[layout.table].key
        if not columns:
            return False
        key = row.key_hash(columns)
        content = row.content_hash() & CONTENT_MASK
        here = (len(self.files) << ROW_BITS | row.number) << CONTENT_BITS | content
        first = self.seen.setdefault(key, here)
        if first == here:
            return False
        place = first >> CONTENT_BITS
        first_place = f"{self.files[(place >> ROW_BITS) - 1]}:{place & ROW_MASK}"
        if first & CONTENT_MASK == content:
            del layout.problems[first_problem:]
            row.problem(columns[0], f"repeats the row at {first_place}, cell for cell", "delete one of the two")
            return True
        row.problem(columns[0], f"was used before, at {first_place}, with other values", "give each row its own key")
        return False

    def refuse_missing_tables(self) -> None:
        """InputError if a table is missing without which the source is incomplete."""
        required = {name for name, table in self.source.tables.items() if table.required}
        if missing := sorted(required - self.tables):
            fact = f"lacks the table {', '.join(missing)}"
            raise InputError(f"source {self.source.name}", fact, "name the file of every table of the extract")


def _refuse_endless_faults(layout: Layout) -> None:
    """A file of faults alone, each of which is remembered, would fill the memory."""
    if len(layout.problems) > MOST_FAULTS:
        raise InputError(layout.file, f"has more than {MOST_FAULTS:,} faults", _DAMAGED)


def _layout(source: Source, file: Path, header: Sequence[str], mentioned: Collection[str] | None) -> Layout:
    """What the header says, if it is one of the source's: a new, missing or renamed column stops the run."""
    columns = [column.strip() for column in header]
    place = f"{file.name}:1"
    table = source.table_of(columns)
    if table is None:
        raise _other_layout(source, place, columns)
    if len(set(columns)) < len(columns):
        raise InputError(place, "names a column twice", "give each column a name of its own")
    empty = {column: frozenset(values) for column, values in source.empty.items() if column in columns}
    known = source.tables[table].columns
    ignored = [
        column for column in columns if column not in known or {column, f"{table}.{column}"} & source.ignore.keys()
    ]
    return Layout(source.name, file.name, columns, table, empty, ignored, mentioned)


def _other_layout(source: Source, place: str, columns: Sequence[str]) -> InputError:
    """How the header differs from that of the source's likeliest table, or whose it is."""
    if others := sources_with(columns):
        return InputError(place, f"is a file of source {others[0]!r}, not of {source.name!r}", "name the right source")
    nearest = max(source.tables.values(), key=lambda table: len(set(table.columns) & set(columns)))
    missing = [column for column in nearest.columns if column not in columns]
    new = [column for column in columns if column not in nearest.columns]
    facts = [f"lacks {_listed(missing)}"] * bool(missing) + [f"has the unknown {_listed(new)}"] * bool(new)
    remedy = f"check that it is a file of source {source.name!r}; if its layout changed, mend {source.metadata}"
    return InputError(place, " and ".join(facts), remedy)


def _listed(columns: Sequence[str]) -> str:
    names = ", ".join(repr(column[:60]) for column in columns[:5])
    more = f" and {len(columns) - 5} more" if len(columns) > 5 else ""
    return f"column{'s' if len(columns) > 1 else ''} {names}{more}"


def _lacking(layout: Layout, row: Row, error: KeyError) -> MappingError:
    """A mapping that looks for what is not there, be it a column or an entry of a table of its own."""
    fact = f"looks for {shown(str(error))} at {layout.file}:{row.number}, which is not there"
    remedy = "if it is a column, ask row.has() first; if not, complete the table in which it is looked for"
    return MappingError(f"the mapping of {layout.source}", fact, remedy)


def _refuse_unread(source: Source, layout: Layout) -> None:
    """A column that the mapping neither read nor ignores on purpose would be lost without a word."""
    if isinstance(layout, Form):
        unread = layout.lost()
    else:
        unread = [column for column in layout.columns if column in layout.unread]
    if unread:
        raise MappingError(
            source.metadata,
            f"says nothing of {_listed(unread)}, which the mapping does not read",
            "read it in the mapping, or add it to [ignore] with the reason",
        )


def _children_seconds() -> float:
    """CPU time of the child processes that were waited for."""
    times = os.times()
    return times.children_user + times.children_system
