"""What a build shows to a person: a progress bar on a terminal, plain lines elsewhere, tables at the end."""

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from graph.disk import checksum

if TYPE_CHECKING:
    from graph.acquisition.fetching import Had
    from graph.release.folder import Listed
    from graph.release.manifest import Manifest

MOST_FILES = 20
"""Fetched files that are named one by one."""

WIDTH_ELSEWHERE = 140
"""Columns of a table that goes to a file or a pipe, where nobody asked a terminal for its width."""


class Terminal:
    """Shows the progress of a build; on standard error, so that standard output is for results."""

    def __init__(self) -> None:
        self._console = Console(stderr=True, soft_wrap=True, highlight=False)
        self._bars = Progress(
            SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=self._console
        )
        self._tasks: dict[str, TaskID] = {}
        self._rows: dict[str, int] = {}
        self._started = time.perf_counter()

    def __enter__(self) -> "Terminal":
        if self._console.is_terminal:
            self._bars.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._bars.stop()

    def stage(self, name: str) -> None:
        if not self._console.is_terminal:
            self._console.print(f"{time.perf_counter() - self._started:7.1f} s  {name}")
            return
        for task in self._tasks.values():
            self._bars.update(task, total=1, completed=1)
            self._bars.stop_task(task)
        self._tasks = {name: self._bars.add_task(name, total=None)}

    def rows(self, source: str, count: int) -> None:
        """So many more rows of a source are mapped."""
        self._rows[source] = self._rows.get(source, 0) + count
        if self._console.is_terminal:
            if source not in self._tasks:
                self._tasks[source] = self._bars.add_task(source, total=None)
            self._bars.update(self._tasks[source], description=f"  {source}: {self._rows[source]:,} rows")

    def note(self, text: str) -> None:
        """Something worth one line."""
        self._console.print(f"           {text}")


def show_files(had: "Had") -> None:
    """The files that were fetched, each with its checksum, the first few of many."""
    for path in had.files[:MOST_FILES]:
        console().print(f"{path}: of {had.date}, SHA-256 {checksum(path)}")
    if len(had.files) > MOST_FILES:
        console().print(f"and {len(had.files) - MOST_FILES:,} more files, of {had.date}")


def show_release(manifest: "Manifest") -> None:
    """The tables that a build ends with: its sources, and where its time went."""
    sources = _table("source", "rows", "subjects", "statements", "problems", "seconds", "MB")
    for it in manifest.sources:
        counts = (f"{count:,}" for count in (it.rows, it.subjects, it.statements, it.problems))
        sources.add_row(it.name, *counts, f"{it.seconds:.1f}", f"{it.megabytes:.1f}")
    stages = _table("stage", "seconds", "CPU seconds")
    for name, time_taken in manifest.stages.items():
        stages.add_row(name, f"{time_taken.seconds:.1f}", f"{time_taken.cpu_seconds:.1f}")
    print_tables((sources, stages))
    console().print(
        f"release {manifest.id}: {manifest.triples:,} statements in the default graph, {manifest.warnings:,} warnings"
    )


def show_releases(listing: "Iterable[Listed]") -> None:
    """The releases of a folder, newest first."""
    table = _table("release", "built", "statements", "warnings", "sources")
    for it in listing:
        served = f"{it.manifest.id} (served)" if it.served else it.manifest.id
        built = f"{it.manifest.built_at:%Y-%m-%d %H:%M}"
        counts = (it.manifest.triples, it.manifest.warnings, len(it.manifest.sources))
        table.add_row(served, built, *(f"{count:,}" for count in counts))
    print_tables((table,))


def print_tables(tables: Iterable[Table]) -> None:
    for table in tables:
        console().print(table)


def console() -> Console:
    """Standard output, wide enough for tables wherever it goes."""
    out = Console(highlight=False, soft_wrap=True)
    return out if out.is_terminal else Console(highlight=False, soft_wrap=True, width=WIDTH_ELSEWHERE)


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(first, no_wrap=True)
    for name in others:
        table.add_column(name, justify="right", no_wrap=True)
    return table
