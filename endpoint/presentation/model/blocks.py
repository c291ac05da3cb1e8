"""What blocks are made of: queries that a reader can run again, and the rows that they give as lines with footnotes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from pyoxigraph import Literal, NamedNode

from endpoint.presentation.model.page import Block, Facts, Line, Tally
from endpoint.presentation.model.values import Value, currency_of, value_of
from endpoint.presentation.names import labels
from endpoint.presentation.names.short_names import plain, short_name
from endpoint.presentation.reading.display import Way, display_of
from endpoint.presentation.reading.kept import kept
from endpoint.presentation.reading.view import Source, View
from endpoint.store.port import Fact, text
from endpoint.store.queries import shorten, with_prefixes
from graph.model.query import Term
from graph.model.terms import CIV, DCT, RDF, SKOS, XSD, Iri

_NO = frozenset(Literal(text, datatype=XSD.boolean.node) for text in ("false", "0"))


class Notes:
    """The footnotes of a page: its sources, numbered in the order in which they are met."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._numbers: dict[str, int] = {}

    def marks(self, graphs: Iterable[str]) -> tuple[int, ...]:
        """The numbers of some named graphs."""
        met = sorted(set(graphs) - {""})
        return tuple(sorted(self._numbers.setdefault(graph, len(self._numbers) + 1) for graph in met))

    def numbered(self) -> list[tuple[int, Source]]:
        """Every source met so far."""
        return [(number, self._view.sources[graph]) for graph, number in self._numbers.items()]


def own(iri: str, title: str, properties: Sequence[Iri]) -> str:
    """The query for some properties of a thing."""
    names = " ".join(shorten(prop) for prop in properties)
    return with_prefixes(
        f"# {title}: {iri}\nSELECT ?property ?value ?source WHERE {{\n  VALUES ?property {{ {names} }}\n"
        f"  GRAPH ?source {{ {NamedNode(iri)} ?property ?value }}\n}}"
    )


def others(iri: str, title: str, properties: Iterable[Iri]) -> str:
    """The query for every property of a thing but some."""
    names = ", ".join(shorten(prop) for prop in properties)
    unless = f"\n  FILTER(?property NOT IN ({names}))" if names else ""
    return with_prefixes(
        f"# {title}: {iri}\nSELECT ?property ?value ?source WHERE {{\n"
        f"  GRAPH ?source {{ {NamedNode(iri)} ?property ?value }}{unless}\n}}"
    )


def reached(iri: str, title: str, step: str) -> str:
    """The query for all statements about the things that one step reaches; `step` leads there from {it}."""
    return with_prefixes(
        f"# {title}: {iri}\nSELECT ?subject ?property ?value ?source WHERE {{\n  {step.format(it=NamedNode(iri))}\n"
        "  GRAPH ?source { ?subject ?property ?value }\n}"
    )


def lines_of(view: View, notes: Notes, facts: Sequence[Fact], order: Sequence[Iri] = ()) -> tuple[Line, ...]:
    """Statements about one thing as lines: properties in the given order, then by label; a value is shown once."""
    ranks = {prop.value: rank for rank, prop in enumerate(order)}
    stated: dict[str, dict[Term, set[str]]] = {}
    for fact in facts:
        stated.setdefault(fact.property, {}).setdefault(fact.value, set()).add(fact.source)
    caveats, display = _caveats(view, facts), display_of(view)
    currency = currency_of(view, ((fact.property, fact.value) for fact in facts))
    lines = [
        Line(
            labels.property_label(view, prop),
            view.addresses.page(prop),
            _headed(view, facts, prop, _values(view, notes, prop, by_value, caveats.get(prop, ""), currency)),
            display.shows(prop, Way.IN_ROW),
        )
        for prop, by_value in sorted(stated.items(), key=lambda item: ranks.get(item[0], len(ranks)))
    ]
    placed = len([prop for prop in stated if prop in ranks])
    return (*lines[:placed], *sorted(lines[placed:], key=lambda line: line.label))


def facts_block(
    view: View, notes: Notes, heading: tuple[str, str], query: str, facts: Sequence[Fact], order: Sequence[Iri] = ()
) -> Block | None:
    """Facts about one thing as a block under an id and a title; None without facts."""
    if not facts:
        return None
    others, no = without_no(view, notes, facts)
    return Block(*heading, query, (Facts((*lines_of(view, notes, others, order), *no)),), marks_of(notes, facts))


