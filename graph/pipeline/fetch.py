"""Getting the file behind a source's URL: once, whole, and again only if the publisher has changed it."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import httpx
from pydantic import TypeAdapter, ValidationError

from graph.errors import InputError
from graph.release.disk import checksum, sync

_NOT_MODIFIED = 304
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


def fetch(url: str, folder: Path, today: datetime.date) -> Fetched:
    """Have the newest file of a URL in a folder; InputError if it cannot be had, and then the folder is as before."""
    folder.mkdir(parents=True, exist_ok=True)
    held = _held(url, folder)
    try:
        with (
            httpx.Client(timeout=_TIMEOUT, follow_redirects=True) as client,
            client.stream("GET", url, headers=_conditions(held)) as answer,
        ):
            if held and answer.status_code == _NOT_MODIFIED:
                return held
            answer.raise_for_status()
            return _keep(url, answer, folder, today)
    except httpx.HTTPStatusError as fault:
        raise InputError(url, f"answers {fault.response.status_code}", "correct the url, or give a file") from None
    except (httpx.HTTPError, httpx.InvalidURL) as fault:
        fact = f"cannot be fetched ({fault or type(fault).__name__})"
        raise InputError(url, fact, "check the connection, or give the source's file instead of its url") from None


def _keep(url: str, answer: httpx.Response, folder: Path, today: datetime.date) -> Fetched:
    """Write an answer beside its place, and move it there once it is whole and on the disk."""
    name = _file_name(url)
    part = folder / f"{name}.part"
    try:
        with part.open("wb") as file:
            for piece in answer.iter_bytes():
                file.write(piece)
        sync(part)
        modified = answer.headers.get("Last-Modified")
        fetched = Fetched(url, name, checksum(part), _day(modified) or today, answer.headers.get("ETag"), modified)
        _note(folder).unlink(missing_ok=True)  # killed between the next two lines, we fetch again
        part.replace(folder / name)
        _note(folder).write_bytes(_FORM.dump_json(fetched, indent=2))
        return fetched
    finally:
        part.unlink(missing_ok=True)


def _held(url: str, folder: Path) -> Fetched | None:
    """What was fetched before from the same URL, if it is still there, unharmed."""
    try:
        held = _FORM.validate_json(_note(folder).read_bytes())
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
    last = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2]
    return re.sub(r"[^\w.-]", "_", last).lstrip(".") or "download"


def _day(modified: str | None) -> datetime.date | None:
    try:
        return parsedate_to_datetime(modified).date() if modified else None
    except ValueError:
        return None


def _note(folder: Path) -> Path:
    return folder / "fetched.json"
