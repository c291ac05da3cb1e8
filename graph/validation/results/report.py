"""What a validation found, and how a person reads it. The report as RDF is in `turtle`."""

import io
from collections.abc import Iterable
from dataclasses import dataclass, field

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from graph.errors import ValidationFailed
from graph.validation.results.result import VIOLATION, Result, short
from graph.validation.results.turtle import report_turtle


@dataclass(frozen=True)
class Report:
    """The results of one run over one graph; `cut`: whether the engine stopped at its limit of results."""

    results: tuple[Result, ...]
    engine: str
    triples: int
    cut: bool = False
    checked: str = ""
    """What the reference engine agreed to, in a sentence; empty where nothing was cross-checked."""
    violations: tuple[Result, ...] = field(init=False, repr=False, compare=False)
    warnings: tuple[Result, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Split by what each severity does: a violation stops a release, anything less is shown on `/quality`."""
        violations = tuple(r for r in self.results if r.severity == VIOLATION)
        object.__setattr__(self, "violations", violations)
        object.__setattr__(self, "warnings", tuple(r for r in self.results if r.severity != VIOLATION))

    @property
    def exit_code(self) -> int:
        """1 = a violation; warnings alone are 0."""
        return 1 if self.violations else 0

    def turtle(self) -> str:
        """A standard `sh:ValidationReport`."""
        return report_turtle(self.results)

    def table(self, width: int = 140, limit: int = 200) -> str:
        """Readable text, `width` characters wide, of the first `limit` results."""
        out = io.StringIO()
        console = Console(file=out, width=width, color_system=None, force_terminal=False)
        if self.results:
            console.print(_rich_table(self.results[:limit]))
        console.print(Text(self.summary(limit)))
        return out.getvalue()

    def summary(self, limit: int | None = None) -> str:
        """One line: how many of what, in how large a graph."""
        counts = f"{len(self.violations):,} violations, {len(self.warnings):,} warnings"
        line = f"{counts} in {self.triples:,} statements ({self.engine})"
        if self.checked:
            line += f"; {self.checked}"
        if self.cut:
            line += f"; stopped at {len(self.results):,} results, there are more"
        if limit is not None and len(self.results) > limit:
            line += f"; {len(self.results) - limit:,} more results not shown"
        return line

    def require_no_violations(self) -> None:
        """Raise ValidationFailed that names the first violation and counts the rest."""
        if not self.violations:
            return
        first = self.violations[0]
        more = len(self.violations) - 1
        fact = f"{short(first.path or 'the node')}: {first.message}" + (f" (and {more:,} more)" if more else "")
        place = f"{first.place}: {short(first.focus)}" if first.place else short(first.focus)
        raise ValidationFailed(place, fact, "correct the data or the mapping; the report lists every result")


def _rich_table(results: Iterable[Result]) -> Table:
    table = Table(box=box.SIMPLE, pad_edge=False)
    for heading in ("severity", "focus", "path", "value", "message", "row"):
        table.add_column(heading, overflow="fold")
    for r in results:
        cells = (r.severity, short(r.focus, 200), short(r.path or ""), short(r.value or "", 60))
        table.add_row(*(Text(cell) for cell in (*cells, short(r.message, 300), r.place)))
    return table
