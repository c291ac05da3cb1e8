"""The services, organisations, places and taxonomies of a release by their identifiers, and those asked for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from pyoxigraph import NamedNode, Store

from graph.export.oruk.fields import Object, moment
from graph.export.oruk.objects import Objects
from graph.export.oruk.parts import CODED, concept_as_term, taxonomy, term
from graph.export.oruk.places import Place, at, places_of
from graph.export.oruk.statements import MERGED, Facts, Graph, identifier, instances
from graph.model.terms import CIV, DCT, SCHEMA, SKOS, Iri


@dataclass(frozen=True, slots=True)
class Entry:
    """A service: its identifier, its IRI, the graph that describes it."""

    id: str
    thing: str
    graph: Graph


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
            own = identifier(thing, Facts(self.store, thing, graph, SKOS.notation).text(SKOS.notation))
            name = own if own not in found else identifier(f"{thing}#")
            found[name] = Entry(name, thing, graph)
        return dict(sorted(found.items()))

    @cached_property
    def organisations(self) -> Mapping[str, tuple[str, Graph]]:
        """The organisations that give a service or that a directory lists, one for each source that describes them."""
        found = set(self._providers.values())
        for listing in self.store.quads_for_pattern(None, CIV.listing.node, None, None):
            if isinstance(listing.subject, NamedNode) and isinstance(listing.graph_name, NamedNode):
                found.add((listing.subject.value, listing.graph_name))
        named = ((self.objects.organisation_id(body, graph), body, graph) for body, graph in found)
        return {name: (body, graph) for name, body, graph in sorted(named, key=lambda each: (each[0], str(each[2])))}

    @cached_property
    def places(self) -> Mapping[str, tuple[Entry, Place]]:
        """The services at locations by their identifiers: which service each is of."""
        terms = (CIV.serviceAtLocation, CIV.atSite, CIV.postcode)
        found = {
            place.id: (entry, place)
            for entry in self.services.values()
            for place in places_of(self.store, Facts(self.store, entry.thing, entry.graph, *terms))
        }
        return dict(sorted(found.items()))

    @cached_property
    def terms(self) -> Mapping[str, tuple[str, Graph]]:
        """The terms of feeds' taxonomies, and the entries of code lists that services use."""
        used = {concept for facts in self._each(*CODED).values() for concept in facts.things(*CODED)}
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
            for scheme in Facts(self.store, thing, graph).things(SKOS.inScheme)
        }
        found = [*instances(self.store, CIV.Taxonomy), *((scheme, MERGED) for scheme in lists)]
        return {
            identifier(thing): (thing, graph) for thing, graph in sorted(found, key=lambda each: identifier(each[0]))
        }

    def matching(self, wanted: Wanted) -> Sequence[Entry]:
        """The services that somebody asks for, in the order of their identifiers."""
        chosen: Iterable[Entry] = self.services.values()
        if wanted.organization_id:
            body = self.organisations.get(wanted.organization_id)
            chosen = [entry for entry in chosen if body and self._providers.get(entry.id) == body]
        for terms in self._wanted_terms(wanted):
            under = self._under(terms)
            chosen = [entry for entry in chosen if entry.thing in under]
        if words := wanted.search.casefold().split():
            chosen = [entry for entry in chosen if all(word in self._texts[entry.id] for word in words)]
        if (since := wanted.modified_after) is not None:
            chosen = [entry for entry in chosen if self._changes.get(entry.id, _NEVER) >= since]
        if (least := wanted.minimum_age) is not None:
            chosen = [entry for entry in chosen if self._ages[entry.id][0] >= least]
        if (most := wanted.maximum_age) is not None:
            chosen = [entry for entry in chosen if self._ages[entry.id][1] <= most]
        return list(chosen)

    def service(self, entry: Entry, *, whole: bool) -> Object:
        """A service as an object of the standard."""
        return self.objects.service(Facts(self.store, entry.thing, entry.graph), entry.id, whole=whole)

    def in_short(self, entry: Entry) -> Object:
        """No more of a service than an object of the standard must have, and when it changed."""
        terms = (SKOS.prefLabel, CIV.listingStatus, CIV.serviceStatus, DCT.modified)
        found = self.objects.service(Facts(self.store, entry.thing, entry.graph, *terms), entry.id)
        short = {name: found[name] for name in ("id", "name", "status")}
        return short | ({"modified_date": found["last_modified"]} if "last_modified" in found else {})

    def organisation(self, name: str, *, whole: bool, services: bool = False) -> Object:
        """An organisation, with its services if they are asked for too."""
        body, graph = self.organisations[name]
        found = self.objects.organisation(body, graph, whole=whole)
        if services and (own := self.matching(Wanted(organization_id=name))):
            facts = ((Facts(self.store, each.thing, graph), each.id) for each in own)
            found["services"] = [
                self.objects.service(it, own_id, whole=True, organisation=False) for it, own_id in facts
            ]
        return found

    def place(self, name: str, *, whole: bool) -> Object:
        """A service at a location, with the service."""
        entry, place = self.places[name]
        facts = Facts(self.store, entry.thing, entry.graph)
        service = self.objects.service(facts, entry.id, whole=whole, places=False)
        return {**at(self.store, facts, place, whole=whole), "service": service}

    def term(self, name: str) -> Object:
        """A term of a taxonomy."""
        thing, graph = self.terms[name]
        return concept_as_term(self.store, thing) if graph == MERGED else term(Facts(self.store, thing, graph))

    def taxonomy(self, name: str, *, whole: bool = False) -> Object:
        """A taxonomy, with its terms if it is wanted whole."""
        thing, graph = self.taxonomies[name]
        found = taxonomy(Facts(self.store, thing, graph))
        inside = [each for each in map(self.term, self.terms) if each.get("taxonomy_id") == name] if whole else []
        return {**found, "taxonomy_terms": inside} if inside else found

    @cached_property
    def _providers(self) -> Mapping[str, tuple[str, Graph]]:
        """The organisation of each service, in the service's source."""
        found = ((name, facts.things(SCHEMA.provider)) for name, facts in self._each(SCHEMA.provider).items())
        return {name: (bodies[0], self.services[name].graph) for name, bodies in found if bodies}

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        """The names and descriptions in which words are looked for."""
        terms = (SKOS.prefLabel, DCT.description)
        return {name: " ".join(map(facts.text, terms)).casefold() for name, facts in self._each(*terms).items()}

    @cached_property
    def _changes(self) -> Mapping[str, datetime]:
        """When services changed, of those that say so."""
        found = ((name, facts.text(DCT.modified)) for name, facts in self._each(DCT.modified).items())
        return {name: datetime.fromisoformat(moment(text)) for name, text in found if text}

    @cached_property
    def _ages(self) -> Mapping[str, tuple[float, float]]:
        """The youngest and the oldest age of each service; one that gives none is found by neither."""
        each = self._each(CIV.minimumAge, CIV.maximumAge)
        return {
            name: (float(facts.text(CIV.minimumAge) or "-inf"), float(facts.text(CIV.maximumAge) or "inf"))
            for name, facts in each.items()
        }

    def _each(self, *terms: Iri) -> Mapping[str, Facts]:
        """What is said of each service by a few terms, by its identifier."""
        return {name: Facts(self.store, entry.thing, entry.graph, *terms) for name, entry in self.services.items()}

    def _wanted_terms(self, wanted: Wanted) -> list[list[str]]:
        """The terms of which a service must have one, for each of the two filters that is used."""
        wanted_terms: list[list[str]] = []
        if wanted.taxonomy_term_id:
            wanted_terms.append([self.terms[name][0] for name in (wanted.taxonomy_term_id,) if name in self.terms])
        if wanted.taxonomy_id:
            scheme = self.taxonomies.get(wanted.taxonomy_id, ("", MERGED))[0]
            wanted_terms.append([*self._subjects(scheme, CIV.inTaxonomy, SKOS.inScheme)] if scheme else [])
        return wanted_terms

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
            for quad in self.store.quads_for_pattern(None, each.node, NamedNode(value), None)
            if isinstance(quad.subject, NamedNode)
        }
