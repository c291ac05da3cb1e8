"""The files of grants: what each is by its contents, converted to JSON if it is a spreadsheet, and its dataset."""

import codecs
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import cast

from graph.acquisition.readers.json_document import Outline, checked_members, members, outline
from graph.acquisition.readers.threesixty.registry import Dataset
from graph.acquisition.readers.threesixty.text_table import TextTable, read_text
from graph.acquisition.tables.unpacking import checked_members as checked_archive
from graph.acquisition.tables.unpacking import checked_workbook, refuse_sprawl
from graph.errors import InputError
from graph.model.problems import FormFault, parameters, shown

GRANTS = "grants"
"""The field of a package that holds its grants."""

GRANT, FLATTENED = "grant", "flattened"
"""The tables of the source: grants of the standard, and rows of the list that GrantNav flattened in 2016."""

LARGEST_SHEET = 512 * 1024**2
"""Bytes that a spreadsheet may unpack to: the largest that funders publish have some 60 MB."""

MEMORY = 1_300_000_000
"""Bytes of memory that unflattening one spreadsheet may take."""

LEAST_SECONDS, MOST_SECONDS, BYTES_A_SECOND = 45, 900, 50_000
"""CPU seconds that it may take: more for large files, so that a small one cannot hold up a build."""

MOST_WARNINGS = 100
"""Warnings of the standard's tool that are passed on."""

_HEAD = 65536


@dataclass(frozen=True, slots=True)
class RowApart:
    """A row of a spreadsheet whose identifier another row has, for another grant."""

    row: int
    first: int
    identifier: str
    sheet: str


@dataclass(frozen=True, slots=True)
class GrantFile:
    """A file of grants, as JSON; `rows` finds a grant's row in its spreadsheet."""

    name: str
    json: Path
    place: str
    """Where in the document its grants are, if that is clear."""
    table: str
    dataset: Dataset
    sheet_rows: Mapping[int, int] = field(default_factory=dict[int, int])
    """Of a spreadsheet: the row that each grant came from, by its number in the JSON, from 0."""
    remarks: tuple[FormFault, ...] = ()
    """What its publisher should know of the file as a whole."""
    rows_apart: tuple[RowApart, ...] = ()
    """Rows of a spreadsheet that make no grant of their own, because another grant has their identifier."""

    @property
    def is_sheet(self) -> bool:
        """Whether it was a spreadsheet, whose rows people count as it shows them."""
        return bool(self.sheet_rows)

    def grants(self) -> Iterator[object]:
        """The members of the array of grants, one at a time."""
        return checked_members(self.json, self.place) if self.place else members(self.json, GRANTS)


@contextmanager
def opened(file: Path, registry: Mapping[str, Dataset]) -> Generator[GrantFile]:
    """A file as JSON; what a spreadsheet was made into goes when it is closed. InputError if it is none."""
    start = _start(file)
    dataset = registry.get(file.name.partition(".")[0], Dataset(file.stem))
    with tempfile.TemporaryDirectory(prefix="civsoc-") as scratch:
        if start.startswith(b"PK\x03\x04"):
            form = "ods" if _is_open_document(file) else "xlsx"
            yield _unflattened(file, _checked_book(file, Path(scratch), form), form, Path(scratch), dataset)
        elif start.removeprefix(codecs.BOM_UTF8).lstrip()[:1] in (b"{", b"[") or start.startswith(b"\x1f\x8b"):
            yield _package(file, start, dataset)
        else:
            folder, table = _text_table(file, Path(scratch))
            made = _unflattened(file, folder, "csv", Path(scratch), dataset)
            sheet_rows = {number: row + table.above for number, row in made.sheet_rows.items()}
            apart = tuple(
                replace(row, row=row.row + table.above, first=row.first + table.above) for row in made.rows_apart
            )
            yield replace(made, remarks=(*table.remarks, *made.remarks), sheet_rows=sheet_rows, rows_apart=apart)


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
    package = outline(file, GRANTS)
    return GrantFile(file.name, file, package.place, FLATTENED if flattened else GRANT, _described(package, dataset))


