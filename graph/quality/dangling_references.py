"""The stage after mapping that finds what points to nothing: services, opportunities, sites and engagements of
organisations that no list of the build describes, and services at sites that are in none.

Rows are mapped one by one, and lists separately, so this can be seen only here. A thing whose organisation is not known
is left out, as it would be one more group, without a name. A problem names the row.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote

from graph.model import iri
from graph.model.problems import Problem, shown
from graph.model.terms import CIV, ORG, OWL, SCHEMA, SKOS, Iri
from graph.model.vocabulary.rules import Outcome
from graph.nquads.reading import stating
from graph.nquads.rewriting import Counts, rewriting
from graph.nquads.row_index import Row, first_rows, forget_things, rows_file
from graph.nquads.statement import Statement
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
_WANTED = frozenset((*_COLUMNS, *_ENDS, _NAME))


@dataclass(frozen=True, slots=True)
class Pointer:
    """A thing that a row describes, and what it points to; both as N-Quads write them."""

    thing: bytes
    column: str
    target: bytes


@dataclass(slots=True)
class _Lists:
    """What lists state of each other's things."""

    pointers: dict[str, list[Pointer]] = field(default_factory=dict[str, list[Pointer]])
    """By the name of the source."""
    named: set[bytes] = field(default_factory=set[bytes])
    """The organisations and sites that have a name."""
    linked: set[bytes] = field(default_factory=set[bytes])
    """Of which a number is stated, so that they are known by that."""


def without_strays(parts: Sequence[SourceGraph]) -> list[SourceGraph]:
    """The parts less the things whose organisation, or whose site, no list describes."""
    lists = _Lists()
    for part in parts:
        if part.planned.source.form == LISTS:
            lists.pointers[part.entry.name] = _read(part.graph, lists)
    targets = {pointer.target for each in lists.pointers.values() for pointer in each}
    codes = {_known_by(target)[0] for target in targets}
    for part in parts:
        if part.entry.name not in lists.pointers and iri.list_code(part.entry.name) in codes:
            _read(part.graph, lists)
    return [_cleared(part, lists) for part in parts]


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


def _read(graph: Path, lists: _Lists) -> list[Pointer]:
    """What the things of a list point to, if that is described in a list; the list's names and numbers are noted.

    Each graph is read once, so that the names of all its organisations and sites are kept.
    """
    listed = tuple(f"<{iri.base()}id/{kind}/DIR-".encode() for kind in ("organisation", "site"))
    pointers: list[Pointer] = []
    for statement in stating(graph, _WANTED):
        subject, predicate, thing = statement.subject, statement.predicate, statement.thing
        if predicate == _NAME:
            if subject.startswith(listed):
                lists.named.add(subject)
        elif predicate in _ENDS:
            lists.linked.add(thing)
        elif predicate == _SITE and subject.startswith(listed):
            pointers.append(Pointer(thing, _COLUMNS[predicate], subject))
        elif predicate != _SITE and thing.startswith(listed):
            pointers.append(Pointer(subject, _COLUMNS[predicate], thing))
    return pointers


def _cleared(part: SourceGraph, lists: _Lists) -> SourceGraph:
    """A part without what points to nothing, and with a problem for each."""
    astray = [pointer for pointer in lists.pointers.get(part.entry.name, ()) if pointer.target not in lists.named]
    if not astray:
        return part
    bodies = {it.target for it in astray if it.column != _SITE_COLUMN} - lists.linked
    gone = bodies | {it.thing for it in astray if it.target in bodies}
    astray = [it for it in astray if it.target in bodies or it.thing not in gone]
    rows = first_rows(rows_file(part.graph))
    dangling = [_problem(part, pointer, rows, pointer.thing in gone) for pointer in astray]
    counts = _take_out(part.graph, gone, {(it.thing, it.target) for it in astray})
    forget_things(rows_file(part.graph), {thing[1:-1] for thing in gone}.__contains__)
    names = {thing.decode() for thing in gone}
    stay = (replace(it, about=None) if it.about and str(it.about) in names else it for it in part.problems)
    problems = (*stay, *dangling)
    entry = replace(part.entry.recounted(counts), problems=len(problems))
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


def _take_out(graph: Path, gone: Collection[bytes], astray: Collection[tuple[bytes, bytes]]) -> Counts | None:
    """Take out all that is said of some things, and some statements of where a service is."""
    with rewriting(graph) as lines:
        for line in lines:
            it = Statement(line)
            if it.subject not in gone and not (it.predicate == _AT and (it.subject, it.thing) in astray):
                lines.keep(line)
    return lines.counts
