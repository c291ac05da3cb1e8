"""What `make prove` measures, in the dated table of `docs/proof.md`: the fixture that takes a figure, and the table.

Not here: the limits, which stand in the tests beside what is measured.
"""

import os
import platform
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

__all__ = ["Proof", "Prove", "Record", "machine", "sentence", "with_rows"]

Prove = Callable[[str, float, float, str], None]
HEAD = "| what | figure | limit | date | machine |\n|---|---:|---:|---|---|\n"


def sentence(test: str) -> str:
    """The name of a test as words.

    >>> sentence("test_a_disk_that_fills_up_is_reported")
    'A disk that fills up is reported'
    """
    return test.removeprefix("test_").replace("_", " ").capitalize()


def machine() -> str:
    """The machine in a few words, without its name, and how many other processes wanted it."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    kind = f"{platform.system()} {platform.machine()}"
    python, load = platform.python_version(), os.getloadavg()[0]
    return f"{kind}, {os.cpu_count()} cores, {memory:.0f} GB, Python {python}, load {load:.0f}"


def with_rows(page: str, rows: Mapping[str, str], passed: Collection[str] = ()) -> str:
    """A page whose table has these rows, by what they are about, in place of those that it had about the same.

    A test that gave its figures and passed loses the row that it had when it failed.

    >>> print(with_rows(HEAD + "| a | 1 | 2 | before | x |\\n", {"a": "| a | 0 | 2 | now | x |"}), end="")
    | what | figure | limit | date | machine |
    |---|---:|---:|---|---|
    | a | 0 | 2 | now | x |
    """
    before, head, after = page.partition(HEAD)
    kept = {line.split("|")[1].strip(): line for line in after.splitlines() if line.startswith("| ")}
    kept = {name: line for name, line in kept.items() if name not in passed}
    return before + head + "".join(f"{row}\n" for _, row in sorted((kept | dict(rows)).items()))


@dataclass
class Record:
    """The figures and outcomes of one run; a test of several cases has one row for what they share."""

    figures: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    outcomes: dict[str, Counter[str]] = field(default_factory=dict[str, Counter[str]])
    measured: set[str] = field(default_factory=set[str])

    def rows(self, date: str, on: str) -> dict[str, str]:
        """The rows of the table: figures, and the outcome of each test that gave none."""
        cells = dict(self.figures)
        for test, counts in self.outcomes.items():
            ran = counts["passed"] + counts["failed"]
            if ran and (test not in self.measured or counts["failed"]):
                cells[sentence(test)] = f"{counts['passed']} of {ran} cases", "all"
        return {name: f"| {name} | {figure} | {limit} | {date} | {on} |" for name, (figure, limit) in cells.items()}


class Proof:
    """The plugin: takes figures and outcomes, and writes them into the page at the end of a run with `--proof PAGE`."""

    def __init__(self, page: Path | None) -> None:
        self.page, self.record, self.machine = page, Record(), machine()  # with the load before this run

    @pytest.fixture
    def prove(self, request: pytest.FixtureRequest) -> Prove:
        """Takes what was measured, its figure, the most that it may be, and the unit; a figure over its limit fails."""

        def take(what: str, figure: float, most: float, unit: str) -> None:
            self.record.figures[what] = f"{figure:,.3g} {unit}", f"{most:,.3g} {unit}"
            self.record.measured.add(str(request.function.__name__))
            assert figure <= most, f"{what}: {figure:,.3g} {unit}, of {most:,.3g} at most"

        return take

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if "prove" in report.keywords and (report.when == "call" or report.failed):
            test = report.location[2].partition("[")[0]
            self.record.outcomes.setdefault(test, Counter())[report.outcome] += 1

    def pytest_sessionfinish(self) -> None:
        if self.page and self.record.outcomes:
            rows = self.record.rows(f"{datetime.now(UTC):%Y-%m-%d}", self.machine)
            passed = {sentence(test) for test in self.record.measured}
            self.page.write_text(with_rows(self.page.read_text("utf-8"), rows, passed), "utf-8")
