"""The stage between mapping and resolving that keeps private places private.

Mappings state the postcode of a place that is not public under `civ:unpublishedPostcode`. Here it becomes the areas
that it lies in, of kinds with some thousand people or more; the postcode itself, and what the postcode sources tell
of it, stays only where a source publishes it. Nothing of it outlives the build's scratch files.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graph.pipeline.lines import BUFFER, counts, sorting
from graph.pipeline.parts import Part
from graph.words import iri
from graph.words.terms import CIV

WIDE = (
    *("S02", "S08", "S12", "S13"),  # intermediate zones, health boards, councils and wards of Scotland
    *("E02", "E05", "E06", "E07", "E08", "E09"),  # MSOAs, wards and districts of England
    *("W02", "W05", "W06", "N08", "N09"),  # MSOAs, wards and councils of Wales; wards and councils of Northern Ireland
)
"""Kinds of areas, by how their codes begin, in which nobody is found: data zones and LSOAs are not among them."""

_PRIVATE = f" {CIV.unpublishedPostcode} ".encode()
_PUBLIC = f" {CIV.postcode} ".encode()
_WITHIN = f" {CIV.within} ".encode()


@dataclass(frozen=True, slots=True)
class Private:
    """Postcodes that are not public, and the wide areas that each lies in."""

    areas: dict[bytes, list[bytes]]
    hidden: frozenset[bytes]
    """Those of them that no source publishes, and their geometries."""


def generalise(parts: Sequence[Part]) -> list[Part]:
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
    wide = tuple(f"<{iri.base()}id/area/{prefix}".encode() for prefix in WIDE)
    for line in _lines(files, _WITHIN):
        postcode = line[: line.index(b" ")]
        if postcode in areas and (area := _object(line)).startswith(wide):
            areas[postcode].append(area)
    hidden = areas.keys() - public
    geometries = {postcode.replace(b"/id/postcode/", b"/id/geometry/") for postcode in hidden}
    return Private(areas, frozenset(hidden | geometries))


def _rewritten(part: Part, private: Private) -> Part:
    """A part without private postcodes."""
    if not any(_touched(line, private) for line in _read(part.graph)):
        return part
    target = part.graph.with_suffix(".located")
    with sorting(target) as out:
        for line in _read(part.graph):
            out.writelines(_told(line, private))
    target.replace(part.graph)
    subjects, statements = counts(part.graph)
    return replace(part, entry=replace(part.entry, subjects=subjects, statements=statements))


def _touched(line: bytes, private: Private) -> bool:
    return (_PRIVATE in line and _says(line, _PRIVATE)) or line[: line.index(b" ")] in private.hidden


def _told(line: bytes, private: Private) -> Iterator[bytes]:
    """What a release says in the place of a statement."""
    if _PRIVATE in line and _says(line, _PRIVATE):
        subject, graph = line[: line.index(b" ")], line[line.rindex(b"> <") + 2 :]
        for area in private.areas[_object(line)]:
            yield subject + _WITHIN + area + b" " + graph
    elif line[: line.index(b" ")] not in private.hidden:
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
