"""What the graphs say of identity: links between identifiers, and events that set two bodies apart."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from graph.identity.rules import Pair, identifier
from graph.model import iri
from graph.model.iri import last_segment
from graph.model.terms import CIV, ORG, OWL, RDF, SSSOM, Iri
from graph.nquads.things import Said, things

_TYPE, _IDENTITY = RDF.type.encode(), CIV.IdentityLink.encode()
_FROM, _RELATION, _TO = (term.encode() for term in (OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget))
_KIND, _CONFIDENCE, _AUTHORITY = (term.encode() for term in (CIV.linkKind, SSSOM.confidence, CIV.authority))
_CLAIMS = ("directory-number", "number-in-grant")
"""Kinds of links by which a directory or a funder gives the number that some other register has for a body."""
_SUCCEEDED = CIV.succeededBy.encode()
_BEFORE, _AFTER = ORG.originalOrganization.encode(), ORG.resultingOrganization.encode()


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """A statement that two identifiers belong to one body."""

    iri: Iri
    source: str
    """The source that makes it."""
    first: str
    second: str
    kind: str
    confidence: Decimal
    turn: str
    """When it is weighed: what registers say of their own entries first, then compiled lists, then claims by source."""

    @property
    def pair(self) -> Pair:
        """The two identifiers."""
        return frozenset((identifier(self.first), identifier(self.second)))

    @property
    def shown(self) -> str:
        """How problems write it."""
        return f"{identifier(self.first)} = {identifier(self.second)}"


def read_links(graphs: Iterable[tuple[str, Path]]) -> list[Link]:
    """The identity links of all graphs, given by name of source and file; in the same order each time."""
    return sorted(link for name, path in graphs for link in _links(name, path))


def _links(source: str, path: Path) -> Iterator[Link]:
    official = iri.concept("link-authority", "register-statement").encode()
    for subject, said in things(path, "link"):
        if _IDENTITY in said.get(_TYPE, ()):
            authority = said.get(_AUTHORITY, {official})
            kind = last_segment(_only(said, _KIND))
            yield Link(
                Iri(subject.decode()),
                source,
                _only(said, _FROM),
                _only(said, _TO),
                kind,
                Decimal(_only(said, _CONFIDENCE).split('"')[1]),
                _turn(source, kind, official in authority),
            )


def _turn(source: str, kind: str, official: bool) -> str:
    """Turns in the order in which they sort."""
    if kind in _CLAIMS:
        return f"2 {source}"
    return "0" if official else "1"


def read_successions(graphs: Iterable[tuple[str, Path]]) -> dict[Pair, Iri]:
    """Pairs of identifiers of which one followed the other, so that they are two bodies; with what says so."""
    pairs: dict[Pair, Iri] = {}
    for _, path in graphs:
        for kind, before, after in (("event", _BEFORE, _AFTER), ("link", _FROM, _TO)):
            for subject, said in things(path, kind):
                if kind == "event" or _SUCCEEDED in said.get(_RELATION, ()):
                    pair = frozenset((identifier(_only(said, before)), identifier(_only(said, after))))
                    pairs[pair] = min(pairs.get(pair, Iri(subject.decode())), Iri(subject.decode()))
    return pairs


def _only(said: Said, predicate: bytes) -> str:
    """The value that shapes demand exactly one of; of several the first in order."""
    return min(said[predicate]).decode()
