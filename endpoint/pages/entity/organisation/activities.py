"""What others state about an organisation, what it does for them, and what it took part in."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from pyoxigraph import NamedNode

from endpoint.presentation.model.blocks import Notes, by_subject, marks_of, reached, things
from endpoint.presentation.model.page import Block, Facts, Line
from endpoint.presentation.model.values import Value, link, value_of
from endpoint.presentation.names import labels
from endpoint.presentation.names.short_names import day_of, plain, short_name
from endpoint.presentation.reading.view import View
from endpoint.store.port import Fact
from graph.model.terms import CIV, DCT, SCHEMA, SKOS

__all__ = ["classified_block", "engagement_block", "services_block"]

Keyed = Callable[[str, list[Fact]], Iterable[tuple[str, Value]]]
"""From a thing and the facts about it to values, each with the IRI of the line in which it is, '' for "Other"."""


def classified_block(view: View, notes: Notes, iri: str) -> Block | None:
    """How others class it: a line for each of their code lists, each entry with its method and day."""

    def entries(subject: str, facts: list[Fact]) -> Iterator[tuple[str, Value]]:
        for concept in things(facts, CIV.classifiedAs.value):
            value = value_of(view, CIV.classifiedAs.value, NamedNode(concept), marks=marks_of(notes, facts))
            code_list = view.thing(concept, SKOS.inScheme) or concept.rsplit("/", 1)[0]
            yield code_list, replace(value, note=_how(view, facts), page=view.addresses.page(subject))

    return _block(view, notes, iri, ("classified", "Classified by others"), "?subject civ:classified {it} .", entries)


def services_block(view: View, notes: Notes, iri: str) -> Block | None:
    def services(subject: str, facts: list[Fact]) -> Iterator[tuple[str, Value]]:
        states = (labels.title(view, it) for it in things(facts, CIV.serviceStatus.value) if not it.endswith("/active"))
        value = link(view, subject, marks=marks_of(notes, facts), note=", ".join(states))
        yield next(iter(things(facts, SCHEMA.serviceType.value)), ""), value

    return _block(view, notes, iri, ("services", "Services it provides"), "?subject schema:provider {it} .", services)


def engagement_block(view: View, notes: Notes, iri: str) -> Block | None:
    """The programmes, trainings and networks that it took part in, by kind, each with its day."""

    def events(subject: str, facts: list[Fact]) -> Iterator[tuple[str, Value]]:
        day = plain(view, subject, SCHEMA.startDate)
        for event in things(facts, CIV.engagementEvent.value):
            value = link(view, event, marks=marks_of(notes, facts), note=day_of(day) if day else "")
            yield view.thing(event, CIV.engagementKind), replace(value, href=view.addresses.page(subject))

    return _block(view, notes, iri, ("engagement", "Took part in"), "?subject civ:engaged {it} .", events)


def _block(view: View, notes: Notes, iri: str, heading: tuple[str, str], step: str, keyed: Keyed) -> Block | None:
    query = reached(iri, heading[1], step)
    facts = view.facts(query, iri)
    if not facts:
        return None
    by_key: dict[str, list[Value]] = defaultdict(list)
    for subject, own in by_subject(facts).items():
        for key, value in keyed(subject, own):
            by_key[key].append(value)
    lines = [
        Line(
            labels.title(view, key) if key else "Other",
            view.addresses.page(key) if key else "",
            tuple(sorted(values, key=lambda value: value.text)),
        )
        for key, values in by_key.items()
    ]
    parts = (Facts(tuple(sorted(lines, key=lambda line: line.label))),)
    return Block(*heading, query, parts, marks_of(notes, facts))


def _how(view: View, facts: list[Fact]) -> str:
    methods = [short_name(view, method) for method in things(facts, CIV.method.value)]
    day = plain(view, facts[0].subject, DCT.date)
    return ", ".join((*methods, *([day_of(day)] if day else [])))
