"""The query workers of one service: as many as wanted, of the served release, each idle or at one query."""

import asyncio
import logging
import shutil
import tempfile
from collections import deque
from collections.abc import Coroutine
from pathlib import Path

from endpoint.service.release import Served
from endpoint.service.settings import Settings
from endpoint.workers.process import Worker

__all__ = ["Crew"]

log = logging.getLogger("civsoc.workers")


class Crew:
    """Lends workers out. One that comes back unfit is replaced, one of an old release is exchanged."""

    def __init__(self, release: Served, settings: Settings) -> None:
        self._release, self._settings = release, settings
        self._spool = Path()
        self._workers: set[Worker] = set()
        self._idle: list[Worker] = []
        self._leaving: set[Worker] = set()
        # Two at once: in a crowd one worker soon is worth more than many later.
        self._starting = asyncio.Semaphore(2)
        self._takers: deque[asyncio.Future[Worker]] = deque()
        self._chores: set[asyncio.Task[None]] = set()
        self._number = 0
        self._coming = 0
        self._closing = False
        self.crowded = asyncio.Event()
        """Set while somebody waits for a worker."""

    @property
    def size(self) -> int:
        return len(self._workers)

    @property
    def busy(self) -> int:
        return len(self._workers) - len(self._idle) + len(self._leaving)

    @property
    def network(self) -> str:
        """What a worker could reach: "none", or "guarded" where nothing but the check of queries prevents it."""
        return "none" if all(worker.network == "none" for worker in self._workers) else "guarded"

    async def start(self) -> None:
        """Starts every worker; returns when all are ready. OSError when not even one starts."""
        self._spool = Path(tempfile.mkdtemp(prefix="civsoc-"))
        self._adopt(await self._new_worker())
        await asyncio.gather(*(self._add() for _ in range(self._settings.workers - 1)))

    async def stop(self) -> None:
        """Ends every worker, whatever it is at."""
        self._closing = True
        for chore in self._chores:
            chore.cancel()
        await asyncio.gather(*self._chores, return_exceptions=True)
        await asyncio.gather(*(worker.kill() for worker in self._workers | self._leaving))
        self._workers.clear()
        self._leaving.clear()
        self._idle.clear()
        if self._spool != Path():  # that is, if it was started
            shutil.rmtree(self._spool, ignore_errors=True)

    async def renew(self, release: Served) -> None:
        """Exchanges the workers one by one for those of another release. The new one is there before the old one
        goes, so that no query waits for it."""
        self._release = release
        while sum(not self._is_current(worker) for worker in self._workers) > self._surplus:
            await self._add()
            old = next((worker for worker in self._idle if not self._is_current(worker)), None)
            if old is not None:
                self._idle.remove(old)
                self.give_back(old, fit=old.fit)

    async def take(self) -> Worker:
        """An idle worker, after a wait where there is none."""
        while self._idle:
            worker = self._idle.pop()
            if worker.fit:
                return worker
            self.give_back(worker, fit=False)
        taker: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._takers.append(taker)
        self.crowded.set()
        try:
            return await taker
        except asyncio.CancelledError:
            if taker.done() and not taker.cancelled():
                self.give_back(taker.result(), fit=True)
            raise
        finally:
            self._forget(taker)

    def let_go(self, worker: Worker) -> None:
        """Replaces a worker now that will be of no more use after the query it is at."""
        worker.yield_to_others()
        self._workers.discard(worker)
        self._leaving.add(worker)
        self._fill_up()

    def give_back(self, worker: Worker, *, fit: bool) -> None:
        """Ends the loan. A worker that is not `fit` for another query is killed and replaced."""
        if self._closing:
            return
        if fit and self._is_wanted(worker):
            self._offer(worker)
            return
        # Killed beside, as the kernel takes a while to take gigabytes back.
        self._workers.discard(worker)
        self._leaving.discard(worker)
        self._start_chore(worker.kill())
        self._fill_up()

    def _fill_up(self) -> None:
        if self.size + self._coming < self._settings.workers:
            self._coming += 1
            self._start_chore(self._come())

    async def _come(self) -> None:
        try:
            await self._add()
        finally:
            self._coming -= 1

    @property
    def _surplus(self) -> int:
        return max(self.size - self._settings.workers, 0)

    def _is_current(self, worker: Worker) -> bool:
        return worker.release == self._release.id

    def _is_wanted(self, worker: Worker) -> bool:
        """Whether it stays: there are not too many, or there are old ones that are to go first."""
        return self._surplus == 0 or (self._is_current(worker) and not all(map(self._is_current, self._workers)))

    def _offer(self, worker: Worker) -> None:
        """Hands a free worker to the one that has waited longest."""
        while self._takers:
            taker = self._takers.popleft()
            if not taker.done():
                taker.set_result(worker)
                return
        self._idle.append(worker)

    def _forget(self, taker: asyncio.Future[Worker]) -> None:
        if taker in self._takers:
            self._takers.remove(taker)
        if not self._takers:
            self.crowded.clear()

    async def _add(self) -> None:
        """Starts a worker, again and again where the machine is short of something."""
        while not self._closing:
            try:
                self._adopt(await self._new_worker())
            except OSError as error:
                log.error("a query worker does not start: %s", error)
                await asyncio.sleep(1)
            else:
                return

    async def _new_worker(self) -> Worker:
        self._number += 1
        spool = self._spool / str(self._number)
        async with self._starting:
            return await Worker.start(self._release, spool, self._settings)

    def _adopt(self, worker: Worker) -> None:
        self._workers.add(worker)
        self.give_back(worker, fit=True)

    def _start_chore(self, work: Coroutine[None, None, None]) -> None:
        chore = asyncio.ensure_future(work)
        self._chores.add(chore)
        chore.add_done_callback(self._chores.discard)
