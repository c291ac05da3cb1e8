"""Mapping in waves: first the sources that speak for themselves, then those that tell only of what others mention."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from graph.mapping.parallel import Job, crew
from graph.mapping.references import write_mentions
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
    """Map all sources. To those of a later wave, all graphs of earlier waves are other sources, the carried too.

    `carried` are the graphs of sources that this build takes over from the served release.
    """
    graphs = dict(carried)
    done: list[Mapped] = []
    with crew(len(jobs), progress) as run:
        for number in sorted({wave(job.source) for job in jobs}):
            now = [job for job in jobs if wave(job.source) == number]
            if number > FIRST:
                earlier = [graph for graph, source in graphs.items() if wave(source) < number]
                mentions = write_mentions(earlier, now[0].base, scratch / f"mentions-{number}.txt")
                now = [replace(job, mentions=mentions) for job in now]
            done += run(now)
            graphs |= {job.target: job.source for job in now}
    return sorted(done, key=lambda mapped: mapped.source)
