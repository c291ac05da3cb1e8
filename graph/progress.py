"""What a build reports while it runs, and what its stages cost. The command line decides how it looks."""

import os
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from graph.release.manifest import StageTime


class Progress(Protocol):
    """Who listens to a build."""

    def stage(self, name: str) -> None:
        """A stage begins, and so the one before it has ended."""

    def rows(self, source: str, count: int) -> None:
        """So many more rows of a source are mapped."""

    def note(self, text: str) -> None:
        """Something worth one line to a person."""


class Silent:
    """Nobody listens."""

    def stage(self, name: str) -> None:
        """Nobody asked."""

    def rows(self, source: str, count: int) -> None:
        """Nobody asked."""

    def note(self, text: str) -> None:
        """Nobody asked."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Times the stages of one build."""

    progress: Progress
    stages: dict[str, StageTime] = field(default_factory=dict[str, StageTime])

    @contextmanager
    def stage(self, name: str) -> Generator[None]:
        """Announce a stage and note its time; the CPU seconds of child processes count once they have ended."""
        self.progress.stage(name)
        started, cpu = time.perf_counter(), _cpu_seconds()
        yield
        self.stages[name] = StageTime(round(time.perf_counter() - started, 3), round(_cpu_seconds() - cpu, 3))


def _cpu_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
