"""Getting the file behind a source's URL: once, whole, and again only if the publisher has changed it."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import httpx
from pydantic import TypeAdapter, ValidationError

from graph.acquisition.fetching.requests import WAITS, answered, patiently
from graph.disk import checksum, sync
from graph.errors import InputError

_NOT_MODIFIED = 304
_PARTIAL = 206


@dataclass(frozen=True)
class Fetched:
    """A file as it was fetched; kept beside it, so that the next build can ask whether it has changed."""

    url: str
    name: str
    sha256: str
    date: datetime.date  # when the publisher last changed it, or when it was fetched
    etag: str | None = None
    last_modified: str | None = None


_FORM = TypeAdapter(Fetched)


def fetch(
    url: str, folder: Path, today: datetime.date, stale: bool = False, waits: Sequence[float] = WAITS, name: str = ""
) -> Fetched:
    """Have the newest file of a URL in a folder; on InputError the file that is already there stays.

    The next fetch continues a file that was cut off. With `stale`, the file that is there is good enough where no newer
    one can be had. `name` is the name of the file, if it is not that in the URL.
    """
    folder.mkdir(parents=True, exist_ok=True)
    place = _Place(url, folder, name or file_name(url))
    before = place.held()
    try:
        return patiently(lambda: _newest(place, before, today), waits)
    except InputError:
        if stale and before:
            return before
        raise


def held(url: str, folder: Path, name: str) -> Fetched | None:
    """What a folder holds of a URL under a name, unharmed."""
    return _Place(url, folder, name).held()


def _newest(place: "_Place", before: Fetched | None, today: datetime.date) -> Fetched:
    """Ask once for the file, or for the rest of it."""
    part = _Part(place.folder / f"{place.name}.part")
    with answered(place.url, part.conditions() or _conditions(before)) as answer:
        if answer.status_code == _NOT_MODIFIED and before:
            return before
        part.receive(answer)
        return place.keep(answer, part, today)


@dataclass(frozen=True)
class _Place:
    """Where the file of a URL is kept, with a note of how it was fetched beside it."""

    url: str
    folder: Path
    name: str

    @property
    def note(self) -> Path:
        return self.folder / f"{self.name}.fetched.json"

    def held(self) -> Fetched | None:
        """What was fetched before from the same URL, if it is still there, unharmed."""
        try:
            held = _FORM.validate_json(self.note.read_bytes())
            return held if held.url == self.url and checksum(self.folder / held.name) == held.sha256 else None
        except (FileNotFoundError, ValidationError):
            return None

    def keep(self, answer: httpx.Response, part: "_Part", today: datetime.date) -> Fetched:
        """Move a file that is whole and on the disk to its place."""
        modified, etag = answer.headers.get("Last-Modified"), answer.headers.get("ETag")
        fetched = Fetched(self.url, self.name, checksum(part.path), _day(modified) or today, etag, modified)
        self.note.unlink(missing_ok=True)  # killed between the next two lines, we fetch again
        part.path.replace(self.folder / self.name)
        self.note.write_bytes(_FORM.dump_json(fetched, indent=2))
        part.tag.unlink(missing_ok=True)
        return fetched


@dataclass(frozen=True)
class _Part:
    """A file on its way, and beside it the ETag under which the rest of it may be asked for."""

    path: Path

    @property
    def tag(self) -> Path:
        return self.path.with_suffix(".part-etag")

    def conditions(self) -> Mapping[str, str]:
        """Headers that request the rest if the file is still the same, otherwise all of it (RFC 9110 section 14.2)."""
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


def _conditions(before: Fetched | None) -> Mapping[str, str]:
    """Headers that ask for the file only if it is another than the one held (RFC 9110 section 13)."""
    conditions = {"If-None-Match": before.etag, "If-Modified-Since": before.last_modified} if before else {}
    return {name: value for name, value in conditions.items() if value}


def file_name(url: str) -> str:
    """The last part of a URL's path, fit for a file name.

    >>> file_name("https://example.org/data/charities.csv?all=1")
    'charities.csv'
    >>> file_name("https://example.org/..%2F")
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
