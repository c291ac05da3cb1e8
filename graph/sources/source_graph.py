"""One source as a build holds it, whether just mapped from its files or taken over from the served release."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from graph.build import catalogue
from graph.build.plan import PlannedSource
from graph.disk import checksum
from graph.errors import ReleaseError
from graph.identity.rewrite import aliases_in, restore
from graph.model.problems import HIDDEN_POSTCODE_UNKNOWN, Problem
from graph.nquads.mapped import Mapped, rows_file
from graph.nquads.row_index import restore_rows
from graph.release.fix_lists import read_problems
from graph.release.manifest import Manifest, SourceEntry
from graph.release.store import read_dump


@dataclass(frozen=True, slots=True)
class Part:
    """A source's sorted N-Quads with what the manifest says of it."""

    planned: PlannedSource
    entry: SourceEntry
    graph: Path
    problems: tuple[Problem, ...]
    findings: tuple[Problem, ...] = ()
    """What looking across sources and rows has found."""


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
    rows, unmerged = kept_rows_file(served, planned.name), unmerged_file(served, planned.name)
    # What there was tells the manifest; what is there now may be less.
    has_rows, was_merged = (str(file.relative_to(served)) in manifest.files for file in (rows, unmerged))
    _refuse_changed(served, manifest, [dump_file(served, planned.name), problems_file(served, planned.name)])
    graph = scratch / f"{planned.name}.nq"
    if has_rows:
        _refuse_changed(served, manifest, [rows])
        restore_rows(rows, rows_file(graph))
    read_dump(dump_file(served, planned.name), graph)
    if was_merged:
        _refuse_changed(served, manifest, [unmerged, dump_file(served, catalogue.IDENTITY)])
        entry = _unmerged(entry, served, graph)
    listed = read_problems(planned.name, problems_file(served, planned.name))
    # All other findings are made anew; private postcodes are not there to be looked at again.
    findings = tuple(it for it in listed if it.kind == HIDDEN_POSTCODE_UNKNOWN)
    return Part(planned, entry, graph, tuple(it for it in listed if not it.is_finding), findings)


def _refuse_changed(served: Path, manifest: Manifest, files: Iterable[Path]) -> None:
    for file in files:
        fact = "is not as it was built" if file.is_file() else "is missing"
        if not file.is_file() or checksum(file) != manifest.files.get(str(file.relative_to(served))):
            raise ReleaseError(str(file), fact, "build all sources, without --only")


def _unmerged(entry: SourceEntry, served: Path, graph: Path) -> SourceEntry:
    """Take back what the served release merged, as this build decides anew what belongs together."""
    before, identity = graph.with_suffix(".unmerged"), graph.with_suffix(".identity")
    read_dump(unmerged_file(served, entry.name), before)
    read_dump(dump_file(served, catalogue.IDENTITY), identity)
    found = restore(graph, before, aliases_in(identity))
    before.unlink()
    identity.unlink()
    return replace(entry, subjects=found.subjects, statements=found.statements)


def dump_file(release: Path, graph: str) -> Path:
    """Where a release has the dump of a graph."""
    return release / "dumps" / f"{graph}.nq.gz"


def problems_file(release: Path, source: str) -> Path:
    """Where a release has the problems of a source."""
    return release / "problems" / f"{source}.csv"


def kept_rows_file(release: Path, source: str) -> Path:
    """Where a release keeps which row each entry of a source came from."""
    return release / "rows" / f"{source}.tsv.gz"


def unmerged_file(release: Path, source: str) -> Path:
    """Where a release keeps the statements of a source that merging identifiers changed, as they were."""
    return release / "unmerged" / f"{source}.nq.gz"
