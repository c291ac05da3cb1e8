"""The pool of query workers: who runs now, who waits, who is stopped.

Every query starts as a short one. After `short_seconds` it needs one of the few places for long queries; when those
are taken it is stopped and started again once one is free, so that long queries, however many, never hold all
workers. A worker that ran a long query, was stopped or died is replaced by a fresh one.
"""

import asyncio
import logging
import tempfile
from collections import deque
from collections.abc import AsyncGenerator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path

from endpoint.answer import Answer
from endpoint.current import Served
from endpoint.errors import Busy, TimeLimit
from endpoint.frames import Job
from endpoint.process import NARROW, Worker
from endpoint.settings import Settings

__all__ = ["Pool"]

log = logging.getLogger("civsoc.workers")


class _Overdue(Exception):
    """A short query turned out long while every place for long ones was taken."""


class Pool:
    """Answers queries over the served release by processes that can be killed."""

    def __init__(self, release: Served, settings: Settings) -> None:
        self._release, self._settings = release, settings
        self._spool = tempfile.TemporaryDirectory(prefix="civsoc-")
        self._workers: set[Worker] = set()
        self._idle: list[Worker] = []
        self._takers: deque[asyncio.Future[Worker]] = deque()
        self._crowded = asyncio.Event()
        self._long = asyncio.Semaphore(settings.long_queries)
        self._waiting = 0
        self._number = 0
        self._chores: set[asyncio.Task[None]] = set()
        self._closing = False

    @property
    def size(self) -> int:
        """How many workers are alive."""
        return len(self._workers)

    @property
    def network(self) -> str:
        """ "none" when no worker can open a connection, else "guarded"."""
        return "none" if all(worker.network == "none" for worker in self._workers) else "guarded"

    @property
    def busy(self) -> int:
        """How many workers are at a query."""
        return len(self._workers) - len(self._idle)

    @property
    def waiting(self) -> int:
        """How many queries wait for a place."""
        return self._waiting

    async def start(self) -> None:
        """Starts every worker; returns when all are ready. OSError when not even one starts."""
        self._adopt(await self._new_worker())
        await asyncio.gather(*(self._add_worker() for _ in range(self._settings.workers - 1)))

    async def stop(self) -> None:
        """Ends every worker, whatever it is at."""
        self._closing = True
        for chore in self._chores:
            chore.cancel()
        await asyncio.gather(*self._chores, return_exceptions=True)
        await asyncio.gather(*(worker.kill() for worker in self._workers))
        self._workers.clear()
        self._idle.clear()
        self._spool.cleanup()

    async def renew(self, release: Served) -> None:
        """Moves to another release: idle workers are exchanged one by one, busy ones when they are done."""
        self._release = release
        for worker in [worker for worker in self._workers if worker.release != release.id]:
            if worker in self._idle:
                self._idle.remove(worker)
                await self._replace(worker)

    async def run(self, job: Job) -> Answer:
        """The answer to `job`, or the fault that says which limit it broke. Cancelling stops the query."""
        try:
            worker = await self._take()
            return await self._attempt(worker, job, long=False)
        except _Overdue:
            pass
        async with self._long_place():
            worker = await self._take()
            return await self._attempt(worker, job, long=True)

    async def _attempt(self, worker: Worker, job: Job, *, long: bool) -> Answer:
        """Runs `job` on a worker taken for it and gives the worker back, or replaces it where it cannot go on."""
        asking = asyncio.ensure_future(worker.ask(job))
        brief = False
        try:
            brief = not long and await self._done_briefly(asking)
            if long:
                await self._run_on(worker, asking, self._settings.query_seconds)
            elif not brief:
                await self._promote(worker, asking)
            return asking.result()
        finally:
            asking.cancel()
            self._give_back(worker, fit=brief and worker.fit)

    @property
    def _short_seconds(self) -> float:
        return min(self._settings.short_seconds, self._settings.query_seconds)

    async def _done_briefly(self, asking: "asyncio.Future[Answer]") -> bool:
        """Whether the query ends within its short time, of which it has less while others wait for a worker."""
        if await _done_within(asking, self._short_seconds / 5):
            return True
        crowded = asyncio.ensure_future(self._crowded.wait())
        try:
            await asyncio.wait(
                {asking, crowded}, timeout=self._short_seconds * 4 / 5, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            crowded.cancel()
        return asking.done()

    async def _promote(self, worker: Worker, asking: "asyncio.Future[Answer]") -> None:
        """Lets a query that has run its short time run on, if one of the places for long ones is free."""
        if self._long.locked():
            raise _Overdue
        async with self._long:
            await self._run_on(worker, asking, self._settings.query_seconds - self._short_seconds)

    async def _run_on(self, worker: Worker, asking: "asyncio.Future[Answer]", seconds: float) -> None:
        worker.yield_to_others()
        if not await _done_within(asking, seconds):
            fact = f"it ran for more than {self._settings.query_seconds:g} seconds and was stopped"
            raise TimeLimit("query", fact, NARROW)

    @asynccontextmanager
    async def _long_place(self) -> AsyncGenerator[None, None]:
        async with self._patience():
            await self._long.acquire()
        try:
            yield
        finally:
            self._long.release()

    async def _take(self) -> Worker:
        """An idle worker of the served release, after a wait in the queue where there is none."""
        while self._idle:
            worker = self._idle.pop()
            if worker.fit:
                return worker
            self._start_chore(self._replace(worker))
        taker: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._takers.append(taker)
        self._crowded.set()
        try:
            async with self._patience():
                return await taker
        except BaseException:
            if taker.done() and not taker.cancelled():
                self._offer(taker.result())
            raise
        finally:
            if taker in self._takers:
                self._takers.remove(taker)
            if not self._takers:
                self._crowded.clear()

    @asynccontextmanager
    async def _patience(self) -> AsyncGenerator[None, None]:
        """A wait that counts towards the queue's length and ends in Busy when it is too long."""
        if self._waiting >= self._settings.queue:
            raise Busy("query", f"{self._waiting} others are waiting already", "try again in a few seconds")
        self._waiting += 1
        try:
            async with asyncio.timeout(self._settings.queue_seconds):
                yield
        except TimeoutError as error:
            fact = f"no place became free within {self._settings.queue_seconds:g} seconds"
            raise Busy("query", fact, "try again later") from error
        finally:
            self._waiting -= 1

    def _offer(self, worker: Worker) -> None:
        """Hands a free worker to whoever has waited longest."""
        while self._takers:
            taker = self._takers.popleft()
            if not taker.done():
                taker.set_result(worker)
                return
        self._idle.append(worker)

    def _give_back(self, worker: Worker, *, fit: bool) -> None:
        if self._closing:
            return
        if fit and worker.release == self._release.id:
            self._offer(worker)
        else:
            self._start_chore(self._replace(worker))

    async def _replace(self, worker: Worker) -> None:
        # The old one is killed beside, as the kernel takes a while to take gigabytes back.
        self._workers.discard(worker)
        self._start_chore(worker.kill())
        await self._add_worker()

    async def _add_worker(self) -> None:
        """Starts a worker, again and again where the machine is short of something."""
        while not self._closing:
            try:
                worker = await self._new_worker()
            except OSError as error:
                log.error("a query worker does not start: %s", error)
                await asyncio.sleep(1)
                continue
            self._adopt(worker)
            return

    async def _new_worker(self) -> Worker:
        self._number += 1
        return await Worker.start(self._release, Path(self._spool.name) / str(self._number), self._settings)

    def _adopt(self, worker: Worker) -> None:
        self._workers.add(worker)
        self._give_back(worker, fit=True)

    def _start_chore(self, work: Coroutine[None, None, None]) -> None:
        chore = asyncio.ensure_future(work)
        self._chores.add(chore)
        chore.add_done_callback(self._chores.discard)


async def _done_within(asking: "asyncio.Future[Answer]", seconds: float) -> bool:
    done, _ = await asyncio.wait({asking}, timeout=seconds)
    return bool(done)
