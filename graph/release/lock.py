"""One writer at a time in an output folder: builds and rollbacks hold its lock, readers need none."""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import ReleaseError

NAME = "build.lock"


@contextmanager
def sole_writer(out: Path) -> Generator[None]:
    """Hold the folder's lock; ReleaseError naming the other process if somebody else holds it.

    The kernel lets go of the lock when its process ends, however it ends: a killed build blocks no other.
    """
    with (out / NAME).open("a+", encoding="ascii") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.seek(0)
            raise _turned_away(out, held.read().strip()) from None
        _sign(held.fileno())
        try:
            yield
        finally:
            os.ftruncate(held.fileno(), 0)


def _sign(descriptor: int) -> None:
    """Leave our process id for those who are turned away."""
    os.ftruncate(descriptor, 0)
    os.write(descriptor, f"{os.getpid()}\n".encode("ascii"))


def _turned_away(out: Path, pid: str) -> ReleaseError:
    return ReleaseError(
        str(out),
        f"another build is writing there, process {pid or 'unknown'}",
        f"wait until it has ended, or stop it with `kill {pid or 'PID'}`",
    )
