"""Names for things that the graph gives none: made from the statements about them, so that a link reads as words."""

from collections.abc import Callable
from decimal import Decimal
from itertools import chain

from pyoxigraph import NamedNode

from endpoint.presentation.names import part_titles as services
from endpoint.presentation.names.short_names import day_of, plain, short_name, value_name
from endpoint.presentation.reading.display import display_of
from endpoint.presentation.reading.view import View
from endpoint.presentation.text.addresses import compact
from endpoint.presentation.text.formatting import money
from graph.model.terms import CIV, DCT, DQV, GEO, ORG, QB, RDFS, SCHEMA, SDMX_DIMENSION, SKOS, Iri

__all__ = ["composed"]


def composed(view: View, iri: str) -> str:
    """A name made by the thing's kind, '' for kinds that have names of their own."""
    types = view.types(iri)
    made = (make(view, iri) for kind, make in _BY_KIND.items() if kind in types)
    parts = (services.part(view, iri, kind) for kind in display_of(view).parts if kind in types)
    return next((text for text in chain(made, parts) if text), "")


def _all(view: View, iri: str, prop: Iri) -> str:
    return " and ".join(sorted(short_name(view, it) for it in view.things(iri, prop)))


def _dated(text: str, day: str) -> str:
    return f"{text}, {day_of(day)}" if text and day else text or day_of(day)


def _annual_return(view: View, iri: str) -> str:
    owner = next((short_name(view, it) for it in sorted(view.subjects(CIV.annualReturn, iri))), "")
    return f"Annual return{f' of {owner}' if owner else ''} to {day_of(plain(view, iri, CIV.yearEnd))}"


def _registration(view: View, iri: str) -> str:
    register, number = value_name(view, iri, CIV.register), plain(view, iri, SKOS.notation)
    return f"{register}: {number}" if register and number else f"Registration {number}".strip()


def _listing(view: View, iri: str) -> str:
    directory, reference = value_name(view, iri, CIV.directory), plain(view, iri, SKOS.notation)
    return f"{directory}: {reference}" if directory and reference else ""


def _engagement(view: View, iri: str) -> str:
    who, event = value_name(view, iri, CIV.engaged), value_name(view, iri, CIV.engagementEvent)
    return _dated(f"{who} in {event}", plain(view, iri, SCHEMA.startDate)) if who and event else ""


def _problem(view: View, iri: str) -> str:
    column, row = (plain(view, iri, prop) for prop in (CIV.column, CIV.row))
    about, source = (
        view.name(found) if (found := plain(view, iri, prop)) else "" for prop in (CIV.about, CIV.inSource)
    )
    whose = (f" with {about}" if about else "") + (f" in {source}" if source else "")
    place = ", ".join(part for part in (column, f"row {row}" if row else "") if part)
    return f"Problem{whose}: {place}" if whose and place else f"Problem{whose or (f' in {place}' if place else '')}"


def _measurement(view: View, iri: str) -> str:
    parts = (value_name(view, iri, prop) for prop in (DQV.computedOn, DQV.isMeasurementOf, SDMX_DIMENSION.refArea))
    return _dated(": ".join(filter(None, parts)), plain(view, iri, DCT.date))


def _change(view: View, iri: str) -> str:
    if name := view.name(iri):
        return _dated(name, plain(view, iri, DCT.date))
    before, after = _all(view, iri, ORG.originalOrganization), _all(view, iri, ORG.resultingOrganization)
    kind = value_name(view, iri, CIV.eventKind) or "Change"
    return _dated(f"{kind}: {before or '?'} → {after or '?'}", plain(view, iri, DCT.date))


def _classification(view: View, iri: str) -> str:
    return f"{value_name(view, iri, CIV.classified)} classified as {value_name(view, iri, CIV.classifiedAs)}".strip()


