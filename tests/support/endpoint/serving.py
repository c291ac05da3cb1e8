"""A real server in a process of its own, for tests over HTTP. Also the program that this process runs."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import httpx

from endpoint.serve import serve
from endpoint.service.settings import Settings

__all__ = ["Server", "serving"]

STARTS_WITHIN = 120.0
"""Seconds; it takes one, unless a machine has much else to do."""


@dataclass(frozen=True)
class Server:
    """A running server; `client` speaks to it."""

    process: subprocess.Popen[bytes]
    client: httpx.Client
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, query: str, accept: str = "application/sparql-results+json", **more: str) -> httpx.Response:
        return self.client.get("/sparql", params={"query": query, **more}, headers={"Accept": accept})

    def health(self) -> dict[str, str | int | bool]:
        fields: dict[str, str | int | bool] = self.client.get("/health").json()
        return fields

    def workers(self) -> list[int]:
        """Process numbers of the query workers."""
        pid = self.process.pid
        tasks = Path(f"/proc/{pid}/task").iterdir()
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]


@contextlib.contextmanager
def serving(out: Path, **settings: float) -> Generator[Server]:
    """Serves `out/current` on a free port until the block ends; the server must then end cleanly."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "tests.support.endpoint.serving", str(out), str(port), json.dumps(settings)]
    spool = out / "tmp"
    spool.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryFile() as said,  # and no pipe, which would be full after some tracebacks
        subprocess.Popen(command, stderr=said, env={**os.environ, "TMPDIR": str(spool)}) as process,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client,
    ):
        try:
            _wait_until_ready(process, client)
            yield Server(process, client, port)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(STARTS_WITHIN)


def _wait_until_ready(process: subprocess.Popen[bytes], client: httpx.Client) -> None:
    limit = time.monotonic() + STARTS_WITHIN
    while process.poll() is None and time.monotonic() < limit:
        with contextlib.suppress(httpx.TransportError):
            if client.get("/health").status_code == 200:
                return
        time.sleep(0.05)
    raise RuntimeError(f"the server does not start (exit code {process.poll()})")


if __name__ == "__main__":
    serve(Path(sys.argv[1]), port=int(sys.argv[2]), settings=Settings(**json.loads(sys.argv[3])))
