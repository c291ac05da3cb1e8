"""`python -m tests.support.builds.run_build BUILD.toml`: a build that another process can watch and hold.

Prints a line for each stage, source and note. With `--hold` it waits for a line on standard input after each. As
builds within a test do, it gives the reference engine one node of each class.
"""

import sys
from pathlib import Path

from graph.build.plan import read_plan
from graph.build.run import build
from graph.build.stages import whole
from graph.errors import CivsocError
from tests.support.builds.running import cross_check_of_few


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
    whole.__dict__["cross_check"] = cross_check_of_few
    try:
        made = build(read_plan(Path(sys.argv[1])), progress=_Spoken("--hold" in sys.argv))
        sys.stdout.write(f"built {made.id}\n")
    except CivsocError as fault:
        sys.stdout.write(f"{type(fault).__name__} {fault}\n")
        sys.exit(fault.exit_code)
