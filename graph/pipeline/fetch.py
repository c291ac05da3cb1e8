"""Getting the file behind a source's URL: once, whole, and again only if the publisher has changed it."""

import datetime
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import httpx
from pydantic import TypeAdapter, ValidationError

from graph.errors import InputError
from graph.release.disk import checksum, sync

AGENT = "civsoc (linked open data of civil society)"
"""How we name ourselves to publishers."""

WAITS = (1.0, 4.0)
"""Seconds before the second and the third try."""

_NOT_MODIFIED = 304
_PARTIAL = 206
_PASSING_STATUSES = frozenset((408, 425, 429, 500, 502, 503, 504))
_ELSE = "check the connection, or give the source's file instead of its url"
_TIMEOUT = httpx.Timeout(60, connect=15)


@dataclass(frozen=True)
class Fetched:
    """A file as it was fetched; kept beside it, so that the next build can ask whether it has changed."""

    url: str
    name: str
    sha256: str
    date: datetime.date  # when the publisher last changed it, else when it was fetched
    etag: str | None = None
    last_modified: str | None = None


_FORM = TypeAdapter(Fetched)


def fetch(url: str, folder: Path, today: datetime.date, stale: bool = False, waits: Sequence[float] = WAITS) -> Fetched:
    """Have the newest file of a URL in a folder; InputError if it cannot be had, and then the one held stays.

    What arrived of a file that broke off is kept and gone on with the next time. With `stale`, the file held
    is good enough where no newer one can be had.
    """
    folder.mkdir(parents=True, exist_ok=True)
    held = _held(url, folder)
    for wait in waits:
        try:
            return _newest(url, folder, held, today)
        except _Passing:
            time.sleep(wait)
    try:
        return _newest(url, folder, held, today)
    except InputError:
        if stale and held:
            return held
        raise


class _Passing(InputError):
    """A fault that a later try may not meet."""


def _newest(url: str, folder: Path, held: Fetched | None, today: datetime.date) -> Fetched:
    """Ask once for the file, or for the rest of it."""
    part = _Part.of(url, folder)
    headers = {"User-Agent": AGENT, **(part.conditions() or _conditions(held))}
    try:
        with (
            httpx.Client(timeout=_TIMEOUT, follow_redirects=True, headers=headers) as client,
            client.stream("GET", url) as answer,
        ):
            if answer.status_code == _NOT_MODIFIED and held:
                return held
            _refuse(url, answer)
            part.receive(answer)
            return _keep(url, answer, part, folder, today)
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as fault:
        raise InputError(url, f"cannot be fetched ({fault})", _ELSE) from None
    except httpx.HTTPError as fault:
        raise _Passing(url, f"cannot be fetched ({fault or type(fault).__name__})", _ELSE) from None


def _refuse(url: str, answer: httpx.Response) -> None:
    """InputError for an answer that is no file."""
    if answer.is_error:
        kind = _Passing if answer.status_code in _PASSING_STATUSES else InputError
        raise kind(url, f"answers {answer.status_code}", "correct the url, or give a file")
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        fact = "answers with a web page, not with a file"
        raise InputError(url, fact, "follow the link on the page by hand, and give the file")


@dataclass(frozen=True)
class _Part:
    """A file on its way, and beside it the ETag under which the rest of it may be asked for."""

    path: Path

    @classmethod
    def of(cls, url: str, folder: Path) -> "_Part":
        return cls(folder / f"{_file_name(url)}.part")

    @property
    def tag(self) -> Path:
        return self.path.with_suffix(".part-etag")

    def conditions(self) -> Mapping[str, str]:
        """Headers that ask for the rest if the file is still the same, else for all (RFC 9110 section 14.2)."""
        if not (self.path.exists() and self.tag.exists() and self.path.stat().st_size):
            return {}
        return {"Range": f"bytes={self.path.stat().st_size}-", "If-Range": self.tag.read_text("ascii")}

    def receive(self, answer: httpx.Response) -> None:
        """Write what arrives, after what is there if the answer is the rest of it."""
        etag = answer.headers.get("ETag", "")
        if etag and not etag.startswith("W/"):
            self.tag.write_text(etag, "ascii")
        else:
            self.tag.unlink(missing_ok=True)  # without a strong ETag a rest may be that of another file
        with self.path.open("ab" if answer.status_code == _PARTIAL else "wb") as file:
            for piece in answer.iter_bytes():
                file.write(piece)
        sync(self.path)


def _keep(url: str, answer: httpx.Response, part: _Part, folder: Path, today: datetime.date) -> Fetched:
    """Move a file that is whole and on the disk to its place."""
    name = _file_name(url)
    modified = answer.headers.get("Last-Modified")
    fetched = Fetched(url, name, checksum(part.path), _day(modified) or today, answer.headers.get("ETag"), modified)
    _note(url, folder).unlink(missing_ok=True)  # killed between the next two lines, we fetch again
    part.path.replace(folder / name)
    _note(url, folder).write_bytes(_FORM.dump_json(fetched, indent=2))
    part.tag.unlink(missing_ok=True)
    return fetched


def _held(url: str, folder: Path) -> Fetched | None:
    """What was fetched before from the same URL, if it is still there, unharmed."""
    try:
        held = _FORM.validate_json(_note(url, folder).read_bytes())
        return held if held.url == url and checksum(folder / held.name) == held.sha256 else None
    except (FileNotFoundError, ValidationError):
        return None


def _conditions(held: Fetched | None) -> Mapping[str, str]:
    """Headers that ask for the file only if it is another than the one held (RFC 9110 section 13)."""
    asked = {"If-None-Match": held.etag, "If-Modified-Since": held.last_modified} if held else {}
    return {name: value for name, value in asked.items() if value}


def _file_name(url: str) -> str:
    """The last part of a URL's path, fit for a file name.

    >>> _file_name("https://example.org/data/charities.csv?all=1")
    'charities.csv'
    >>> _file_name("https://example.org/..%2F")
    'download'
    """
    try:
        last = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2]
    except ValueError:  # no URL at all: the request will say so
        last = ""
    return re.sub(r"[^\w.-]", "_", last).lstrip(".") or "download"


def _day(modified: str | None) -> datetime.date | None:
    try:
        return parsedate_to_datetime(modified).date() if modified else None
    except ValueError:
        return None


def _note(url: str, folder: Path) -> Path:
    return folder / f"{_file_name(url)}.fetched.json"
