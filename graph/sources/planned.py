"""A source with the files that a build is to read it from."""

import datetime
from dataclasses import dataclass
from pathlib import Path

from graph.sources.source import Source


@dataclass(frozen=True, slots=True)
class PlannedSource:
    """One source of a build. Its `expect` holds what the build file overrides; `files` are absolute."""

    source: Source
    files: tuple[Path, ...] = ()
    url: str | None = None
    date: datetime.date | None = None

    @property
    def name(self) -> str:
        """The name of the source, of its named graph and of its dump."""
        return self.source.name
