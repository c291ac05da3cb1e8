"""The stages `compare` and `quality` of a build: what looking across sources finds, and how good each of them is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graph.disk import checksum
from graph.model import iri
from graph.model.own_graphs import IDENTITY, MEASUREMENTS, QUALITY
from graph.model.problems import DOUBLE_ENTRY, Problem, shown
from graph.model.terms import Iri
from graph.model.vocabulary.rules import rule
from graph.nquads.merge import merge_more
from graph.nquads.row_index import Row, first_rows, keep_rows, rows_file
from graph.nquads.sorted_graph import SortedGraph
from graph.nquads.writing import write_graph
from graph.progress import Progress
from graph.quality.findings.duplicates import duplicate_entries
from graph.quality.findings.entries import gone_from_register, not_checked, without_activities
from graph.quality.findings.finding import Found, Known
from graph.quality.findings.names import other_names
from graph.quality.findings.postcodes import Postcodes, faulty_postcodes, read_postcodes
from graph.quality.history import with_history
from graph.quality.measures import measurements
from graph.quality.problem_nodes import problem_nodes
from graph.quality.profiling import read_profiles
from graph.quality.registers import read_registers
from graph.release import store as stores
from graph.release.fix_lists import read_problems, write_problems
from graph.release.manifest import Manifest
from graph.release.paths import kept_rows_file, problems_file
from graph.release.store import read_dump
from graph.sources.source import Source
from graph.sources.source_graph import SourceGraph
from graph.statistics.counts import population
from graph.statistics.organisations import Roll
from graph.statistics.stage import Ground


@dataclass(frozen=True)
class Across:
    """What was read to look across the sources."""

    known: Known
    postcodes: Postcodes
    roll: Roll
    people: Mapping[str, int]
    """By council."""


def read_across(ground: Ground, parts: Sequence[SourceGraph]) -> Across:
    """Read what all sources say of organisations, postcodes and people."""
    dates = {part.entry.name: part.entry.date for part in parts}
    graphs = {part.entry.name: SortedGraph(part.graph) for part in parts}
    graphs[IDENTITY] = SortedGraph(ground.merged.path.with_name(f"{IDENTITY}.nq"))
    profiles = read_profiles(graphs, ground.roll.entries.keys(), dates)
    known = Known(profiles, read_registers(graphs, ground.merged, profiles, dates), ground.places, dates)
    _, people = population(ground.merged, ground.places)
    return Across(known, read_postcodes(ground.merged), ground.roll, people)


def with_findings(parts: Sequence[SourceGraph], across: Across) -> list[SourceGraph]:
    """The sources, each with what was found in it."""
    return [_with_findings(part, across.known, across.postcodes) for part in parts]


def write_lists(parts: Sequence[SourceGraph], release: Path) -> None:
    """Add the findings to the lists of problems, and keep which rows the entries came from."""
    for part in parts:
        name, listed = part.entry.name, problems_file(release, part.entry.name)
        write_problems((*read_problems(name, listed), *part.findings), listed)
        keep_rows(rows_file(part.graph), kept_rows_file(release, name))


def add_quality(
    loading: stores.Loading, parts: Sequence[SourceGraph], across: Across, earlier: Path | None, merged: Path
) -> None:
    """Add measurements, problems and findings to the merged triples and to the store.

    Their graphs lie beside the merged triples. The graph `quality` is not whole yet: what validation warns of follows.
    """
    graphs = {name: merged.with_name(f"{name}.nq") for name in (MEASUREMENTS, QUALITY)}
    sources = {part.entry.name for part in parts}
    with_history(_measured(across), sources, earlier, graphs[MEASUREMENTS])
    write_graph(problem_nodes(_all_problems(parts)), QUALITY, graphs[QUALITY])
    triples = merge_more({iri.source(name): graph for name, graph in graphs.items()}, merged)
    loading.begin(graphs.values(), triples)


def _all_problems(parts: Sequence[SourceGraph]) -> Iterator[Problem]:
    """All problems and findings."""
    return (problem for part in parts for problem in (*part.problems, *part.findings))


def _measured(across: Across) -> list[str]:
    """The present measurements as lines of N-Quads."""
    graph, known = iri.source(MEASUREMENTS), across.known
    found = measurements(known.profiles, across.roll, known.dates, across.people)
    return [line for it in found for line in it.node().quads(graph).splitlines(keepends=True)]


def _with_findings(part: SourceGraph, known: Known, postcodes: Postcodes) -> SourceGraph:
    source = part.entry.name
    found = [*_of_list(known, source), *faulty_postcodes(known, source, postcodes)]
    needed = bool(found) or source in known.profiles.listings
    rows: Mapping[str, Row] = first_rows(rows_file(part.graph)) if needed else dict[str, Row]()
    reported = {(it.file, it.row) for it in part.problems if it.kind == DOUBLE_ENTRY}
    found += duplicate_entries(known, source, rows, reported)
    findings = (_problem(it, part.planned.source, rows) for it in found)
    return replace(part, findings=(*part.findings, *findings))


def _of_list(known: Known, source: str) -> Iterator[Found]:
    """What is found only in lists: registers say of themselves what they say."""
    if known.is_list(source):
        yield from gone_from_register(known, source)
        yield from other_names(known, source)
        yield from without_activities(known, source)
        yield from not_checked(known, source)


def _problem(found: Found, source: Source, rows: Mapping[str, Row]) -> Problem:
    file, row = rows.get(found.thing) or rows.get(found.about) or ("", 0)
    return Problem(
        *(source.name, file, row, source.column_named(found.words), shown(found.value), found.rule, found.parameters),
        about=Iri.of(found.about),
        severity=rule(found.rule).severity,
        reference=found.reference,
        evidence=tuple(Iri.of(thing) for thing in found.evidence),
    )


def served_measurements(served: Path | None, before: Manifest | None, scratch: Path, progress: Progress) -> Path | None:
    """The measurements of the served release, unpacked; none if it has none that can be used."""
    dump = f"dumps/{MEASUREMENTS}.nq.gz"
    if served is None or before is None or dump not in before.files:
        return None
    if before.base != iri.base() or checksum(served / dump) != before.files[dump]:
        progress.note(
            "the history of measurements starts again: that of the served release is of another base, or damaged"
        )
        return None
    target = scratch / f"{MEASUREMENTS}.earlier.nq"
    read_dump(served / dump, target)
    return target
