"""An interface with all its pages, and each of its records in full where the pages only list them.

Answers are kept in a folder `partial`, which becomes `whole` when nothing is missing. The next fetch continues one that
was stopped, if it is not too old; one whose pages disagree starts again.
"""

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import cast
from urllib.parse import quote, urlsplit, urlunsplit

from pydantic import TypeAdapter, ValidationError

from graph.acquisition.fetching.file import file_name
from graph.acquisition.fetching.pages import Inconsistent, Item, Manners, Report, fetch_pages, receive
from graph.acquisition.fetching.requests import Gone
from graph.acquisition.readers.json_document import document
from graph.disk import checksum, remove_tree, sync, sync_tree
from graph.errors import InputError

FRESH = datetime.timedelta(days=1)
"""How long a whole feed is not requested again, and an incomplete one is continued."""

MOST_GONE = 10
"""Records in a row without an address of their own: then the interface has none."""


@dataclass(frozen=True)
class Feed:
    """What a folder holds of an interface; `files` is empty as long as something is missing."""

    url: str
    in_full: bool
    started: datetime.datetime
    files: Mapping[str, str] = field(default_factory=dict[str, str])
    """Of the files to map: name → SHA-256."""

    @classmethod
    def read(cls, folder: Path) -> "Feed | None":
        """What the note in a folder says; None if there is none."""
        try:
            return _FORM.validate_json((folder / _NOTE).read_bytes())
        except (FileNotFoundError, NotADirectoryError, ValidationError):
            return None

    def write(self, folder: Path) -> None:
        """Leave the note, on the disk."""
        (folder / _NOTE).write_bytes(_FORM.dump_json(self, indent=2))
        sync(folder / _NOTE)

    def is_of(self, url: str, in_full: bool) -> bool:
        """Whether it is what is asked for."""
        return (self.url, self.in_full) == (url, in_full)

    def is_unharmed(self, folder: Path) -> bool:
        """Whether all its files are there, as they came."""
        paths = [(folder / name, sha256) for name, sha256 in self.files.items()]
        return bool(paths) and all(path.is_file() and checksum(path) == sha256 for path, sha256 in paths)


@dataclass(frozen=True)
class Held:
    """The files to map, and the day on which they were asked for."""

    paths: tuple[Path, ...]
    date: datetime.date


_FORM, _NOTE = TypeAdapter(Feed), "feed.json"


def fetch_feed(
    url: str,
    folder: Path,
    in_full: bool,
    now: datetime.datetime,
    report: Report,
    manners: Manners | None = None,
    stale: bool = False,
) -> Held:
    """What is to be mapped of an interface: its pages, or with `in_full` one file of all its records.

    InputError if it cannot be had whole: then what was whole before stays, and with `stale` is good enough.
    """
    whole, partial = folder / "whole", folder / "partial"
    held = Feed.read(whole)
    if held and not (held.is_of(url, in_full) and held.is_unharmed(whole)):
        held = None
    if not held or now - held.started > FRESH:
        try:
            held = _fetched(url, partial, in_full, now, report, manners or Manners())
            remove_tree(whole)
            partial.rename(whole)
        except InputError as fault:
            if isinstance(fault, Inconsistent):
                remove_tree(partial)
            if not (stale and held):
                raise
    return Held(tuple(whole / name for name in held.files), held.started.date())


def _fetched(url: str, partial: Path, in_full: bool, now: datetime.datetime, report: Report, manners: Manners) -> Feed:
    """Fill the folder, from where it was left."""
    feed = Feed.read(partial)
    if not (feed and feed.is_of(url, in_full) and now - feed.started <= FRESH):
        remove_tree(partial)
        partial.mkdir(parents=True)
        feed = Feed(url, in_full, now)
        feed.write(partial)
    items = fetch_pages(url, partial, manners, report)
    if in_full:
        paths = [_bundle(_records(url, items, partial, manners, report), partial / _bundle_name(url))]
    else:
        paths = sorted(partial.glob("page-*.json"))
    feed = replace(feed, files={path.name: checksum(path) for path in paths})
    feed.write(partial)
    sync_tree(partial)
    return feed


def _records(url: str, items: Sequence[Item], folder: Path, manners: Manners, report: Report) -> list[Path]:
    """Each item in full, from its own address below that of the list; one that no longer exists is as listed."""
    paths: list[Path] = []
    gone = 0
    for number, item in enumerate(items, start=1):
        path = folder / f"record-{number:06}.json"
        if not path.exists():
            gone = gone + 1 if _record(url, item, path, manners) else 0
            if gone == MOST_GONE:
                fact = f"has no address for {MOST_GONE} of its records in a row, such as {_address(url, item)}"
                raise InputError(url, fact, 'if it has only pages, write fetch = "pages" in the build file')
            if number % 100 == 0:
                report(f"{url}: record {number:,} of {len(items):,}")
        paths.append(path)
    return paths


def _record(url: str, item: Item, path: Path, manners: Manners) -> bool:
    """Have one record in a file; gives whether its address was gone."""
    address = _address(url, item)
    try:
        receive(address, path, manners)
    except Gone:
        part = path.with_suffix(".part")
        part.write_text(json.dumps(item, default=_plain), "utf-8")
        sync(part)
        part.replace(path)
        return True
    found = document(path)
    if not isinstance(found, Mapping) or cast(Item, found).get("id") != item["id"]:
        path.unlink()
        raise InputError(address, "answers with another record", "ask its publisher to correct it")
    return False


def _address(url: str, item: Item) -> str:
    """Where a record is in full."""
    number = item.get("id")
    if not isinstance(number, str) or not number:
        raise InputError(url, "lists a record without an id", "ask its publisher to correct it")
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{quote(number, safe='')}", query=""))


def _bundle(records: Sequence[Path], target: Path) -> Path:
    """All records in one array, byte for byte as they came: one file to map, and to name in the catalogue."""
    with target.open("wb") as out:
        for number, path in enumerate(records):
            out.write(b",\n" if number else b"[\n")
            out.write(path.read_bytes().removeprefix(b"\xef\xbb\xbf").strip())
        out.write(b"\n]\n" if records else b"[]\n")
    return target


def _bundle_name(url: str) -> str:
    return f"{file_name(url).partition('.')[0]}.json"


def _plain(value: object) -> float:
    assert isinstance(value, Decimal)
    return float(value)
