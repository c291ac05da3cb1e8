"""What mapping files of full size takes: time and memory at several sizes, as a table.

    python -m tests.support.scale.measure [--source NAME …] [--shares 0.1 0.5 1] [--folder DIR] [--write docs/scale.md]

Each size is generated, mapped by a process of its own that is watched with its children, and deleted. Exit code 1 if
the memory passes its limit, or if time grows faster than the rows do.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.support.real_build import watched
from tests.support.scale.ccew import ccew
from tests.support.scale.generate import companies_house, postcodes, referenced_companies, referenced_postcodes

MOST_BYTES = 2_500_000_000
STEEPEST = 1.5
"""How much longer a million rows may take in the largest file than in the smallest."""


@dataclass(frozen=True)
class Subject:
    """A source at full size; `references` lists what others mention, for a source that tells only of that."""

    full: int
    of: str
    write: Callable[[int, Path], list[Path]]
    references: Callable[[int, Path], Path] | None = None


SUBJECTS = {
    "ccew": Subject(400_000, "charities and units in thirteen tables", ccew),
    "companies_house": Subject(5_000_000, "companies, a tenth referred to", companies_house, referenced_companies),
    "postcodes": Subject(2_700_000, "postcodes, a seventh referred to", postcodes, referenced_postcodes),
}


@dataclass(frozen=True)
class Measured:
    """One run; `seconds` and `most_bytes` are of the process and its children, as seen from outside."""

    source: str
    size: int
    rows: int
    statements: int
    problems: int
    megabytes: float
    seconds: float
    most_bytes: int

    @property
    def per_million(self) -> float:
        """Seconds for a million rows."""
        return self.seconds / self.rows * 1e6

    @property
    def line(self) -> str:
        """The run as a row of a Markdown table."""
        cells = (f"{self.size:,}", f"{self.rows:,}", f"{self.megabytes:,.0f}", f"{self.statements:,}",
                 f"{self.problems:,}", f"{self.seconds:,.1f}", f"{self.per_million:,.1f}",
                 f"{self.most_bytes / 1e6:,.0f}")  # fmt: skip
        return f"| `{self.source}` | " + " | ".join(cells) + " |"


def measure(name: str, size: int, folder: Path) -> Measured:
    """Generate, map and delete so many of a source's bodies."""
    subject = SUBJECTS[name]
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        files = subject.write(size, Path(scratch))
        references = str(subject.references(size, Path(scratch) / "mentions.txt")) if subject.references else "-"
        command = [
            sys.executable,
            "-m",
            "tests.support.scale.one",
            name,
            f"{scratch}/out.nq",
            references,
            *map(str, files),
        ]
        code, said, cost = watched(command)
        if code:
            raise RuntimeError(f"{name}, {size:,}: {said}")
        megabytes = sum(file.stat().st_size for file in files) / 1e6
        return Measured(name, size, **json.loads(said), megabytes=megabytes,
                        seconds=cost.seconds, most_bytes=cost.most_bytes)  # fmt: skip


def faults(runs: Sequence[Measured]) -> list[str]:
    """What is not as it should be in the runs of one source, given from the smallest size to the largest."""
    found = [
        f"{run.source}, {run.size:,}: {run.most_bytes / 1e6:,.0f} MB" for run in runs if run.most_bytes > MOST_BYTES
    ]
    if runs[-1].per_million > STEEPEST * runs[0].per_million:
        found.append(
            f"{runs[0].source}: a million rows take {runs[-1].per_million:,.0f} s, not {runs[0].per_million:,.0f} s"
        )
    return found


HEADING = """# Scale

The time and memory that it takes to map files of full size, measured with
`python -m tests.support.scale.measure --write docs/scale.md`. The files are invented, in the publishers' layouts
([tests/support/scale](../tests/support/scale/generate.py)):

{subjects}

Time and memory are those of the mapping process with its children, including `sort`, measured from outside; the memory
is the largest amount that was resident at one time. A build maps several sources at once, two on a machine of two
cores.

| source | size | rows | MB read | statements | problems | seconds | seconds a million rows | MB memory |
|---|---:|---:|---:|---:|---:|---:|---:|---:|
"""
ENDING = """
Limits: {memory:,.0f} MB, and in the largest file no more than {steepest} times the seconds a million rows of the
smallest. Memory grows with the number of rows that are mapped, some hundred bytes each: their keys are kept, to find
rows that use one twice. Measured on {day} with Python {python} on {cores} cores that other programs used too.
"""


def page(runs: Sequence[Measured]) -> str:
    """The whole page."""
    subjects = "\n".join(f"- `{name}`: {each.full:,} {each.of}" for name, each in SUBJECTS.items())
    lines = "".join(f"{run.line}\n" for run in runs)
    python = ".".join(map(str, sys.version_info[:3]))
    ending = ENDING.format(memory=MOST_BYTES / 1e6, steepest=STEEPEST, day=datetime.now(UTC).date().isoformat(),
                           python=python, cores=os.cpu_count())  # fmt: skip
    return HEADING.format(subjects=subjects) + lines + ending


def main() -> int:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", choices=SUBJECTS, action="append")
    parser.add_argument("--shares", type=float, nargs="+", default=[0.1, 0.5, 1])
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    runs: list[Measured] = []
    wrong: list[str] = []
    for name in given.source or SUBJECTS:
        of_source: list[Measured] = []
        for share in sorted(given.shares):
            of_source.append(measure(name, int(SUBJECTS[name].full * share), given.folder))
            print(of_source[-1].line, flush=True)  # noqa: T201
        wrong += faults(of_source)
        runs += of_source
    if given.write:
        given.write.write_text(page(runs), encoding="utf-8")
    print("\n".join(wrong))  # noqa: T201
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
