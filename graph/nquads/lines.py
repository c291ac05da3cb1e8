"""Files of sorted lines, which graphs are until they are stored: sorting, joining and parting them as streams."""

import errno
import heapq
import mmap
import os
import signal
import subprocess
import tempfile
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from graph.errors import InputError

BUFFER = 1024 * 1024
"""Bytes gathered before they are written."""


@contextmanager
def sorting(target: Path) -> Generator[IO[bytes], None, None]:
    """Lines written here end up in the target sorted bytewise, each once.

    GNU sort keeps to a fixed memory however much there is; fed through a pipe, it works beside the mapping.
    """
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        command = ["sort", "-u", "-S", "256M", "-T", scratch, "-o", str(target)]
        settings = {**os.environ, "LC_ALL": "C"}
        with subprocess.Popen(
            command, BUFFER, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=settings, pipesize=BUFFER
        ) as sort:  # a pipe as large as what is written at once: the usual one has the two wait for each other
            assert sort.stdin and sort.stderr
            try:
                yield sort.stdin
                sort.stdin.close()
            except BrokenPipeError:
                pass  # sort has stopped, and says why
            except BaseException:
                sort.kill()
                with suppress(BrokenPipeError):
                    sort.stdin.close()
                raise
            said = sort.stderr.read().decode(errors="replace").strip()
            if ended := sort.wait():
                raise _sort_fault(target, ended, said)


def add_lines(files: Iterable[Path], target: Path) -> None:
    """Merge sorted files into a sorted file, which then holds every line once."""
    united = target.with_suffix(".united")
    command = ["sort", "-m", "-u", "-o", str(united), str(target), *map(str, files)]
    done = subprocess.run(command, env={**os.environ, "LC_ALL": "C"}, stderr=subprocess.PIPE, check=False)
    if done.returncode:
        raise _sort_fault(target, done.returncode, done.stderr.decode(errors="replace").strip())
    united.replace(target)


def _sort_fault(target: Path, ended: int, said: str) -> OSError | InputError:
    """What stopped sort: a full disk as the error it would have been here, anything else in its own words."""
    for reason, told in ((errno.EFBIG, ended == -signal.SIGXFSZ), (errno.ENOSPC, os.strerror(errno.ENOSPC) in said)):
        if told:
            return OSError(reason, os.strerror(reason), str(target))
    fact = f"could not be sorted: {said or f'sort ended with {ended}'}"
    return InputError(str(target), fact, "free memory, and build again")


def counts(target: Path) -> tuple[int, int]:
    """Distinct subjects and statements of a sorted file."""
    subjects = statements = 0
    last = b""
    with target.open("rb") as lines:
        for line in lines:
            statements += 1
            subject = line.partition(b" ")[0]
            if subject != last:
                subjects, last = subjects + 1, subject
    return subjects, statements


def beginning_with(path: Path, prefix: bytes) -> Iterator[bytes]:
    """The lines of a sorted file that begin with a prefix, found without reading those before them."""
    with path.open("rb") as file:
        if not file.seek(0, os.SEEK_END):
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as lines:
            lines.seek(_first_at_or_after(lines, prefix))
            while (line := lines.readline()) and line.startswith(prefix):
                yield line


def _first_at_or_after(lines: mmap.mmap, prefix: bytes) -> int:
    """The offset of the first line that does not sort before a prefix."""
    low, high = 0, len(lines)
    while low < high:
        middle = (low + high) // 2
        start = lines.rfind(b"\n", low, middle) + 1 or low
        if lines[start : start + len(prefix)] < prefix:
            end = lines.find(b"\n", middle)
            low = high if end < 0 else end + 1
        else:
            high = start
    return low


def joined(first: Iterable[bytes], second: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The sorted union of two sorted, unique streams; with each line, whether both hold it."""
    lines = heapq.merge(first, second)
    last = next(lines, None)
    for line in lines:
        if last is None:
            last = line
        elif line == last:
            yield last, True
            last = None
        else:
            yield last, False
            last = line
    if last is not None:
        yield last, False


def without(lines: Iterable[bytes], taken: Iterable[bytes]) -> Iterator[bytes]:
    """A sorted stream less the lines of another."""
    others = iter(taken)
    other = next(others, None)
    for line in lines:
        while other is not None and other < line:
            other = next(others, None)
        if line != other:
            yield line
