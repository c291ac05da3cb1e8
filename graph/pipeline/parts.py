"""One source as a build holds it, whether just mapped from its files or taken over from the served release."""

from dataclasses import dataclass
from pathlib import Path

from graph.errors import ReleaseError
from graph.pipeline.mapping import Mapped
from graph.pipeline.plan import PlannedSource
from graph.pipeline.problems import read_problems
from graph.release.disk import checksum
from graph.release.manifest import Manifest, SourceEntry
from graph.release.store import read_dump
from graph.words.problem import Problem


@dataclass(frozen=True, slots=True)
class Part:
    """A source's sorted N-Quads with what the manifest says of it."""

    planned: PlannedSource
    entry: SourceEntry
    graph: Path
    problems: tuple[Problem, ...]


def mapped_part(planned: PlannedSource, mapped: Mapped) -> Part:
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
    return Part(planned, entry, mapped.output, mapped.problems)


def carried_part(planned: PlannedSource, served: Path, manifest: Manifest, scratch: Path, base: str) -> Part | None:
    """A source as the served release has it, unchanged; None if it has none. ReleaseError if its base IRI differs."""
    entry = manifest.source(planned.name)
    if entry is None:
        return None
    if manifest.base != base:
        fact = f"was built under {manifest.base}, this build is under {base}"
        raise ReleaseError(str(served), fact, "build all sources, without --only")
    for file in (dump_file(served, planned.name), problems_file(served, planned.name)):
        if checksum(file) != manifest.files[str(file.relative_to(served))]:
            raise ReleaseError(str(file), "is not as it was built", "build all sources, without --only")
    graph = scratch / f"{planned.name}.nq"
    read_dump(dump_file(served, planned.name), graph)
    return Part(planned, entry, graph, read_problems(planned.name, problems_file(served, planned.name)))


def dump_file(release: Path, graph: str) -> Path:
    """Where a release has the dump of a graph."""
    return release / "dumps" / f"{graph}.nq.gz"


def problems_file(release: Path, source: str) -> Path:
    """Where a release has the problems of a source."""
    return release / "problems" / f"{source}.csv"
