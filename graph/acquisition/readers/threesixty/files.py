"""The files of grants: what each is by its contents, made JSON if it is a spreadsheet, and what is known of it."""

import codecs
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import cast

from graph.acquisition.readers.json_document import scalars
from graph.acquisition.readers.threesixty.registry import Dataset
from graph.acquisition.tables.unpacking import checked_workbook, refuse_sprawl
from graph.errors import InputError
from graph.model.problems import shown

GRANT, FLATTENED = "grant", "flattened"
"""The tables of the source: grants of the standard, and rows of the list that GrantNav flattened in 2016."""

LARGEST_SHEET = 512 * 1024**2
"""Bytes that a spreadsheet may unpack to: the largest that funders publish have some 60 MB."""

MEMORY = 1_300_000_000
"""Bytes of memory that unflattening one spreadsheet may take."""

LEAST_SECONDS, MOST_SECONDS, BYTES_A_SECOND = 45, 900, 50_000
"""CPU seconds that it may take: more for large files, so that a small one cannot hold up a build."""

_HEAD = 65536


@dataclass(frozen=True, slots=True)
class GrantFile:
    """A file of grants, as JSON; `rows` finds a grant's row in its spreadsheet."""

    name: str
    json: Path
    table: str
    dataset: Dataset
    sheet_rows: Mapping[int, int] = field(default_factory=dict[int, int])
    """Of a spreadsheet: the row that each grant came from, by its number in the JSON, from 0."""
    encoding: str = ""
    """What a text table was written in, if that was not UTF-8."""

    @property
    def is_sheet(self) -> bool:
        """Whether it was a spreadsheet, whose rows people count as it shows them."""
        return bool(self.sheet_rows)


@contextmanager
def opened(file: Path, registry: Mapping[str, Dataset]) -> Generator[GrantFile]:
    """A file as JSON; what a spreadsheet was made into goes when it is closed. InputError if it is none."""
    start = _start(file)
    dataset = registry.get(file.name.partition(".")[0], Dataset(file.stem))
    with tempfile.TemporaryDirectory(prefix="civsoc-") as scratch:
        if start.startswith(b"PK\x03\x04"):
            yield _unflattened(file, _checked_book(file, Path(scratch)), "xlsx", Path(scratch), dataset)
        elif start.removeprefix(codecs.BOM_UTF8).lstrip()[:1] in (b"{", b"[") or start.startswith(b"\x1f\x8b"):
            yield _package(file, start, dataset)
        else:
            table, encoding = _text_table(file, Path(scratch))
            made = _unflattened(file, table, "csv", Path(scratch), dataset)
            yield replace(made, encoding="" if encoding == "utf-8-sig" else encoding)


def _start(file: Path) -> bytes:
    try:
        with file.open("rb") as binary:
            start = binary.read(_HEAD)
    except FileNotFoundError:
        raise InputError(str(file), "does not exist", "check the path, or fetch the file first") from None
    except IsADirectoryError:
        raise InputError(str(file), "is a folder", "name a file in it") from None
    if not start:
        raise InputError(file.name, "is empty", "get the file again")
    return start


def _package(file: Path, start: bytes, dataset: Dataset) -> GrantFile:
    """A JSON package, or the list that GrantNav flattened."""
    flattened = b'"RecipientOrgIdentifier"' in start and b'"FundingOrgIdentifier"' in start
    return GrantFile(file.name, file, FLATTENED if flattened else GRANT, _described(file, dataset))


def _described(package: Path, dataset: Dataset) -> Dataset:
    """A dataset with what its package says of itself where the registry says nothing."""
    own = {key: str(value) for key, value in scalars(package).items()}
    return replace(
        dataset,
        title=dataset.title or own.get("title", ""),
        publisher=dataset.publisher or own.get("publisher.name", ""),
        licence=dataset.licence or own.get("license", ""),
        modified=dataset.modified or own.get("modified") or own.get("issued", ""),
        url=dataset.url or own.get("downloadURL", ""),
    )


def _text_table(file: Path, scratch: Path) -> tuple[Path, str]:
    """A CSV file in a folder of its own, as the tool wants it, in UTF-8; and the encoding that it was in."""
    data = file.read_bytes()
    if len(data) > LARGEST_SHEET:
        raise InputError(file.name, f"has more than {LARGEST_SHEET:,} bytes", "publish it as JSON")
    if (place := data.find(b"\0")) >= 0:
        line = data[:place].count(b"\n") + 1
        raise InputError(f"{file.name}:{line}", "holds a NUL character", "get the file again: it is damaged")
    encoding = next(name for name in ("utf-8-sig", "cp1252", "latin-1") if _reads_as(data, name))
    folder = scratch / "sheets"
    folder.mkdir()
    (folder / "grants.csv").write_text(data.decode(encoding), encoding="utf-8", newline="")
    return folder, encoding


def _reads_as(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _checked_book(file: Path, scratch: Path) -> Path:
    """A workbook that unpacks to no more than it may; nothing of it is unpacked to find out."""
    checked_workbook(file, LARGEST_SHEET)
    refuse_sprawl(file)
    copy = scratch / "book.xlsx"  # the tool goes by the file's name
    shutil.copyfile(file, copy)
    return copy


def _unflattened(file: Path, table: Path, form: str, scratch: Path, dataset: Dataset) -> GrantFile:
    """What the standard's own tool makes of a spreadsheet, in a process that may not take too much."""
    out, cells = scratch / "package.json", scratch / "cells.json"
    command = [
        sys.executable,
        "-m",
        "graph.acquisition.readers.threesixty.unflatten",
        str(table),
        form,
        str(out),
        str(cells),
    ]
    seconds = min(MOST_SECONDS, LEAST_SECONDS + file.stat().st_size // BYTES_A_SECOND)
    bounds = partial(_bounds, seconds)
    done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=bounds, cwd=scratch)
    if done.returncode == -signal.SIGXCPU:
        raise InputError(file.name, f"takes more than {seconds} seconds to read", "publish it as JSON")
    if done.returncode or not out.exists():
        said = (done.stderr.strip().splitlines() or ["it takes too much memory or time"])[-1]
        raise InputError(file.name, f"cannot be read as a spreadsheet: {shown(said)}", "save it again as XLSX or CSV")
    return GrantFile(file.name, out, GRANT, _described(out, dataset), _rows(cells))


def _bounds(seconds: int) -> None:
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, seconds)):
        _, allowed = resource.getrlimit(kind)
        bound = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(kind, (bound, allowed))
    os.setsid()


def _rows(cells: Path) -> dict[int, int]:
    """The row of each grant, from the tool's account of which cell became which value."""
    account = cast("dict[str, list[list[object]]]", json.loads(cells.read_text("utf-8")))
    rows: dict[int, int] = {}
    for place, sources in account.items():
        _, _, member = place.partition("grants/")
        number = member.partition("/")[0]
        if number.isdigit() and sources and len(sources[0]) > 2:
            rows.setdefault(int(number), int(str(sources[0][2])))
    return rows


__all__ = ["FLATTENED", "GRANT", "GrantFile", "opened"]
