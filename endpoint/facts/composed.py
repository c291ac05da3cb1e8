"""Names for things that the graph gives none: made from what is said of them, so that a link reads as words."""

import re
from collections.abc import Callable
from datetime import date
from urllib.parse import unquote

from pyoxigraph import DefaultGraph, Literal, NamedNode

from endpoint.facts.addresses import compact
from endpoint.facts.english import english_date, sentence_case
from endpoint.facts.view import View
from graph.words.terms import CIV, DCT, DQV, GEO, ORG, QB, RDFS, SCHEMA, SDMX_DIMENSION, SKOS, Iri

__all__ = ["called", "composed", "day_of", "plain"]

_KIND_AND_CODE = re.compile(r"id/([a-z-]+)/([^/]+)")
_ORGANISATION = re.compile(r"/id/organisation/(?:GB-SC-)?([^/]+)$")


def composed(view: View, iri: str) -> str:
    """A name made by the thing's kind, '' for kinds that have names of their own."""
    types = view.types(iri)
    return next((text for kind, make in _BY_KIND.items() if kind in types and (text := make(view, iri))), "")


def called(view: View, iri: str) -> str:
    """What the graph calls a thing: by name, else by number or code, else by the end of its IRI."""
    found = _KIND_AND_CODE.fullmatch(local := iri.removeprefix(view.base))
    area = bool(found) and local.startswith("id/area/")  # its code alone says to nobody that it is one
    if name := view.name(iri) or plain(view, iri, SKOS.altLabel) or ("" if area else plain(view, iri, SKOS.notation)):
        return name
    if number := _ORGANISATION.search(iri):
        deleted = bool(view.values(iri, CIV.nameStatus))
        known = unquote(number[1])
        return f"Charity {known} (name deleted from the register)" if deleted else f"Organisation {known}"
    return f"{sentence_case(found[1].replace('-', ' '))} {unquote(found[2])}" if found else compact(local)


def plain(view: View, iri: str, prop: Iri) -> str:
    """A value as bare text, '' where there is none."""
    value = view.value(iri, prop)
    return value.value if isinstance(value, (Literal, NamedNode)) else ""


def day_of(text: str) -> str:
    """A date in English, or the text as it is where it is none.

    >>> day_of("2025-12-31"), day_of("unknown")
    ('31 December 2025', 'unknown')
    """
    try:
        return english_date(date.fromisoformat(text))
    except ValueError:
        return text


def _thing(view: View, iri: str, prop: Iri) -> str:
    """The name of the thing that is the value of a property, '' where there is none."""
    value = view.value(iri, prop)
    return called(view, value.value) if isinstance(value, NamedNode) else ""


def _all(view: View, iri: str, prop: Iri) -> str:
    things = sorted(called(view, value.value) for value in view.values(iri, prop) if isinstance(value, NamedNode))
    return " and ".join(things)


def _dated(text: str, day: str) -> str:
    return f"{text}, {day_of(day)}" if text and day else text or day_of(day)


def _annual_return(view: View, iri: str) -> str:
    return "Annual return to " + day_of(plain(view, iri, CIV.yearEnd))


def _registration(view: View, iri: str) -> str:
    register, number = _thing(view, iri, CIV.register), plain(view, iri, SKOS.notation)
    return f"{register}: {number}" if register and number else f"Registration {number}".strip()


def _listing(view: View, iri: str) -> str:
    directory, reference = _thing(view, iri, CIV.directory), plain(view, iri, SKOS.notation)
    return f"{directory}: {reference}" if directory and reference else ""


def _engagement(view: View, iri: str) -> str:
    who, event = _thing(view, iri, CIV.engaged), _thing(view, iri, CIV.engagementEvent)
    return _dated(f"{who} in {event}", plain(view, iri, SCHEMA.startDate)) if who and event else ""


def _problem(view: View, iri: str) -> str:
    column, row = (plain(view, iri, prop) for prop in (CIV.column, CIV.row))
    return "Problem" + (f" in {column}" if column else "") + (f", row {row}" if row else "")


def _measurement(view: View, iri: str) -> str:
    parts = (_thing(view, iri, prop) for prop in (DQV.computedOn, DQV.isMeasurementOf, SDMX_DIMENSION.refArea))
    return _dated(": ".join(filter(None, parts)), plain(view, iri, DCT.date))


def _change(view: View, iri: str) -> str:
    if name := view.name(iri):
        return _dated(name, plain(view, iri, DCT.date))
    before, after = _all(view, iri, ORG.originalOrganization), _all(view, iri, ORG.resultingOrganization)
    kind = _thing(view, iri, CIV.eventKind) or "Change"
    return _dated(f"{kind}: {before or '?'} → {after or '?'}", plain(view, iri, DCT.date))


def _classification(view: View, iri: str) -> str:
    return f"{_thing(view, iri, CIV.classified)} classified as {_thing(view, iri, CIV.classifiedAs)}".strip()


def _former_name(view: View, iri: str) -> str:
    until = plain(view, iri, CIV.nameUntil)
    return view.name(iri) + (f" (until {day_of(until)})" if until else "")


def _register_event(view: View, iri: str) -> str:
    other = _thing(view, iri, CIV.otherParty) or plain(view, iri, CIV.otherPartyName)
    reason = _thing(view, iri, CIV.registerEventReason)
    more = "; ".join(part for part in (reason, other) if part)
    kind = _thing(view, iri, CIV.registerEventKind) + (f" ({more})" if more else "")
    return _dated(kind, plain(view, iri, DCT.date))


