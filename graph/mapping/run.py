"""Running a mapping over the files of one source: rows in, sorted N-Quads and problems out."""

import os
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from graph.acquisition.readers import sheets
from graph.acquisition.tables.table import ends_in_a_line, read_table
from graph.errors import InputError, MappingError
from graph.mapping.keys import Keys
from graph.mapping.layouts import layout_of, refuse_unread
from graph.mapping.records import form_of, strange_fields
from graph.model import iri
from graph.model.node import Node
from graph.model.problems import FormFault, Problem, shown
from graph.model.rows.layout import Layout
from graph.model.rows.record import Form, Record
from graph.model.rows.row import Row, SetAside
from graph.model.rows.sheet import Sheet
from graph.model.terms import render
from graph.model.vocabulary.rules import Outcome
from graph.nquads.lines import BUFFER, sorting
from graph.nquads.mapped import Mapped, whole_or_not
from graph.nquads.rewriting import counts
from graph.nquads.row_index import RowWriter, rows_file
from graph.sources.source import Source

REPORT_EVERY = 2000
"""Rows between two reports of progress."""

MOST_FAULTS = 500_000
"""Problems, or blank lines, of one file; who has more has another kind of file, or another delimiter."""

_DAMAGED = "check that it is a file of this source, and get it again"


def map_source(
    source: Source,
    files: Sequence[Path],
    target: Path,
    base: str,
    report: Callable[[int], None] = lambda _: None,
    references: Path | None = None,
) -> Mapped:
    """Map all files of a source into one sorted N-Quads file; on any error it and its companion are as they were.

    `references` lists the IRIs that other sources refer to, for a lookup source.
    """
    started, cpu, children = time.perf_counter(), time.process_time(), _children_seconds()
    iri.use_base(base)
    run = _Run(source, report, _lines(references))
    with whole_or_not(target, rows_file(target)) as folder:
        made = folder / target.name
        with sorting(made) as out, rows_file(made).open("wb", BUFFER) as rows:
            run.map_files(files, out, RowWriter(rows))
            out.write(run.totals().encode())
            mapping = time.process_time() - cpu
        run.refuse_missing_tables()
        subjects, statements = counts(made)
    sorting_and_counting = _children_seconds() - children + time.process_time() - cpu - mapping
    taken = time.perf_counter() - started, mapping, sorting_and_counting
    return Mapped(source.name, target, run.rows, subjects, statements, tuple(run.problems), *taken)


def problems_of(source: Source, sheets: Iterable[Sheet]) -> tuple[Problem, ...]:
    """What mapping these sheets would find wrong, in their order; nothing is kept of what they say."""
    run = _Run(source, lambda _: None)
    with Path(os.devnull).open("wb") as nowhere:
        run.map_sheets(sheets, nowhere, RowWriter(nowhere))
    return tuple(run.problems)


def _lines(references: Path | None) -> frozenset[str] | None:
    if references is None:
        return None
    with references.open(encoding="utf-8") as lines:
        return frozenset(line.rstrip("\n") for line in lines)


