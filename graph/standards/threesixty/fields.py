"""Every field of the 360Giving Data Standard 1.4 and the term that stands for it, for the way in and the way out.

What is not here is left out on purpose: contact names, e-mail addresses, telephone numbers and streets of
organisations, and all about individuals.
"""

from collections.abc import Mapping, Sequence

from graph.model.terms import CIV, DCT, SCHEMA, SKOS, Iri
from graph.standards.field import Field, Kind

_CLASSES = {
    "Organization": CIV.GrantParty,
    "Location": CIV.GrantLocation,
    "Event": CIV.GrantPeriod,
    "Classification": CIV.GrantClassification,
    "GrantProgramme": CIV.GrantProgramme,
    "Document": CIV.GrantDocument,
    "Transaction": CIV.GrantTransaction,
}
CLASSES: Mapping[str, Iri] = _CLASSES
"""What the parts of a grant are, by the names that the standard gives their forms."""

_MODIFIED = Field("dateModified", DCT.modified, Kind.DATE)
_TITLE, _DESCRIPTION = Field("title", SKOS.prefLabel), Field("description", DCT.description, Kind.PROSE)
_URL = Field("url", SCHEMA.url, Kind.ADDRESS)

FIELDS: Mapping[str, Sequence[Field]] = {
    "Grant": (
        Field("id", SKOS.notation),
        _TITLE,
        _DESCRIPTION,
        Field("currency", SCHEMA.currency, Kind.CODE),
        Field("amountAppliedFor", CIV.amountAppliedFor, Kind.NUMBER),
        Field("amountAwarded", CIV.amountAwarded, Kind.NUMBER),
        Field("amountDisbursed", CIV.amountDisbursed, Kind.NUMBER),
        Field("awardDate", CIV.awardDate, Kind.DATE),
        _URL,
        Field("plannedDates", CIV.plannedPeriod, Kind.PARTS, "Event"),
        Field("actualDates", CIV.actualPeriod, Kind.PARTS, "Event"),
        Field("recipientOrganization", CIV.recipientAsStated, Kind.PARTS, "Organization"),
        Field("beneficiaryLocation", CIV.beneficiaryLocation, Kind.PARTS, "Location"),
        Field("fundingOrganization", CIV.funderAsStated, Kind.PARTS, "Organization"),
        Field("grantProgramme", CIV.grantProgramme, Kind.PARTS, "GrantProgramme"),
        Field("fromOpenCall", CIV.fromOpenCall, Kind.YES_NO),
        Field("fundingType", CIV.fundingType, Kind.PARTS, "Classification"),
        Field("classifications", CIV.grantClassification, Kind.PARTS, "Classification"),
        Field("relatedDocument", CIV.grantDocument, Kind.PARTS, "Document"),
        Field("applicationTransaction", CIV.applicationTransaction, Kind.PARTS, "Transaction"),
        Field("commitmentTransaction", CIV.commitmentTransaction, Kind.PARTS, "Transaction"),
        Field("disbursementTransaction", CIV.disbursementTransaction, Kind.PARTS, "Transaction"),
        Field("relatedActivity", CIV.relatedActivity, Kind.TEXTS),
        _MODIFIED,
        Field("dataSource", CIV.dataSource, Kind.ADDRESS),
        Field("regrantType", CIV.regrantType, Kind.CODE, "regrant-type"),
        Field("locationScope", CIV.locationScope, Kind.CODE, "location-scope"),
    ),
    "Organization": (
        Field("id", SKOS.notation),
        Field("name", SKOS.prefLabel),
        Field("department", CIV.department),
        Field("charityNumber", CIV.statedCharityNumber),
        Field("companyNumber", CIV.statedCompanyNumber),
        Field("addressLocality", SCHEMA.addressLocality),
        Field("addressRegion", SCHEMA.addressRegion),
        Field("addressCountry", SCHEMA.addressCountry),
        Field("postalCode", SCHEMA.postalCode),
        Field("alternateName", SKOS.altLabel),
        _DESCRIPTION,
        Field("organisationType", CIV.statedOrganisationType),
        _URL,
        Field("location", CIV.statedLocation, Kind.PARTS, "Location"),
        _MODIFIED,
    ),
    "Location": (
        Field("id", SKOS.notation),
        Field("name", SKOS.prefLabel),
        Field("countryCode", CIV.countryCode),
        Field("latitude", SCHEMA.latitude, Kind.NUMBER),
        Field("longitude", SCHEMA.longitude, Kind.NUMBER),
        _DESCRIPTION,
        Field("geoCode", CIV.geoCode),
        Field("geoCodeType", CIV.geoCodeType),
        _MODIFIED,
    ),
    "Event": (
        _TITLE,
        Field("startDate", SCHEMA.startDate, Kind.DATE),
        Field("endDate", SCHEMA.endDate, Kind.DATE),
        Field("duration", CIV.durationInMonths, Kind.NUMBER),
        _DESCRIPTION,
        _MODIFIED,
    ),
    "Classification": (
        Field("vocabulary", CIV.classificationVocabulary),
        Field("code", SKOS.notation),
        _TITLE,
        _DESCRIPTION,
        _URL,
        _MODIFIED,
    ),
    "GrantProgramme": (Field("code", SKOS.notation), _TITLE, _DESCRIPTION, _URL, _MODIFIED),
    "Document": (
        Field("id", SKOS.notation),
        _TITLE,
        _URL,
        _DESCRIPTION,
        Field("documentType", CIV.documentType),
        _MODIFIED,
    ),
    "Transaction": (
        Field("id", SKOS.notation),
        Field("transactionDate", CIV.transactionDate, Kind.DATE),
        Field("currency", SCHEMA.currency, Kind.CODE),
        Field("value", CIV.transactionValue, Kind.NUMBER),
        Field("valueDate", CIV.valueDate, Kind.DATE),
        _DESCRIPTION,
        Field("provider", CIV.transactionProvider),
        Field("recipient", CIV.transactionRecipient),
        _MODIFIED,
    ),
}
"""The fields of each form, in the standard's order."""
