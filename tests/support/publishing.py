"""A server on this machine that answers as a test says, for tests of fetching."""

import contextlib
import json
import threading
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Answer:
    """What the server says: a body, or more of it promised than is sent."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    cut: int = 0

    @classmethod
    def json(cls, value: object) -> "Answer":
        """An answer in JSON."""
        return cls(json.dumps(value).encode(), headers={"Content-Type": "application/json"})


@dataclass
class Site:
    """A server: its address, what was asked of it, and how it answers a path and a query."""

    answer: Callable[[str, Mapping[str, str]], Answer]
    url: str = ""
    asked: list[str] = field(default_factory=list[str])


@contextlib.contextmanager
def site(answer: Callable[[str, Mapping[str, str]], Answer]) -> Generator[Site]:
    """A server that answers so, until the block ends."""
    state = Site(answer)

    class Publisher(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append(self.path)
            parts = urlsplit(self.path)
            said = state.answer(parts.path, {key: values[0] for key, values in parse_qs(parts.query).items()})
            self.send_response(said.status)
            for name, value in said.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(said.body) + said.cut))
            self.end_headers()
            self.wfile.write(said.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name in the library)
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Publisher) as server:
        state.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield state
        finally:
            server.shutdown()
            thread.join()