def _described(package: Outline, dataset: Dataset) -> Dataset:
    """A dataset with its package's own facts where the registry has none."""
    own = {key: str(value) for key, value in package.scalars.items()}
    return replace(
        dataset,
        title=dataset.title or own.get("title", ""),
        publisher=dataset.publisher or own.get("publisher.name", ""),
        licence=dataset.licence or own.get("license", ""),
        modified=dataset.modified or own.get("modified") or own.get("issued", ""),
        url=dataset.url or own.get("downloadURL", ""),
    )


def _text_table(file: Path, scratch: Path) -> tuple[Path, TextTable]:
    """A text as CSV in a folder of its own, as the tool wants it."""
    data = file.read_bytes()
    if len(data) > LARGEST_SHEET:
        raise InputError(file.name, f"has more than {LARGEST_SHEET:,} bytes", "publish it as JSON")
    table = read_text(file.name, data)
    folder = scratch / "sheets"
    folder.mkdir()
    (folder / "grants.csv").write_text(table.text, encoding="utf-8", newline="")
    return folder, table


def _is_open_document(file: Path) -> bool:
    """Whether an archive is a spreadsheet of LibreOffice and its like, whose first member says so."""
    with file.open("rb") as binary:
        return b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in binary.read(200)


def _checked_book(file: Path, scratch: Path, form: str) -> Path:
    """A workbook that unpacks to no more than it may; nothing of it is unpacked to find out."""
    if form == "xlsx":
        checked_workbook(file, LARGEST_SHEET)
        refuse_sprawl(file)
    else:
        with zipfile.ZipFile(file) as archive:
            checked_archive(file, archive)
    copy = scratch / f"book.{form}"  # the tool reads the file's name
    shutil.copyfile(file, copy)
    return copy


def _unflattened(file: Path, table: Path, form: str, scratch: Path, dataset: Dataset) -> GrantFile:
    """What the standard's own tool makes of a spreadsheet, in a process that may not take too much."""
    out, account = scratch / "package.json", scratch / "rows.json"
    command = [
        sys.executable,
        "-m",
        "graph.acquisition.readers.threesixty.unflatten",
        str(table),
        form,
        str(out),
        str(account),
    ]
    seconds = min(MOST_SECONDS, LEAST_SECONDS + file.stat().st_size // BYTES_A_SECOND)
    bounds = partial(_bounds, seconds)
    done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=bounds, cwd=scratch)
    if done.returncode == -signal.SIGXCPU:
        raise InputError(file.name, f"takes more than {seconds} seconds to read", "publish it as JSON")
    if done.returncode or not out.exists():
        message = (done.stderr.strip().splitlines() or ["it takes too much memory or time"])[-1]
        raise InputError(
            file.name, f"cannot be read as a spreadsheet: {shown(message)}", "save it again as XLSX or CSV"
        )
    package = outline(out, GRANTS)
    found = cast("dict[str, list[object]]", json.loads(account.read_text("utf-8")))
    rows = {number: row for number, row in enumerate(cast("list[int | None]", found["rows"])) if row is not None}
    apart = tuple(RowApart(**row) for row in cast("list[dict[str, int | str]]", found["apart"]))  # type: ignore[arg-type]
    warned = dict.fromkeys(shown(str(words)) for words in found["warnings"])
    remarks = tuple(FormFault("", "", "sheet-warning", parameters(words=words)) for words in [*warned][:MOST_WARNINGS])
    described = _described(package, dataset)
    return GrantFile(file.name, out, package.place, GRANT, described, rows, remarks, apart)


def _bounds(seconds: int) -> None:
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, seconds)):
        _, allowed = resource.getrlimit(kind)
        bound = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(kind, (bound, allowed))
    os.setsid()


__all__ = ["FLATTENED", "GRANT", "GrantFile", "opened"]
