"""One source as a build holds it, whether just mapped from its files or carried over from the served release."""

from dataclasses import dataclass
from pathlib import Path

from graph.disk import checksum
from graph.model.problems import Problem
from graph.nquads.mapped import Mapped
from graph.release.manifest import SourceEntry
from graph.sources.planned import PlannedSource


@dataclass(frozen=True, slots=True)
class SourceGraph:
    """A source's sorted N-Quads with what the manifest says of it."""

    planned: PlannedSource
    entry: SourceEntry
    graph: Path
    problems: tuple[Problem, ...]
    findings: tuple[Problem, ...] = ()
    """What looking across sources and rows has found."""


def mapped_graph(planned: PlannedSource, mapped: Mapped) -> SourceGraph:
    """A source that this build has mapped."""
    entry = SourceEntry(
        name=planned.name,
        title=planned.source.title,
        date=planned.date,
        licence=planned.source.licence,
        rows=mapped.rows,
        subjects=mapped.subjects,
        statements=mapped.statements,
        problems=len(mapped.problems),
        sha256={file.name: checksum(file) for file in planned.files},
        seconds=round(mapped.seconds, 3),
        megabytes=round(sum(file.stat().st_size for file in planned.files) / 1e6, 3),
    )
    return SourceGraph(planned, entry, mapped.output, mapped.problems)
