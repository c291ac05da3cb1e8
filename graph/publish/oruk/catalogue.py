"""The services, organisations, places and taxonomies of a release by their identifiers, and those asked for."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from pyoxigraph import NamedNode, Store

from graph.publish.oruk.fields import Object, moment
from graph.publish.oruk.objects import Objects
from graph.publish.oruk.parts import CODED, concept_as_term, taxonomy, term
from graph.publish.oruk.places import at_locations
from graph.publish.oruk.statements import MERGED, Graph, Said, identifier, instances
from graph.words.terms import CIV, DCT, SCHEMA, SKOS, Iri


@dataclass(frozen=True, slots=True)
class Entry:
    """A service, and by what it is found."""

    id: str
    thing: str
    graph: Graph
    provider: str
    text: str
    modified: datetime | None
    minimum_age: int | None
    maximum_age: int | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which services somebody asks for; what is None or empty leaves none out."""

    search: str = ""
    taxonomy_term_id: str = ""
    taxonomy_id: str = ""
    organization_id: str = ""
    modified_after: datetime | None = None
    minimum_age: float | None = None
    maximum_age: float | None = None

    def fits(self, entry: Entry) -> bool:
        """Whether a service has the words, the age and the date; terms and organisations are looked up elsewhere."""
        words = self.search.casefold().split()
        return (
            all(word in entry.text for word in words)
            and (self.modified_after is None or (entry.modified or _NEVER) >= self.modified_after)
            and (self.minimum_age is None or _between(entry.minimum_age, self.minimum_age, math.inf))
            and (self.maximum_age is None or _between(entry.maximum_age, 0, self.maximum_age))
        )


