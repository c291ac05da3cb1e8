"""Runs the service: uvicorn with limits against clients that are slow or mean."""

from pathlib import Path

import uvicorn

from endpoint.app import create_app
from endpoint.deadlines import Deadlines
from endpoint.settings import Settings

__all__ = ["serve"]

# The longest request line with headers: a query of some size by GET, percent-encoded. Longer ones go by POST.
HEAD_BYTES = 256 * 1024


def serve(out: Path, host: str = "127.0.0.1", port: int = 8000, settings: Settings | None = None) -> None:
    """Serves `out/current` until it is told to stop. Only this machine can reach it unless `host` says otherwise."""
    settings = settings or Settings()
    uvicorn.Server(_config(out, host, port, settings)).run()


def _config(out: Path, host: str, port: int, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(out, settings),
        host=host,
        port=port,
        http=_protocol(settings.request_seconds),
        ws="none",
        access_log=False,
        server_header=False,
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
