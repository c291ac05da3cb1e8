"""Builds as tests run them: in a process that waits at each stage, or in their own, and what listens to it."""

import subprocess
import sys
from functools import partial
from pathlib import Path
from types import TracebackType

from graph.progress import Silent
from graph.validation.recheck import cross_check
from tests.support.paths import ROOT

cross_check_of_few = partial(cross_check, sample_size=0, at_least=1)
"""The cross-check on one node of each class and no more: in whole it takes most of the time of a small build."""


class Notes(Silent):
    """Keeps what a build notes."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def note(self, text: str) -> None:
        self.notes.append(text)


class RunningBuild:
    """`tests.support.builds.run_build --hold`, told when to go on. Killed at the end of the `with`."""

    def __init__(self, plan: Path) -> None:
        command = [sys.executable, "-m", "tests.support.builds.run_build", str(plan), "--hold"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        assert self.process.stdin and self.process.stdout
        self._stdin, self._stdout = self.process.stdin, self.process.stdout

    def __enter__(self) -> "RunningBuild":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.kill()
        self._stdin.close()
        self._stdout.close()

    def go_on_until(self, line: str) -> list[str]:
        """Let it run until it says this line and waits there; gives what it said before. Fails if it never does."""
        said: list[str] = []
        for found in self._stdout:
            if found.rstrip("\n") == line:
                return said
            said.append(found.rstrip("\n"))
            self.go_on()
        raise AssertionError(f"the build ended without {line!r}: {said}")

    def go_on_to_the_end(self) -> list[str]:
        """Let it run to its end; gives what it said."""
        said: list[str] = []
        self.go_on()
        for line in self._stdout:
            said.append(line.rstrip("\n"))
            self.go_on()
        self.process.wait(60)
        return said

    def go_on(self) -> None:
        """Let it run to the next stage."""
        try:
            self._stdin.write("\n")
            self._stdin.flush()
        except BrokenPipeError:
            return  # it has ended by itself

    def kill(self) -> None:
        """kill -9."""
        self.process.kill()
        self.process.wait(60)
