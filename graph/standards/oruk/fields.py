"""Every field of Open Referral UK (HSDS-UK 3.0) and the term that stands for it, for the way in and the way out.

Fields that HSDS 3.0 has and its UK profile has not stand here too, as feeds give them. What is not here is left out on
purpose: contacts, telephone numbers, e-mail addresses, streets. What ties one form to another (a service to its
organisation, a location, a taxonomy term) is the mapping's affair.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.model import kinds
from graph.model.terms import CIV, DCT, FOAF, ORG, SCHEMA, SKOS, Iri
from graph.standards.field import Field, Kind


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of object: what it is in the graph, how its IRIs begin, its fields in the standard's order."""

    kind: Iri
    segment: kinds.Kind
    fields: Sequence[Field]
    required: Sequence[str] = ()
    """Fields without which an object does not keep to the standard, besides its identifier and name; of services the
    description too, without which nobody knows what they are."""


LIST_CODES: Mapping[str, str] = {
    "inactive": "inactive",
    "closed": "defunct",
    "temporarily-closed": "temporarily closed",
}
"""Entries of our code lists that the standard writes otherwise."""

UNNAMED = "A place without a name"
"""What a location is called that its feed gives no name; never given back as one."""

_DESCRIPTION = Field("description", DCT.description, Kind.PROSE)
_NAME, _ALSO = Field("name", SKOS.prefLabel), Field("alternate_name", SKOS.altLabel)
_FROM, _TO = Field("valid_from", SCHEMA.validFrom, Kind.DAY), Field("valid_to", SCHEMA.validThrough, Kind.DAY)
_ATTRIBUTES = Field("attributes", CIV.attribute, Kind.PARTS, "Attribute")
_SCHEDULES = Field("schedules", CIV.schedule, Kind.PARTS, "Schedule")
_LANGUAGES = Field("languages", CIV.languageOffered, Kind.PARTS, "Language")
_FUNDING = Field("funding", CIV.fundedFrom, Kind.PARTS, "Funding")
_URL = Field("url", SCHEMA.url, Kind.ADDRESS)

