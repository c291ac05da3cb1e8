"""The stages of a build: each takes what the one before it made and leaves files in the folder of the new release."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from pyoxigraph import Store

from graph.errors import ReleaseError
from graph.pipeline import catalogue
from graph.pipeline.cubes.stage import Ground, add_cubes
from graph.pipeline.evidence.stage import grade_parts
from graph.pipeline.expect import check_counts
from graph.pipeline.fetch import fetch_source
from graph.pipeline.lines import add_lines
from graph.pipeline.locations import generalise
from graph.pipeline.mapping import Mapped
from graph.pipeline.merge import merge_graphs, triples_of
from graph.pipeline.objections.keyed import Keyed
from graph.pipeline.objections.stage import Cleared, clear
from graph.pipeline.parallel import Job
from graph.pipeline.parts import Part, carried_part, dump_file, mapped_part, problems_file
from graph.pipeline.plan import Plan, PlannedSource
from graph.pipeline.problems import write_problems
from graph.pipeline.progress import Clock, Progress
from graph.pipeline.quality.stage import (
    add_quality,
    read_across,
    served_measurements,
    with_findings,
    write_lists,
)
from graph.pipeline.resolve import resolve_parts
from graph.pipeline.stated import Stated
from graph.pipeline.validate import (
    MergedGraph,
    Report,
    RowIndex,
    Shapes,
    cross_check,
    uniqueness_results,
    validate_graph,
)
from graph.pipeline.validation.rows import with_rows
from graph.pipeline.waves import map_in_waves
from graph.release import store as stores
from graph.release.disk import checksum, files_under, remove_tree, sync_tree
from graph.release.manifest import Manifest
from graph.release.search import build_index
from graph.words import iri
from graph.words.vocabulary import shapes_text, uniqueness_queries, vocabulary_triples


@dataclass(frozen=True, slots=True)
class Making:
    """A release in the making: what it is made of, and the folder that it is made in."""

    plan: Plan
    named: set[str]
    """The sources to map; the others of the plan are taken over from the served release."""
    served: Path | None
    before: Manifest | None
    """What the served release says of itself; None if nothing is served, or the manifest is damaged."""
    folder: Path
    id: str

    @property
    def scratch(self) -> Path:
        """Files that the release does not keep."""
        return self.folder / "work"

    @property
    def raw(self) -> Path:
        """What was fetched, which outlives the build."""
        return self.folder.parent / "raw"

    @property
    def default(self) -> Path:
        """The sorted N-Triples of the default graph, less the warnings that validating them gives."""
        return self.scratch / "default.nt"

    def graph(self, name: str) -> Path:
        """The sorted N-Quads of a named graph."""
        return self.scratch / f"{name}.nq"


def make_release(making: Making, progress: Progress) -> Manifest:
    """Run all stages; afterwards the folder is a whole release, on the disk to the last byte."""
    clock = Clock(progress)
    making.scratch.mkdir()
    with clock.stage("fetch"):
        planned = [_fetched(making, each, progress) for each in making.plan.sources if each.name in making.named]
    with clock.stage("map"):
        carried = _carried(making, progress)
        others = {part.graph: part.planned.source for part in carried}
        mapped = map_in_waves([_job(making, each) for each in planned], others, making.scratch, progress)
    with clock.stage("suppress"):
        cleared = _cleared(making, _parts(planned, mapped, carried), bool(carried), progress)
        parts = cleared.parts
    with clock.stage("locate"):
        parts = generalise(parts)
        _write_problems(making, parts)  # less what they told of private places
    with clock.stage("check"):
        _check(making, planned, mapped)
    with clock.stage("resolve"):
        parts = resolve_parts(parts, making.plan.identity, making.scratch, making.folder)
    with clock.stage("grade"):
        grade_parts(parts, making.plan.identity, making.scratch)
    with stores.Loading(making.folder / "store") as loading:
        made = _filled(making, parts, loading, clock, progress)
    with clock.stage("dumps"):
        _dump(making, made.graphs)
    return _finish(making, made, clock, cleared.suppressed)


@dataclass(frozen=True, slots=True)
class _Made:
    """What a release holds, once its store is full and its graph has been checked."""

    parts: Sequence[Part]
    graphs: Sequence[str]
    triples: int
    report: Report


def _filled(making: Making, parts: Sequence[Part], loading: stores.Loading, clock: Clock, progress: Progress) -> _Made:
    """The stages that make the graph of the sources; whatever they need not ask of it is done while it is loaded."""
    with clock.stage("merge"):
        graphs, triples = _merge(making, parts)
        loading.begin([making.graph(name) for name in graphs], [making.default])
    with clock.stage("compare"):
        ground = Ground.read(Stated(making.default))
        across = read_across(ground, parts)
        parts = with_findings(parts, across)
        write_lists(parts, making.folder)
    with clock.stage("store"):
        loading.store()
    with clock.stage("cubes"):
        triples = add_cubes(loading, ground, parts, making.default, making.graph(catalogue.DERIVED), progress)
    with clock.stage("quality"):
        earlier = served_measurements(making.served, making.before, making.scratch, progress)
        triples = add_quality(loading, parts, across, earlier, making.default)
    with clock.stage("validate"):
        report = _validate(making, triples, loading, progress)
        triples += _note_warnings(making, report, loading)
    with clock.stage("search"):
        _index(making, loading.store())
    own = (catalogue.DERIVED, catalogue.MEASUREMENTS, catalogue.QUALITY)
    return _Made(parts, [*graphs, *own], triples, report)


def _fetched(making: Making, planned: PlannedSource, progress: Progress) -> PlannedSource:
    """A source with its files at hand."""
    if not planned.url:
        return planned
    had = fetch_source(planned.source.fetch, planned.url, making.raw / planned.name, progress.note)
    return replace(planned, files=had.files, date=planned.date or had.date)


def _job(making: Making, planned: PlannedSource) -> Job:
    return Job(planned.source, planned.files, making.graph(planned.name), making.plan.base)


def _carried(making: Making, progress: Progress) -> list[Part]:
    """The sources that are not to be mapped, as the served release has them."""
    parts: list[Part] = []
    for other in (each for each in making.plan.sources if each.name not in making.named):
        if part := _taken_over(making, other):
            parts.append(part)
        else:
            progress.note(f"{other.name} is left out: it was not named, and no served release holds it")
    return parts


def _taken_over(making: Making, planned: PlannedSource) -> Part | None:
    if making.served is None or making.before is None:
        return None
    return carried_part(planned, making.served, making.before, making.scratch, making.plan.base)


def _parts(planned: Sequence[PlannedSource], mapped: Sequence[Mapped], carried: Sequence[Part]) -> list[Part]:
    """All sources of the release by name."""
    by_name = {each.name: each for each in planned}
    parts = [*carried, *(mapped_part(by_name[each.source], each) for each in mapped)]
    return sorted(parts, key=lambda part: part.entry.name)


def _cleared(making: Making, parts: list[Part], carried: bool, progress: Progress) -> Cleared:
    """The parts without what was objected to; from here on nothing that the release holds names it."""
    plan = making.plan
    before: Mapping[str, Sequence[str]] = making.before.suppressed if making.before else {}
    if plan.objections is None:
        if before:
            progress.note(
                f"nothing is suppressed, {len(before)} entries were in the served release: was [suppress] meant to go?"
            )
        return Cleared(parts)
    keyed = Keyed.of(making.folder.parent, plan.objections, before)
    return clear(parts, plan.objections, plan.identity, keyed, carried, progress)


def _write_problems(making: Making, parts: Sequence[Part]) -> None:
    (making.folder / "problems").mkdir()
    for part in parts:
        write_problems(part.problems, problems_file(making.folder, part.entry.name))


def _check(making: Making, planned: Sequence[PlannedSource], mapped: Sequence[Mapped]) -> None:
    """Stop here if the counts of a source are not what is expected of it."""
    by_name = {each.name: each.source for each in planned}
    for each in mapped:
        check_counts(by_name[each.source], each, making.before.source(each.source) if making.before else None)


def _merge(making: Making, parts: Sequence[Part]) -> tuple[list[str], int]:
    """Write our own graphs, then all of them into one; gives the names of the graphs and the number of triples."""
    catalogue.write_triples(
        vocabulary_triples(making.plan.base), catalogue.VOCABULARY, making.graph(catalogue.VOCABULARY)
    )
    entries = ((part.planned, part.entry) for part in parts)
    catalogue.write_graph(catalogue.catalogue(entries), catalogue.CATALOGUE, making.graph(catalogue.CATALOGUE))
    own = (catalogue.VOCABULARY, catalogue.CATALOGUE, catalogue.IDENTITY, catalogue.EVIDENCE)
    names = [*(part.entry.name for part in parts), *own]
    graphs = {iri.source(name): making.graph(name) for name in names}
    return names, merge_graphs(graphs, making.default)


def _note_warnings(making: Making, report: Report, loading: stores.Loading) -> int:
    """Add what the shapes warned of to the graph `quality`; gives the number of triples that this adds."""
    warnings, quality = making.graph(f"{catalogue.QUALITY}.warnings"), making.graph(catalogue.QUALITY)
    catalogue.write_graph(catalogue.warning_nodes(report.warnings), catalogue.QUALITY, warnings)
    triples, count = triples_of(iri.source(catalogue.QUALITY), warnings)
    loading.begin([warnings], [triples])
    loading.store().flush()
    add_lines([warnings], quality)
    return count


def _validate(making: Making, triples: int, loading: stores.Loading, progress: Progress) -> Report:
    """Check the whole graph against the shapes; the report stays even if the release does not."""
    graph = MergedGraph(making.default, triples, in_order=True)
    shapes = Shapes.parse(shapes_text(), base=making.plan.base)
    rows = RowIndex.beside([making.graph(source.name) for source in making.plan.sources])
    report = validate_graph(graph, shapes, rows)
    unique = uniqueness_results(loading.store(), uniqueness_queries())
    report = report.with_results(with_rows(unique, rows))
    (making.folder / "report.ttl").write_text(report.turtle(), encoding="utf-8")
    (making.folder / "report.txt").write_text(report.table(), encoding="utf-8")
    report.require_no_violations()
    progress.note(cross_check(report, graph, shapes).summary)
    return report


def _index(making: Making, store: Store) -> None:
    try:
        build_index(store, making.folder / "search")
    except ValueError as fault:  # all that tantivy raises, a full disk included
        fact = f"cannot be written ({fault})"
        raise ReleaseError("search index", fact, "make room on the disk if it is full, and build again") from fault


def _dump(making: Making, graphs: Sequence[str]) -> None:
    (making.folder / "dumps").mkdir()
    for name in graphs:
        stores.write_dump(making.graph(name), dump_file(making.folder, name))


def _sealed(making: Making) -> dict[str, str]:
    """Bring all files to the disk, and take their checksums."""
    remove_tree(making.scratch)
    sync_tree(making.folder)
    return {str(path.relative_to(making.folder)): checksum(path) for path in files_under(making.folder)}


def _finish(making: Making, made: _Made, clock: Clock, suppressed: Mapping[str, Sequence[str]]) -> Manifest:
    """Write the manifest, last of all: its presence says that the release is whole."""
    with clock.stage("seal"):
        files = _sealed(making)
    manifest = Manifest(
        id=making.id,
        built_at=datetime.now(UTC).replace(microsecond=0),
        base=making.plan.base,
        code_version=version("civsoc"),
        triples=made.triples,
        warnings=len(made.report.warnings),
        sources=tuple(part.entry for part in made.parts),
        stages=clock.stages,
        files=files,
        suppressed=suppressed,
    )
    manifest.write(making.folder)
    sync_tree(making.folder)
    return manifest
