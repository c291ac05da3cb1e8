"""Mapping several sources at once, one process each, with their progress reported to one listener."""

import os
import signal
import threading
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from multiprocessing import connection, get_context, parent_process
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Event
from pathlib import Path

from graph.errors import ReleaseError
from graph.mapping.run import map_source
from graph.nquads.mapped import Mapped
from graph.progress import Progress
from graph.sources.source import Source

MOST_WORKERS = 4
"""Each may take some 300 MB to sort in, so more cores do not mean more workers without end."""

SMALL = 4_000_000
"""Bytes of all jobs of a run that are mapped sooner than processes for them have begun."""

_POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Job:
    """Map these files of a source into that one."""

    source: Source
    files: tuple[Path, ...]
    target: Path
    base: str
    references: Path | None = None
    """The IRIs that other sources refer to, for a lookup source."""

    @property
    def size(self) -> int:
        """Bytes to read."""
        return sum(file.stat().st_size for file in self.files)


@dataclass(frozen=True, slots=True)
class _Line:
    """How a worker and its parent talk: rows mapped go up, the wish to stop comes down."""

    rows: "SimpleQueue[tuple[str, int]]"
    stop: Event


Run = Callable[[Sequence[Job]], list[Mapped]]


@contextmanager
def crew(size: int, progress: Progress) -> Generator[Run, None, None]:
    """Processes for at most so many jobs at once. What is yielded runs jobs, as often as it is called.

    Jobs that are small together are run in this process, one after the other. The first job that fails stops the
    others and its error is raised.
    """
    with ExitStack() as stack:
        workers = cache(lambda: stack.enter_context(_workers(size)))

        def run(jobs: Sequence[Job]) -> list[Mapped]:
            if sum(job.size for job in jobs) < SMALL:
                return [_map(job, progress.rows) for job in jobs]
            return _run(*workers(), jobs, progress)

        yield run


@contextmanager
def _workers(size: int) -> Generator[tuple[ProcessPoolExecutor, _Line], None, None]:
    """As many processes as there are cores and jobs for, and the line to them."""
    context = get_context("spawn")  # a fork would copy the parent's threads' locks as they stand
    line = _Line(context.SimpleQueue(), context.Event())
    workers = max(1, min(size, MOST_WORKERS, os.cpu_count() or 1))
    with ProcessPoolExecutor(workers, context, _begin, (line,)) as pool:
        try:
            yield pool, line
        except BrokenProcessPool:
            fact = "a worker process was killed, most likely because memory ran out"
            raise ReleaseError("mapping", fact, "free memory, or build fewer sources at once with --only") from None
        finally:
            line.stop.set()
            pool.shutdown(cancel_futures=True)


def _run(pool: ProcessPoolExecutor, line: _Line, jobs: Sequence[Job], progress: Progress) -> list[Mapped]:
    largest_first = sorted(jobs, key=lambda job: (-job.size, job.source.name))
    running = [pool.submit(_map, job, _report) for job in largest_first]
    _listen(running, line, progress)
    for failed in (each for each in running if each.done() and each.exception()):
        failed.result()
    return sorted((each.result() for each in running), key=lambda mapped: mapped.source)


def _listen(running: Sequence[Future[Mapped]], line: _Line, progress: Progress) -> None:
    """Pass progress on until all jobs are done or one has failed."""
    pending = set(running)
    while pending and not any(each.exception() for each in running if each.done()):
        _, pending = wait(pending, _POLL_SECONDS)
        while not line.rows.empty():
            progress.rows(*line.rows.get())


class _Stopped(Exception):
    """Another job failed, so this one need not go on."""


_line: _Line | None = None


def _begin(line: _Line) -> None:
    """Set up a worker: it hears its parent, leaves Ctrl-C to it, and ends when the parent does."""
    global _line
    _line = line
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A worker whose parent was killed would otherwise write on into a folder that the next build clears."""
    if parent := parent_process():
        connection.wait([parent.sentinel])
        os._exit(1)


def _map(job: Job, report: Callable[[str, int], None]) -> Mapped:
    return map_source(
        job.source, job.files, job.target, job.base, lambda count: report(job.source.name, count), job.references
    )


def _report(source: str, count: int) -> None:
    if _line:
        _line.rows.put((source, count))
        if _line.stop.is_set():
            raise _Stopped
