"""Commands of `civsoc`, each in a process of its own: forked from one that has imported all that they need.

`civsoc` takes longer to import than most commands take to run.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from endpoint.cli.commands import main
from tests.support.paths import ROOT

USED = (
    "graph.mapping.command",
    "graph.acquisition.readers.directory",
    "graph.acquisition.readers.threesixty",
    "mappings.threesixty",
    "openpyxl",
)


@dataclass(frozen=True)
class Limits:
    """What a process gets before the system stops it."""

    address_bytes: int
    cpu_seconds: int


@dataclass(frozen=True)
class Ended:
    """How a process ended: exit code, what it said, CPU seconds, and the most memory that it or a child of it took."""

    code: int
    said: str
    seconds: float
    kilobytes: int


class Forks:
    """The process that others are forked from."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def run(self, arguments: Sequence[str], folder: Path, limits: Limits) -> Ended:
        """Run `civsoc` with these arguments; its temporary files, and what it says, lie in the folder."""
        order = [*arguments], str(folder), limits.address_bytes, limits.cpu_seconds
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        code, seconds, kilobytes = json.loads(self._process.stdout.readline())
        return Ended(code, (folder / "said").read_text("utf-8", "replace"), seconds, kilobytes)


@contextmanager
def forks() -> Generator[Forks]:
    """One such process, which ends with the block."""
    command = [sys.executable, "-m", __name__]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Forks(process)


def _serve() -> None:
    """Carry out orders, line by line, until there are no more; each child ends as the command does."""
    for name in USED:
        import_module(name)
    for line in sys.stdin:
        arguments, folder, address_bytes, cpu_seconds = json.loads(line)
        child = os.fork()
        if not child:
            _become(Path(folder), Limits(address_bytes, cpu_seconds))
            sys.argv = ["civsoc", *arguments]
            main()
            return
        _, status, usage = os.wait4(child, 0)
        answer = os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _become(folder: Path, limits: Limits) -> None:
    """What a process started for this alone would be."""
    said = os.open(folder / "said", os.O_WRONLY | os.O_CREAT)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for mine, opened in ((0, nothing), (1, said), (2, said)):
        os.dup2(opened, mine)
    os.environ["TMPDIR"] = str(folder)
    resource.setrlimit(resource.RLIMIT_AS, (limits.address_bytes, limits.address_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds))


if __name__ == "__main__":
    _serve()
