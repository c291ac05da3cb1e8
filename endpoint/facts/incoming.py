"""What links to a thing: counted by property, the first few named, the rest a page away."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from endpoint.facts import labels
from endpoint.facts.blocks import Notes, told_apart
from endpoint.facts.shown import Incoming
from endpoint.facts.values import Value, value_of
from endpoint.facts.view import View, with_prefixes
from graph.words.terms import CIV, DCT, GEO, ORG, OWL, QB, RDF, RDFS, ROV, SCHEMA, SDMX_DIMENSION, SKOS

__all__ = [
    "Linking",
    "incoming",
    "incoming_counts",
    "incoming_query",
    "linking",
    "linking_count",
    "words_for",
]

FIRST = 8
"""How many things are named of each property."""
SORTED = 2_000
"""Up to how many things are put in the order of their names; of more, each page is by itself."""

# How a reader would say it from this end; {n} is the number.
WORDS: dict[str, tuple[str, str]] = {
    RDF.type.value: ("{n} thing of this kind", "{n} things of this kind"),
    SKOS.inScheme.value: ("{n} entry in this code list", "{n} entries in this code list"),
    SKOS.topConceptOf.value: ("{n} top entry", "{n} top entries"),
    SKOS.broader.value: ("{n} narrower entry", "{n} narrower entries"),
    RDFS.subClassOf.value: ("{n} narrower class", "{n} narrower classes"),
    RDFS.subPropertyOf.value: ("{n} narrower property", "{n} narrower properties"),
    RDFS.isDefinedBy.value: ("{n} term defined here", "{n} terms defined here"),
    CIV.parentOrganisation.value: ("{n} organisation has it as parent", "{n} organisations have it as parent"),
    CIV.mainOperatingArea.value: ("{n} organisation works mainly here", "{n} organisations work mainly here"),
    CIV.purpose.value: ("{n} organisation has this purpose", "{n} organisations have this purpose"),
    CIV.beneficiaryGroup.value: ("{n} organisation helps this group", "{n} organisations help this group"),
    CIV.activity.value: ("{n} organisation works in this way", "{n} organisations work in this way"),
    CIV.geographicalSpread.value: ("{n} organisation works on this scale", "{n} organisations work on this scale"),
    CIV.postcode.value: (
        "{n} organisation or service is reached here",
        "{n} organisations and services are reached here",
    ),
    CIV.previousLegalForm.value: ("{n} organisation had this legal form", "{n} organisations had this legal form"),
    ROV.orgType.value: ("{n} organisation has this legal form", "{n} organisations have this legal form"),
    ROV.orgStatus.value: (
        "{n} organisation, or part of one, has this status",
        "{n} organisations, or parts of them, have this status",
    ),
    CIV.nameStatus.value: ("{n} organisation is shown without a name", "{n} organisations are shown without a name"),
    CIV.dateCaveat.value: ("{n} registration bears this caveat", "{n} registrations bear this caveat"),
    CIV.regulatoryType.value: ("{n} registration is of this type", "{n} registrations are of this type"),
    CIV.areaType.value: ("{n} area of this kind", "{n} areas of this kind"),
    CIV.register.value: ("{n} entry in this register", "{n} entries in this register"),
    CIV.inSource.value: ("{n} problem in this source", "{n} problems in this source"),
    CIV.about.value: ("{n} problem about it", "{n} problems about it"),
    ROV.registration.value: ("The organisation registered", "The {n} organisations registered"),
    CIV.annualReturn.value: ("The organisation that sent it", "The {n} organisations that sent it"),
    ORG.unitOf.value: ("{n} unit of it", "{n} units of it"),
    ORG.originalOrganization.value: ("{n} change that it went through", "{n} changes that it went through"),
    ORG.resultingOrganization.value: ("{n} change that led to it", "{n} changes that led to it"),
    DCT.spatial.value: ("{n} data set about it", "{n} data sets about it"),
    CIV.otherParty.value: (
        "{n} event that the register notes with it as the other party",
        "{n} events that the register notes with it as the other party",
    ),
    CIV.operatesIn.value: ("{n} organisation works here", "{n} organisations work here"),
    CIV.administers.value: ("The council that governs it", "{n} councils that govern it"),
    CIV.within.value: ("{n} thing within it", "{n} things within it"),
    CIV.replacedBy.value: ("{n} older code that it replaces", "{n} older codes that it replaces"),
    CIV.urbanRural.value: ("{n} area of this kind", "{n} areas of this kind"),
    GEO.hasGeometry.value: ("What has these coordinates", "{n} places with these coordinates"),
    CIV.sicCode.value: ("{n} organisation in this industry", "{n} organisations in this industry"),
    CIV.policy.value: ("{n} organisation has this policy", "{n} organisations have this policy"),
    CIV.classifiedAs.value: ("{n} classification under it", "{n} classifications under it"),
    CIV.formerName.value: ("The organisation of that name", "{n} organisations of that name"),
    CIV.registerEvent.value: ("The organisation concerned", "{n} organisations concerned"),
    CIV.regulatorReport.value: ("The organisation concerned", "{n} organisations concerned"),
    CIV.payBandCount.value: ("The annual return that states it", "{n} annual returns that state it"),
    CIV.serviceStatus.value: ("{n} service with this status", "{n} services with this status"),
    SCHEMA.serviceType.value: ("{n} service of this type", "{n} services of this type"),
    CIV.engagementEvent.value: ("{n} organisation took part", "{n} times that an organisation took part"),
    CIV.engagementKind.value: ("{n} event of this kind", "{n} events of this kind"),
    CIV.engagementArea.value: ("{n} engagement for it", "{n} engagements for it"),
    CIV.clientGroup.value: ("{n} service for them", "{n} services for them"),
    QB.dataSet.value: ("{n} observation in it", "{n} observations in it"),
    QB.structure.value: ("{n} data set of this structure", "{n} data sets of this structure"),
    QB.component.value: ("{n} structure with it", "{n} structures with it"),
    SDMX_DIMENSION.refArea.value: ("{n} figure about it", "{n} figures about it"),
    SDMX_DIMENSION.refPeriod.value: ("{n} figure of this period", "{n} figures of this period"),
    OWL.sameAs.value: ("{n} other identifier of it", "{n} other identifiers of it"),
    CIV.offeredBy.value: ("{n} opportunity to volunteer with it", "{n} opportunities to volunteer with it"),
    CIV.atSite.value: ("{n} service or opportunity there", "{n} services and opportunities there"),
    CIV.givenAt.value: ("{n} service given there", "{n} services given there"),
    SCHEMA.areaServed.value: ("{n} service for this area", "{n} services for this area"),
    CIV.fieldOfWork.value: ("{n} organisation or service in this field", "{n} organisations and services in this field"),
    CIV.beneficiaryArea.value: ("{n} grant for this area", "{n} grants for this area"),
    CIV.publishedIn.value: ("{n} grant published in it", "{n} grants published in it"),
    CIV.groundedOn.value: ("{n} problem that it shows", "{n} problems that it shows"),
    ORG.hasSite.value: ("The organisation there", "{n} organisations there"),
    CIV.listing.value: ("The organisation listed", "{n} organisations listed"),
    CIV.costOption.value: ("What costs so", "{n} services that cost so"),
    CIV.schedule.value: ("What happens then", "{n} things that happen then"),
    DCT.isReplacedBy.value: ("{n} thing that it replaces", "{n} things that it replaces"),
}


# What lies within an area, by its kind.
WITHIN: dict[str, tuple[str, str]] = {
    CIV.Organisation.value: ("{n} organisation that is here", "{n} organisations that are here"),
    SCHEMA.Service.value: ("{n} service given here", "{n} services given here"),
    CIV.VolunteeringOpportunity.value: ("{n} opportunity to volunteer here", "{n} opportunities to volunteer here"),
    ORG.Site.value: ("{n} site here", "{n} sites here"),
    CIV.Area.value: ("{n} smaller area within it", "{n} smaller areas within it"),
    CIV.Postcode.value: ("{n} postcode within it", "{n} postcodes within it"),
}


@dataclass(frozen=True)
class Linking:
    """The things that give one as the value of a property; of one kind, where `kind` names it."""

    iri: str
    property: str
    kind: str = ""

    @property
    def query(self) -> str:
        """The query for all of them."""
        return with_prefixes(f"# What gives it as a value: {self.iri}\nSELECT ?subject WHERE {{ {self._pattern} }}")

    @property
    def sorted_query(self) -> str:
        """The same by their names."""
        return with_prefixes(
            f"SELECT ?subject (MIN(?name) AS ?first) WHERE {{ {self._pattern} "
            "OPTIONAL { ?subject skos:prefLabel ?name } } GROUP BY ?subject ORDER BY LCASE(STR(?first)) ?subject"
        )

    @property
    def parameters(self) -> dict[str, str]:
        """How an address says it."""
        return {"to": self.iri, "by": self.property, **({"of": self.kind} if self.kind else {})}

    @property
    def _pattern(self) -> str:
        of_kind = f" ; a {NamedNode(self.kind)}" if self.kind else ""
        return f"?subject {NamedNode(self.property)} {NamedNode(self.iri)}{of_kind}"


def incoming_query(iri: str) -> str:
    """The query for everything that links to a thing."""
    return with_prefixes(
        f"# What links to {iri}\nSELECT ?subject ?property ?source WHERE {{\n"
        f"  GRAPH ?source {{ ?subject ?property {NamedNode(iri)} }}\n}}\nLIMIT 1000"
    )


def incoming(view: View, notes: Notes, iri: str, hidden: frozenset[str] = frozenset()) -> Iterator[Incoming]:
    """Each property by which something links here, the most used first, less those shown elsewhere."""
    for prop, count in incoming_counts(view, iri):
        if prop not in hidden:
            for kind, part in _parts(view, iri, prop, count):
                yield _incoming(view, notes, Linking(iri, prop, kind), part)


def _incoming(view: View, notes: Notes, by: Linking, count: int) -> Incoming:
    first = linking(view, notes, by, FIRST, 0)
    more = "/links?" + urlencode(by.parameters) if count > FIRST else ""
    return Incoming(words_for(view, by, count), view.addresses.page(by.property), count, first, more)


def linking(view: View, notes: Notes, by: Linking, limit: int, offset: int) -> tuple[Value, ...]:
    """Some of the things that give this one as the value of a property; by name, unless they are very many."""
    many = linking_count(view, by) > SORTED
    query = f"{by.query if many else by.sorted_query} LIMIT {limit:d} OFFSET {offset:d}"
    target = NamedNode(by.iri)
    values = (
        replace(
            value_of(view, "", NamedNode(subject), marks=notes.marks(view.graphs_of(subject, by.property, target))),
            note=told_apart(view, by.property, NamedNode(subject)),
        )
        for subject in view.once(("linking", query), lambda: [str(row["subject"].value) for row in view.rows(query)])
    )
    return tuple(sorted(values, key=lambda value: value.text.casefold()))


def linking_count(view: View, by: Linking) -> int:
    """How many things give this one as the value of a property."""
    count = dict(incoming_counts(view, by.iri)).get(by.property, 0)
    return dict(_parts(view, by.iri, by.property, count)).get(by.kind, 0) if by.kind else count


def incoming_counts(view: View, iri: str) -> list[tuple[str, int]]:
    """How often each property has it as a value, the most used first."""
    query = (
        f"SELECT ?property (COUNT(*) AS ?count) WHERE {{ ?subject ?property {NamedNode(iri)} }} "
        "GROUP BY ?property ORDER BY DESC(?count) ?property"
    )

    def found() -> list[tuple[str, int]]:
        return [(str(row["property"].value), int(row["count"].value)) for row in view.rows(query)]

    return view.once(("incoming", iri), found)


def words_for(view: View, by: Linking, count: int) -> str:
    """A number of things that have this one as the value of a property, as one would say it."""
    label = labels.property_label(view, by.property).lower()
    otherwise = (f"{{n}} thing with “{label}”: this", f"{{n}} things with “{label}”: this")
    one, many = WITHIN.get(by.kind) or WORDS.get(by.property, otherwise)
    return (one if count == 1 else many).format(n=f"{count:,}")


def _parts(view: View, iri: str, prop: str, count: int) -> list[tuple[str, int]]:
    """What lies within an area by its kinds, each with how many there are; all else in one, without a kind."""
    if prop != CIV.within.value:
        return [("", count)]
    kinds = " ".join(str(NamedNode(kind)) for kind in WITHIN)
    query = with_prefixes(
        f"SELECT ?kind (COUNT(*) AS ?count) WHERE {{ VALUES ?kind {{ {kinds} }} ?subject a ?kind ; "
        f"civ:within {NamedNode(iri)} }} GROUP BY ?kind"
    )

    def found() -> list[tuple[str, int]]:
        counted = {str(row["kind"].value): int(row["count"].value) for row in view.rows(query)}
        parts = [(kind, counted[kind]) for kind in WITHIN if kind in counted]
        return parts if sum(counted.values()) == count else [("", count)]

    return view.once(("within", iri), found)
