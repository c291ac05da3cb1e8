"""Mapping in passes: first the sources that are independent, then those that describe only what others refer to."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from graph.mapping.parallel import Job, crew
from graph.mapping.references import References
from graph.nquads.mapped import Mapped
from graph.progress import Progress
from graph.sources.source import Source

FIRST = 1


def pass_of(source: Source) -> int:
    """When a source is mapped; see `Source.lookup_pass`."""
    return source.lookup_pass if source.lookup else FIRST


def map_in_passes(
    jobs: Sequence[Job], carried: Mapping[Path, Source], scratch: Path, progress: Progress
) -> list[Mapped]:
    """Map all sources. For those of a later pass, all graphs of earlier passes are other sources, the carried too.

    `carried` are the graphs of sources that this build carries over from the served release.
    """
    unread, done = dict(carried), list[Mapped]()
    with crew(len(jobs), progress) as run:
        references = References(jobs[0].base) if jobs else None
        for number in sorted({pass_of(job.source) for job in jobs}):
            now = [job for job in jobs if pass_of(job.source) == number]
            if references and number > FIRST:
                for graph in [graph for graph, source in unread.items() if pass_of(source) < number]:
                    references.read(graph)
                    del unread[graph]
                written = references.write(scratch / f"references-{number}.txt")
                now = [replace(job, references=written) for job in now]
            done += run(now)
            unread |= {job.target: job.source for job in now}
    return sorted(done, key=lambda mapped: mapped.source)
