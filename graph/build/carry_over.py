"""What a build that maps only some sources carries over from the served release: the other sources, unchanged.

Lookup sources, which describe only what others refer to, are asked again if one of those others is mapped: what is
referred to may be new, and of private postcodes no release holds anything that could be carried over. What they
answered before stays, as what the carried-over sources keep private is not there to be asked.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path

from graph.build.context import Context
from graph.build.plan import Plan
from graph.disk import checksum
from graph.errors import ReleaseError
from graph.identity.rewrite import aliases_in, restore
from graph.model.own_graphs import IDENTITY
from graph.model.problems import HIDDEN_POSTCODE_UNKNOWN
from graph.nquads.lines import add_lines
from graph.nquads.rewriting import counts
from graph.nquads.row_index import restore_rows, rows_file
from graph.release.fix_lists import read_problems
from graph.release.manifest import Manifest, SourceEntry
from graph.release.paths import dump_file, kept_rows_file, problems_file, unmerged_file
from graph.release.store import read_dump
from graph.sources.planned import PlannedSource
from graph.sources.source_graph import SourceGraph


def repeated_lookups(plan: Plan, named: Collection[str], before: Manifest | None) -> frozenset[str]:
    """Those of them that the served release has, if none of them is named."""
    if before is None or all(source.source.lookup for source in plan.only(set(named))):
        return frozenset()
    return frozenset(
        source.name
        for source in plan.sources
        if source.source.lookup and source.name not in named and before.source(source.name)
    )


def with_earlier_answers(context: Context, part: SourceGraph) -> SourceGraph:
    """A source with what the served release has of it, if it was asked again and its files are the same."""
    if part.entry.name not in context.again or context.served is None or context.before is None:
        return part
    folder = context.scratch / "served"
    folder.mkdir(exist_ok=True)
    served = carried_over(part.planned, context.served, context.before, folder, context.plan.base)
    if served is None or served.entry.sha256 != part.entry.sha256:
        return part
    add_lines([served.graph], part.graph)
    served.graph.unlink()
    return replace(part, entry=part.entry.recounted(counts(part.graph)))


def carried_over(
    planned: PlannedSource, served: Path, manifest: Manifest, scratch: Path, base: str
) -> SourceGraph | None:
    """A source of the served release, unchanged; None if it has none. ReleaseError if its base IRI differs."""
    entry = manifest.source(planned.name)
    if entry is None:
        return None
    if manifest.base != base:
        fact = f"was built under {manifest.base}, this build is under {base}"
        raise ReleaseError(str(served), fact, "build all sources, without --only")
    rows, unmerged = kept_rows_file(served, planned.name), unmerged_file(served, planned.name)
    # The manifest has what was there; it may be less now.
    has_rows, was_merged = (str(file.relative_to(served)) in manifest.files for file in (rows, unmerged))
    _refuse_changed(served, manifest, [dump_file(served, planned.name), problems_file(served, planned.name)])
    graph = scratch / f"{planned.name}.nq"
    if has_rows:
        _refuse_changed(served, manifest, [rows])
        restore_rows(rows, rows_file(graph))
    read_dump(dump_file(served, planned.name), graph)
    if was_merged:
        _refuse_changed(served, manifest, [unmerged, dump_file(served, IDENTITY)])
        entry = _unmerged(entry, served, graph)
    listed = read_problems(planned.name, problems_file(served, planned.name))
    # All other findings are made again; private postcodes are not there to be looked at again.
    findings = tuple(it for it in listed if it.kind == HIDDEN_POSTCODE_UNKNOWN)
    return SourceGraph(planned, entry, graph, tuple(it for it in listed if not it.is_finding), findings)


def _refuse_changed(served: Path, manifest: Manifest, files: Iterable[Path]) -> None:
    for file in files:
        fact = "is not as it was built" if file.is_file() else "is missing"
        if not file.is_file() or checksum(file) != manifest.files.get(str(file.relative_to(served))):
            raise ReleaseError(str(file), fact, "build all sources, without --only")


def _unmerged(entry: SourceEntry, served: Path, graph: Path) -> SourceEntry:
    """Take back what the served release merged, as this build decides again what belongs together."""
    before, identity = graph.with_suffix(".unmerged"), graph.with_suffix(".identity")
    read_dump(unmerged_file(served, entry.name), before)
    read_dump(dump_file(served, IDENTITY), identity)
    counted = restore(graph, before, aliases_in(identity))
    before.unlink()
    identity.unlink()
    return entry.recounted(counted)
