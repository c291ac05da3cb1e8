"""The graph `identity`: which identifier stands for which body, under what name it is shown, what was refused."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from graph.identity.clusters import Cluster, Weighed
from graph.identity.rewrite import Seen
from graph.identity.rules import identifier, number, rank, register, registration
from graph.model import iri
from graph.model.node import Node
from graph.model.terms import CIV, OWL, RDF, ROV, SKOS, Iri, Literal
from graph.model.vocabulary.files import vocabulary_triples

Dates = Mapping[str, datetime.date | None]
"""The day of each source's data."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What heads the page of a body, all of it from one entry in one register."""

    member: str
    name: Literal
    status: Iri | None


def identity_nodes(weighed: Weighed, seen: Seen, dates: Dates) -> Iterator[Node]:
    """All statements of the graph; nothing about bodies that no source describes."""
    for cluster in weighed.clusters:
        if not seen.members.isdisjoint(member.encode() for member in cluster):
            yield from _body(cluster, seen, dates)
    for refused in weighed.refused:
        node = Node(refused.link.iri)
        node.add(CIV.refusedBecause, refused.reason)
        yield node


def _body(cluster: Cluster, seen: Seen, dates: Dates) -> Iterator[Node]:
    """A body: its aliases, its entries in registers that no source describes, its heading."""
    body = Node(Iri(cluster[0]))
    for member in cluster:
        if member != cluster[0]:
            alias = Node(Iri(member))
            alias.add(OWL.sameAs, body.iri)
            yield alias
        yield from _entry(member, body, seen)
    if heading := heading_of(cluster, seen, dates):
        body.add(CIV.heading, heading.name)
        body.add(CIV.headingStatus, heading.status)
        if of_register(heading.member):
            body.add(CIV.headingRegistration, registration(heading.member))
    yield body


def _entry(member: str, body: Node, seen: Seen) -> Iterator[Node]:
    """The identifier as an entry in its register, where no source that was loaded describes that entry."""
    name = identifier(member)
    listed = iri.register(_list_code(name))
    if (member.encode(), ROV.registration) in seen.stated or listed not in _registers(iri.base()):
        return
    entry = Node(registration(member), CIV.Registration)
    body.add(ROV.registration, entry.iri)
    entry.add(SKOS.notation, number(name))
    entry.add(CIV.register, listed)
    yield entry


def heading_of(cluster: Cluster, seen: Seen, dates: Dates) -> Heading | None:
    """The rule: registers before other lists, an active entry before one that is not, then their order.

    Of several sources that describe the same entry the latest gives the name.
    """
    named = [member for member in cluster if (member.encode(), SKOS.prefLabel) in seen.stated]
    if not named:
        return None
    best = min(named, key=lambda member: (not of_register(member), _inactive(member, seen), rank(member)))
    name = _latest(best, SKOS.prefLabel, seen, dates)
    status = _latest(best, ROV.orgStatus, seen, dates)
    assert name is not None
    return Heading(best, Literal(name), Iri(status) if status else None)


def of_register(member: str) -> bool:
    """Whether a register gave the identifier, and not a directory or a funder."""
    return iri.register(_list_code(identifier(member))) in _registers(iri.base())


def _inactive(member: str, seen: Seen) -> int:
    """0 for an entry that some source calls active, 1 for one of unknown status, 2 for the others."""
    statuses = {value for _, value in seen.stated.get((member.encode(), ROV.orgStatus), ())}
    if not statuses:
        return 1
    return 0 if iri.concept("registration-status", "active").encode() in statuses else 2


def _latest(member: str, term: Iri, seen: Seen, dates: Dates) -> str | None:
    """The value of the source with the latest data; of several in one source the first in order."""
    values = seen.stated.get((member.encode(), term), set())
    day = max((dates.get(source) or datetime.date.min for source, _ in values), default=None)
    return min(
        (value.decode() for source, value in values if (dates.get(source) or datetime.date.min) == day), default=None
    )


def _list_code(name: str) -> str:
    """The code of an identifier's list, also for placeholder numbers."""
    return "GB-COH" if name.startswith("GB-COH-") else register(name)


@cache
def _registers(base: str) -> frozenset[str]:
    """The registers that the vocabulary describes."""
    end = f" {RDF.type} {CIV.Register} ."
    return frozenset(line.removesuffix(end) for line in vocabulary_triples(base) if line.endswith(end))


def aliases_of(clusters: Sequence[Cluster]) -> dict[bytes, bytes]:
    """What stands for each identifier."""
    return {member.encode(): cluster[0].encode() for cluster in clusters for member in cluster}