def _former_name(view: View, iri: str) -> str:
    until = plain(view, iri, CIV.nameUntil)
    return view.name(iri) + (f" (until {day_of(until)})" if until else "")


def _register_event(view: View, iri: str) -> str:
    other = value_name(view, iri, CIV.otherParty) or plain(view, iri, CIV.otherPartyName)
    reason = value_name(view, iri, CIV.registerEventReason)
    more = "; ".join(part for part in (reason, other) if part)
    kind = value_name(view, iri, CIV.registerEventKind) + (f" ({more})" if more else "")
    return _dated(kind, plain(view, iri, DCT.date))


def _report(view: View, iri: str) -> str:
    return _dated(value_name(view, iri, CIV.reportKind), plain(view, iri, DCT.date))


def _pay_band(view: View, iri: str) -> str:
    count, band = plain(view, iri, CIV.staffCount), value_name(view, iri, CIV.payBand)
    return f"{band}: {count}" if count and band else band


def _observation(view: View, iri: str) -> str:
    place = value_name(view, iri, SDMX_DIMENSION.refArea)
    when = value_name(view, iri, SDMX_DIMENSION.refPeriod) or plain(view, iri, SDMX_DIMENSION.refPeriod)
    about = ", ".join(part for part in (place, when, *_split(view, iri)) if part)
    cube = value_name(view, iri, QB.dataSet)
    return f"{cube}: {about}" if cube and about else cube or about


def _split(view: View, iri: str) -> list[str]:
    """The names of the other dimensions' values: an age, a legal form."""
    stated = ((prop, value) for prop, values in view.properties(iri).items() for value in values)
    found = {value.value for prop, value in stated if isinstance(value, NamedNode) and prop.startswith(CIV.base)}
    return sorted(short_name(view, value) for value in found)


def _coordinates(view: View, iri: str) -> str:
    return next((f"Coordinates of {short_name(view, it)}" for it in sorted(view.subjects(GEO.hasGeometry, iri))), "")


def _structure(view: View, iri: str) -> str:
    found = view.name(iri) or next((short_name(view, it) for it in sorted(view.subjects(QB.structure, iri))), "")
    return f"Structure of {found}" if found and not found.startswith("Structure") else found


def _component(view: View, iri: str) -> str:
    for role, words in ((QB.dimension, "Dimension"), (QB.measure, "Measure"), (QB.attribute, "Attribute")):
        if it := view.thing(iri, role):
            return f"{words}: {view.name(it) or plain(view, it, RDFS.label) or compact(it)}"
    return ""


def _period(view: View, iri: str) -> str:
    start, end = (day_of(plain(view, iri, prop)[:10]) for prop in (SCHEMA.startDate, SCHEMA.endDate))
    months = plain(view, iri, CIV.durationInMonths)
    if name := view.name(iri):
        return name
    return f"{start or '?'} to {end or '?'}" if start or end else f"{months} months" if months else ""


def _location(view: View, iri: str) -> str:
    """Its own name, or that of the area of its code, or the code."""
    code = plain(view, iri, CIV.geoCode)
    area = view.name(f"{view.base}id/area/{code}") if code.isalnum() else ""
    return view.name(iri) or area or f"{plain(view, iri, CIV.geoCodeType)} {code}".strip()


def _transaction(view: View, iri: str) -> str:
    amount, currency = plain(view, iri, CIV.transactionValue), plain(view, iri, SCHEMA.currency)
    paid = money(Decimal(amount), currency) if amount else currency
    return _dated(paid, plain(view, iri, CIV.transactionDate)[:10])


_BY_KIND: dict[str, Callable[[View, str], str]] = {
    SCHEMA.Schedule.value: services.schedule,
    CIV.ServiceAtLocation.value: services.place_of,
    CIV.FundingSource.value: services.described,
    CIV.CostOption.value: services.price,
    CIV.StatedIdentifier.value: services.number_stated,
    CIV.Attribute.value: services.attribute,
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
