"""Fetching from a real server on this machine: once, again only if changed, and whole or not at all."""

import datetime
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from graph.acquisition.fetching import fetch
from graph.build.plan import read_plan
from graph.build.run import build
from graph.disk import checksum
from graph.errors import InputError
from tests.support.builds.charities import write_register
from tests.support.ports import closed_port

_TODAY = datetime.date(2026, 11, 21)


@dataclass
class Published:
    """What the publisher serves, and how often each answer was given."""

    body: bytes = b"a,b\n1,2\n"
    etag: str = '"first"'
    cut: int = 0
    """Bytes of the body that are promised and not sent."""
    busy: int = 0
    """Answers of 503 before the next."""
    modified: str = "Thu, 01 Jul 2021 12:00:00 GMT"
    answers: list[int] = field(default_factory=list[int])
    url: str = ""


def _publisher(state: Published) -> type[BaseHTTPRequestHandler]:
    """A server's answers, from what is published at the moment."""

    class Publisher(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = {"/data/charities.csv": 200, "/moved": 302, "/page": 200}
            status = known.get(self.path, 404)
            if state.busy:
                state.busy, status = state.busy - 1, 503
            start = int(self.headers.get("Range", "bytes=0-")[6:-1])
            if status == 200 and start and self.headers["If-Range"] == state.etag:
                status = 206
            if status == 200 and state.etag and self.headers["If-None-Match"] == state.etag:
                status = 304
            state.answers.append(status)
            self.send_response(status)
            self.send_header("ETag", state.etag)
            self.send_header("Last-Modified", state.modified)
            self.send_header("Location", "/data/charities.csv")
            self.send_header("Content-Type", "text/html" if self.path == "/page" else "text/csv")
            sent = state.body[start:] if status == 206 else state.body if status == 200 else b""
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent[: len(sent) - state.cut] if sent else b"")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name in the library)
            """Quiet."""

    return Publisher


@pytest.fixture
def published() -> Iterator[Published]:
    """A publisher on this machine."""
    state = Published()
    with ThreadingHTTPServer(("127.0.0.1", 0), _publisher(state)) as server:
        state.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield state
        server.shutdown()
        thread.join()


def test_a_file_is_fetched_with_its_checksum_and_the_day_it_was_changed(published: Published, tmp_path: Path) -> None:
    fetched = fetch(f"{published.url}/data/charities.csv", tmp_path / "raw", _TODAY)
    assert (tmp_path / "raw" / "charities.csv").read_bytes() == published.body
    assert fetched.sha256 == checksum(tmp_path / "raw" / "charities.csv")
    assert fetched.date == datetime.date(2021, 7, 1)


def test_an_unchanged_file_is_asked_for_and_not_sent_again(published: Published, tmp_path: Path) -> None:
    url = f"{published.url}/data/charities.csv"
    assert fetch(url, tmp_path, _TODAY) == fetch(url, tmp_path, _TODAY)
    assert published.answers == [200, 304]


def test_a_changed_file_is_fetched_again(published: Published, tmp_path: Path) -> None:
    url = f"{published.url}/data/charities.csv"
    fetch(url, tmp_path, _TODAY)
    published.body, published.etag = b"a,b\n3,4\n", '"second"'
    fetch(url, tmp_path, _TODAY)
    assert (tmp_path / "charities.csv").read_bytes() == b"a,b\n3,4\n"


def test_a_file_that_was_damaged_here_is_fetched_again(published: Published, tmp_path: Path) -> None:
    url = f"{published.url}/data/charities.csv"
    fetch(url, tmp_path, _TODAY)
    (tmp_path / "charities.csv").write_bytes(b"a,b\n1,3\n")
    fetch(url, tmp_path, _TODAY)
    assert (tmp_path / "charities.csv").read_bytes() == published.body


def test_redirects_are_followed(published: Published, tmp_path: Path) -> None:
    assert fetch(f"{published.url}/moved", tmp_path, _TODAY).name == "moved"
    assert (tmp_path / "moved").read_bytes() == published.body


