"""Services and organisations as objects of the standard, each as in its own source."""

from collections.abc import Sequence
from urllib.parse import unquote

from pyoxigraph import Store

from graph.export.oruk.fields import Json, Object, plain_fields
from graph.export.oruk.parts import attributes, parts
from graph.export.oruk.places import at_locations
from graph.export.oruk.statements import MERGED, Graph, Said, identifier
from graph.model.iri import last_segment
from graph.model.terms import CIV, DCT, SCHEMA, SKOS

__all__ = ["Json", "Objects"]


class Objects:
    """Objects of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def said(self, thing: str, graph: Graph) -> Said:
        """What a source says of a thing."""
        return Said(self._store, thing, graph)

    def service(
        self, said: Said, name: str, *, whole: bool = False, organisation: bool = True, places: bool = True
    ) -> Object:
        """A service under its identifier; `whole` with its parts, otherwise with its organisation alone."""
        found: Object = {"id": name, **plain_fields(said, "Service")}
        found.setdefault("status", self._status(said))
        if whole:
            found |= parts(self._store, said, "Service")
            found |= self._other_words(said, found)
        for body in said.things(SCHEMA.provider)[:1]:
            if organisation:
                found["organization"] = self.organisation(body, said.graph, whole=whole)
            else:
                found["organization_id"] = self.organisation_id(body, said.graph)
        if whole and places and (given := at_locations(self._store, said, whole=True)):
            found["service_at_locations"] = given
        return found

    def organisation(self, body: str, graph: Graph, *, whole: bool = False) -> Object:
        """An organisation as one source describes it, or any other source where that has nothing on it."""
        said, merged = self.said(body, graph), self.said(body, MERGED)
        found: Object = {"id": self.organisation_id(body, graph), **plain_fields(said, "Organization")}
        found["name"] = self._listed_name(said) or found.get("name") or self._name(merged)
        found.setdefault("description", merged.text(DCT.description))
        for parent in said.things(CIV.parentOrganisation)[:1]:
            found["parent_organization_id"] = self.organisation_id(parent, graph)
        if whole:
            found |= parts(self._store, said, "Organization")
            found = self._registered(body, found)
        return found

    def organisation_id(self, body: str, graph: Graph) -> str:
        """The identifier under which a source lists an organisation."""
        for entry in self._listings(self.said(body, graph)):
            return identifier(entry.thing, entry.text(SKOS.notation))
        return identifier(body)

    def _listings(self, said: Said) -> Sequence[Said]:
        return [self.said(entry, said.graph) for entry in said.things(CIV.listing)]

    def _listed_name(self, said: Said) -> str:
        return next((name for entry in self._listings(said) if (name := entry.text(CIV.listedName))), "")

    def _name(self, merged: Said) -> str:
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
        return self.said(f"{base}id/register/{code}", MERGED).text(SKOS.prefLabel) or code

    def _status(self, said: Said) -> str:
        """Whether the service is active; one that is listed without a status is."""
        registered = last_segment(said.text(CIV.serviceStatus))
        return "active" if registered in ("", "active") else "inactive"

    def _other_words(self, said: Said, found: Object) -> Object:
        """What other directories say in terms of their own, in the standard's fields that the feed has not filled."""
        more: Object = {}
        if "schedules" not in found and (times := said.texts(CIV.openingTimes)):
            more["schedules"] = [{"id": identifier(f"{said.thing}#times"), "description": times[0]}]
        if "service_areas" not in found and (areas := said.things(SCHEMA.areaServed)):
            more["service_areas"] = [self._area(said, area) for area in areas]
        if "attributes" not in found and (tags := attributes(self._store, said)):
            more["attributes"] = tags
        return more

    def _area(self, said: Said, area: str) -> Object:
        merged = self.said(area, MERGED)
        name = merged.text(SKOS.prefLabel) or merged.text(SKOS.notation) or last_segment(area)
        return {"id": identifier(f"{said.thing}#{area}"), "name": name, "uri": area}
