"""Which properties lead to what the page of an organisation, a code list or a data set shows in blocks of its own.

In which group and order properties are within a block is stated by the vocabulary (`display`).
"""

from graph.model.terms import CIV, ORG, OWL, ROV, SCHEMA, SKOS

__all__ = ["ABOUT", "OF_OTHERS", "SHOWN_ELSEWHERE", "STEPS"]

STEPS = (ROV.registration, CIV.annualReturn, CIV.formerName, CIV.registerEvent, CIV.regulatorReport)
"""Properties whose values are described on the organisation's own page."""

ABOUT = (ORG.originalOrganization, ORG.resultingOrganization, CIV.classified, CIV.engaged, SCHEMA.provider)
"""Properties by which other things refer to an organisation, whose page describes them."""

OF_OTHERS = frozenset(
    term.value for term in (SKOS.inScheme, SKOS.topConceptOf, CIV.notComparableWith, CIV.gradeEvidence)
)
"""Properties whose incoming statements are shown on other pages than those of organisations: the table of a code list,
what a data set says itself, and that entries, grants and sources are evidence."""

SHOWN_ELSEWHERE = frozenset(
    term.value
    for term in (
        *(OWL.annotatedSource, OWL.annotatedTarget, OWL.sameAs),
        *(CIV.about, CIV.recipient, CIV.statedOrganisation, SCHEMA.funder, *ABOUT),
    )
)
"""Properties whose incoming statements an organisation's page shows in blocks of their own."""
