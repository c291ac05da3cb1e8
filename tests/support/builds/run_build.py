"""`python -m tests.support.builds.run_build BUILD.toml`: a build that another process can watch and hold.

Prints a line for each stage, source and note. With `--hold` it waits for a line on standard input after each.
"""

import sys
from pathlib import Path

from graph.build.plan import read_plan
from graph.build.run import build
from graph.errors import CivsocError


class _Spoken:
    def __init__(self, hold: bool) -> None:
        self.hold = hold

    def stage(self, name: str) -> None:
        self._say(f"stage {name}")

    def rows(self, source: str, count: int) -> None:
        """Too many to print."""

    def note(self, text: str) -> None:
        self._say(f"note {text}")

    def _say(self, line: str) -> None:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
        if self.hold:
            sys.stdin.readline()


if __name__ == "__main__":
    try:
        made = build(read_plan(Path(sys.argv[1])), progress=_Spoken("--hold" in sys.argv))
        sys.stdout.write(f"built {made.id}\n")
    except CivsocError as fault:
        sys.stdout.write(f"{type(fault).__name__} {fault}\n")
        sys.exit(fault.exit_code)
