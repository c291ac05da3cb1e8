"""Forgetting postcodes: nothing stays of what a source of postcodes tells of a place that nobody may be led to."""

from collections.abc import Iterator, Set
from dataclasses import replace
from pathlib import Path

from graph.model import iri
from graph.model.iri import last_segment
from graph.model.places import SMALL
from graph.model.terms import CIV
from graph.nquads.lines import BUFFER, beginning_with, counts
from graph.nquads.mapped import rows_file
from graph.sources.source_graph import SourceGraph

_WITHIN = str(CIV.within).encode()


def forget(part: SourceGraph, postcodes: Set[bytes]) -> SourceGraph:
    """A source without postcodes, given as N-Triples writes them, and all that leads to them: their geometries, the
    small areas in which no other postcode lies, the rows that tell of them, and the problems of those."""
    if not any(line[: line.index(b" ")] in postcodes for line in _about_postcodes(part.graph)):
        return part
    gone = postcodes | {postcode.replace(b"/id/postcode/", b"/id/geometry/") for postcode in postcodes}
    gone |= _small_areas(part.graph, postcodes)
    _forget_rows(rows_file(part.graph), gone)
    kept = part.graph.with_suffix(".kept")
    with part.graph.open("rb", BUFFER) as lines, kept.open("wb", BUFFER) as stays:
        stays.writelines(line for line in lines if line[: line.index(b" ")] not in gone)
    kept.replace(part.graph)
    subjects, statements = counts(part.graph)
    problems = tuple(each for each in part.problems if each.about is None or each.about.encode() not in gone)
    entry = replace(part.entry, subjects=subjects, statements=statements, problems=len(problems))
    return replace(part, entry=entry, problems=problems)


def _about_postcodes(graph: Path) -> Iterator[bytes]:
    return beginning_with(graph, f"<{iri.base()}id/postcode/".encode())


def _small_areas(graph: Path, postcodes: Set[bytes]) -> set[bytes]:
    """Each small area in which only these postcodes lie: it leads to few."""
    theirs, others = set[bytes](), set[bytes]()
    for line in _about_postcodes(graph):
        postcode, predicate, area = line.split(b" ", 3)[:3]
        if predicate == _WITHIN:
            (theirs if postcode in postcodes else others).add(area)
    return {area for area in theirs - others if last_segment(area.decode()).startswith(SMALL)}


def _forget_rows(rows: Path, gone: Set[bytes]) -> None:
    """Take out the rows that tell of these things: they tell of areas too, and each names its postcode."""
    if not rows.exists():
        return
    forgotten = {row for thing, row in _rows(rows) if b"<%b>" % thing in gone}
    kept = rows.with_suffix(".kept")
    with kept.open("wb", BUFFER) as stays:
        stays.writelines(b"%b\t%b" % line for line in _rows(rows) if not line[0] or line[1] not in forgotten)
    kept.replace(rows)


def _rows(file: Path) -> Iterator[tuple[bytes, bytes]]:
    """Each thing, and the row and number of the file that tell of it; where there is no thing, a file and its name."""
    with file.open("rb", BUFFER) as lines:
        for line in lines:
            thing, _, row = line.partition(b"\t")
            yield thing, row
