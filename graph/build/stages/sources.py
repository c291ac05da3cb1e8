"""The stages of a build that make the graphs of the sources: from files to identity and evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from graph.acquisition.fetching import fetch_source
from graph.build.carry_over import with_what_was_told
from graph.build.context import Making
from graph.build.plan import PlannedSource
from graph.identity.stage import resolve_parts
from graph.mapping.expect import check_counts
from graph.mapping.parallel import Job
from graph.mapping.passes import map_in_waves
from graph.nquads.mapped import Mapped
from graph.privacy.generalisation import generalise
from graph.privacy.suppression.keyed import Keyed
from graph.privacy.suppression.stage import Cleared, clear
from graph.progress import Clock, Progress
from graph.quality.dangling_references import without_strays
from graph.quality.evidence.stage import grade_parts
from graph.release.fix_lists import write_problems
from graph.sources.source_graph import Part, carried_part, mapped_part, problems_file


def make_parts(making: Making, clock: Clock, progress: Progress) -> Cleared:
    """The graphs of all sources, with what was taken out of them."""
    with clock.stage("fetch"):
        planned = [_fetched(making, each, progress) for each in making.plan.sources if each.name in making.named]
    with clock.stage("map"):
        carried = _carried(making, progress)
        others = {part.graph: part.planned.source for part in carried}
        mapped = map_in_waves([_job(making, each) for each in planned], others, making.scratch, progress)
        parts = [with_what_was_told(making, part) for part in _parts(planned, mapped, carried)]
        known = without_strays(parts)
    with clock.stage("suppress"):
        cleared = _cleared(making, known, bool(carried), progress)
    with clock.stage("locate"):
        parts = generalise(cleared.parts)
        _write_problems(making, parts)  # less what they told of private places
    with clock.stage("check"):
        _check(making, planned, mapped)
    with clock.stage("resolve"):
        parts = resolve_parts(parts, making.plan.identity, making.scratch, making.folder)
    with clock.stage("grade"):
        grade_parts(parts, making.plan.identity, making.scratch)
    return replace(cleared, parts=parts)


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
