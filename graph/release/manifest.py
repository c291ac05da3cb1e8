"""`release.json`: what a release holds and how it came about. Written last: its presence means a whole release."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from graph.disk import checksum
from graph.errors import ReleaseError

NAME = "release.json"
CHECKSUM_NAME = "release.json.sha256"
"""The manifest vouches for every other file, and this one, in the format of sha256sum, for the manifest."""


@dataclass(frozen=True)
class SourceEntry:
    """One source in a release; `seconds` is the time its mapping took, `megabytes` the size of its files."""

    name: str
    title: str
    date: datetime.date | None
    licence: str
    rows: int
    subjects: int
    statements: int
    problems: int
    sha256: Mapping[str, str]  # file name → checksum of the file as it was read
    seconds: float
    megabytes: float


@dataclass(frozen=True)
class StageTime:
    """What a stage of the build cost; CPU seconds are those of all its processes."""

    seconds: float
    cpu_seconds: float


@dataclass(frozen=True)
class Manifest:
    """A release in figures; `triples` counts the default graph, `warnings` what SHACL warned of."""

    id: str
    built_at: datetime.datetime
    base: str
    code_version: str
    triples: int
    warnings: int
    sources: tuple[SourceEntry, ...]
    stages: Mapping[str, StageTime]
    files: Mapping[str, str]  # path in the release → SHA-256, all but the manifest and its checksum
    suppressed: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    """Which objections it was built with: keyed hashes of the entries, with those of what else each took out."""

    @classmethod
    def read(cls, release: Path) -> "Manifest":
        """Read a release's manifest; ReleaseError if it is missing or damaged."""
        path = release / NAME
        try:
            return _FORM.validate_json(path.read_bytes())
        except (FileNotFoundError, NotADirectoryError):
            raise ReleaseError(
                str(release), f"has no {NAME}, so it is not a release", "build one with `civsoc build`"
            ) from None
        except ValidationError as fault:
            raise ReleaseError(str(path), _first(fault), "go back with `civsoc rollback`, or build again") from None

    def write(self, release: Path) -> None:
        """Write the manifest and its checksum into a release's folder."""
        path = release / NAME
        path.write_bytes(_FORM.dump_json(self, indent=2) + b"\n")
        (release / CHECKSUM_NAME).write_text(checksum_line(release), encoding="ascii")

    def source(self, name: str) -> SourceEntry | None:
        """The entry of a source, if the release holds it."""
        return next((entry for entry in self.sources if entry.name == name), None)


def checksum_line(release: Path) -> str:
    """What the manifest's checksum file must hold: `sha256sum -c` reads it."""
    return f"{checksum(release / NAME)}  {NAME}\n"


def _first(fault: ValidationError) -> str:
    """The first complaint of a failed reading, in one phrase."""
    detail = fault.errors(include_url=False)[0]
    where = ".".join(str(part) for part in detail["loc"])
    return f"is damaged ({f'{where}: ' if where else ''}{detail['msg']})"


_FORM = TypeAdapter(Manifest)