def test_a_file_that_ends_too_early_is_refused_and_the_one_held_stays(published: Published, tmp_path: Path) -> None:
    url = f"{published.url}/data/charities.csv"
    fetch(url, tmp_path, _TODAY)
    held = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    published.etag, published.cut = '"second"', 3
    with pytest.raises(InputError, match=r"cannot be fetched \(peer closed connection"):
        fetch(url, tmp_path, _TODAY, waits=())
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if ".part" not in path.name} == held


def test_a_file_that_broke_off_is_gone_on_with_if_it_is_still_the_same(published: Published, tmp_path: Path) -> None:
    url = f"{published.url}/data/charities.csv"
    published.cut = 3
    with pytest.raises(InputError):
        fetch(url, tmp_path, _TODAY, waits=())
    published.cut = 0
    fetch(url, tmp_path, _TODAY)
    assert published.answers == [200, 206]
    assert (tmp_path / "charities.csv").read_bytes() == published.body
    assert sorted(path.name for path in tmp_path.iterdir()) == ["charities.csv", "charities.csv.fetched.json"]


def test_a_file_that_broke_off_and_changed_is_fetched_whole(published: Published, tmp_path: Path) -> None:
    url = f"{published.url}/data/charities.csv"
    published.cut = 3
    with pytest.raises(InputError):
        fetch(url, tmp_path, _TODAY, waits=())
    published.cut, published.body, published.etag = 0, b"a,b\n5,6\n7,8\n", '"second"'
    fetch(url, tmp_path, _TODAY)
    assert (tmp_path / "charities.csv").read_bytes() == published.body


def test_a_publisher_that_is_busy_is_asked_again(published: Published, tmp_path: Path) -> None:
    published.busy = 2
    fetch(f"{published.url}/data/charities.csv", tmp_path, _TODAY, waits=(0.01, 0.01))
    assert published.answers == [503, 503, 200]


def test_the_last_good_copy_is_used_only_if_asked_for(published: Published, tmp_path: Path) -> None:
    url = f"{published.url}/data/charities.csv"
    held = fetch(url, tmp_path, _TODAY)
    published.busy = 2
    with pytest.raises(InputError, match="answers 503"):
        fetch(url, tmp_path, _TODAY, waits=())
    assert fetch(url, tmp_path, _TODAY, stale=True, waits=()) == held


def test_a_web_page_is_no_file(published: Published, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="answers with a web page, not with a file"):
        fetch(f"{published.url}/page", tmp_path, _TODAY)
    assert list(tmp_path.iterdir()) == []


def test_an_address_without_a_file_is_named(published: Published, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"/none.csv: answers 404; correct the url, or give a file"):
        fetch(f"{published.url}/none.csv", tmp_path, _TODAY)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:{port}/a.csv", "http://no-such-host.invalid/a.csv", "http://[/a.csv"]
)
def test_without_a_network_the_message_says_what_to_do(url: str, tmp_path: Path) -> None:
    message = r"cannot be fetched \(.+\); check the connection, or give the source's file"
    with closed_port() as port, pytest.raises(InputError, match=message):
        fetch(url.format(port=port), tmp_path, _TODAY, waits=())
    assert list(tmp_path.iterdir()) == []


def test_a_build_fetches_what_has_a_url_and_dates_it(published: Published, tmp_path: Path) -> None:
    published.body = write_register(tmp_path / "register.csv", 10).read_bytes()
    text = f'[sources.oscr]\nurl = "{published.url}/data/charities.csv"\nexpect = {{ rows = 10 }}\n'
    (tmp_path / "build.toml").write_text(text, encoding="utf-8")
    plan = read_plan(tmp_path / "build.toml")
    first, second = (build(plan).source("oscr") for _ in range(2))
    assert first and second
    assert first.date == datetime.date(2021, 7, 1)
    assert (first.sha256, first.rows) == (second.sha256, 10)
    assert published.answers == [200, 304]