FORMS: Mapping[str, Form] = {
    "Service": Form(
        SCHEMA.Service,
        "service",
        (
            _NAME,
            _ALSO,
            _DESCRIPTION,
            Field("url", FOAF.homepage, Kind.ADDRESS),
            Field("status", CIV.listingStatus, Kind.CODE, "listing-status"),
            Field("interpretation_services", CIV.interpretation, Kind.PROSE),
            Field("application_process", CIV.howToApply, Kind.PROSE),
            Field("fees_description", CIV.costDescription, Kind.PROSE),
            Field("wait_time", CIV.waitingTime),
            Field("fees", CIV.cost),
            Field("accreditations", CIV.accreditations, Kind.PROSE),
            Field("eligibility_description", CIV.eligibility),
            Field("minimum_age", CIV.minimumAge, Kind.COUNT),
            Field("maximum_age", CIV.maximumAge, Kind.COUNT),
            Field("assured_date", CIV.lastChecked, Kind.DAY),
            Field("licenses", CIV.licences, Kind.PROSE),
            Field("alert", CIV.alert, Kind.PROSE),
            Field("last_modified", DCT.modified, Kind.DATE),
            _SCHEDULES,
            Field("service_areas", CIV.serviceArea, Kind.PARTS, "ServiceArea"),
            _LANGUAGES,
            _FUNDING,
            Field("cost_options", CIV.costOption, Kind.PARTS, "CostOption"),
            Field("program", CIV.programme, Kind.PARTS, "Program"),
            Field("required_documents", CIV.requiredDocument, Kind.PARTS, "RequiredDocument"),
            _ATTRIBUTES,
        ),
        ("status", "description"),
    ),
    "Organization": Form(
        CIV.Organisation,
        "organisation",
        (
            _NAME,
            _ALSO,
            _DESCRIPTION,
            Field("website", FOAF.homepage, Kind.ADDRESS),
            Field("tax_status", CIV.taxStatus),
            Field("year_incorporated", CIV.statedYearOfIncorporation, Kind.YEAR),
            Field("legal_status", CIV.statedLegalStatus),
            Field("logo", SCHEMA.logo, Kind.ADDRESS),
            Field("uri", SCHEMA.url, Kind.ADDRESS),
            _FUNDING,
            Field("programs", CIV.programme, Kind.PARTS, "Program"),
            Field("organization_identifiers", CIV.statedIdentifier, Kind.PARTS, "Identifier"),
            _ATTRIBUTES,
        ),
        ("description",),
    ),
    "ServiceAtLocation": Form(
        CIV.ServiceAtLocation,
        "service-at-location",
        (_DESCRIPTION, _SCHEDULES, _ATTRIBUTES),
    ),
    "Location": Form(
        ORG.Site,
        "site",
        (
            Field("location_type", CIV.locationType, Kind.CODE, "location-type"),
            _URL,
            _NAME,
            _ALSO,
            _DESCRIPTION,
            Field("transportation", CIV.transport, Kind.PROSE),
            Field("latitude", SCHEMA.latitude, Kind.NUMBER),
            Field("longitude", SCHEMA.longitude, Kind.NUMBER),
            Field("external_identifier", CIV.externalIdentifier),
            Field("external_identifier_type", CIV.externalIdentifierType),
            _LANGUAGES,
            Field("addresses", SCHEMA.address, Kind.PARTS, "Address"),
            Field("accessibility", CIV.accessibility, Kind.PARTS, "Accessibility"),
            _SCHEDULES,
            _ATTRIBUTES,
        ),
        ("location_type",),
    ),
    "Address": Form(
        SCHEMA.PostalAddress,
        "address",
        (
            Field("city", SCHEMA.addressLocality),
            Field("region", CIV.addressArea),
            Field("state_province", SCHEMA.addressRegion),
            Field("postal_code", SCHEMA.postalCode),
            Field("country", SCHEMA.addressCountry),
            Field("address_type", CIV.addressType, Kind.CODE, "location-type"),
            _ATTRIBUTES,
        ),
        ("city", "state_province", "postal_code", "country", "address_type"),
    ),
    "Accessibility": Form(
        CIV.Accessibility,
        "accessibility",
        (
            _DESCRIPTION,
            Field("details", CIV.details, Kind.PROSE),
            _URL,
            Field("accessibility", CIV.accessibilitySummary, Kind.PROSE),
            _ATTRIBUTES,
        ),
    ),
    "Schedule": Form(
        SCHEMA.Schedule,
        "schedule",
        (
            _FROM,
            _TO,
            Field("dtstart", SCHEMA.startDate, Kind.DAY),
            Field("timezone", CIV.hoursFromUtc, Kind.NUMBER),
            Field("until", SCHEMA.endDate, Kind.DAY),
            Field("count", SCHEMA.repeatCount, Kind.COUNT),
            Field("wkst", CIV.weekStart),
            Field("freq", CIV.frequency, Kind.CODE, "schedule-frequency"),
            Field("interval", CIV.interval, Kind.COUNT),
            Field("byday", SCHEMA.byDay),
            Field("byweekno", CIV.byWeekNumber),
            Field("bymonthday", CIV.byMonthDay),
            Field("byyearday", CIV.byYearDay),
            _DESCRIPTION,
            Field("opens_at", SCHEMA.opens, Kind.TIME),
            Field("closes_at", SCHEMA.closes, Kind.TIME),
            Field("schedule_link", SCHEMA.url, Kind.ADDRESS),
            Field("attending_type", CIV.attendingType),
            Field("notes", SKOS.note, Kind.PROSE),
            _ATTRIBUTES,
        ),
    ),
    "ServiceArea": Form(
        CIV.ServiceArea,
        "service-area",
        (
            _NAME,
            _DESCRIPTION,
            Field("extent", CIV.extent),
            Field("extent_type", CIV.extentType),
            Field("uri", SCHEMA.url, Kind.ADDRESS),
            Field("service_area", CIV.areaInWords, Kind.PROSE),
        ),
    ),
    "Language": Form(
        CIV.LanguageOffered,
        "language",
        (_NAME, Field("code", SKOS.notation), Field("note", SKOS.note, Kind.PROSE)),
    ),
    "Funding": Form(CIV.FundingSource, "funding", (Field("source", DCT.description, Kind.PROSE),)),
    "CostOption": Form(
        CIV.CostOption,
        "cost-option",
        (
            _FROM,
            _TO,
            Field("option", SKOS.prefLabel),
            Field("currency", SCHEMA.priceCurrency),
            Field("amount", SCHEMA.price, Kind.NUMBER),
            Field("amount_description", DCT.description, Kind.PROSE),
        ),
    ),
    "RequiredDocument": Form(
        CIV.RequiredDocument,
        "required-document",
        (Field("document", DCT.description, Kind.PROSE), Field("uri", SCHEMA.url, Kind.ADDRESS)),
    ),
    "Program": Form(CIV.Programme, "programme", (_NAME, _ALSO, _DESCRIPTION)),
    "Identifier": Form(
        CIV.StatedIdentifier,
        "stated-identifier",
        (
            Field("identifier_scheme", CIV.identifierScheme),
            Field("identifier_type", CIV.identifierType),
            Field("identifier", SKOS.notation),
            _ATTRIBUTES,
        ),
        ("identifier_type", "identifier"),
    ),
    "Attribute": Form(
        CIV.Attribute,
        "attribute",
        (
            Field("link_type", CIV.attributeKind),
            Field("label", SKOS.prefLabel),
            Field("value", CIV.attributeValue),
        ),
    ),
    "Taxonomy": Form(
        CIV.Taxonomy,
        "taxonomy",
        (_NAME, _DESCRIPTION, Field("uri", SCHEMA.url, Kind.ADDRESS), Field("version", CIV.taxonomyVersion)),
        ("description",),
    ),
    "TaxonomyTerm": Form(
        CIV.TaxonomyTerm,
        "taxonomy-term",
        (
            Field("code", SKOS.notation),
            _NAME,
            _DESCRIPTION,
            Field("taxonomy", CIV.taxonomyName),
            Field("language", CIV.termLanguage),
            Field("term_uri", SCHEMA.url, Kind.ADDRESS),
            Field("term", CIV.termInWords),
        ),
        ("description",),
    ),
}
"""The forms of the standard, by the names that our metadata give them."""
