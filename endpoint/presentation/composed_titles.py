"""Names for things that the graph gives none: made from what is said of them, so that a link reads as words."""

from collections.abc import Callable
from decimal import Decimal
from itertools import chain

from pyoxigraph import DefaultGraph, NamedNode

from endpoint.presentation import part_titles as services
from endpoint.presentation.addresses import compact
from endpoint.presentation.display import display_of
from endpoint.presentation.formatting import money
from endpoint.presentation.names import called, day_of, plain, thing
from endpoint.presentation.view import View
from graph.model.terms import CIV, DCT, DQV, GEO, ORG, QB, RDFS, SCHEMA, SDMX_DIMENSION, SKOS, Iri

__all__ = ["composed"]


def composed(view: View, iri: str) -> str:
    """A name made by the thing's kind, '' for kinds that have names of their own."""
    types = view.types(iri)
    made = (make(view, iri) for kind, make in _BY_KIND.items() if kind in types)
    parts = (services.part(view, iri, kind) for kind in display_of(view).parts if kind in types)
    return next((text for text in chain(made, parts) if text), "")


def _all(view: View, iri: str, prop: Iri) -> str:
    things = sorted(called(view, value.value) for value in view.values(iri, prop) if isinstance(value, NamedNode))
    return " and ".join(things)


def _dated(text: str, day: str) -> str:
    return f"{text}, {day_of(day)}" if text and day else text or day_of(day)


def _annual_return(view: View, iri: str) -> str:
    owner = next((called(view, it) for it in sorted(view.subjects(CIV.annualReturn, iri))), "")
    return f"Annual return{f' of {owner}' if owner else ''} to {day_of(plain(view, iri, CIV.yearEnd))}"


def _registration(view: View, iri: str) -> str:
    register, number = thing(view, iri, CIV.register), plain(view, iri, SKOS.notation)
    return f"{register}: {number}" if register and number else f"Registration {number}".strip()


def _listing(view: View, iri: str) -> str:
    directory, reference = thing(view, iri, CIV.directory), plain(view, iri, SKOS.notation)
    return f"{directory}: {reference}" if directory and reference else ""


def _engagement(view: View, iri: str) -> str:
    who, event = thing(view, iri, CIV.engaged), thing(view, iri, CIV.engagementEvent)
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
    parts = (thing(view, iri, prop) for prop in (DQV.computedOn, DQV.isMeasurementOf, SDMX_DIMENSION.refArea))
    return _dated(": ".join(filter(None, parts)), plain(view, iri, DCT.date))


def _change(view: View, iri: str) -> str:
    if name := view.name(iri):
        return _dated(name, plain(view, iri, DCT.date))
    before, after = _all(view, iri, ORG.originalOrganization), _all(view, iri, ORG.resultingOrganization)
    kind = thing(view, iri, CIV.eventKind) or "Change"
    return _dated(f"{kind}: {before or '?'} → {after or '?'}", plain(view, iri, DCT.date))


def _classification(view: View, iri: str) -> str:
    return f"{thing(view, iri, CIV.classified)} classified as {thing(view, iri, CIV.classifiedAs)}".strip()


def _former_name(view: View, iri: str) -> str:
    until = plain(view, iri, CIV.nameUntil)
    return view.name(iri) + (f" (until {day_of(until)})" if until else "")


def _register_event(view: View, iri: str) -> str:
    other = thing(view, iri, CIV.otherParty) or plain(view, iri, CIV.otherPartyName)
    reason = thing(view, iri, CIV.registerEventReason)
    more = "; ".join(part for part in (reason, other) if part)
    kind = thing(view, iri, CIV.registerEventKind) + (f" ({more})" if more else "")
    return _dated(kind, plain(view, iri, DCT.date))


def _report(view: View, iri: str) -> str:
    return _dated(thing(view, iri, CIV.reportKind), plain(view, iri, DCT.date))


def _pay_band(view: View, iri: str) -> str:
    count, band = plain(view, iri, CIV.staffCount), thing(view, iri, CIV.payBand)
    return f"{band}: {count}" if count and band else band


def _observation(view: View, iri: str) -> str:
    place = thing(view, iri, SDMX_DIMENSION.refArea)
    period = view.value(iri, SDMX_DIMENSION.refPeriod)
    when = called(view, period.value) if isinstance(period, NamedNode) else plain(view, iri, SDMX_DIMENSION.refPeriod)
    about = ", ".join(part for part in (place, when, *_split(view, iri)) if part)
    cube = thing(view, iri, QB.dataSet)
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
    """By its own name, else that of the area of its code, else the code."""
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
