"""Uploaded lists that are checked: one at a time, each in a process that can be killed.

Nothing is kept: the process has a folder of its own, which is gone when the answer is there, and what it says on
standard error, where a fault might repeat a cell, goes nowhere.
"""

import asyncio
import contextlib
import math
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import ValidationError

from endpoint.service.errors import Busy, MemoryLimit, ServiceFault, TimeLimit
from endpoint.service.settings import MEGABYTE, Settings
from endpoint.workers.outcome import Outcome

__all__ = ["Checks"]

OTHERWISE = "check it on a computer of your own with `civsoc check`"


class Checks:
    """The places for lists: one that is checked, a few that wait."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._running = asyncio.Semaphore(1)
        self.held = 0
        """Lists that are checked or wait, and so are held in memory."""

    @asynccontextmanager
    async def place(self) -> AsyncGenerator[None, None]:
        """A place, taken before a list is even received; Busy if there is none."""
        if self.held > self._settings.check_queue:
            raise Busy("check", f"{self.held} lists are being checked already", "try again in a minute")
        self.held += 1
        try:
            yield
        finally:
            self.held -= 1

    async def run(self, content_type: str, form: str, body: bytes) -> Outcome:
        """The outcome for the list in a form, or the fault that says which limit it broke."""
        try:
            async with asyncio.timeout(self._settings.queue_seconds):
                await self._running.acquire()
        except TimeoutError as error:
            raise Busy("check", "other lists take long", "try again in a minute") from error
        folder = Path(tempfile.mkdtemp(prefix="civsoc-check-"))
        try:
            return await self._checked(folder, f"{content_type}\n{form}\n".encode("latin-1", "replace") + body)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            self._running.release()

    async def _checked(self, folder: Path, upload: bytes) -> Outcome:
        settings = self._settings
        process = await asyncio.create_subprocess_exec(
            # -P: a file of this name in the working directory is not ours.
            *(sys.executable, "-P", "-m", "endpoint.workers.checker"),
            *(str(folder), str(settings.check_memory), str(math.ceil(settings.check_seconds)), str(os.getpid())),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={**os.environ, "TMPDIR": str(folder)},
        )
        try:
            async with asyncio.timeout(settings.check_seconds):
                output, _ = await process.communicate(upload)
        except TimeoutError as error:
            raise TimeLimit("check", f"it took more than {settings.check_seconds:g} seconds", OTHERWISE) from error
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        return self._outcome(output, process.returncode)

    def _outcome(self, output: bytes, code: int | None) -> Outcome:
        """The outcome, if the process came to one: it may have run out of memory or of processor time."""
        try:
            return Outcome.from_bytes(output)
        except ValidationError as error:
            if code and code > 0:
                fact = f"it needs more memory than {self._settings.check_memory / MEGABYTE:g} MB, or is damaged"
                raise MemoryLimit("check", fact, OTHERWISE) from error
            raise ServiceFault("check", "the list could not be checked to its end", OTHERWISE) from error