@dataclass(slots=True)
class _Run:
    """The state of one run: what was counted, and which keys were seen where."""

    source: Source
    report: Callable[[int], None]
    referenced: Collection[str] | None = None
    rows: int = 0
    problems: list[Problem] = field(default_factory=list[Problem])
    files: list[str] = field(default_factory=list[str])
    tables: set[str] = field(default_factory=set[str])
    keys: Keys = field(default_factory=Keys)
    counted: Counter[str] = field(default_factory=Counter[str])
    """Rows by what they count for, subject and predicate as N-Triples text: an entry a thing, not a row."""

    def map_files(self, files: Sequence[Path], out: IO[bytes], rows: RowWriter) -> None:
        """Write what the rows or records of all files say."""
        if self.source.form:
            with closing(sheets(self.source, files)) as read:
                self.map_sheets(read, out, rows)
            return
        for file in files:
            records = read_table(file, self.source.dialect)
            layout = layout_of(self.source, file, next(records)[1], self.referenced)
            self._map(layout, self._rows(file, layout, records), out, rows)

    def map_sheets(self, read: Iterable[Sheet], out: IO[bytes], rows: RowWriter) -> None:
        """Write what the records of sheets say."""
        for sheet in read:
            form = form_of(self.source, sheet, self.referenced)
            self._map(form, self._records(form, sheet), out, rows)

    def _map(self, layout: Layout, found: Iterator[Row], out: IO[bytes], rows: RowWriter) -> None:
        """Write what the rows of one file say."""
        self.files.append(layout.file)
        self.tables.add(layout.table)
        rows.begin(layout.file)
        nodes, graph, any_described, before = self.source.nodes(), iri.source(self.source.name), False, self.rows
        for row in found:
            first_problem = len(layout.problems)
            for fault in row.faults:
                _record(row, fault)
            described = _nodes_of(nodes, row, layout)
            if not (described and self._repeats(row, layout, first_problem)):
                any_described = any_described or bool(described)
                out.write("".join([node.quads(graph) for node in described]).encode())
                rows.add([node.iri for node in described], row.number)
                self._count(described)
            if len(layout.problems) > first_problem:
                self._address(layout, first_problem, row, described)
        # Of nothing mentioned, nothing is read; nor of a list whose every entry is set aside.
        if any_described or not (self.source.lookup or isinstance(layout, Form)):
            refuse_unread(self.source, layout, any_described, self.rows - before)
        self.problems += layout.problems

    def _count(self, described: Sequence[Node]) -> None:
        for node in described:
            if node.counted:
                self.counted.update(f"{node.iri} {term}" for term in node.counted)

    def _repeats(self, row: Row, layout: Layout, first_problem: int) -> bool:
        """Whether the row adds nothing: an exact double, or one that reuses a key where that sets it aside."""
        table = self.source.tables[layout.table]
        columns = table.key
        earlier = self.keys.earlier(row, columns, len(self.files) - 1) if columns else None
        if earlier is None:
            return False
        if earlier.equal:
            del layout.problems[first_problem:]
            row.problem(columns[0], "row-repeated", file=self.files[earlier.file], row=earlier.row)
        else:
            outcome = Outcome.ROW_SET_ASIDE if table.one_each else ""
            file = self.files[earlier.file]
            row.problem(columns[0], "key-repeated", outcome=outcome, file=file, row=earlier.row)
        return earlier.equal or table.one_each

    def _address(self, layout: Layout, first_problem: int, row: Row, described: Sequence[Node]) -> None:
        """Say of a row's problems what thing they are about, and what the source calls the row: its key's cells."""
        _refuse_endless_faults(layout)
        about = described[0].iri if described else None  # a mapping yields the thing that the row is about first
        reference = shown(" ".join(filter(None, map(row.cell, self.source.tables[layout.table].key))))
        layout.problems[first_problem:] = [
            replace(problem, about=about, reference=reference) for problem in layout.problems[first_problem:]
        ]

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
                Row(layout, number, [""] * width).problem("", "row-ragged", cells=len(record), columns=width)
                _refuse_endless_faults(layout)
        self.report(self.rows % REPORT_EVERY)
        if 0 < len(record) < width and not ends_in_a_line(file):
            place = f"{layout.file}:{number}"
            raise InputError(place, "ends in the middle of a row: the file is cut off", "get the file again, whole")

    def _records(self, form: Form, sheet: Sheet) -> Iterator[Row]:
        """The records of a sheet, and what its form found wrong with each."""
        for item in sheet.items:
            record = Record(form, item.number, item.fields, faults=item.faults)
            if not item.fields:  # a remark on the file, or what its form has set aside
                for fault in item.faults:
                    _record(record, fault)
                continue
            self.rows += 1
            if self.rows % REPORT_EVERY == 0:
                self.report(REPORT_EVERY)
            yield record
        form.problems += strange_fields(form, self.source.metadata)
        self.report(self.rows % REPORT_EVERY)

    def refuse_missing_tables(self) -> None:
        """InputError if a table is missing without which the source is incomplete."""
        required = {name for name, table in self.source.tables.items() if table.required}
        if missing := sorted(required - self.tables):
            fact = f"lacks the table {', '.join(missing)}"
            raise InputError(f"source {self.source.name}", fact, "name the file of every table of the extract")


def _record(row: Row, fault: FormFault) -> None:
    """What the form of a record found, as a problem of it."""
    row.problem(fault.path, fault.rule, fault.value, **dict(fault.parameters))


def _refuse_endless_faults(layout: Layout) -> None:
    """A file of faults alone, each of which is remembered, would fill the memory."""
    if len(layout.problems) > MOST_FAULTS:
        raise InputError(layout.file, f"has more than {MOST_FAULTS:,} faults", _DAMAGED)


def _nodes_of(nodes: Callable[[Row], Iterator[Node]], row: Row, layout: Layout) -> list[Node]:
    """What a row says; nothing if it is set aside."""
    try:
        return list(nodes(row))
    except SetAside:
        return []
    except KeyError as error:  # a column, or an entry of a table of its own, that is not there
        fact = f"looks for {shown(str(error))} at {layout.file}:{row.number}, which is not there"
        remedy = "if it is a column, ask row.has() first; if not, complete the table in which it is looked for"
        raise MappingError(f"the mapping of {layout.source}", fact, remedy) from error


def _children_seconds() -> float:
    """CPU time of the child processes that were waited for."""
    times = os.times()
    return times.children_user + times.children_system