_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass
class Catalogue:
    """What there is; reading it takes a moment, so it is kept for as long as the release is served."""

    store: Store
    objects: Objects = field(init=False)

    def __post_init__(self) -> None:
        self.objects = Objects(self.store)

    @cached_property
    def services(self) -> Mapping[str, Entry]:
        """Every service by its identifier, in the order of identifiers."""
        found: dict[str, Entry] = {}
        for thing, graph in instances(self.store, SCHEMA.Service):
            said = Said(self.store, thing, graph)
            own = identifier(thing, said.text(SKOS.notation))
            entry = _entry(own if own not in found else identifier(f"{thing}#"), said)
            found[entry.id] = entry
        return dict(sorted(found.items()))

    @cached_property
    def organisations(self) -> Mapping[str, tuple[str, Graph]]:
        """The organisations that give a service or that a directory lists, as each source tells of them."""
        found = {(entry.provider, entry.graph) for entry in self.services.values() if entry.provider}
        for listing in self.store.quads_for_pattern(None, _node(CIV.listing), None, None):
            if isinstance(listing.subject, NamedNode) and isinstance(listing.graph_name, NamedNode):
                found.add((listing.subject.value, listing.graph_name))
        named = ((self.objects.organisation_id(body, graph), body, graph) for body, graph in found)
        return {name: (body, graph) for name, body, graph in sorted(named, key=lambda each: (each[0], str(each[2])))}

    @cached_property
    def places(self) -> Mapping[str, Entry]:
        """The services at locations by their identifiers: which service each is of."""
        found: dict[str, Entry] = {}
        for entry in self.services.values():
            for place in at_locations(self.store, Said(self.store, entry.thing, entry.graph), whole=False):
                found[str(place["id"])] = entry
        return dict(sorted(found.items()))

    @cached_property
    def terms(self) -> Mapping[str, tuple[str, Graph]]:
        """The terms of feeds' taxonomies, and the entries of code lists that services use."""
        used = {
            concept
            for entry in self.services.values()
            for concept in Said(self.store, entry.thing, entry.graph).things(*CODED)
        }
        found = [*instances(self.store, CIV.TaxonomyTerm), *((concept, MERGED) for concept in used)]
        return {
            identifier(thing): (thing, graph) for thing, graph in sorted(found, key=lambda each: identifier(each[0]))
        }

    @cached_property
    def taxonomies(self) -> Mapping[str, tuple[str, Graph]]:
        """The taxonomies of feeds, and the code lists that services use."""
        lists = {
            scheme
            for thing, graph in self.terms.values()
            for scheme in Said(self.store, thing, graph).things(SKOS.inScheme)
        }
        found = [*instances(self.store, CIV.Taxonomy), *((scheme, MERGED) for scheme in lists)]
        return {
            identifier(thing): (thing, graph) for thing, graph in sorted(found, key=lambda each: identifier(each[0]))
        }

    def asked_for(self, wanted: Wanted) -> Sequence[Entry]:
        """The services that somebody asks for, in the order of their identifiers."""
        chosen: Iterable[Entry] = self.services.values()
        if wanted.organization_id:
            body = self.organisations.get(wanted.organization_id)
            chosen = (entry for entry in chosen if (entry.provider, entry.graph) == body)
        for terms in self._terms_asked_for(wanted):
            under = self._under(terms)
            chosen = [entry for entry in chosen if entry.thing in under]
        return [entry for entry in chosen if wanted.fits(entry)]

    def service(self, entry: Entry, *, whole: bool) -> Object:
        """A service as an object of the standard."""
        return self.objects.service(Said(self.store, entry.thing, entry.graph), entry.id, whole=whole)

    def in_short(self, entry: Entry) -> Object:
        """No more of a service than an object of the standard must have, and when it changed."""
        said = Said(self.store, entry.thing, entry.graph)
        whole = self.objects.service(said, entry.id, organisation=False)
        short = {name: whole[name] for name in ("id", "name", "status")}
        return short | ({"modified_date": whole["last_modified"]} if "last_modified" in whole else {})

    def organisation(self, name: str, *, whole: bool, services: bool = False) -> Object:
        """An organisation, with its services if they are asked for too."""
        body, graph = self.organisations[name]
        found = self.objects.organisation(body, graph, whole=whole)
        if services and (own := self.asked_for(Wanted(organization_id=name))):
            said = ((Said(self.store, each.thing, graph), each.id) for each in own)
            found["services"] = [
                self.objects.service(it, own_id, whole=True, organisation=False) for it, own_id in said
            ]
        return found

    def place(self, name: str, *, whole: bool) -> Object:
        """A service at a location, with the service."""
        entry = self.places[name]
        said = Said(self.store, entry.thing, entry.graph)
        (found,) = (each for each in at_locations(self.store, said, whole=whole) if each["id"] == name)
        return {**found, "service": self.objects.service(said, entry.id, whole=whole, places=False)}

    def term(self, name: str) -> Object:
        """A term of a taxonomy."""
        thing, graph = self.terms[name]
        return concept_as_term(self.store, thing) if graph == MERGED else term(Said(self.store, thing, graph))

    def taxonomy(self, name: str, *, whole: bool = False) -> Object:
        """A taxonomy, with its terms if it is wanted whole."""
        thing, graph = self.taxonomies[name]
        found = taxonomy(Said(self.store, thing, graph))
        inside = [each for each in map(self.term, self.terms) if each.get("taxonomy_id") == name] if whole else []
        return {**found, "taxonomy_terms": inside} if inside else found

    def _terms_asked_for(self, wanted: Wanted) -> list[list[str]]:
        """The terms of which a service must have one, for each of the two filters that is used."""
        asked: list[list[str]] = []
        if wanted.taxonomy_term_id:
            asked.append([self.terms[name][0] for name in (wanted.taxonomy_term_id,) if name in self.terms])
        if wanted.taxonomy_id:
            scheme = self.taxonomies.get(wanted.taxonomy_id, ("", MERGED))[0]
            asked.append([*self._subjects(scheme, CIV.inTaxonomy, SKOS.inScheme)] if scheme else [])
        return asked

    def _under(self, terms: Iterable[str]) -> set[str]:
        """The things that have one of the terms, as an attribute or by a property of their own."""
        found: set[str] = set()
        for thing in terms:
            found.update(self._subjects(thing, *CODED))
            for attribute in self._subjects(thing, CIV.taxonomyTerm):
                found.update(self._subjects(attribute, CIV.attribute))
        return found

    def _subjects(self, value: str, *terms: Iri) -> set[str]:
        return {
            quad.subject.value
            for each in terms
            for quad in self.store.quads_for_pattern(None, _node(each), NamedNode(value), None)
            if isinstance(quad.subject, NamedNode)
        }


def _entry(name: str, said: Said) -> Entry:
    words = " ".join((said.text(SKOS.prefLabel), said.text(DCT.description))).casefold()
    provider = next(iter(said.things(SCHEMA.provider)), "")
    changed = said.text(DCT.modified)
    modified = datetime.fromisoformat(moment(changed)) if changed else None
    ages = (_age(said.text(CIV.minimumAge)), _age(said.text(CIV.maximumAge)))
    return Entry(name, said.thing, said.graph, provider, words, modified, *ages)


def _between(age: int | None, least: float, most: float) -> bool:
    """Whether an age is known and between two."""
    return age is not None and least <= age <= most


def _age(text: str) -> int | None:
    return int(text) if text else None


def _node(term_: Iri) -> NamedNode:
    return NamedNode(term_.value)
