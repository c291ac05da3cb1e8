"""Where a service is given, as objects of the standard: the places of its feed, and those of other directories."""

import re
from dataclasses import dataclass

from pyoxigraph import Store

from graph.export.oruk.fields import Object, plain_fields
from graph.export.oruk.parts import part, parts
from graph.export.oruk.statements import MERGED, Facts, identifier
from graph.model.terms import CIV, GEO, SCHEMA, SKOS, Iri

COUNTRY = "GB"
"""Where addresses lie that state no country: all our sources are of the United Kingdom."""

_POINT = re.compile(r"POINT ?\((\S+) (\S+)\)")
_REQUIRED = ("address_1", "city", "state_province", "postal_code")


@dataclass(frozen=True, slots=True)
class Place:
    """A place where a service is given, by its identifier; `thing` is a tie of a feed, a site, or the service."""

    id: str
    thing: str
    kind: Iri


def places_of(store: Store, service: Facts) -> list[Place]:
    """Each place where a service is given: as its feed connects them, otherwise its sites or its own postcode."""
    ties = service.things(CIV.serviceAtLocation)
    connected = {site for tie in ties for site in Facts(store, tie, service.graph, CIV.givenAt).things(CIV.givenAt)}
    found = [Place(identifier(tie), tie, CIV.serviceAtLocation) for tie in ties]
    for site in service.things(CIV.atSite):
        if site not in connected:
            found.append(Place(identifier(f"{service.thing}#{site}"), site, CIV.atSite))
    if not found and service.things(CIV.postcode):
        found.append(Place(identifier(f"{service.thing}#place"), service.thing, CIV.postcode))
    return found


def at_locations(store: Store, service: Facts, *, whole: bool) -> list[Object]:
    """The places of a service as services at locations, without the service."""
    return [at(store, service, place, whole=whole) for place in places_of(store, service)]


def at(store: Store, service: Facts, place: Place, *, whole: bool) -> Object:
    """A service at one of its places."""
    if place.kind == CIV.postcode:
        return {"id": place.id, "location": location(store, service, whole=whole, own=False)}
    there = Facts(store, place.thing, service.graph)
    if place.kind == CIV.atSite:
        return {"id": place.id, "location": location(store, there, whole=whole)}
    return at_location(store, there, whole=whole)


def at_location(store: Store, facts: Facts, *, whole: bool) -> Object:
    """A service at a location, without the service."""
    found: Object = {"id": identifier(facts.thing), **plain_fields(facts, "ServiceAtLocation")}
    for site in facts.things(CIV.givenAt):
        found["location"] = location(store, Facts(store, site, facts.graph), whole=whole)
    return found if not whole else {**found, **parts(store, facts, "ServiceAtLocation")}


def location(store: Store, facts: Facts, *, whole: bool, own: bool = True) -> Object:
    """A place; or, if it is not the thing's `own`, the place of a service that has no more than a postcode."""
    found: Object = {"id": identifier(facts.thing if own else f"{facts.thing}#location"), "location_type": "physical"}
    if own:
        found |= plain_fields(facts, "Location")
    if not facts.things(CIV.locationType):
        found |= point(store, facts)
    if whole:
        within = parts(store, facts, "Location") if own else {}
        addresses = [addressed(store, each, facts) for each in facts.things(SCHEMA.address)] if own else []
        if addresses := addresses or bare(store, facts):
            within["addresses"] = addresses
        found |= within
    return found


def point(store: Store, facts: Facts) -> Object:
    """Where the place is: its own point, or that of its postcode."""
    postcodes = (Facts(store, code, MERGED) for code in facts.things(CIV.postcode))
    for place in (facts, *postcodes):
        for shape in place.things(GEO.hasGeometry):
            if found := _POINT.fullmatch(Facts(store, shape, MERGED).text(GEO.asWKT)):
                return {"latitude": float(found[2]), "longitude": float(found[1])}
    return {}


def addressed(store: Store, thing: str, place: Facts) -> Object:
    """An address with all that the standard wants of one; what is not public, or not known, is empty."""
    given = part(store, Facts(store, thing, place.graph), "Address")
    return {**dict.fromkeys(_REQUIRED, ""), "country": COUNTRY, "address_type": "physical", **given}


def bare(store: Store, facts: Facts) -> list[Object]:
    """The address of a place of which no more than the postcode is known."""
    empty = {"id": identifier(f"{facts.thing}#address"), **dict.fromkeys(_REQUIRED, "")}
    codes = [Facts(store, code, MERGED).text(SKOS.notation) for code in facts.things(CIV.postcode)[:1]]
    return [{**empty, "postal_code": code, "country": COUNTRY, "address_type": "physical"} for code in codes]