def _report(view: View, iri: str) -> str:
    return _dated(_thing(view, iri, CIV.reportKind), plain(view, iri, DCT.date))


def _pay_band(view: View, iri: str) -> str:
    count, band = plain(view, iri, CIV.staffCount), _thing(view, iri, CIV.payBand)
    return f"{band}: {count}" if count and band else band


def _observation(view: View, iri: str) -> str:
    place = _thing(view, iri, SDMX_DIMENSION.refArea)
    period = view.value(iri, SDMX_DIMENSION.refPeriod)
    when = called(view, period.value) if isinstance(period, NamedNode) else plain(view, iri, SDMX_DIMENSION.refPeriod)
    about = ", ".join(part for part in (place, when, *_split(view, iri)) if part)
    cube = _thing(view, iri, QB.dataSet)
    return f"{cube}: {about}" if cube and about else cube or about


def _split(view: View, iri: str) -> list[str]:
    """The names of the other dimensions' values: an age, a legal form."""
    quads = view.store.quads_for_pattern(NamedNode(iri), None, None, DefaultGraph())
    found = {
        quad.object.value for quad in quads if isinstance(quad.object, NamedNode) and _splits(quad.predicate.value)
    }
    return sorted(called(view, value) for value in found)


def _splits(prop: str) -> bool:
    return prop.startswith(CIV.base)


def _coordinates(view: View, iri: str) -> str:
    return next((f"Coordinates of {called(view, it)}" for it in sorted(view.subjects(GEO.hasGeometry, iri))), "")


def _structure(view: View, iri: str) -> str:
    found = view.name(iri) or next((called(view, it) for it in sorted(view.subjects(QB.structure, iri))), "")
    return f"Structure of {found}" if found and not found.startswith("Structure") else found


def _component(view: View, iri: str) -> str:
    for role, words in ((QB.dimension, "Dimension"), (QB.measure, "Measure"), (QB.attribute, "Attribute")):
        value = view.value(iri, role)
        if isinstance(value, NamedNode):
            return f"{words}: {view.name(value.value) or plain(view, value.value, RDFS.label) or compact(value.value)}"
    return ""


def _period(view: View, iri: str) -> str:
    start, end = (day_of(plain(view, iri, prop)[:10]) for prop in (SCHEMA.startDate, SCHEMA.endDate))
    months = plain(view, iri, CIV.durationInMonths)
    if name := view.name(iri):
        return name
    return f"{start or '?'} to {end or '?'}" if start or end else f"{months} months" if months else ""


def _location(view: View, iri: str) -> str:
    return view.name(iri) or " ".join(plain(view, iri, prop) for prop in (CIV.geoCodeType, CIV.geoCode)).strip()


def _transaction(view: View, iri: str) -> str:
    amount, currency = plain(view, iri, CIV.transactionValue), plain(view, iri, SCHEMA.currency)
    return _dated(f"{amount} {currency}".strip(), plain(view, iri, CIV.transactionDate)[:10])


def _part_of(words: str, *wholes: Iri) -> Callable[[View, str], str]:
    """How a part that seldom has a name is called: by what it is a part of."""

    def made(view: View, iri: str) -> str:
        owners = sorted(it for prop in wholes for it in view.subjects(prop, iri))
        return view.name(iri) or next((f"{words} {called(view, it)}" for it in owners), "")

    return made


_BY_KIND: dict[str, Callable[[View, str], str]] = {
    SCHEMA.Schedule.value: _part_of("Times of", CIV.schedule),
    SCHEMA.PostalAddress.value: _part_of("Address of", SCHEMA.address),
    CIV.Accessibility.value: _part_of("Using", CIV.accessibility),
    CIV.ServiceAtLocation.value: _part_of("A place of", CIV.serviceAtLocation),
    CIV.ServiceArea.value: _part_of("An area of", CIV.serviceArea),
    CIV.LanguageOffered.value: _part_of("A language of", CIV.languageOffered),
    CIV.FundingSource.value: _part_of("Funding of", CIV.fundedFrom),
    CIV.CostOption.value: _part_of("A price of", CIV.costOption),
    CIV.RequiredDocument.value: _part_of("To bring to", CIV.requiredDocument),
    CIV.StatedIdentifier.value: _part_of("A number of", CIV.statedIdentifier),
    CIV.Attribute.value: _part_of("An attribute of", CIV.attribute),
    CIV.GrantPeriod.value: _period,
    CIV.GrantLocation.value: _location,
    CIV.GrantTransaction.value: _transaction,
    CIV.AnnualReturn.value: _annual_return,
    CIV.Registration.value: _registration,
    CIV.Listing.value: _listing,
    CIV.Engagement.value: _engagement,
    CIV.Problem.value: _problem,
    DQV.QualityMeasurement.value: _measurement,
    ORG.ChangeEvent.value: _change,
    CIV.Classification.value: _classification,
    CIV.FormerName.value: _former_name,
    CIV.RegisterEvent.value: _register_event,
    CIV.RegulatorReport.value: _report,
    CIV.PayBandCount.value: _pay_band,
    QB.Observation.value: _observation,
    GEO.Geometry.value: _coordinates,
    QB.DataStructureDefinition.value: _structure,
    QB.ComponentSpecification.value: _component,
}
