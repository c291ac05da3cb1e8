"""Sources that tell only of what others mention, in a build that maps some of those others and takes over the rest.

They are asked again, as what is mentioned may be new, and of private postcodes no release holds anything that could be
taken over. What they told before stays: what the sources that are taken over keep private is not there to be asked.
"""

from collections.abc import Collection
from dataclasses import replace

from graph.build.context import Making
from graph.build.plan import Plan
from graph.nquads.lines import add_lines, counts
from graph.release.manifest import Manifest
from graph.sources.source_graph import Part, carried_part


def asked_again(plan: Plan, named: Collection[str], before: Manifest | None) -> frozenset[str]:
    """Those of them that the served release holds, if a source is named that is none of them."""
    if before is None or all(source.source.mentioned for source in plan.only(set(named))):
        return frozenset()
    return frozenset(
        source.name
        for source in plan.sources
        if source.source.mentioned and source.name not in named and before.source(source.name)
    )


def with_what_was_told(making: Making, part: Part) -> Part:
    """A source with what the served release has of it, if it was asked again and its files are the same."""
    if part.entry.name not in making.again or making.served is None or making.before is None:
        return part
    folder = making.scratch / "served"
    folder.mkdir(exist_ok=True)
    served = carried_part(part.planned, making.served, making.before, folder, making.plan.base)
    if served is None or served.entry.sha256 != part.entry.sha256:
        return part
    add_lines([served.graph], part.graph)
    served.graph.unlink()
    subjects, statements = counts(part.graph)
    return replace(part, entry=replace(part.entry, subjects=subjects, statements=statements))
