"""The stage between mapping and resolving that keeps private places private.

Mappings state the postcode of a place that is not public under `civ:unpublishedPostcode`. Here it becomes the areas
that it lies in, of kinds with some thousand people or more; the postcode itself, and what the postcode sources state
about it, stays only where a source publishes it. Nothing of it outlives the build's scratch files.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graph.model import iri
from graph.model.places import WIDE
from graph.model.problems import WARNING, Problem
from graph.model.terms import CIV, Iri
from graph.nquads.reading import stating
from graph.nquads.rewriting import rewriting
from graph.nquads.row_index import Row, first_rows, rows_file
from graph.nquads.statement import Statement
from graph.privacy.erasure import forget
from graph.quality.findings.postcodes import EVIDENCE, POSTCODE, unknown
from graph.quality.profile import local
from graph.sources.source_graph import SourceGraph

_PRIVATE, _PUBLIC, _WITHIN = CIV.unpublishedPostcode.encode(), CIV.postcode.encode(), CIV.within.encode()
_WANTED = frozenset((_PRIVATE, _PUBLIC, *(term.encode() for term in EVIDENCE)))


@dataclass(frozen=True, slots=True)
class Private:
    """Postcodes that are not public, and the wide areas that each lies in."""

    areas: Mapping[bytes, Sequence[bytes]]
    hidden: frozenset[bytes]
    """Those of them that no source publishes."""
    unknown: frozenset[bytes]
    """Those of them that do not exist, as far as the sources of postcodes can tell."""
    stating: frozenset[Path]
    """The graphs that state one."""


def generalise(parts: Sequence[SourceGraph]) -> list[SourceGraph]:
    """Put areas in the place of private postcodes; parts whose graphs change get their new counts."""
    private = _private(part.graph for part in parts)
    return [_rewritten(part, private) for part in parts] if private.areas else list(parts)


def _private(graphs: Iterable[Path]) -> Private:
    """Read each graph once, for the postcodes and for what is stated of them."""
    private, public, stating_one = set[bytes](), set[bytes](), set[Path]()
    known: dict[bytes, list[bytes]] = {}
    kept: dict[bytes, bytes] = {}  # many postcodes lie in one area
    postcodes = f"<{iri.base()}id/postcode/".encode()
    wide = tuple(f"<{iri.base()}id/area/{prefix}".encode() for prefix in WIDE)
    for graph in graphs:
        for statement in stating(graph, _WANTED):
            if statement.predicate == _PRIVATE:
                private.add(statement.thing)
                stating_one.add(graph)
            elif statement.predicate == _PUBLIC:
                public.add(statement.thing)
            elif statement.subject.startswith(postcodes):
                areas = known.setdefault(statement.subject, [])
                if statement.predicate == _WITHIN and (area := statement.thing).startswith(wide):
                    areas.append(kept.setdefault(area, area))
    areas_of = {postcode: known.get(postcode, []) for postcode in private}
    unknown_ones = _unknown(private | public, known) & private
    return Private(areas_of, frozenset(private - public), unknown_ones, frozenset(stating_one))


def _unknown(every: Collection[bytes], known: Collection[bytes]) -> frozenset[bytes]:
    names = {postcode.decode()[1:-1]: postcode for postcode in every}
    return frozenset(names[name] for name in unknown(names, {name for name in names if names[name] in known}))


def _rewritten(part: SourceGraph, private: Private) -> SourceGraph:
    """A part without private postcodes, and without what a source of postcodes states about them."""
    if part.graph in private.stating:
        strays: list[bytes] = []
        with rewriting(part.graph) as lines:
            for line in lines:
                if _PRIVATE not in line or (statement := Statement(line)).predicate != _PRIVATE:
                    lines.keep(line)
                    continue
                areas = private.areas[statement.thing]
                lines.add_all(statement.with_terms(predicate=_WITHIN, thing=area).line for area in areas)
                if statement.thing in private.unknown:
                    strays.append(statement.subject)
        findings = (*part.findings, *_findings(part, strays))
        part = replace(part, entry=part.entry.recounted(lines.counts), findings=findings)
    return forget(part, private.hidden)


def _findings(part: SourceGraph, things: Sequence[bytes]) -> Iterator[Problem]:
    """The entries whose postcode does not exist. It is not shown; one that has ended is not reported at all, as the
    ward, which is public, leaves few that it can be."""
    rows, source = first_rows(rows_file(part.graph)) if things else dict[str, Row](), part.planned.source
    for thing in (name.decode() for name in things):
        if thing[1:-1] in rows:
            file, row = rows[thing[1:-1]]
            yield Problem(
                *(source.name, file, row, source.column_named(POSTCODE), "", "hidden-postcode-unknown"),
                about=Iri(thing),
                severity=WARNING,
                reference=local(thing[1:-1]).removeprefix(f"{iri.list_code(source.name)}-"),
            )
