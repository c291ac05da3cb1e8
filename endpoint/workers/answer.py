"""A query's answer on its way from a worker to a client."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

__all__ = ["Answer"]

CHUNK = 256 * 1024


@dataclass(frozen=True)
class Answer:
    """The whole answer, in memory or in a file that has no name any more; `release` is the one that it is of."""

    release: str
    size: int
    body: bytes = b""
    file: IO[bytes] | None = None

    @classmethod
    def from_spool(cls, release: str, spool: Path) -> "Answer":
        """Opens what a worker has written: unlinked at once, so that nothing is left however this ends."""
        file = spool.open("rb")
        spool.unlink()
        size = file.seek(0, 2)
        file.seek(0)
        return cls(release, size, file=file)

    def read(self) -> bytes:
        return b"".join(self.chunks())

    def chunks(self) -> Iterator[bytes]:
        if self.file is None:
            yield self.body
            return
        with self.file:
            while chunk := self.file.read(CHUNK):
                yield chunk
