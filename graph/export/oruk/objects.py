"""Services and organisations as objects of the standard, each as in its own source."""

from collections.abc import Sequence
from urllib.parse import unquote

from pyoxigraph import Store

from graph.export.oruk.fields import Json, Object, plain_fields
from graph.export.oruk.parts import attributes, parts
from graph.export.oruk.places import at_locations
from graph.export.oruk.statements import MERGED, Facts, Graph, identifier
from graph.model.iri import last_segment
from graph.model.terms import CIV, DCT, SCHEMA, SKOS

__all__ = ["Json", "Objects"]


class Objects:
    """Objects of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def facts(self, thing: str, graph: Graph) -> Facts:
        """What a source says of a thing."""
        return Facts(self._store, thing, graph)

    def service(
        self, facts: Facts, name: str, *, whole: bool = False, organisation: bool = True, places: bool = True
    ) -> Object:
        """A service under its identifier; `whole` with its parts, otherwise with its organisation alone."""
        found: Object = {"id": name, **plain_fields(facts, "Service")}
        found.setdefault("status", self._status(facts))
        if whole:
            found |= parts(self._store, facts, "Service")
            found |= self._other_words(facts, found)
        for body in facts.things(SCHEMA.provider)[:1]:
            if organisation:
                found["organization"] = self.organisation(body, facts.graph, whole=whole)
            else:
                found["organization_id"] = self.organisation_id(body, facts.graph)
        if whole and places and (given := at_locations(self._store, facts, whole=True)):
            found["service_at_locations"] = given
        return found

    def organisation(self, body: str, graph: Graph, *, whole: bool = False) -> Object:
        """An organisation as one source describes it, or any other source where that has nothing on it."""
        facts, merged = self.facts(body, graph), self.facts(body, MERGED)
        found: Object = {"id": self.organisation_id(body, graph), **plain_fields(facts, "Organization")}
        found["name"] = self._listed_name(facts) or found.get("name") or self._name(merged)
        found.setdefault("description", merged.text(DCT.description))
        for parent in facts.things(CIV.parentOrganisation)[:1]:
            found["parent_organization_id"] = self.organisation_id(parent, graph)
        if whole:
            found |= parts(self._store, facts, "Organization")
            found = self._registered(body, found)
        return found

    def organisation_id(self, body: str, graph: Graph) -> str:
        """The identifier under which a source lists an organisation."""
        for entry in self._listings(self.facts(body, graph)):
            return identifier(entry.thing, entry.text(SKOS.notation))
        return identifier(body)

    def _listings(self, facts: Facts) -> Sequence[Facts]:
        return [self.facts(entry, facts.graph) for entry in facts.things(CIV.listing)]

    def _listed_name(self, facts: Facts) -> str:
        return next((name for entry in self._listings(facts) if (name := entry.text(CIV.listedName))), "")

    def _name(self, merged: Facts) -> str:
        terms = (CIV.heading, SKOS.prefLabel, CIV.nameInGrants)
        known = (text for term in terms if (text := merged.text(term)))
        return next(known, unquote(last_segment(merged.thing)))

    def _registered(self, body: str, found: Object) -> Object:
        """With the number by which the graph knows it, if it is of a register and no feed has given one."""
        list_code, _, number = body.rpartition("/id/organisation/")[2].partition("-")
        scheme, _, number = number.partition("-")
        if found.get("organization_identifiers") or list_code in ("DIR", "360G") or not number:
            return found
        code, name = f"{list_code}-{scheme}", self._register(f"{list_code}-{scheme}", body)
        stated = {"id": identifier(f"{body}#number"), "identifier_scheme": code, "identifier_type": name}
        return {**found, "organization_identifiers": [{**stated, "identifier": unquote(number)}]}

    def _register(self, code: str, body: str) -> str:
        base = body.partition("id/organisation/")[0]
        return self.facts(f"{base}id/register/{code}", MERGED).text(SKOS.prefLabel) or code

    def _status(self, facts: Facts) -> str:
        """Whether the service is active; one that is listed without a status is."""
        registered = last_segment(facts.text(CIV.serviceStatus))
        return "active" if registered in ("", "active") else "inactive"

    def _other_words(self, facts: Facts, found: Object) -> Object:
        """What other directories say in terms of their own, in the standard's fields that the feed has not filled."""
        more: Object = {}
        if "schedules" not in found and (times := facts.texts(CIV.openingTimes)):
            more["schedules"] = [{"id": identifier(f"{facts.thing}#times"), "description": times[0]}]
        if "service_areas" not in found and (areas := facts.things(SCHEMA.areaServed)):
            more["service_areas"] = [self._area(facts, area) for area in areas]
        if "attributes" not in found and (tags := attributes(self._store, facts)):
            more["attributes"] = tags
        return more

    def _area(self, facts: Facts, area: str) -> Object:
        merged = self.facts(area, MERGED)
        name = merged.text(SKOS.prefLabel) or merged.text(SKOS.notation) or last_segment(area)
        return {"id": identifier(f"{facts.thing}#{area}"), "name": name, "uri": area}
