"""Links between two organisations, as mappings state them: what a register says is one body, and what only looks so."""

from decimal import Decimal

from graph.model import iri
from graph.model.node import Node
from graph.model.terms import CIV, OWL, SEMAPV, SKOS, SSSOM, Iri


def same_body(
    first: Iri,
    second: Iri,
    kind: str,
    confidence: str,
    evidence: str,
    found: Iri = SEMAPV.ManualMappingCuration,  # the keeper of the source wrote the number
) -> Node:
    """A statement that two identifiers belong to one body; `kind` is a code of def/link-kind.

    >>> first, second = iri.organisation("GB-NIC", "100067"), iri.organisation("GB-COH", "NI621437")
    >>> same_body(first, second, "company-number", "0.97", "Company number: 621437").iri.value
    'http://localhost:8000/id/link/GB-NIC-100067/same-as/GB-COH-NI621437'
    """
    link = Node(iri.link(first, "same-as", second), CIV.Link, CIV.IdentityLink)
    link.add(OWL.annotatedProperty, SKOS.exactMatch)
    link.add(SSSOM.mapping_justification, found)
    return _ends(link, first, second, kind, confidence, evidence)


def perhaps_same_body(first: Iri, second: Iri, kind: str, confidence: str, evidence: str) -> Node:
    """A likeness that somebody should look at; nothing is ever merged because of it."""
    link = Node(iri.link(first, "possibly-same-as", second), CIV.Link, CIV.Hint)
    link.add(OWL.annotatedProperty, CIV.possiblySameAs)
    link.add(SSSOM.mapping_justification, SEMAPV.LexicalMatching)
    return _ends(link, first, second, kind, confidence, evidence)


def _ends(link: Node, first: Iri, second: Iri, kind: str, confidence: str, evidence: str) -> Node:
    link.add(OWL.annotatedSource, first)
    link.add(OWL.annotatedTarget, second)
    link.add(CIV.linkKind, iri.concept("link-kind", kind))
    link.add(SSSOM.confidence, Decimal(confidence))
    link.add(CIV.evidence, evidence)
    return link
