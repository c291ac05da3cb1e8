"""Ports of this machine where certainly nobody listens."""

import contextlib
import socket
from collections.abc import Generator

__all__ = ["closed_port"]


@contextlib.contextmanager
def closed_port() -> Generator[int]:
    """A port that refuses connections until the block ends: it is taken, and nothing listens there."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield int(taken.getsockname()[1])
