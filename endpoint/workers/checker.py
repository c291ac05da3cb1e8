"""A checking process: one uploaded form in, one outcome out, and its end. It has no network and keeps no file.

Runs as `python -m endpoint.workers.checker` in a folder of its own, which its parent deletes. It also reads the
parts of the form: everything that a stranger wrote is read here, where it can be stopped.
"""

import asyncio
import os
import re
import resource
import signal
import sys
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import endpoint.workers.sandbox as sandbox

NETWORK_CUT = sandbox.cut_network() if __name__ == "__main__" else False

from starlette.datastructures import Headers  # noqa: E402
from starlette.formparsers import MultiPartException, MultiPartParser  # noqa: E402

from endpoint.workers.outcome import Outcome, Refused, of_report  # noqa: E402
from graph.acquisition.readers.directory.suggestion import suggestion  # noqa: E402
from graph.acquisition.readers.directory.tables import START  # noqa: E402
from graph.checking import written  # noqa: E402
from graph.checking.check import check  # noqa: E402
from graph.checking.findings import Report, Weight  # noqa: E402
from graph.errors import InputError  # noqa: E402

__all__ = ["answer"]

FORMS = ("html", "csv", "json", "txt")
LONGEST_FIELD = 100
LARGEST_FILE = 1_000_000_000
"""Bytes of any file that this process writes, as a last resort."""
FOR_PROGRAMS = {"csv": written.table, "json": written.document, "txt": written.text}

HERE = "use the columns of the template below; or a list may keep its own, with a file that says what they mean"
_ROW = re.compile(r"(.+):(\d+)")
_UNSAFE = re.compile(r"[^\w. ()-]+")


@dataclass(frozen=True)
class Upload:
    name: str
    content: bytes


def answer(content_type: str, form: str, body: bytes, folder: Path) -> Outcome:
    try:
        fields = asyncio.run(_fields(content_type, body))
    except (MultiPartException, KeyError, ValueError):
        return Outcome(form, Refused("the form", "cannot be read", "choose a file and send it again"))
    if isinstance(wanted := fields.get("answer"), str) and wanted in FORMS:
        form = wanted
    listed = _saved(fields.get("list"), folder)
    own = _saved(fields.get("columns"), folder / "columns")
    if listed is None:
        return Outcome(form, Refused("the form", "holds no file", "choose your list, and send it again"))
    try:
        report = check([listed], own)
    except InputError as fault:
        return Outcome(form, _refused(fault, folder, form), suggestion=_suggested(listed, own))
    return _outcome(report, form, listed, own)


def _refused(fault: InputError, folder: Path, form: str) -> Refused:
    """Why a list cannot be read; on the page in the words of the page, which names no command and no folder."""
    place, fact, remedy = (part.replace(f"{folder}/", "") for part in (fault.place, fault.fact, fault.remedy))
    if form == "html":
        place = _ROW.sub(r"Row \2 of \1", place)
        remedy = remedy.replace(START, HERE)
    return Refused(place.removeprefix("columns/"), fact, remedy.replace("columns/", ""))


def _outcome(report: Report, form: str, listed: Path, own: Path | None) -> Outcome:
    if form != "html":
        return Outcome(form, written=FOR_PROGRAMS[form](report))
    strange = any(finding.row == 1 for finding in report.of(Weight.STOPS))
    return of_report(report, _suggested(listed, own) if strange else "")


def _suggested(listed: Path, own: Path | None) -> str:
    """A start for the columns of a list that has others and no TOML for them."""
    try:
        return suggestion(listed) if own is None else ""
    except InputError:
        return ""


async def _fields(content_type: str, body: bytes) -> dict[str, str | Upload]:
    """The fields of a form: texts, and files by their names; a file that was not chosen is left out."""

    async def parts() -> AsyncGenerator[bytes, None]:
        yield body

    headers = Headers({"content-type": content_type})
    parser = MultiPartParser(headers, parts(), max_files=2, max_fields=2, max_part_size=LONGEST_FIELD)
    form = await parser.parse()
    found: dict[str, str | Upload] = {}
    for name, value in form.items():
        if isinstance(value, str):
            found[name] = value
        elif value.size:
            found[name] = Upload(value.filename or "", await value.read())
    await form.close()
    return found


def _saved(field: "str | Upload | None", folder: Path) -> Path | None:
    """An uploaded file in the folder of this process, under its own name as far as that is safe."""
    if not isinstance(field, Upload):
        return None
    folder.mkdir(exist_ok=True)
    name = _UNSAFE.sub("_", PurePosixPath(field.name.replace("\\", "/")).name)[-80:].lstrip(". ")
    path = folder / (name or "list")
    path.write_bytes(field.content)
    return path


def main(folder: str, memory: str, seconds: str, parent: str) -> None:
    """Reads content type, form of the answer and body from standard input; the first two are lines."""
    sandbox.die_with_parent(int(parent))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(10)
    sandbox.grant_memory(int(memory))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    content_type, form = (sys.stdin.buffer.readline().decode("latin-1").rstrip("\n") for _ in range(2))
    outcome = answer(content_type, form, sys.stdin.buffer.read(), Path(folder))
    sys.stdout.buffer.write(outcome.to_bytes())


if __name__ == "__main__":
    main(*sys.argv[1:])
