"""Getting all that a source is made of, in the way that its metadata or the build file names."""

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from graph.acquisition.fetching.feed import fetch_feed
from graph.acquisition.fetching.file import fetch
from graph.acquisition.fetching.pages import Report
from graph.acquisition.fetching.registry import fetch_registry
from graph.sources.source import How


@dataclass(frozen=True)
class Had:
    """The files of a source, and the day that they are of."""

    files: tuple[Path, ...]
    date: datetime.date


def fetch_source(how: How, url: str, folder: Path, report: Report, stale: bool = False) -> Had:
    """Have what is behind a URL in a folder; InputError if it cannot be had whole."""
    now = datetime.datetime.now(datetime.UTC)
    match how:
        case "file":
            fetched = fetch(url, folder, now.date(), stale)
            return Had((folder / fetched.name,), fetched.date)
        case "pages" | "records":
            feed = fetch_feed(url, folder, how == "records", now, report, stale=stale)
            return Had(feed.paths, feed.date)
        case "registry":
            files, day = fetch_registry(url, folder, now.date(), report, stale)
            return Had(tuple(files), day)
        case _:
            assert_never(how)
