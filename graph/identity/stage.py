"""The stage between mapping and merging: statements about several identifiers of one body become statements about it.

Each build does it again from what the sources state, so that deleting or rejecting a link undoes a merger.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graph.identity.clusters import Refused, Weighed, weigh
from graph.identity.display_name import Dates, aliases_of, identity_nodes
from graph.identity.links import read_ties
from graph.identity.rewrite import Aliases, Seen, rewrite
from graph.identity.rules import Rules, identifier
from graph.model.iri import last_segment
from graph.model.own_graphs import IDENTITY
from graph.model.problems import Problem, parameters
from graph.model.terms import Iri
from graph.nquads.rewriting import Counts
from graph.nquads.writing import write_graph
from graph.release.fix_lists import write_problems
from graph.release.paths import problems_file, unmerged_file
from graph.release.store import write_dump
from graph.sources.source_graph import SourceGraph
from graph.validation.results.rows import Place, RowIndex

Graphs = Sequence[tuple[str, Path]]
"""Sorted N-Quads files of named graphs, by the name of their source."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What came of resolving."""

    aliases: Aliases
    rewritten: dict[str, Counts]
    """The sources whose graphs changed, with what they hold now."""
    problems: tuple[Problem, ...]

    def canonical(self, thing: Iri | None) -> Iri | None:
        """What stands for a thing."""
        return _canonical(thing, self.aliases) if thing else None


def resolve(graphs: Graphs, rules: Rules, dates: Dates, identity: Path, unmerged: Path) -> Resolved:
    """Rewrite the graphs in place and write the graph `identity`.

    The statements that were replaced go into the folder `unmerged`, one file a source.
    """
    weighed = weigh(read_ties(graphs), rules)
    aliases = aliases_of(weighed.clusters)
    seen, rewritten = Seen(), dict[str, Counts]()
    for name, graph in graphs:
        if counts := rewrite(name, graph, aliases, unmerged / f"{name}.nq", seen):
            rewritten[name] = counts
    write_graph(identity_nodes(weighed, seen, dates), IDENTITY, identity)
    rows = RowIndex.beside([graph for _, graph in graphs])
    return Resolved(aliases, rewritten, tuple(_problems(weighed, seen, rows, aliases)))


def _problems(weighed: Weighed, seen: Seen, rows: RowIndex, aliases: Aliases) -> Iterator[Problem]:
    """The links that were refused, and statements that would tie a body to itself."""
    subjects = [statement.subject.decode()[1:-1] for _, statement in seen.reflexive]
    places = rows.locate({*(refused.link.iri.value for refused in weighed.refused), *subjects})
    yield from (_refusal(refused, _row(places, refused.link.iri.value), aliases) for refused in weighed.refused)
    for (source, statement), subject in zip(seen.reflexive, subjects, strict=True):
        value = identifier(statement.thing.decode())
        place = (IDENTITY, source, _row(places, subject), "", value)
        term = last_segment(statement.predicate.decode())
        named = parameters(term=term, identifier=identifier(subject))
        yield Problem(*place, "link-to-itself", named, about=_canonical(Iri(f"<{subject}>"), aliases))


def _refusal(refused: Refused, row: int, aliases: Aliases) -> Problem:
    link = refused.link
    place = (IDENTITY, link.source, row, "", link.shown)
    return Problem(*place, refused.rule, refused.parameters, about=_canonical(Iri(link.first), aliases))


def _canonical(thing: Iri, aliases: Aliases) -> Iri:
    return Iri(aliases.get(thing.encode(), thing.encode()).decode())


def _row(places: Mapping[str, Place], thing: str) -> int:
    """The row that a thing came from; 0 where it was carried over from an earlier release, which has no rows."""
    return places[thing].row if thing in places else 0


def resolve_parts(parts: Sequence[SourceGraph], rules: Rules, scratch: Path, release: Path) -> list[SourceGraph]:
    """Resolve the sources of a release that is being made; their counts and problems follow.

    What was refused becomes a problem of the source that had stated it, and a file of its own.
    """
    before = scratch / "unmerged"
    before.mkdir()
    graphs = [(part.entry.name, part.graph) for part in parts]
    dates = {part.entry.name: part.entry.date for part in parts}
    resolved = resolve(graphs, rules, dates, scratch / f"{IDENTITY}.nq", before)
    write_problems(resolved.problems, problems_file(release, IDENTITY))
    for name in resolved.rewritten:
        dump = unmerged_file(release, name)
        dump.parent.mkdir(exist_ok=True)
        write_dump(before / f"{name}.nq", dump)
    return [_resolved_part(part, resolved) for part in parts]


def _resolved_part(part: SourceGraph, resolved: Resolved) -> SourceGraph:
    own, findings = (
        tuple(replace(problem, about=resolved.canonical(problem.about)) for problem in found)
        for found in (part.problems, part.findings)
    )
    refused = (problem for problem in resolved.problems if problem.file == part.entry.name)
    entry = part.entry.recounted(resolved.rewritten.get(part.entry.name))
    return replace(part, entry=entry, problems=(*own, *refused), findings=findings)
