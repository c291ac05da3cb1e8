"""Forgetting postcodes: nothing stays of what a source of postcodes states about a place that must stay private."""

from collections.abc import Set
from dataclasses import replace
from pathlib import Path

from graph.model.iri import last_segment
from graph.model.places import SMALL
from graph.model.terms import CIV
from graph.nquads.reading import about
from graph.nquads.rewriting import rewriting
from graph.nquads.row_index import forget_rows, rows_file
from graph.nquads.statement import subject_of
from graph.sources.source_graph import SourceGraph

_WITHIN = CIV.within.encode()


def forget(part: SourceGraph, postcodes: Set[bytes]) -> SourceGraph:
    """A source without postcodes, given as N-Triples writes them, and all that leads to them: their geometries, the
    small areas in which no other postcode lies, the rows that describe them, and the problems of those."""
    if not any(statement.subject in postcodes for statement in about(part.graph, "postcode")):
        return part
    gone = postcodes | {postcode.replace(b"/id/postcode/", b"/id/geometry/") for postcode in postcodes}
    gone |= _small_areas(part.graph, postcodes)
    forget_rows(rows_file(part.graph), {thing[1:-1] for thing in gone})  # of areas too: each row names its postcode
    with rewriting(part.graph) as lines:
        lines.keep_all(line for line in lines if subject_of(line) not in gone)
    problems = tuple(each for each in part.problems if each.about is None or each.about.encode() not in gone)
    entry = replace(part.entry.recounted(lines.counts), problems=len(problems))
    return replace(part, entry=entry, problems=problems)


def _small_areas(graph: Path, postcodes: Set[bytes]) -> set[bytes]:
    """Each small area in which only these postcodes lie: it leads to few."""
    theirs, others = set[bytes](), set[bytes]()
    for statement in about(graph, "postcode"):
        if statement.predicate == _WITHIN:
            (theirs if statement.subject in postcodes else others).add(statement.thing)
    return {area for area in theirs - others if last_segment(area.decode()).startswith(SMALL)}
