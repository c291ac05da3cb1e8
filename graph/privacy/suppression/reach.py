"""What an objection reaches beyond the identifier that it names.

The other identifiers of the same body, what an organisation offers, the recipient's side of grants to it. What is named
after an organisation (its registration, its returns, its links) needs no search: its address shows it.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.identity.clusters import weigh
from graph.identity.links import read_ties
from graph.identity.rules import Rules
from graph.model import iri
from graph.model.kinds import SHARED
from graph.model.terms import CIV, SCHEMA, SKOS
from graph.nquads.lines import beginning_with, lines_of
from graph.nquads.reading import about
from graph.nquads.statement import Statement
from graph.privacy.suppression.keyed import Keyed
from graph.privacy.suppression.list import Objections
from graph.privacy.suppression.matching import Rows, Texts
from graph.privacy.suppression.things import Removal, whole

Graphs = Sequence[tuple[str, Path]]

_OFFERED = {"service": SCHEMA.provider.encode(), "opportunity": CIV.offeredBy.encode()}
_PARTY = {"grant": CIV.recipient.encode(), "grant-part": CIV.statedOrganisation.encode()}
"""By kind: what points to an organisation that a grant, or a part of one, describes."""
_NAMING = {"grant": (CIV.recipientName.encode(),), "grant-part": (SKOS.prefLabel.encode(), SKOS.altLabel.encode())}
"""And what says its name."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Everything that is to be taken out of the graphs of a build."""

    removal: Removal
    aliases: Mapping[int, Collection[str]]
    """By entry: the identifiers of other registers that it takes out as well."""
    anonymous: Mapping[str, Rows] = field(default_factory=dict[str, Rows])
    """Grants whose recipient is taken out."""
    names_in_grants: Mapping[str, Texts] = field(default_factory=dict[str, Texts])
    """What a grant calls an organisation that is taken out: its title may name it."""


def reach(graphs: Graphs, objections: Objections, rules: Rules, keyed: Keyed) -> Reached:
    """Look for what depends on the identifiers of the list; `keyed` has what earlier builds found."""
    things = {thing: set(rows) for thing, rows in objections.identifiers.items()}
    if not things:
        return Reached(Removal.of(objections, things, {}), {})
    aliases: dict[int, set[str]] = defaultdict(set)
    for alias, rows in (*_bodies(graphs, rules, things), *_remembered(graphs, keyed)):
        things.setdefault(alias, set()).update(rows)
        for row in rows:
            aliases[row].add(alias)
    removal = Removal.of(objections, things, {})
    for thing, rows in _offers(graphs, removal):
        things.setdefault(thing, set()).update(rows)
    removal = Removal.of(objections, things, {})
    anonymous, parts, names_in_grants = _parties(graphs, removal)
    removal = Removal.of(objections, things, parts | _belongings(graphs, removal))
    return Reached(removal, aliases, anonymous, names_in_grants)


def _bodies(graphs: Graphs, rules: Rules, things: Mapping[str, Rows]) -> Iterator[tuple[str, Rows]]:
    """The identifiers that this build would make one body with one that is on the list."""
    for cluster in weigh(read_ties(graphs), rules).clusters:
        members = {thing for member in cluster for thing in whole(_path(member.encode()))}
        rows = {row for member in members for row in things.get(member, ())}
        if rows:
            yield from ((member, rows) for member in sorted(members - things.keys()))


def _remembered(graphs: Graphs, keyed: Keyed) -> Iterator[tuple[str, Rows]]:
    """The identifiers that an earlier build found: a source that is carried over has lost the link that stated them."""
    if keyed.aliases:
        organisation = f"<{iri.base()}id/organisation/".encode()
        for thing in sorted(_addressed((path for _, path in graphs), organisation)):
            if rows := keyed.aliases.get(keyed.hash(thing)):
                yield thing, rows


def _addressed(files: Iterable[Path], organisation: bytes) -> set[str]:
    """The organisations whose addresses stand anywhere in the graphs, in texts too."""
    addresses = re.compile(re.escape(organisation) + b"([^>]*)")
    found = {name for file in files for line in lines_of(file) for name in addresses.findall(line)}
    return {thing for name in found for thing in whole(f"organisation/{name.decode()}")}


def _offers(graphs: Graphs, removal: Removal) -> Iterator[tuple[str, Rows]]:
    """Services and opportunities of organisations that are taken out."""
    for kind, term in _OFFERED.items():
        for statement in _of_kind(graphs, kind):
            if statement.predicate == term and (rows := removal.rows_of(_address(statement.thing))):
                yield whole(_path(statement.subject))[0], rows


def _belongings(graphs: Graphs, removal: Removal) -> dict[str, Rows]:
    """What only things point to that are taken out: the sites of a directory, their addresses, what a service costs."""
    pointing, rows = _pointing(graphs), dict[str, Rows]()
    why = {thing: removal.rows_of(thing) for by in pointing.values() for thing in by}
    gone = {thing for thing, found in why.items() if found}
    while more := sorted(thing for thing, by in pointing.items() if thing not in gone and by <= gone):
        for thing in more:
            why[thing] = why[min(pointing[thing])]
            rows[whole(_path(f"<{thing}>".encode()))[-1]] = why[thing]
        gone.update(more)
    return rows


def _pointing(graphs: Graphs) -> dict[str, set[str]]:
    """By what belongs to something in a directory: the addresses of what points to it."""
    own, pointing = f"{iri.base()}id/", defaultdict[str, set[str]](set)
    for _, path in graphs:
        if not any(next(about(path, kind), None) for kind in ("site", "service")):
            continue
        for statement in map(Statement, beginning_with(path, f"<{own}".encode())):
            thing = _address(statement.thing)
            if thing.startswith(own) and thing[len(own) :].partition("/")[0] not in SHARED:
                pointing[thing].add(_address(statement.subject))
    return pointing


def _parties(graphs: Graphs, removal: Removal) -> tuple[dict[str, Rows], dict[str, Rows], dict[str, Texts]]:
    """The grants to an organisation which is taken out, the parts of grants that describe one, and, by grant, what
    these call it. Another source may name what the first only points to, so all names are kept until all are read.
    """
    taken: dict[str, dict[str, Rows]] = {"grant": {}, "grant-part": {}}
    names: list[Statement] = []
    for kind, things in taken.items():
        for statement in _of_kind(graphs, kind):
            if statement.predicate in _NAMING[kind]:
                names.append(statement)
            elif statement.predicate == _PARTY[kind] and (rows := removal.rows_of(_address(statement.thing))):
                things[whole(_path(statement.subject))[-1]] = rows
    grants, parts = taken.values()
    names_in_grants: dict[str, dict[str, Rows]] = defaultdict(dict)
    for statement in names if grants or parts else ():
        steps = whole(_path(statement.subject))
        if found := grants.get(steps[-1]) or parts.get(steps[-1]):
            names_in_grants[steps[0]][statement.text] = found
    return grants, parts, {grant: Texts(texts) for grant, texts in names_in_grants.items()}


def _of_kind(graphs: Graphs, kind: str) -> Iterator[Statement]:
    """Statements about things of a kind."""
    return (statement for _, path in graphs for statement in about(path, kind))


def _address(term: bytes) -> str:
    """An IRI without brackets."""
    return term[1:-1].decode()


def _path(address: bytes) -> str:
    """Where under `id/` one of our addresses, in brackets, is."""
    return address.decode()[len(iri.base()) + len("<id/") : -1]
