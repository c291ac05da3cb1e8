"""The stage after mapping that finds what points to nothing: services, opportunities, sites and engagements of
organisations that no list of the build tells of, and services at sites that are in none.

Rows are mapped one by one, and lists apart from each other, so that only here can it be seen. A thing whose
organisation is not known is left out, else that would be one more group, without a name. A problem names the row.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote

from graph.model import iri
from graph.model.problems import Problem, shown
from graph.model.rules import Outcome
from graph.model.terms import CIV, ORG, OWL, SCHEMA, SKOS, Iri
from graph.nquads.lines import BUFFER, counts
from graph.nquads.mapped import rows_file
from graph.nquads.row_index import Row, rows_of
from graph.sources.source_graph import SourceGraph

LISTS = "directory"
"""The form of the lists in which rows point to other rows by reference."""

_COLUMNS = {
    SCHEMA.provider.encode(): "organisation",
    CIV.offeredBy.encode(): "organisation",
    ORG.hasSite.encode(): "organisation",
    CIV.engaged.encode(): "reference",
    CIV.atSite.encode(): "site",
}
"""The columns whose cells point to something, by the property that says so."""

_SITE_COLUMN = _COLUMNS[CIV.atSite.encode()]
_RULES = {"organisation": "organisation-unknown", "reference": "engaged-unknown", "site": "site-unknown"}
"""The rules of problems by column."""

_NAME, _SITE, _AT = SKOS.prefLabel.encode(), ORG.hasSite.encode(), CIV.atSite.encode()
_ENDS = (OWL.annotatedSource.encode(), OWL.annotatedTarget.encode())


@dataclass(frozen=True, slots=True)
class Pointer:
    """A thing that a row tells of, and what it points to; both as N-Quads write them."""

    thing: bytes
    column: str
    target: bytes


@dataclass(slots=True)
class _Said:
    """What some lists say of what they point to."""

    pointers: dict[str, list[Pointer]] = field(default_factory=dict[str, list[Pointer]])
    """By the name of the source."""
    named: set[bytes] = field(default_factory=set[bytes])
    linked: set[bytes] = field(default_factory=set[bytes])
    """Of which a number is stated, so that they are known by that."""


def without_strays(parts: Sequence[SourceGraph]) -> list[SourceGraph]:
    """The parts less the things whose organisation, or whose site, no list tells of."""
    said = _Said()
    for part in parts:
        if part.planned.source.form == LISTS:
            said.pointers[part.entry.name] = list(_pointers(part.graph))
    targets = {pointer.target for each in said.pointers.values() for pointer in each}
    codes = {_known_by(target)[0] for target in targets}
    for part in parts if targets else ():
        if part.entry.name in said.pointers or iri.list_code(part.entry.name) in codes:
            _look_up(part.graph, targets, said)
    return [_cleared(part, said) for part in parts]


def _known_by(target: bytes) -> tuple[str, str]:
    """The list that something is in, and its reference there.

    >>> _known_by(iri.organisation("DIR-GLEN", "G/1").encode())
    ('DIR-GLEN', 'G/1')
    >>> _known_by(iri.part("site", iri.organisation("DIR-GLEN", "G-1"), "S1").encode())
    ('DIR-GLEN', 'S1')
    """
    local = target.decode()[len(f"<{iri.base()}id/") : -1].partition("/")[2]
    mark, code, reference = local.split("-", 2)
    return f"{mark}-{code}", unquote(iri.last_segment(reference))


def _pointers(graph: Path) -> Iterator[Pointer]:
    """What the things of a list point to, where it is a list that tells of it."""
    lists = tuple(f"<{iri.base()}id/{kind}/DIR-".encode() for kind in ("organisation", "site"))
    for line in _lines(graph):
        subject, predicate, rest = line.split(b" ", 2)
        if predicate in _COLUMNS:
            target = rest[: rest.index(b">") + 1]
            if predicate == _SITE and subject.startswith(lists):
                yield Pointer(target, _COLUMNS[predicate], subject)
            elif predicate != _SITE and target.startswith(lists):
                yield Pointer(subject, _COLUMNS[predicate], target)


def _look_up(graph: Path, targets: Collection[bytes], said: _Said) -> None:
    """Which of what is pointed to a list gives a name, or a number."""
    for line in _lines(graph):
        subject, predicate, rest = line.split(b" ", 2)
        if predicate == _NAME and subject in targets:
            said.named.add(subject)
        elif predicate in _ENDS:
            said.linked.add(rest[: rest.index(b">") + 1])


def _cleared(part: SourceGraph, said: _Said) -> SourceGraph:
    """A part without what points to nothing, and with a problem for each."""
    astray = [pointer for pointer in said.pointers.get(part.entry.name, ()) if pointer.target not in said.named]
    if not astray:
        return part
    bodies = {it.target for it in astray if it.column != _SITE_COLUMN} - said.linked
    gone = bodies | {it.thing for it in astray if it.target in bodies}
    astray = [it for it in astray if it.target in bodies or it.thing not in gone]
    rows = rows_of(rows_file(part.graph))
    told = [_problem(part, pointer, rows, pointer.thing in gone) for pointer in astray]
    _take_out(part.graph, gone, {(it.thing, it.target) for it in astray})
    _forget_rows(rows_file(part.graph), {thing[1:-1] for thing in gone})
    subjects, statements = counts(part.graph)
    names = {thing.decode() for thing in gone}
    stay = (replace(it, about=None) if it.about and str(it.about) in names else it for it in part.problems)
    problems = (*stay, *told)
    entry = replace(part.entry, subjects=subjects, statements=statements, problems=len(problems))
    return replace(part, entry=entry, problems=problems)


def _problem(part: SourceGraph, pointer: Pointer, rows: Mapping[str, Row], gone: bool) -> Problem:
    """What is said of a row that points to nothing."""
    stays = "" if pointer.column == _SITE_COLUMN else Outcome.REMARK
    file, row = rows.get(pointer.thing.decode()[1:-1], ("", 0))
    return Problem(
        *(part.entry.name, file, row, pointer.column, shown(_known_by(pointer.target)[1])),
        _RULES[pointer.column],
        outcome=Outcome.ROW_SET_ASIDE if gone else stays,
        about=None if gone else Iri(pointer.thing.decode()),
        reference="" if pointer.column == "reference" else shown(_known_by(pointer.thing)[1]),
    )


def _take_out(graph: Path, gone: Collection[bytes], statements: Collection[tuple[bytes, bytes]]) -> None:
    """Take out all that is said of some things, and some statements of where a service is."""
    kept = graph.with_suffix(".kept")
    with kept.open("wb", BUFFER) as stays:
        for line in _lines(graph):
            subject, predicate, rest = line.split(b" ", 2)
            astray = predicate == _AT and (subject, rest[: rest.index(b">") + 1]) in statements
            if subject not in gone and not astray:
                stays.write(line)
    kept.replace(graph)


def _forget_rows(rows: Path, gone: Collection[bytes]) -> None:
    if not rows.exists():
        return
    kept = rows.with_suffix(".kept")
    with kept.open("wb", BUFFER) as stays:
        stays.writelines(line for line in _lines(rows) if line.partition(b"\t")[0] not in gone)
    kept.replace(rows)


def _lines(file: Path) -> Iterator[bytes]:
    with file.open("rb", BUFFER) as lines:
        yield from lines
