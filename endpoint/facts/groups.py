"""Which properties stand under which heading on an organisation's page, and in which order."""

from dataclasses import dataclass

from endpoint.facts.values import AMOUNTS
from graph.words.terms import CIV, FOAF, OWL, RDF, ROV, SKOS, SSSOM, Iri

__all__ = [
    "IDENTITY",
    "LINK_ORDER",
    "OF_CODE_LISTS",
    "PARENT",
    "PROBLEM_ORDER",
    "PURPOSES",
    "REGISTRATION_ORDER",
    "RETURN_ORDER",
    "SHOWN_ELSEWHERE",
    "STEPS",
    "WHERE",
    "Group",
]


@dataclass(frozen=True)
class Group:
    """Some properties of an organisation under one heading."""

    id: str
    title: str
    properties: tuple[Iri, ...]


IDENTITY = Group(
    "identity",
    "Identity",
    (
        SKOS.prefLabel,
        CIV.nameStatus,
        ROV.legalName,
        SKOS.altLabel,
        ROV.orgStatus,
        ROV.orgType,
        CIV.previousLegalForm,
        RDF.type,
        FOAF.homepage,
        OWL.sameAs,
    ),
)
PURPOSES = Group(
    "purposes",
    "Purposes and the people it helps",
    (CIV.purpose, CIV.beneficiaryGroup, CIV.activity, CIV.objectives),
)
WHERE = Group("where", "Where", (CIV.mainOperatingArea, CIV.geographicalSpread, CIV.postcode))
PARENT = Group("parent", "Parent organisation", (CIV.parentOrganisation, CIV.parentName, CIV.parentNumber))
REGISTRATION_ORDER = (
    SKOS.notation,
    CIV.register,
    CIV.registeredOn,
    CIV.removedOn,
    CIV.dateCaveat,
    CIV.removalReason,
    CIV.regulatoryType,
    CIV.designatedReligiousBody,
    CIV.registerNote,
    CIV.nextYearEnd,
)
LINK_ORDER = (
    OWL.annotatedSource,
    OWL.annotatedProperty,
    OWL.annotatedTarget,
    CIV.evidence,
    SSSOM.confidence,
    SSSOM.mapping_justification,
)
RETURN_ORDER = (*AMOUNTS, CIV.receivedOn, CIV.mailingCycle)
PROBLEM_ORDER = (CIV.column, CIV.cellValue, CIV.fault, CIV.remedy, CIV.row, CIV.inSource)

STEPS = (ROV.registration, CIV.annualReturn)
"""Properties whose values are told of on the organisation's own page."""

OF_CODE_LISTS = frozenset(term.value for term in (SKOS.inScheme, SKOS.topConceptOf))
"""Properties whose incoming statements the page of a code list shows as the table of its entries."""

SHOWN_ELSEWHERE = frozenset(term.value for term in (OWL.annotatedSource, OWL.annotatedTarget, CIV.about))
"""Properties whose incoming statements an organisation's page shows in blocks of their own."""
