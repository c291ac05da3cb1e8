"""What others say of an organisation, what it does for them, and what it took part in."""

from dataclasses import replace

from pyoxigraph import NamedNode

from endpoint.presentation import labels
from endpoint.presentation.blocks import Notes, by_subject, marks_of, reached
from endpoint.presentation.names import called, day_of, plain
from endpoint.presentation.page import Block, Line
from endpoint.presentation.values import Value, value_of
from endpoint.presentation.view import Fact, View
from graph.model.query import Term
from graph.model.terms import CIV, DCT, SCHEMA, SKOS, Iri

__all__ = ["classified_block", "engagement_block", "services_block"]


def classified_block(view: View, notes: Notes, iri: str) -> Block | None:
    """How others class it: a line for each of their code lists, each entry with its method and day."""
    query = reached(iri, "Classified by others", "?subject civ:classified {it} .")
    facts = view.facts(query, iri)
    if not facts:
        return None
    by_list: dict[str, list[Value]] = {}
    for subject, said in by_subject(facts).items():
        for concept in _all(said, CIV.classifiedAs):
            value = value_of(view, CIV.classifiedAs.value, concept, marks=marks_of(notes, said))
            value = replace(value, note=_how(view, said), page=view.addresses.page(subject))
            by_list.setdefault(_list_of(view, concept), []).append(value)
    lines = _lines(view, by_list)
    return Block("classified", "Classified by others", "lines", query, marks_of(notes, facts), lines=lines)


def services_block(view: View, notes: Notes, iri: str) -> Block | None:
    """The services that it provides, by type."""
    query = reached(iri, "Services it provides", "?subject schema:provider {it} .")
    facts = view.facts(query, iri)
    if not facts:
        return None
    by_type: dict[str, list[Value]] = {}
    for subject, said in by_subject(facts).items():
        states = [value.value for value in _all(said, CIV.serviceStatus)]
        status = [labels.title(view, state) for state in states if not state.endswith("/active")]
        kinds = [value.value for value in _all(said, SCHEMA.serviceType)] or [""]
        value = Value(
            labels.title(view, subject),
            "link",
            href=view.addresses.page(subject),
            marks=marks_of(notes, said),
            note=", ".join(status),
        )
        by_type.setdefault(kinds[0], []).append(value)
    lines = _lines(view, by_type)
    return Block("services", "Services it provides", "lines", query, marks_of(notes, facts), lines=lines)


def engagement_block(view: View, notes: Notes, iri: str) -> Block | None:
    """The programmes, trainings and networks that it took part in, by kind, each with its day."""
    query = reached(iri, "Took part in", "?subject civ:engaged {it} .")
    facts = view.facts(query, iri)
    if not facts:
        return None
    by_kind: dict[str, list[Value]] = {}
    for subject, said in by_subject(facts).items():
        for event in _all(said, CIV.engagementEvent):
            kind = view.value(event.value, CIV.engagementKind)
            value = Value(
                labels.title(view, event.value),
                "link",
                href=view.addresses.page(subject),
                marks=marks_of(notes, said),
                note=day_of(plain(view, subject, SCHEMA.startDate)) if plain(view, subject, SCHEMA.startDate) else "",
            )
            by_kind.setdefault(kind.value if isinstance(kind, NamedNode) else "", []).append(value)
    lines = _lines(view, by_kind)
    return Block("engagement", "Took part in", "lines", query, marks_of(notes, facts), lines=lines)


def _lines(view: View, found: dict[str, list[Value]]) -> tuple[Line, ...]:
    lines = [
        Line(
            labels.title(view, key) if key else "Other",
            view.addresses.page(key) if key else "",
            tuple(sorted(values, key=lambda value: value.text)),
        )
        for key, values in found.items()
    ]
    return tuple(sorted(lines, key=lambda line: line.label))


def _list_of(view: View, concept: NamedNode) -> str:
    """The code list of an entry; its own class where it is in none."""
    found = view.value(concept.value, SKOS.inScheme)
    return found.value if isinstance(found, NamedNode) else concept.value.rsplit("/", 1)[0]


def _how(view: View, said: list[Fact]) -> str:
    """By what method and on which day."""
    methods = [called(view, method.value) for method in _all(said, CIV.method)]
    days = [day_of(plain(view, said[0].subject, DCT.date))] if plain(view, said[0].subject, DCT.date) else []
    return ", ".join((*methods, *days))


def _all(said: list[Fact], prop: Iri) -> list[NamedNode]:
    found: set[Term] = {fact.value for fact in said if fact.property == prop.value}
    return sorted((value for value in found if isinstance(value, NamedNode)), key=str)
