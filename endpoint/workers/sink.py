"""Where a worker writes an answer to: memory while it is small, a file beyond, and never more than the limit."""

import io
from pathlib import Path
from typing import IO, TYPE_CHECKING

from endpoint.workers.frames import Kind, frame

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

__all__ = ["ResultTooLarge", "Sink"]

# An answer up to this size goes through the pipe, a larger one through a file.
INLINE = 1_000_000


class ResultTooLarge(Exception):
    """The answer passed its limit while it was being written."""


class Sink(io.BytesIO):
    """Takes an answer as it is written: in memory while small, then in the file `spool`; never more than `limit`."""

    def __init__(self, spool: Path, limit: int) -> None:
        super().__init__()
        self._spool, self._limit = spool, limit
        self._file: IO[bytes] | None = None
        self._size = 0

    def write(self, data: "ReadableBuffer", /) -> int:
        self._size += memoryview(data).nbytes
        if self._size > self._limit:
            raise ResultTooLarge
        if self._file is None and self._size > INLINE:
            self._file = self._spool.open("wb")
            self._file.write(self.getvalue())
        return super().write(data) if self._file is None else self._file.write(data)

    def reply(self) -> bytes:
        """The frame that hands the answer over."""
        if self._file is None:
            return frame(Kind.INLINE, self.getvalue())
        self._file.close()
        return frame(Kind.FILE)