def without_no(view: View, notes: Notes, facts: Sequence[Fact]) -> tuple[list[Fact], tuple[Line, ...]]:
    """Statements without the questions answered with no, and one line that names these.

    A question that sources answer differently stays where it is.
    """
    answered: dict[str, list[Fact]] = {}
    for fact in facts:
        answered.setdefault(fact.property, []).append(fact)
    no = {prop: facts for prop, facts in answered.items() if all(fact.value in _NO for fact in facts)}
    if not no:
        return list(facts), ()
    named = sorted((labels.property_label(view, prop), prop) for prop in no)
    values = tuple(
        Value(label[:1].lower() + label[1:], "link", view.addresses.page(prop), marks=marks_of(notes, no[prop]))
        for label, prop in named
    )
    return [fact for fact in facts if fact.property not in no], (Line("Not the case", "", values, in_row=True),)


def by_subject(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    """Statements grouped by what they are about, subjects in the order of their IRIs."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.subject, []).append(fact)
    return dict(sorted(found.items()))


def things(facts: Iterable[Fact], *properties: str) -> list[str]:
    """The IRIs among the values of some properties, each once and in order."""
    return sorted({it.value.value for it in facts if it.property in properties and isinstance(it.value, NamedNode)})


def texts(facts: Iterable[Fact], prop: Iri) -> list[str]:
    """The values of a property as bare text, each once and in order."""
    return sorted(
        {it.value.value for it in facts if it.property == prop.value and isinstance(it.value, NamedNode | Literal)}
    )


@kept
def tallies(view: View, query: str) -> dict[str, Tally]:
    """The rows of a query for ?item and ?count, by item."""
    return {
        item: Tally(labels.title(view, item), view.addresses.page(item), int(text(row, "count")))
        for row in view.rows(query)
        for item in [text(row, "item")]
    }


def marks_of(notes: Notes, facts: Iterable[Fact]) -> tuple[int, ...]:
    return notes.marks({fact.source for fact in facts})


def _headed(view: View, facts: Sequence[Fact], prop: str, values: tuple[Value, ...]) -> tuple[Value, ...]:
    """Values of a body's name, that of the heading first."""
    first = plain(view, facts[0].subject, CIV.heading) if prop == SKOS.prefLabel.value and len(values) > 1 else ""
    return tuple(sorted(values, key=lambda value: value.text != first)) if first else values


def distinction(view: View, prop: str, term: Term) -> str:
    """Of an area its kind, or its code where it is about codes, as areas of several kinds share their names.

    Of an event that names another body, whose it is.
    """
    display = display_of(view)
    if not isinstance(term, NamedNode):
        return ""
    if display.shows(prop, Way.OTHER_PARTY):
        return ", ".join(sorted(short_name(view, whose) for whose in view.subjects(CIV.registerEvent, term.value)))
    kind = view.thing(term.value, CIV.areaType) if display.shows(prop, Way.AREA) else ""
    words = view.name(kind) if kind else ""
    code = plain(view, term.value, SKOS.notation) if display.shows(prop, Way.AREA_CODE) else ""
    return ", ".join(part for part in (words, code) if part)


def _day_of_event(view: View, term: Term) -> str:
    """What events sort by before their words."""
    return plain(view, term.value, DCT.date) if isinstance(term, NamedNode) else ""


def _values(
    view: View, notes: Notes, prop: str, by_value: dict[Term, set[str]], caveat: str, currency: str
) -> tuple[Value, ...]:
    display = display_of(view)
    differ, by_day = display.shows(prop, Way.SINGLE_VALUED) and len(by_value) > 1, display.shows(prop, Way.BY_DAY)
    values = [
        replace(
            value_of(view, prop, term, caveat=caveat, marks=notes.marks(graphs), currency=currency),
            note=", ".join(view.sources[graph].title for graph in sorted(graphs))
            if differ
            else distinction(view, prop, term),
        )
        for term, graphs in sorted(by_value.items(), key=lambda item: _day_of_event(view, item[0]) if by_day else "")
    ]
    if by_day:
        return tuple(values)
    if prop == RDF.type.value:  # our own classes first
        return tuple(sorted(values, key=lambda value: (not value.href.startswith("/doc/ns/"), value.text)))
    values.sort(key=lambda value: value.text)
    are_years = display.shows(prop, Way.YEARS) and all(value.text.isdigit() for value in values)
    return tuple(_runs(values) if are_years else values)


def _runs(years: list[Value]) -> Iterator[Value]:
    """Years that follow each other as one: 2016 to 2024."""
    for _, run in groupby(enumerate(years), key=lambda placed: int(placed[1].text) - placed[0]):
        first, *_, last = (found := [year for _, year in run])[0], found[-1]
        same = first.marks == last.marks and len(found) > 2
        yield from (replace(first, text=f"{first.text} to {last.text}"),) if same else found


def _caveats(view: View, facts: Iterable[Fact]) -> dict[str, str]:
    """The caveats that a thing's own statements put on its values, by property."""
    known, things = display_of(view).caveats, (fact.value for fact in facts)
    return dict(known[thing.value] for thing in things if isinstance(thing, NamedNode) and thing.value in known)
