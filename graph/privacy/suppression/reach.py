"""What an objection reaches beyond the identifier that it names.

The other identifiers of the same body, what an organisation offers, the recipient's side of grants to it. What is named
after an organisation (its registration, its returns, its links) needs no search: its address tells.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.identity.clusters import weigh
from graph.identity.links import read_links, read_successions
from graph.identity.rules import Rules
from graph.model import iri
from graph.model.kinds import SHARED
from graph.model.terms import CIV, SCHEMA, SKOS
from graph.nquads.lines import beginning_with
from graph.nquads.statement import Statement
from graph.privacy.suppression.keyed import Keyed
from graph.privacy.suppression.list import Objections
from graph.privacy.suppression.matching import Rows, Texts
from graph.privacy.suppression.things import Removal, whole

Graphs = Sequence[tuple[str, Path]]

_OFFERED = {"service": str(SCHEMA.provider), "opportunity": str(CIV.offeredBy)}
_RECEIVED = str(CIV.recipient)

_STATED = str(CIV.statedOrganisation)
_NAMED = str(CIV.recipientName)
_CALLED = (str(SKOS.prefLabel), str(SKOS.altLabel))


@dataclass(frozen=True, slots=True)
class Reached:
    """Everything that is to be taken out of the graphs of a build."""

    removal: Removal
    aliases: Mapping[int, Collection[str]]
    """By entry: the identifiers of other registers that it takes out as well."""
    anonymous: Mapping[str, Rows] = field(default_factory=dict[str, Rows])
    """Grants whose recipient is taken out."""
    called: Mapping[str, Texts] = field(default_factory=dict[str, Texts])
    """What a grant calls an organisation that is taken out: its title may name it."""


def reach(graphs: Graphs, objections: Objections, rules: Rules, keyed: Keyed) -> Reached:
    """Look for what hangs on the identifiers of the list; `keyed` knows what earlier builds found."""
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
    parts, anonymous = _parties(graphs, removal)
    removal = Removal.of(objections, things, parts | _belongings(graphs, removal))
    return Reached(removal, aliases, anonymous, _names(graphs, parts, anonymous))


def _bodies(graphs: Graphs, rules: Rules, things: Mapping[str, Rows]) -> Iterator[tuple[str, Rows]]:
    """The identifiers that this build would make one body with one that is on the list."""
    for cluster in weigh(read_links(graphs), rules, read_successions(graphs)).clusters:
        members = {thing for member in cluster for thing in whole(_path(member.encode()))}
        rows = {row for member in members for row in things.get(member, ())}
        if rows:
            yield from ((member, rows) for member in sorted(members - things.keys()))


def _remembered(graphs: Graphs, keyed: Keyed) -> Iterator[tuple[str, Rows]]:
    """The identifiers that an earlier build found: a source that is taken over has lost the link that told of them."""
    if keyed.aliases:
        organisation = f"<{iri.base()}id/organisation/".encode()
        for thing in sorted(_mentioned((path for _, path in graphs), organisation)):
            if rows := keyed.aliases.get(keyed.hash(thing)):
                yield thing, rows


def _mentioned(files: Iterable[Path], organisation: bytes) -> set[str]:
    found: set[bytes] = set()
    for file in files:
        with file.open("rb") as lines:
            for line in lines:
                if organisation in line:
                    found.update(each.partition(b">")[0] for each in line.split(organisation)[1:])
    return {thing for name in found for thing in whole(f"organisation/{name.decode()}")}


def _offers(graphs: Graphs, removal: Removal) -> Iterator[tuple[str, Rows]]:
    """Services and opportunities of organisations that are taken out."""
    for kind, term in _OFFERED.items():
        for said in _of_kind(graphs, kind):
            if said.predicate == term and (rows := removal.rows_of(said.thing)):
                yield whole(_path(said.subject))[0], rows


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
    own, kinds = f"{iri.base()}id/", ("site", "service")
    pointing: dict[str, set[str]] = defaultdict(set)
    for _, path in graphs:
        if not any(next(_of_kind([("", path)], kind), None) for kind in kinds):
            continue
        for said in map(Statement, beginning_with(path, f"<{own}".encode())):
            if said.thing.startswith(own) and said.thing[len(own) :].partition("/")[0] not in SHARED:
                pointing[said.thing].add(said.subject.decode()[1:-1])
    return pointing


def _parties(graphs: Graphs, removal: Removal) -> tuple[dict[str, Rows], dict[str, Rows]]:
    """The parts of grants that describe an organisation which is taken out, and the grants to one."""
    parts, grants = dict[str, Rows](), dict[str, Rows]()
    for said in _of_kind(graphs, "grant-part"):
        if said.predicate == _STATED and (rows := removal.rows_of(said.thing)):
            parts[whole(_path(said.subject))[-1]] = rows
    for said in _of_kind(graphs, "grant"):
        if said.predicate == _RECEIVED and (rows := removal.rows_of(said.thing)):
            grants[whole(_path(said.subject))[0]] = rows
    return parts, grants


def _names(graphs: Graphs, parts: Mapping[str, Rows], grants: Mapping[str, Rows]) -> dict[str, Texts]:
    """What each grant calls an organisation that is taken out."""
    called: dict[str, dict[str, Rows]] = defaultdict(dict)
    for said in _of_kind(graphs, "grant") if grants else ():
        grant = whole(_path(said.subject))[0]
        if said.predicate == _NAMED and grant in grants:
            called[grant][said.text] = grants[grant]
    for said in _of_kind(graphs, "grant-part") if parts else ():
        grant, *within = whole(_path(said.subject))
        if said.predicate in _CALLED and within[-1] in parts:
            called[grant][said.text] = parts[within[-1]]
    return {grant: Texts(texts) for grant, texts in called.items()}


def _of_kind(graphs: Graphs, kind: str) -> Iterator[Statement]:
    """Statements about things of a kind."""
    prefix = f"<{iri.base()}id/{kind}/".encode()
    return (Statement(line) for _, path in graphs for line in beginning_with(path, prefix))


def _path(address: bytes) -> str:
    """Where under `id/` one of our addresses, in brackets, is."""
    return address.decode()[len(iri.base()) + len("<id/") : -1]
