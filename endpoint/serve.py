"""Runs the service: uvicorn with limits against clients that are slow or hostile."""

import contextlib
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from endpoint.app import create_app
from endpoint.http.deadlines import Deadlines
from endpoint.service.settings import Settings
from graph.errors import ReleaseError, UsageError

__all__ = ["serve"]

# The longest request line with headers: a query of some size by GET, percent-encoded. Longer ones go by POST.
HEAD_BYTES = 256 * 1024


def serve(
    out: Path,
    host: str = "127.0.0.1",
    port: int = 8000,
    settings: Settings | None = None,
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Serves `out/current` until it is stopped. Only this machine can reach it unless `host` allows others.

    `ready` runs once the release is open and the address is taken.
    """
    settings = settings or Settings()
    with _listen(host, port) as listener:
        server = uvicorn.Server(_config(create_app(out, settings), host, port, settings))
        ready()
        with contextlib.suppress(KeyboardInterrupt):  # that is how a person stops it
            server.run(sockets=[listener])
    if not server.started:
        raise ReleaseError(str(out), "the service does not start", "see the messages above")


def _listen(host: str, port: int) -> socket.socket:
    """Binds before anything else is made, so that an address in use is reported at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol has to be named: asyncio sends without delay (TCP_NODELAY, 40 ms) only on sockets that say TCP.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        return listener
    except OSError as error:
        listener.close()
        remedy = "choose another with --host and --port, or stop what listens there"
        raise UsageError(f"{host}:{port}", f"cannot listen here ({error.strerror})", remedy) from error


def _config(app: FastAPI, host: str, port: int, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        http=_protocol(settings.request_seconds),
        ws="none",
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,  # whatever a client says of itself and of us is not believed
        limit_concurrency=settings.connections,
        timeout_keep_alive=settings.idle_seconds,
        timeout_graceful_shutdown=settings.stop_seconds,
        h11_max_incomplete_event_size=HEAD_BYTES,
    )


def _protocol(seconds: float) -> type[Deadlines]:
    class Limited(Deadlines):
        """uvicorn makes its protocols itself, so the limit is a matter of the class."""

    Limited.seconds = seconds
    return Limited
