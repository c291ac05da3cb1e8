"""One query worker as the web process sees it: start, ask, kill."""

import asyncio
import contextlib
import os
import signal
import sys
from pathlib import Path

from endpoint.service.errors import BadQuery, MemoryLimit, NotAcceptable, ResultLimit, ServiceFault
from endpoint.service.release import Served
from endpoint.service.settings import MEGABYTE, Settings
from endpoint.workers.answer import Answer
from endpoint.workers.frames import HEADER, Job, Kind, frame, header
from graph.errors import CivsocError

__all__ = ["NARROW", "Worker", "WorkerLost"]

LONG_NICENESS = 15
NARROW = "narrow it: name a class, a graph or an area, join on fewer rows, or avoid ORDER BY over everything"


class WorkerLost(ServiceFault):
    """The process had ended before it could begin with the query; another one may answer."""


class Worker:
    """A process that answers one query at a time over one release."""

    def __init__(self, process: asyncio.subprocess.Process, release: str, spool: Path, settings: Settings) -> None:
        self._process, self._spool, self._settings = process, spool, settings
        self.release = release
        self.network = "guarded"
        self._spent = False

    @classmethod
    async def start(cls, release: Served, spool: Path, settings: Settings) -> "Worker":
        """Starts a process and waits until it can answer; OSError when it cannot."""
        limits = (str(settings.query_memory), str(settings.result_bytes))
        process = await asyncio.create_subprocess_exec(
            # -P: a file of this name in the working directory is not ours.
            *(sys.executable, "-P", "-m", "endpoint.workers.worker"),
            *(str(release.folder.resolve() / "store"), str(spool), *limits, str(os.getpid())),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            # A backtrace takes memory, and there is none left when the engine writes one.
            env={**os.environ, "RUST_BACKTRACE": "0"},
        )
        worker = cls(process, release.id, spool, settings)
        try:
            _, network = await worker._receive()
        except BaseException as error:
            await worker.kill()
            if isinstance(error, asyncio.IncompleteReadError):
                raise OSError(f"it ended with {process.returncode} before it was ready") from error
            raise
        worker.network = network.decode()
        return worker

    @property
    def fit(self) -> bool:
        """Whether it can take another query: it lives, and has not been left at the edge of its memory."""
        return self._process.returncode is None and not self._pipe_out.at_eof() and not self._spent

    async def ask(self, job: Job) -> Answer:
        """The answer, or the fault in words. After a cancel the worker is of no more use."""
        begun = False
        try:
            pipe = self._process.stdin
            assert pipe is not None
            pipe.write(frame(Kind.JOB, job.to_bytes()))
            await pipe.drain()
            begun = (await self._receive())[0] is Kind.BEGUN
            kind, payload = await self._receive()
            self._spent = kind is Kind.MEMORY
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            code = await self._process.wait()
            if not begun:
                raise WorkerLost("query", "the process for it had ended", "try again") from error
            raise self._death(code) from error
        if kind is Kind.INLINE:
            return Answer(self.release, len(payload), payload)
        if kind is Kind.FILE:
            return Answer.from_spool(self.release, self._spool)
        raise self._fault(kind, payload.decode())

    def yield_to_others(self) -> None:
        """Lets short queries go first on the processor. Permanently: only root may lower niceness again."""
        with contextlib.suppress(ProcessLookupError):  # it may just have ended, which `ask` reports
            os.setpriority(os.PRIO_PROCESS, self._process.pid, LONG_NICENESS)

    async def kill(self) -> None:
        """Ends the process at once and takes away what it has left."""
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
        if self._process.stdin is not None:
            self._process.stdin.close()
        await self._process.wait()
        self._spool.unlink(missing_ok=True)

    @property
    def _pipe_out(self) -> asyncio.StreamReader:
        assert self._process.stdout is not None
        return self._process.stdout

    async def _receive(self) -> tuple[Kind, bytes]:
        kind, length = header(await self._pipe_out.readexactly(HEADER.size))
        return kind, await self._pipe_out.readexactly(length)

    def _fault(self, kind: Kind, words: str) -> CivsocError:
        if kind is Kind.BAD_QUERY:
            return BadQuery("query", words, "see https://www.w3.org/TR/sparql11-query/ for the language")
        if kind is Kind.WRONG_FORM:
            return NotAcceptable("query", f"its answer is {words}", "ask for a format of such answers")
        if kind is Kind.RESULT:
            fact = f"its answer is larger than {self._settings.result_bytes / MEGABYTE:g} MB"
            return ResultLimit("query", fact, "ask for less with LIMIT, or download the data's dumps")
        if kind is Kind.MEMORY:
            return self._out_of_memory()
        return ServiceFault("query", words, "try again; if it stays so, inform the people who run this service")

    def _out_of_memory(self) -> MemoryLimit:
        fact = f"it needs more memory than {self._settings.query_memory / 1000 / MEGABYTE:g} GB"
        return MemoryLimit("query", fact, NARROW)

    def _death(self, code: int) -> CivsocError:
        """The fault behind the end of a process. The engine aborts when it gets no memory, and the kernel kills
        when there is none left; a stack that overflows is a segmentation fault."""
        if code in (-signal.SIGABRT, -signal.SIGKILL):
            return self._out_of_memory()
        if code in (-signal.SIGSEGV, -signal.SIGBUS):
            return BadQuery("query", "it is nested too deeply, or its chains are too long", "write it more simply")
        fact = f"the process that ran it ended with {code}"
        return ServiceFault("query", fact, "try again; if it stays so, inform the people who run this service")
