"""The stages of a build that make the graphs of the sources: from files to identity and evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from graph.build.carry_over import carried_over, with_earlier_answers
from graph.build.context import Context
from graph.identity.stage import resolve_parts
from graph.mapping.expect import check_counts
from graph.mapping.parallel import Job
from graph.mapping.passes import map_in_passes
from graph.nquads.mapped import Mapped
from graph.privacy.generalisation import generalise
from graph.privacy.suppression.keyed import Keyed
from graph.privacy.suppression.stage import Cleared, clear
from graph.progress import Clock, Progress
from graph.quality.dangling_references import without_strays
from graph.quality.evidence.stage import grade_parts
from graph.release.fix_lists import write_problems
from graph.release.paths import problems_file
from graph.sources.planned import PlannedSource
from graph.sources.source_graph import SourceGraph, mapped_graph


def make_parts(context: Context, clock: Clock, progress: Progress) -> Cleared:
    """The graphs of all sources, with what was taken out of them."""
    with clock.stage("fetch"):
        planned = [_fetched(context, each, progress) for each in context.plan.sources if each.name in context.named]
    with clock.stage("map"):
        carried = _carried(context, progress)
        others = {part.graph: part.planned.source for part in carried}
        mapped = map_in_passes([_job(context, each) for each in planned], others, context.scratch, progress)
        parts = [with_earlier_answers(context, part) for part in _parts(planned, mapped, carried)]
        known = without_strays(parts)
    with clock.stage("suppress"):
        cleared = _cleared(context, known, bool(carried), progress)
    with clock.stage("locate"):
        parts = generalise(cleared.parts)
        _write_problems(context, parts)  # without those about private places
    with clock.stage("check"):
        _check(context, planned, mapped)
    with clock.stage("resolve"):
        parts = resolve_parts(parts, context.plan.identity, context.scratch, context.folder)
    with clock.stage("grade"):
        grade_parts(parts, context.plan.identity, context.scratch)
    return replace(cleared, parts=parts)


def _fetched(context: Context, planned: PlannedSource, progress: Progress) -> PlannedSource:
    """A source with its files."""
    if not planned.url:
        return planned
    from graph.acquisition.fetching import fetch_source  # a client of HTTP, which a build of files has no use for

    had = fetch_source(planned.source.fetch, planned.url, context.raw / planned.name, progress.note)
    return replace(planned, files=had.files, date=planned.date or had.date)


def _job(context: Context, planned: PlannedSource) -> Job:
    return Job(planned.source, planned.files, context.graph(planned.name), context.plan.base)


def _carried(context: Context, progress: Progress) -> list[SourceGraph]:
    """The sources that are not to be mapped, as the served release has them."""
    parts: list[SourceGraph] = []
    for other in (each for each in context.plan.sources if each.name not in context.named):
        if part := _taken_over(context, other):
            parts.append(part)
        else:
            progress.note(f"{other.name} is left out: it was not named, and no served release holds it")
    return parts


def _taken_over(context: Context, planned: PlannedSource) -> SourceGraph | None:
    if context.served is None or context.before is None:
        return None
    return carried_over(planned, context.served, context.before, context.scratch, context.plan.base)


def _parts(
    planned: Sequence[PlannedSource], mapped: Sequence[Mapped], carried: Sequence[SourceGraph]
) -> list[SourceGraph]:
    """All sources of the release by name."""
    by_name = {each.name: each for each in planned}
    parts = [*carried, *(mapped_graph(by_name[each.source], each) for each in mapped)]
    return sorted(parts, key=lambda part: part.entry.name)


def _cleared(context: Context, parts: list[SourceGraph], carried: bool, progress: Progress) -> Cleared:
    """The parts without what was objected to; from here on nothing that the release holds names it."""
    plan = context.plan
    before: Mapping[str, Sequence[str]] = context.before.suppressed if context.before else {}
    if plan.objections is None:
        if before:
            progress.note(
                f"nothing is suppressed, {len(before)} entries were in the served release: was [suppress] meant to go?"
            )
        return Cleared(parts)
    keyed = Keyed.of(context.folder.parent, plan.objections, before)
    return clear(parts, plan.objections, plan.identity, keyed, carried, progress)


def _write_problems(context: Context, parts: Sequence[SourceGraph]) -> None:
    (context.folder / "problems").mkdir()
    for part in parts:
        write_problems(part.problems, problems_file(context.folder, part.entry.name))


def _check(context: Context, planned: Sequence[PlannedSource], mapped: Sequence[Mapped]) -> None:
    """Stop here if the counts of a source are not what is expected of it."""
    by_name = {each.name: each.source for each in planned}
    for each in mapped:
        check_counts(by_name[each.source], each, context.before.source(each.source) if context.before else None)
