"""The stage between mapping and resolving that keeps private places private.

Mappings state the postcode of a place that is not public under `civ:unpublishedPostcode`. Here it becomes the areas
that it lies in, of kinds with some thousand people or more; the postcode itself, and what the postcode sources tell
of it, stays only where a source publishes it. Nothing of it outlives the build's scratch files.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graph.model import iri
from graph.model.places import WIDE
from graph.model.problems import WARNING, Problem
from graph.model.terms import CIV, Iri
from graph.nquads.lines import BUFFER, counts, sorting
from graph.nquads.mapped import rows_file
from graph.nquads.row_index import rows_of
from graph.privacy.erasure import forget
from graph.quality.findings.postcodes import POSTCODE, TELLING, unknown
from graph.quality.profile import local
from graph.sources.source_graph import SourceGraph

_PRIVATE = f" {CIV.unpublishedPostcode} ".encode()
_PUBLIC = f" {CIV.postcode} ".encode()
_WITHIN = f" {CIV.within} ".encode()
_TELLING = [f" {term} ".encode() for term in TELLING]


@dataclass(frozen=True, slots=True)
class Private:
    """Postcodes that are not public, and the wide areas that each lies in."""

    areas: dict[bytes, list[bytes]]
    hidden: frozenset[bytes]
    """Those of them that no source publishes."""
    unknown: frozenset[bytes] = frozenset()
    """Those of them that do not exist, as far as the sources of postcodes can tell."""


def generalise(parts: Sequence[SourceGraph]) -> list[SourceGraph]:
    """Put areas in the place of private postcodes; parts whose graphs change get their new counts."""
    private = _private(part.graph for part in parts)
    return [_rewritten(part, private) for part in parts] if private.areas else list(parts)


def _private(graphs: Iterable[Path]) -> Private:
    """Read the graphs: once for the postcodes, and if there are any once more for what is said of them."""
    files = list(graphs)
    areas: dict[bytes, list[bytes]] = {}
    for line in _lines(files, _PRIVATE):
        areas.setdefault(_object(line), [])
    if not areas:
        return Private({}, frozenset())
    public = {_object(line) for line in _lines(files, _PUBLIC)}
    known = {line[: line.index(b" ")] for term in _TELLING for line in _lines(files, term)}
    wide = tuple(f"<{iri.base()}id/area/{prefix}".encode() for prefix in WIDE)
    for line in _lines(files, _WITHIN):
        postcode = line[: line.index(b" ")]
        if postcode in areas and (area := _object(line)).startswith(wide):
            areas[postcode].append(area)
    return Private(areas, frozenset(areas.keys() - public), _unknown(areas.keys() | public, known) & areas.keys())


def _unknown(every: Collection[bytes], known: Collection[bytes]) -> frozenset[bytes]:
    names = {postcode.decode()[1:-1]: postcode for postcode in every}
    return frozenset(names[name] for name in unknown(names, {name for name in names if names[name] in known}))


def _rewritten(part: SourceGraph, private: Private) -> SourceGraph:
    """A part without private postcodes, and without what a source of postcodes tells of them."""
    if any(_PRIVATE in line for line in _read(part.graph)):
        findings = tuple(_findings(part, private))
        target = part.graph.with_suffix(".located")
        with sorting(target) as out:
            for line in _read(part.graph):
                out.writelines(_told(line, private))
        target.replace(part.graph)
        subjects, statements = counts(part.graph)
        entry = replace(part.entry, subjects=subjects, statements=statements)
        part = replace(part, entry=entry, findings=(*part.findings, *findings))
    return forget(part, private.hidden)


def _findings(part: SourceGraph, private: Private) -> Iterator[Problem]:
    """The entries whose postcode does not exist. It is not shown, and of one that has ended nothing is said at all:
    with the ward that is public, there are few that it can be."""
    if not private.unknown:
        return
    rows, source = rows_of(rows_file(part.graph)), part.planned.source
    for line in _lines([part.graph], _PRIVATE):
        thing = line[: line.index(b" ")].decode()
        if _object(line) in private.unknown and thing[1:-1] in rows:
            file, row = rows[thing[1:-1]]
            yield Problem(
                *(source.name, file, row, source.column_called(POSTCODE), "", "hidden-postcode-unknown"),
                about=Iri(thing),
                severity=WARNING,
                reference=local(thing[1:-1]).removeprefix(f"{iri.list_code(source.name)}-"),
            )


def _told(line: bytes, private: Private) -> Iterator[bytes]:
    """What a release says in the place of a statement."""
    if _PRIVATE in line and _says(line, _PRIVATE):
        subject, graph = line[: line.index(b" ")], line[line.rindex(b"> <") + 2 :]
        for area in private.areas[_object(line)]:
            yield subject + _WITHIN + area + b" " + graph
    else:
        yield line


def _lines(files: Iterable[Path], predicate: bytes) -> Iterator[bytes]:
    found = (line for file in files for line in _read(file) if predicate in line)
    return (line for line in found if _says(line, predicate))


def _says(line: bytes, predicate: bytes) -> bool:
    """Whether a line that holds a predicate states it, and does not only quote it."""
    return line.split(b" ", 2)[1] == predicate.strip()


def _read(file: Path) -> Iterator[bytes]:
    with file.open("rb", BUFFER) as lines:
        yield from lines


def _object(line: bytes) -> bytes:
    """The thing that is the object of a statement."""
    start = line.index(b"> <", line.index(b"> <") + 2) + 2
    return line[start : line.index(b">", start) + 1]
