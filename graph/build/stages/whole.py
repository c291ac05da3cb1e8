"""The stages of a build that make one graph of those of the sources: merged, compared, counted, checked, indexed."""

import errno
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import Store

from graph.build.catalogue import catalogue
from graph.build.context import Context
from graph.errors import ReleaseError
from graph.model import iri
from graph.model.own_graphs import CATALOGUE, DERIVED, EVIDENCE, IDENTITY, MEASUREMENTS, QUALITY, VOCABULARY
from graph.model.vocabulary.files import vocabulary_triples
from graph.nquads.lines import add_lines
from graph.nquads.merge import merge_graphs, triples_of
from graph.nquads.merged_graph import MergedGraph
from graph.nquads.sorted_graph import SortedGraph
from graph.nquads.writing import write_graph, write_triples
from graph.progress import Clock, Progress
from graph.quality.problem_nodes import warning_nodes
from graph.quality.stage import add_quality, read_across, served_measurements, with_findings, write_lists
from graph.release.search import build_index
from graph.release.store import Loading
from graph.sources.source_graph import SourceGraph
from graph.statistics.stage import Ground, add_cubes
from graph.validation.recheck import cross_check
from graph.validation.results.report import Report
from graph.validation.results.rows import RowIndex
from graph.validation.run import Constraints, validate

HARDLY_ANY = 1_000_000
"""Bytes: a disk with less room is full."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What a release holds, once its store is full and its graph has been checked."""

    parts: Sequence[SourceGraph]
    graphs: Sequence[str]
    triples: int
    report: Report


def make_whole(
    context: Context, parts: Sequence[SourceGraph], loading: Loading, clock: Clock, progress: Progress
) -> Whole:
    """Fill the store, and make what is drawn from it; whatever need not be asked of it is done while it is loaded."""
    with clock.stage("merge"):
        graphs = _merge(context, parts)
        loading.begin([context.graph(name) for name in graphs], [context.default])
    with clock.stage("compare"):
        ground = Ground.read(SortedGraph(context.default))
        across = read_across(ground, parts)
        parts = with_findings(parts, across)
        write_lists(parts, context.folder)
    with clock.stage("store"):
        loading.store()
    with clock.stage("cubes"):
        add_cubes(loading, ground, parts, context.default, context.graph(DERIVED), progress)
        del ground  # and with it what it holds of the merged file, which has been replaced
    with clock.stage("quality"):
        earlier = served_measurements(context.served, context.before, context.scratch, progress)
        add_quality(loading, parts, across, earlier, context.default)
    with clock.stage("validate"):
        report = _validate(context, loading, progress)
        triples = report.triples + _note_warnings(context, report, loading)
    with clock.stage("search"):
        _index(context, loading.store())
    return Whole(parts, [*graphs, DERIVED, MEASUREMENTS, QUALITY], triples, report)


def _merge(context: Context, parts: Sequence[SourceGraph]) -> list[str]:
    """Write our own graphs, then all of them into one; gives the names of the graphs."""
    write_triples(vocabulary_triples(context.plan.base), VOCABULARY, context.graph(VOCABULARY))
    entries = ((part.planned, part.entry) for part in parts)
    write_graph(catalogue(entries), CATALOGUE, context.graph(CATALOGUE))
    own = (VOCABULARY, CATALOGUE, IDENTITY, EVIDENCE)
    names = [*(part.entry.name for part in parts), *own]
    graphs = {iri.source(name): context.graph(name) for name in names}
    merge_graphs(graphs, context.default)
    return names


def _validate(context: Context, loading: Loading, progress: Progress) -> Report:
    """Check the whole graph against the shapes; the report stays even if the release does not."""
    with context.default.open("rb") as lines:
        graph = MergedGraph(context.default, sum(1 for _ in lines), in_order=True)
    constraints = Constraints.own(context.plan.base)
    rows = RowIndex.beside([context.graph(source.name) for source in context.plan.sources])
    report = validate(graph, constraints, loading.store(), rows)
    (context.folder / "report.ttl").write_text(report.turtle(), encoding="utf-8")
    (context.folder / "report.txt").write_text(report.table(), encoding="utf-8")
    report.require_no_violations()
    progress.note(cross_check(report, graph, constraints.shapes).summary)
    return report


def _note_warnings(context: Context, report: Report, loading: Loading) -> int:
    """Add what the shapes warned of to the graph `quality`; gives the number of triples that this adds."""
    warnings, quality = context.graph(f"{QUALITY}.warnings"), context.graph(QUALITY)
    write_graph(warning_nodes(report.warnings), QUALITY, warnings)
    triples, count = triples_of(iri.source(QUALITY), warnings)
    loading.begin([warnings], [triples])
    loading.store().flush()
    add_lines([warnings], quality)
    return count


def _index(context: Context, store: Store) -> None:
    try:
        build_index(store, context.folder / "search")
    except ValueError as fault:  # all that tantivy raises, even for a full disk
        if shutil.disk_usage(context.folder).free < HARDLY_ANY:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(context.folder / "search")) from fault
        raise ReleaseError("search index", f"cannot be written ({fault})", "correct that, and build again") from fault
