"""How properties and classes are displayed, as the vocabulary of a release states it: groups, order, ways, labels.

The statements are in `ontology/display.ttl`. Which blocks a page has and how they are set is in `pages`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache

from pyoxigraph import NamedNode, RdfFormat, Store

from endpoint.presentation.reading.kept import kept
from endpoint.presentation.reading.view import View
from endpoint.store.port import Rows, rows_of, text
from endpoint.store.queries import with_prefixes
from graph.model.iri import last_segment
from graph.model.own_graphs import VOCABULARY
from graph.model.query import select
from graph.model.terms import CIV, RDFS, SH, Iri
from graph.model.vocabulary.files import vocabulary_triples

__all__ = ["Display", "Group", "Way", "display_of"]

_STATED = (
    *(SH.group, SH.order, CIV.groupOf, CIV.pageOrder, CIV.displayAs, CIV.dayLabel),
    *(CIV.inverseLabel, CIV.inversePluralLabel, CIV.withinLabel, CIV.withinPluralLabel),
    *(CIV.forwardLabel, CIV.backwardLabel, CIV.caveatOn, CIV.caveatLabel, CIV.partLabel, CIV.partBy),
)
Pairs = Mapping[str, tuple[str, str]]
_Stated = Mapping[str, Mapping[str, list[str]]]
"""Values by property and subject."""


class Way(StrEnum):
    """A way in which the values of a property are displayed; `def/display-kind` says what each means."""

    AMOUNT = "amount-in-its-currency"
    AREA = "area"
    AREA_CODE = "area-code"
    BY_DAY = "by-day"
    CODE = "code"
    COUNTED_BY_STATUS = "counted-by-status"
    CURRENCY = "currency"
    IN_ROW = "in-row"
    OTHER_PARTY = "other-party"
    OUTWARD = "outward"
    PERCENTAGE = "percentage"
    PER_THOUSAND = "per-thousand"
    PLAIN_NUMBER = "plain-number"
    SINGLE_VALUED = "single-valued"
    STATUS = "status"
    YEARS = "years"


@dataclass(frozen=True)
class Group:
    """Properties under one heading, in their order."""

    id: str
    title: str
    of: str
    """The class on whose pages it is, '' if on none."""
    properties: tuple[Iri, ...]


@dataclass(frozen=True)
class Display:
    """Everything that a release states about displaying; keys and members of sets are IRIs."""

    groups: Mapping[str, Group]
    """By id, in their order."""
    page_order: tuple[Iri, ...]
    """Properties as a page without groups has them; the others follow by label."""
    ways: Mapping[str, frozenset[str]]
    inverse: Pairs
    """The words for one thing and for several that have something as the value of a property; {n} is the number."""
    within: Pairs
    """The same for what is within an area, by class, in the order of the classes."""
    ends: Pairs
    """How a link by a property, or an event of a kind, reads from its first end and from its second."""
    classes: tuple[str, ...]
    """The most specific first."""
    bodies: Mapping[str, frozenset[str]]
    """The kinds of organisations in the same order, each with the kinds that it implies."""
    day_labels: Mapping[str, str]
    caveats: Pairs
    """By caveat: the property that it is about, and its words."""
    parts: Pairs
    """By class of parts: the words before the name of the whole, and the property that leads from the whole to it."""

    def group(self, name: str) -> Group:
        """A group by its id; an empty one if the release has none of that name."""
        return self.groups.get(name) or Group(name, "", "", ())

    def groups_of(self, kind: Iri) -> tuple[Group, ...]:
        return tuple(group for group in self.groups.values() if group.of == kind.value)

    def shows(self, prop: str, way: Way) -> bool:
        return way in self.ways.get(prop, ())


@kept
def display_of(view: View) -> Display:
    """What the release states about displaying; for one built before such statements, what the package states."""
    stated = _display(view.reader.at_once(_query(view.base)))
    return stated if stated.groups else _of_package(view.base)


def _query(base: str) -> str:
    listed = " ".join(f"<{prop.value}>" for prop in _STATED)
    return with_prefixes(
        f"SELECT ?it ?property ?value WHERE {{ GRAPH {NamedNode(f'{base}id/source/{VOCABULARY}')} {{\n"
        f"  {{ VALUES ?property {{ {listed} }} ?it ?property ?value }}\n"
        "  UNION { ?it a sh:PropertyGroup ; rdfs:label ?value . BIND(rdfs:label AS ?property) }\n"
        "  UNION { ?it rdfs:subClassOf+ civ:Organisation ; rdfs:subClassOf ?value\n"
        "    BIND(rdfs:subClassOf AS ?property) }\n"
        "} }"
    )


@cache
def _of_package(base: str) -> Display:
    store, graph = Store(), NamedNode(f"{base}id/source/{VOCABULARY}")
    store.load("\n".join(vocabulary_triples(base)).encode(), RdfFormat.N_TRIPLES, to_graph=graph)
    return _display(rows_of(select(store, _query(base))))


def _display(rows: Rows) -> Display:
    stated: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        stated[text(row, "property")][text(row, "it")].append(text(row, "value"))
    order, group_of, places = (stated[prop.value] for prop in (SH.order, SH.group, CIV.pageOrder))
    classes = _sorted(order.keys() - group_of.keys() - stated[RDFS.label.value].keys(), order)
    within, supers = _pairs(stated, CIV.withinLabel, CIV.withinPluralLabel), stated[RDFS.subClassOf.value]
    return Display(
        groups={group.id: group for group in _groups(stated)},
        page_order=_iris(_sorted(places, places)),
        ways={prop: frozenset(map(last_segment, ways)) for prop, ways in stated[CIV.displayAs.value].items()},
        inverse=_pairs(stated, CIV.inverseLabel, CIV.inversePluralLabel),
        within={kind: within[kind] for kind in classes if kind in within},
        ends=_pairs(stated, CIV.forwardLabel, CIV.backwardLabel),
        classes=classes,
        bodies={kind: frozenset(supers[kind]) for kind in _sorted(supers, order)},
        day_labels={prop: words for prop, (words, *_) in stated[CIV.dayLabel.value].items()},
        caveats=_pairs(stated, CIV.caveatOn, CIV.caveatLabel),
        parts=_pairs(stated, CIV.partLabel, CIV.partBy),
    )


def _groups(stated: _Stated) -> Iterator[Group]:
    members: dict[str, list[str]] = defaultdict(list)
    order = stated[SH.order.value]
    for prop in _sorted(stated[SH.group.value], order):
        for group in stated[SH.group.value][prop]:
            members[group].append(prop)
    for group in _sorted(stated[RDFS.label.value], order):
        title, kinds = stated[RDFS.label.value][group][0], stated[CIV.groupOf.value][group]
        yield Group(last_segment(group), title, next(iter(kinds), ""), _iris(members[group]))


def _iris(values: Iterable[str]) -> tuple[Iri, ...]:
    return tuple(Iri(f"<{value}>") for value in values)


def _sorted(things: Iterable[str], order: Mapping[str, list[str]]) -> tuple[str, ...]:
    """By their place, those without one last."""
    return tuple(sorted(things, key=lambda it: (min(map(Decimal, order.get(it, [])), default=Decimal("inf")), it)))


def _pairs(stated: _Stated, first: Iri, second: Iri) -> Pairs:
    """Two values of each thing that has both."""
    both = stated[first.value].keys() & stated[second.value].keys()
    return {it: (stated[first.value][it][0], stated[second.value][it][0]) for it in sorted(both)}
