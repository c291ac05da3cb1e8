"""What the search index holds: one entry for each thing that people look for, read from the default graph."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from graph.model.iri import last_segment
from graph.model.terms import CIV, DCT, OWL, RDF, ROV, SKOS, Iri
from graph.model.values import names

KINDS: dict[str, Iri] = {
    "organisation": CIV.Organisation,
    "grant": CIV.Grant,
    "area": CIV.Area,
    "concept": SKOS.Concept,
    "code list": SKOS.ConceptScheme,
    "source": CIV.Source,
    "register": CIV.Register,
    "postcode": CIV.Postcode,
}
"""What can be found, in the words that a result shows; a thing of two kinds is the first of them."""

NAMELESS = "Name deleted by the register"
"""Shown for an organisation that the register keeps by number only; never indexed as a name."""

NO_REGISTER = "On no register"
"""Shown in place of a status for a group that is on none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing as a result row shows it; `others` are its further names, `numbers` its identifiers."""

    iri: str
    kind: str
    name: str
    others: tuple[str, ...]
    numbers: tuple[str, ...]
    status: str
    area: str
    postcode: str

    @property
    def named(self) -> bool:
        """Whether `name` is a name, and not a remark in its place."""
        return self.name != NAMELESS

    @property
    def active(self) -> bool:
        """Whether nothing says that it has ceased."""
        return self.status in ("", "Active", NO_REGISTER)


def entries(store: Store) -> Iterator[Entry]:
    """Every entry of a store's default graph, by name and then IRI, so that equal scores rank by name."""
    facts = _Facts(store)
    found = (facts.entry(iri, kind) for iri, kind in _kinds(store).items())
    yield from sorted(found, key=lambda entry: (names.whole(entry.name), entry.iri))


class _Facts:
    """The few properties that entries are made of, each read in one pass: a look-up per thing costs ten times that."""

    def __init__(self, store: Store) -> None:
        labels = {**_values(store, CIV.nameInGrants), **_values(store, SKOS.prefLabel)}
        # What heads the page of a body with several identifiers comes before what each register calls it.
        self.names = _merged(_values(store, CIV.heading), {**_values(store, DCT.title), **labels})
        self.others = _merged(_values(store, SKOS.altLabel), _values(store, SKOS.hiddenLabel))
        self.others = _merged(self.others, _values(store, CIV.nameInGrants))
        self.notations = _values(store, SKOS.notation)
        self.registrations = _values(store, ROV.registration)
        self.aliases = _subjects(store, OWL.sameAs)
        self.status = _merged(_values(store, CIV.headingStatus), _values(store, ROV.orgStatus))
        kinds = store.quads_for_pattern(None, RDF.type.node, CIV.UnregisteredGroup.node, DefaultGraph())
        self.groups = {quad.subject.value for quad in kinds if isinstance(quad.subject, NamedNode)}
        self.areas = _merged(_values(store, CIV.mainOperatingArea), _values(store, SKOS.inScheme))
        self.postcodes = _values(store, CIV.postcode)

    def entry(self, iri: str, kind: str) -> Entry:
        """One thing; what the graph does not say is ''."""
        number = self._number(iri, kind)
        own, *more = self.names[iri] or [
            NAMELESS if kind == "organisation" else self._notation(iri) or last_segment(iri)
        ]
        registered = [text for entry in self.registrations[iri] for text in self.notations[entry]]
        short = [last_segment(iri)] if kind == "source" else []  # what its files and graph are called
        aliases = [last_segment(alias) for alias in self.aliases[iri]]
        numbers = [*registered, number, *aliases] if kind == "organisation" else [number]
        return Entry(
            iri=iri,
            kind=kind,
            name=own,
            others=tuple(dict.fromkeys(other for other in (*more, *self.others[iri], *short) if other != own)),
            numbers=tuple(dict.fromkeys(text for text in numbers if text)),
            status=self._label(self.status[iri]) or (NO_REGISTER if iri in self.groups else ""),
            area=self._label(self.areas[iri]),
            postcode=self._postcode(iri),
        )

    def _number(self, iri: str, kind: str) -> str:
        if kind == "organisation":
            return last_segment(iri)
        return self._notation(iri) if kind in ("area", "register", "grant") else ""

    def _notation(self, iri: str) -> str:
        return next(iter(self.notations[iri]), "")

    def _label(self, things: list[str]) -> str:
        return next((self.names[thing][0] for thing in things if self.names[thing]), "")

    def _postcode(self, iri: str) -> str:
        found = self.postcodes[iri]
        return self._notation(found[0]) or last_segment(found[0]).replace("-", " ") if found else ""


def _kinds(store: Store) -> dict[str, str]:
    """Each thing's kind; the first of `KINDS` wins."""
    kinds: dict[str, str] = {}
    for kind, its_class in KINDS.items():
        members = store.quads_for_pattern(None, RDF.type.node, its_class.node, DefaultGraph())
        for quad in members:
            if isinstance(quad.subject, NamedNode):
                kinds.setdefault(quad.subject.value, kind)
    return kinds


def _values(store: Store, predicate: Iri) -> Mapping[str, list[str]]:
    """The values of one property by subject IRI, sorted: a store has no order of its own."""
    found: Mapping[str, list[str]] = defaultdict(list)
    for quad in store.quads_for_pattern(None, predicate.node, None, DefaultGraph()):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            found[quad.subject.value].append(quad.object.value)
    for values in found.values():
        values.sort()
    return found


def _subjects(store: Store, predicate: Iri) -> Mapping[str, list[str]]:
    """The subjects of one property by the IRI that is its value, sorted."""
    found: Mapping[str, list[str]] = defaultdict(list)
    for quad in store.quads_for_pattern(None, predicate.node, None, DefaultGraph()):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            found[quad.object.value].append(quad.subject.value)
    for subjects in found.values():
        subjects.sort()
    return found


def _merged(first: Mapping[str, list[str]], second: Mapping[str, list[str]]) -> Mapping[str, list[str]]:
    return defaultdict(list, {key: [*first.get(key, []), *second.get(key, [])] for key in {*first, *second}})
