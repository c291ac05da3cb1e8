"""The rule that grades the evidence for an organisation: the first grade from the top that has any evidence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.identity.rules import registered
from graph.model import iri
from graph.model.node import Node
from graph.model.terms import CIV, Iri
from graph.quality.evidence.reading import Attested, Dated, Evidence

LINKED = 5
"""Things that a grade is tied to, the newest first; more are counted only."""


@dataclass(frozen=True, slots=True)
class Grade:
    """A code of def/evidence-grade with its evidence."""

    code: str
    evidence: tuple[Dated, ...]


def graded(evidence: Evidence) -> Iterator[Node]:
    """What is stated of each organisation, in the order of their IRIs."""
    for name in sorted(evidence.organisations):
        attested = evidence.organisations[name]
        grade = grade_of(name, attested, evidence)
        node = Node(Iri(name))
        if is_group(name, attested):
            node.is_a(CIV.UnregisteredGroup)
        node.add(CIV.evidenceGrade, iri.concept("evidence-grade", grade.code))
        by_name = sorted(set(grade.evidence), key=lambda dated: dated[1])
        newest = sorted(by_name, key=lambda dated: dated[0], reverse=True)
        node.add_all(CIV.gradeEvidence, (Iri(thing) for _, thing in newest[:LINKED]))
        node.add(CIV.gradeEvidenceCount, len(newest) if len(newest) > LINKED else None)
        yield node


def grade_of(name: str, attested: Attested, evidence: Evidence) -> Grade:
    """The grade of one organisation: see docs/groups.md."""
    current = [entry for entry in attested.entries if evidence.entries[entry][1]]
    listings = [(evidence.listings.get(listing), listing) for listing in attested.listings]
    fresh = [(found.checked, listing) for found, listing in listings if found and found.open and found.fresh]
    still = [(found.checked if found else "", listing) for found, listing in listings if not found or found.open]
    mentions = (*attested.namings, *((found.checked, listing) for found, listing in listings if found))
    described = _undated(iri.source(source) for source in attested.sources)
    if attested.entries:
        code = "registered" if current else "formerly-registered"
        return Grade(code, _undated(current or attested.entries))
    if registered(name) or attested.claims:
        stating = _undated(attested.claims) or attested.grants or mentions or described
        return Grade("number-stated", stating)
    grades = (("funded", attested.grants), ("checked", tuple(fresh)), ("listed", tuple(still)))
    first = next((Grade(code, found) for code, found in grades if found), None)
    return first or Grade("mentioned", mentions or described)


def is_group(name: str, attested: Attested) -> bool:
    """Whether it is on no register, as far as we know, and not a body of a kind that is always on one."""
    return not (registered(name) or attested.entries or attested.claims or attested.of_a_kind)


def _undated(names: Iterable[str]) -> tuple[Dated, ...]:
    return tuple(("", name) for name in names)
