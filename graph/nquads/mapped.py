"""What came of mapping a source: its sorted statements, and beside them the rows that they came from."""

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph.model.problems import Problem
from graph.nquads.row_index import rows_file


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
        """The index of the rows that its things came from."""
        return rows_file(self.output)


def problems_file(output: Path) -> Path:
    """The companion of a mapped file that lists the faults found."""
    return output.with_suffix(".problems.csv")


@contextmanager
def whole_or_not(*targets: Path) -> Generator[Path]:
    """A folder beside the targets to make them in; they are moved to their places once all are made, otherwise none is.

    If anything fails, what was there before stays.
    """
    with tempfile.TemporaryDirectory(prefix=".making-", dir=targets[0].parent) as folder:
        yield Path(folder)
        for target in targets:
            (Path(folder) / target.name).replace(target)
