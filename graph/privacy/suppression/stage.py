"""The stage after mapping that takes out what was objected to, before anything is written that outlives the build."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path

from graph.identity.rules import Rules
from graph.model.terms import CIV
from graph.nquads.reading import stating
from graph.nquads.rewriting import Counts
from graph.nquads.row_index import rows_file
from graph.privacy.erasure import forget
from graph.privacy.suppression.keyed import Keyed
from graph.privacy.suppression.list import Objections
from graph.privacy.suppression.reach import reach
from graph.privacy.suppression.removal import Removing
from graph.progress import Progress
from graph.sources.source_graph import SourceGraph

_POINTING = (CIV.postcode.encode(), CIV.unpublishedPostcode.encode())


@dataclass(frozen=True, slots=True)
class Cleared:
    """The parts of a release without what was objected to, and what it is to remember of that."""

    parts: list[SourceGraph]
    suppressed: dict[str, list[str]] = field(default_factory=dict[str, list[str]])


def clear(
    parts: Sequence[SourceGraph], objections: Objections, rules: Rules, keyed: Keyed, carried: bool, progress: Progress
) -> Cleared:
    """Take out of all parts what was objected to, and count it.

    `carried`: whether some parts come from the served release, which may have lost it before.
    """
    graphs = [(part.entry.name, part.graph) for part in parts]
    reached = reach(graphs, objections, rules, keyed)
    removing = Removing(reached)
    counts = {part.entry.name: removing.rewrite(part.graph) for part in parts}
    for part in parts:
        removing.clear_rows(rows_file(part.graph))
    orphans = _orphans([part.graph for part in parts], removing.freed)
    found = [forget(_part(part, removing, counts[part.entry.name]), orphans) for part in parts]
    for line in _summary(objections, removing, keyed, carried):
        progress.note(line)
    return Cleared(found, keyed.suppressed(reached.aliases, carried))


def _part(part: SourceGraph, removing: Removing, counts: Counts | None) -> SourceGraph:
    """A part with its problems cleared and its new figures."""
    problems = removing.problems(part.problems)
    entry = replace(part.entry.recounted(counts), problems=len(problems))
    return replace(part, entry=entry, problems=problems, findings=removing.problems(part.findings))


def _orphans(graphs: Iterable[Path], freed: Set[bytes]) -> Set[bytes]:
    """The postcodes that only something pointed to which is gone."""
    if not freed:
        return freed
    return freed - {statement.thing for graph in graphs for statement in stating(graph, _POINTING)}


def _summary(objections: Objections, removing: Removing, keyed: Keyed, carried: bool) -> Iterator[str]:
    """How much was taken out, and which entries found nothing; never what they say."""
    matched = sum(1 for row in objections.entries if removing.matched[row])
    name = objections.file.name
    yield (
        f"{name}: {matched:,} of {len(objections.entries):,} entries matched "
        f"{removing.touched:,} statements and problems, which were taken out"
    )
    for row in objections.entries:
        if not removing.matched[row] and not (carried and keyed.known(row)):
            yield f"{name}:{row}: matches nothing; correct it, or leave it for what may come"
