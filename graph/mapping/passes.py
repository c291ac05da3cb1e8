"""Mapping in passes: first the sources that are independent, then those that describe only what others refer to."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from graph.mapping.parallel import Job, crew
from graph.mapping.references import Mentions
from graph.nquads.mapped import Mapped
from graph.progress import Progress
from graph.sources.source import Source

FIRST = 1


def wave(source: Source) -> int:
    """When a source is mapped; see `Source.wave`."""
    return source.wave if source.mentioned else FIRST


def map_in_waves(
    jobs: Sequence[Job], carried: Mapping[Path, Source], scratch: Path, progress: Progress
) -> list[Mapped]:
    """Map all sources. For those of a later pass, all graphs of earlier passes are other sources, the carried too.

    `carried` are the graphs of sources that this build carries over from the served release.
    """
    unread, done = dict(carried), list[Mapped]()
    with crew(len(jobs), progress) as run:
        mentions = Mentions(jobs[0].base) if jobs else None
        for number in sorted({wave(job.source) for job in jobs}):
            now = [job for job in jobs if wave(job.source) == number]
            if mentions and number > FIRST:
                for graph in [graph for graph, source in unread.items() if wave(source) < number]:
                    mentions.read(graph)
                    del unread[graph]
                written = mentions.write(scratch / f"mentions-{number}.txt")
                now = [replace(job, mentions=written) for job in now]
            done += run(now)
            unread |= {job.target: job.source for job in now}
    return sorted(done, key=lambda mapped: mapped.source)
