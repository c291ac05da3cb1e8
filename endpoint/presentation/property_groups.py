"""Which properties stand under which heading on an organisation's page, and in which order."""

from dataclasses import dataclass

from graph.model.terms import CIV, DCAT, DCT, FOAF, ORG, OWL, RDF, ROV, SCHEMA, SKOS, SSSOM, Iri

__all__ = [
    "ABOUT",
    "EVIDENCE",
    "GOVERNANCE",
    "HEADING",
    "HISTORY",
    "IDENTITY",
    "LINK_ORDER",
    "OF_OTHERS",
    "PARENT",
    "PROBLEM_ORDER",
    "PURPOSES",
    "REGISTRATION_ORDER",
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
        CIV.nameInGrants,
        CIV.formerName,
        ROV.orgStatus,
        ROV.orgType,
        CIV.previousLegalForm,
        RDF.type,
        SCHEMA.foundingDate,
        SCHEMA.dissolutionDate,
        CIV.dissolutionNoticeEnds,
        CIV.insolvent,
        CIV.inAdministration,
        CIV.toBeDissolved,
        FOAF.homepage,
        SCHEMA.sameAs,
        OWL.sameAs,
        CIV.listing,
        CIV.contactPage,
        CIV.statedIdentifier,
    ),
)
PURPOSES = Group(
    "purposes",
    "Purposes and the people it helps",
    (
        DCT.description,
        CIV.purpose,
        CIV.beneficiaryGroup,
        CIV.activity,
        CIV.activityText,
        CIV.objectives,
        CIV.fieldOfWork,
        DCAT.keyword,
        CIV.meetingTimes,
        CIV.sicCode,
        ROV.orgActivity,
        CIV.industryNumber,
    ),
)
WHERE = Group(
    "where",
    "Where",
    (
        CIV.mainOperatingArea,
        CIV.geographicalSpread,
        CIV.operatesIn,
        CIV.areaOfBenefit,
        CIV.within,
        ORG.hasSite,
        CIV.postcode,
        CIV.worksIn,
        CIV.administers,
        CIV.hasLand,
    ),
)
GOVERNANCE = Group(
    "governance",
    "How it is run",
    (
        CIV.trusteeCount,
        CIV.corporateTrustee,
        CIV.membershipType,
        CIV.ownership,
        CIV.organisationalStructure,
        CIV.governingDocumentType,
        CIV.governingDocument,
        CIV.policy,
        CIV.otherRegulator,
        CIV.landlordDesignation,
        CIV.localAuthorityType,
        CIV.providerType,
        CIV.commonFund,
        CIV.giftAid,
    ),
)
HISTORY = Group("history", "Noted by its register", (CIV.registerEvent, CIV.regulatorReport))
PARENT = Group("parent", "Part of", (ORG.unitOf, CIV.parentOrganisation, CIV.parentName, CIV.parentNumber))
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
    CIV.linkKind,
    CIV.refusedBecause,
    CIV.evidence,
    SSSOM.confidence,
    SSSOM.mapping_justification,
    CIV.authority,
)
PROBLEM_ORDER = (
    *(CIV.problemKind, CIV.rule, CIV.column, CIV.cellValue, CIV.fault, CIV.remedy, CIV.groundedOn),
    *(CIV.inSource, CIV.entryReference, CIV.inFile, CIV.row),
)

STEPS = (ROV.registration, CIV.annualReturn, CIV.formerName, CIV.registerEvent, CIV.regulatorReport)
"""Properties whose values are told of on the organisation's own page."""

ABOUT = (ORG.originalOrganization, ORG.resultingOrganization, CIV.classified, CIV.engaged, SCHEMA.provider)
"""Properties by which other things tell of an organisation, on its own page."""

HEADING = (CIV.heading, CIV.headingStatus, CIV.headingRegistration)
"""What a build picks to head the page of a body; the head of the page shows it."""

EVIDENCE = (CIV.evidenceGrade, CIV.gradeEvidence, CIV.gradeEvidenceCount)
"""What a build states of how well an organisation is attested."""

OF_OTHERS = frozenset(
    term.value for term in (SKOS.inScheme, SKOS.topConceptOf, CIV.notComparableWith, CIV.gradeEvidence)
)
"""Properties whose incoming statements are shown on other pages than those of organisations: the table of a code list,
what a data set says itself, and that entries, grants and sources are evidence."""

SHOWN_ELSEWHERE = frozenset(
    term.value
    for term in (
        OWL.annotatedSource,
        OWL.annotatedTarget,
        OWL.sameAs,
        CIV.about,
        CIV.recipient,
        CIV.statedOrganisation,
        SCHEMA.funder,
        *ABOUT,
    )
)
"""Properties whose incoming statements an organisation's page shows in blocks of their own."""
