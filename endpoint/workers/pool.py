"""Who runs now, who waits, who is stopped.

Every query starts as a short one. After `short_seconds` it needs one of the few places for long queries; when those
are taken it is stopped and started again once one is free, so that long queries, however many, never hold all
workers. A worker that runs a long query is replaced at once and ends with it; so is one that was stopped or died.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from typing import Literal

from endpoint.service.errors import Busy, TimeLimit
from endpoint.service.release import Served
from endpoint.service.settings import Settings
from endpoint.workers.answer import Answer
from endpoint.workers.crew import Crew
from endpoint.workers.frames import Job
from endpoint.workers.process import NARROW, Worker, WorkerLost

__all__ = ["Pool"]


class _Overdue(Exception):
    """A short query turned out long while every place for long ones was taken."""


class Pool:
    """Answers queries over the served release by processes that can be killed."""

    def __init__(self, release: Served, settings: Settings) -> None:
        self._settings = settings
        self.crew = Crew(release, settings)
        self._long = asyncio.Semaphore(settings.long_queries)
        self._short_seconds = min(settings.short_seconds, settings.query_seconds)
        self.waiting = 0
        """How many queries wait for a worker or for a place among the long ones."""

    async def run(self, job: Job) -> Answer:
        """The answer to `job`, or the fault that says which limit it broke. Cancelling stops the query."""
        try:
            return await self._on_a_live_worker(job, long=False)
        except _Overdue:
            pass
        async with self._long_place():
            return await self._on_a_live_worker(job, long=True)

    async def _on_a_live_worker(self, job: Job, *, long: bool) -> Answer:
        """A worker's end while it was idle may be seen only when it is asked, and it may be that of all of them."""
        for _ in range(self._settings.workers):
            with contextlib.suppress(WorkerLost):
                return await self._attempt(await self._take(), job, long=long)
        return await self._attempt(await self._take(), job, long=long)

    async def _attempt(self, worker: Worker, job: Job, *, long: bool) -> Answer:
        """Runs `job` on a worker taken for it and gives the worker back."""
        running = asyncio.ensure_future(worker.ask(job))
        brief = False
        try:
            brief = not long and await self._done_briefly(running)
            if long:
                await self._run_on(worker, running, self._settings.query_seconds)
            elif not brief:
                await self._promote(worker, running)
            return running.result()
        finally:
            running.add_done_callback(_notice)
            running.cancel()
            self.crew.give_back(worker, fit=brief and worker.fit)

    async def _done_briefly(self, running: "asyncio.Future[Answer]") -> bool:
        """Whether the query ends within its short time, of which it has less while others wait for a worker."""
        await asyncio.wait({running}, timeout=self._short_seconds / 5)
        if running.done():
            return True
        crowded = asyncio.ensure_future(self.crew.crowded.wait())
        either: set[asyncio.Future[Answer] | asyncio.Future[Literal[True]]] = {running, crowded}
        try:
            await asyncio.wait(either, timeout=self._short_seconds * 4 / 5, return_when=asyncio.FIRST_COMPLETED)
        finally:
            crowded.cancel()
        return running.done()

    async def _promote(self, worker: Worker, running: "asyncio.Future[Answer]") -> None:
        """Lets a query that has run its short time run on, if one of the places for long ones is free."""
        if self._long.locked():
            raise _Overdue
        async with self._long:
            await self._run_on(worker, running, self._settings.query_seconds - self._short_seconds)

    async def _run_on(self, worker: Worker, running: "asyncio.Future[Answer]", seconds: float) -> None:
        self.crew.let_go(worker)
        await asyncio.wait({running}, timeout=seconds)
        if not running.done():
            fact = f"it ran for more than {self._settings.query_seconds:g} seconds and was stopped"
            raise TimeLimit("query", fact, NARROW)

    async def _take(self) -> Worker:
        async with self._patience():
            return await self.crew.take()

    @contextlib.asynccontextmanager
    async def _long_place(self) -> AsyncGenerator[None, None]:
        async with self._patience():
            await self._long.acquire()
        try:
            yield
        finally:
            self._long.release()

    @contextlib.asynccontextmanager
    async def _patience(self) -> AsyncGenerator[None, None]:
        """A wait that counts towards the queue's length and ends in Busy when it is too long."""
        if self.waiting >= self._settings.queue:
            raise Busy("query", f"{self.waiting} others are waiting already", "try again in a few seconds")
        self.waiting += 1
        try:
            async with asyncio.timeout(self._settings.queue_seconds):
                yield
        except TimeoutError as error:
            fact = f"no place became free within {self._settings.queue_seconds:g} seconds"
            raise Busy("query", fact, "try again later") from error
        finally:
            self.waiting -= 1


def _notice(running: "asyncio.Future[Answer]") -> None:
    """Looks at a fault that came too late for anybody, which asyncio would otherwise report as overlooked."""
    if not running.cancelled():
        running.exception()
