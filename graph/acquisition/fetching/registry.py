"""The registry of 360Giving, and the files of grants that it lists: each from its own publisher.

A file is left out, and reported, if its licence does not allow reuse or if it cannot be fetched.
"""

import datetime
import re
import time
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from graph.acquisition.fetching.file import fetch, held
from graph.acquisition.fetching.pages import Report
from graph.acquisition.fetching.requests import WAITS
from graph.acquisition.readers.threesixty.registry import Dataset, datasets
from graph.errors import InputError

NAME = "registry.json"

_IDENTIFIER = re.compile(r"[A-Za-z0-9_-]{1,80}")
_KINDS = (".json", ".csv", ".xlsx")


def fetch_registry(
    url: str,
    folder: Path,
    today: datetime.date,
    report: Report,
    stale: bool = False,
    waits: Sequence[float] = WAITS,
    pause: float = 0.2,
) -> tuple[list[Path], datetime.date]:
    """The registry and the files that could be had, each called by its identifier, and the day of the registry."""
    registry = fetch(url, folder, today, stale, waits, NAME)
    listed = {dataset.identifier: dataset for dataset in datasets(folder / NAME)}
    found: list[Path] = []
    for dataset in listed.values():
        time.sleep(pause)
        if path := _file(dataset, folder / "datasets", today, report, waits):
            found.append(path)
    if not found:
        fact = f"lists {len(listed):,} files of grants, of which none could be had"
        raise InputError(url, fact, "see the lines above, and check the connection")
    report(f"{url}: {len(found):,} of {len(listed):,} files of grants")
    return [folder / NAME, *found], registry.date


def _file(dataset: Dataset, folder: Path, today: datetime.date, report: Report, waits: Sequence[float]) -> Path | None:
    """One file of grants; None, once that is reported, if it is left out."""
    file = f"{dataset.identifier[:80]} of {dataset.publisher or 'nobody named'}"
    if not dataset.may_be_reused:
        report(f"{file} is left out: its licence ({dataset.licence or 'none'}) does not let anybody reuse it")
        return None
    if not (_IDENTIFIER.fullmatch(dataset.identifier) and dataset.url):
        report(f"{file} is left out: it has no {'address' if not dataset.url else 'usable identifier'}")
        return None
    name = f"{dataset.identifier}{_ending(dataset.url)}"
    try:
        fetch(dataset.url, folder, today, waits=waits, name=name)
    except InputError as fault:
        before = held(dataset.url, folder, name)
        report(f"{file} is {f'as of {before.date}' if before else 'left out'}: {fault}")
        return folder / name if before else None
    return folder / name


def _ending(url: str) -> str:
    """The ending of a file's name, if it is a known one; what a file is, its contents say.

    >>> _ending("https://example.org/grants.XLSX?dl=1"), _ending("https://example.org/export")
    ('.xlsx', '')
    """
    try:
        ending = PurePosixPath(urlsplit(url).path).suffix.lower()
    except ValueError:
        return ""
    return ending if ending in _KINDS else ""
