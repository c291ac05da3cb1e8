"""What the graphs say of identity: links between identifiers, and events that set two bodies apart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from graph.identity.rules import Pair, identifier
from graph.model import iri
from graph.model.iri import last_segment
from graph.model.terms import CIV, ORG, OWL, RDF, SSSOM, Iri
from graph.nquads.reading import Description, things

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


@dataclass(frozen=True, slots=True)
class Ties:
    """What was read."""

    links: Sequence[Link]
    """The identity links, in the same order whatever the order of the graphs."""
    successions: Mapping[Pair, Iri]
    """Pairs of identifiers of which one followed the other, so that they are two bodies; with what says so."""


def read_ties(graphs: Iterable[tuple[str, Path]]) -> Ties:
    """What all graphs say, given by name of source and file; each link is read once."""
    links, successions = list[Link](), dict[Pair, Iri]()
    for source, path in graphs:
        for subject, described in things(path, "link"):
            if _IDENTITY in described.get(_TYPE, ()):
                links.append(_link(source, subject, described))
            if _SUCCEEDED in described.get(_RELATION, ()):
                _note(successions, subject, _only(described, _FROM), _only(described, _TO))
        for subject, described in things(path, "event"):
            _note(successions, subject, _only(described, _BEFORE), _only(described, _AFTER))
    return Ties(sorted(links), successions)


def _link(source: str, subject: bytes, described: Description) -> Link:
    official = iri.concept("link-authority", "register-statement").encode()
    kind = last_segment(_only(described, _KIND))
    return Link(
        Iri(subject.decode()),
        source,
        _only(described, _FROM),
        _only(described, _TO),
        kind,
        Decimal(_only(described, _CONFIDENCE).split('"')[1]),
        _turn(source, kind, official in described.get(_AUTHORITY, {official})),
    )


def _note(successions: dict[Pair, Iri], subject: bytes, before: str, after: str) -> None:
    pair, tie = frozenset((identifier(before), identifier(after))), Iri(subject.decode())
    successions[pair] = min(successions.get(pair, tie), tie)


def _turn(source: str, kind: str, official: bool) -> str:
    """Turns in the order in which they sort."""
    if kind in _CLAIMS:
        return f"2 {source}"
    return "0" if official else "1"


def _only(described: Description, predicate: bytes) -> str:
    """The value that shapes demand exactly one of; of several the first in order."""
    return min(described[predicate]).decode()
