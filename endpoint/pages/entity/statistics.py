"""Published figures as tables: those about one area, and the first ones of a data set, with units and periods."""

from collections.abc import Iterator
from dataclasses import replace

from pyoxigraph import Literal, NamedNode

from endpoint.presentation.model.blocks import Notes, by_subject, marks_of, things
from endpoint.presentation.model.page import Block, Grid, Line
from endpoint.presentation.model.values import Value, value_of
from endpoint.presentation.names import labels
from endpoint.presentation.names.short_names import short_name, value_name
from endpoint.presentation.reading.view import View
from endpoint.presentation.text.formatting import sentence_case
from endpoint.store.port import Fact
from endpoint.store.queries import with_prefixes
from graph.model.terms import CIV, QB, RDF, SDMX_ATTRIBUTE, SDMX_DIMENSION, Iri

__all__ = ["about_area", "first_of_dataset"]

FIRST = 15
"""How many observations a data set's page shows."""

_FRAME = frozenset(
    term.value
    for term in (
        *(RDF.type, QB.dataSet, SDMX_DIMENSION.refArea, SDMX_DIMENSION.refPeriod),
        *(CIV.indicator, CIV.publishedCell, SDMX_ATTRIBUTE.obsStatus),
    )
)
NOTHING = Value("–", "text")


def about_area(view: View, notes: Notes, iri: str) -> Block | None:
    """What published statistics say of an area; figures that the build worked out itself have blocks of their own."""
    query = with_prefixes(
        f"# Published statistics: {iri}\nSELECT ?subject ?property ?value ?source WHERE {{\n"
        f"  ?subject sdmx-dimension:refArea {NamedNode(iri)} .\n"
        f"  FILTER NOT EXISTS {{ GRAPH {view.graph('derived')} {{ ?subject a qb:Observation }} }}\n"
        "  FILTER NOT EXISTS { ?subject a dqv:QualityMeasurement }\n"
        "  GRAPH ?source { ?subject ?property ?value }\n}"
    )
    facts = view.facts(query, iri)
    rows = list(_by_family(view, notes, facts))
    if not rows:
        return None
    sets = things(facts, QB.dataSet.value)
    remarks = tuple(line for it in sets for line in _not_comparable(view, it))
    grid = Grid(("Figure", "Value", "Period"), tuple(rows), remarks)
    return Block("statistics", "Published statistics", query, (grid,), marks_of(notes, facts))


def first_of_dataset(view: View, notes: Notes, iri: str) -> Block | None:
    """The first observations of a data set, a row each."""
    query = with_prefixes(
        f"# First observations: {iri}\nSELECT ?subject ?property ?value ?source WHERE {{\n"
        f"  {{ SELECT ?subject WHERE {{ ?subject qb:dataSet {NamedNode(iri)} }} LIMIT {FIRST} }}\n"
        "  GRAPH ?source { ?subject ?property ?value }\n}"
    )
    facts = view.facts(query, iri)
    if not facts:
        return None
    props = _columns(view, facts)
    heads = ("Area", "Period", *(labels.property_label(view, prop) for prop in props))
    rows = [_observation(view, notes, subject, own, props) for subject, own in by_subject(facts).items()]
    heads, rows = _filled(heads, rows)
    grid = Grid(heads, tuple(sorted(rows, key=lambda row: (row[0].text, row[1].text))))
    return Block("observations", "First observations", query, (grid,), marks_of(notes, facts))


def _by_family(view: View, notes: Notes, facts: list[Fact]) -> Iterator[tuple[Value, ...]]:
    """The rows under the name of their data set, or under what the names of several have before the colon."""
    families: dict[str, tuple[set[Value], list[tuple[Value, ...]]]] = {}
    for own in by_subject(facts).values():
        cube = _first(view, own, QB.dataSet)
        cubes, rows = families.setdefault(cube.text.partition(": ")[0], (set(), []))
        cubes.add(cube)
        rows.extend(_rows(view, notes, own))
    for family, (cubes, rows) in sorted(families.items()):
        yield (cubes.pop() if len(cubes) == 1 else Value(family, "text"),)
        short = ((replace(name, text=_short(name.text, family)), *cells) for name, *cells in rows)
        yield from sorted(short, key=lambda row: row[0].text)


def _short(name: str, family: str) -> str:
    return sentence_case(name.removeprefix(f"{family}: "))


def _rows(view: View, notes: Notes, own: list[Fact]) -> Iterator[tuple[Value, ...]]:
    """A row for each figure of an observation, or for the figure that it says is missing."""
    period = _first(view, own, SDMX_DIMENSION.refPeriod)
    marks = marks_of(notes, own)
    missing = [fact for fact in own if fact.property == CIV.indicator.value]
    for fact in missing:
        status = _first(view, own, SDMX_ATTRIBUTE.obsStatus)
        yield value_of(view, "", fact.value), status, period
    split = ", ".join(sorted(short_name(view, it) for it in things(own, *{fact.property for fact in own} - _FRAME)))
    for fact in own:
        if fact.property not in _FRAME and isinstance(fact.value, Literal):
            measure = labels.property_label(view, fact.property) + (f" ({split})" if split else "")
            name = Value(measure, "link", href=view.addresses.page(fact.property))
            yield name, _measured(view, fact, marks), period


def _measured(view: View, fact: Fact, marks: tuple[int, ...]) -> Value:
    """A figure with its unit; the observation itself is a click away."""
    found = value_of(view, fact.property, fact.value)
    words = value_name(view, fact.property, SDMX_ATTRIBUTE.unitMeasure)
    return Value(found.text, "link", href=view.addresses.page(fact.subject), marks=marks, note=words)


def _observation(view: View, notes: Notes, subject: str, own: list[Fact], props: list[str]) -> tuple[Value, ...]:
    place = [short_name(view, it) for it in things(own, SDMX_DIMENSION.refArea.value)]
    name = Value(place[0] if place else "–", "link", href=view.addresses.page(subject), marks=marks_of(notes, own))
    cells = (_first(view, own, Iri.of(prop)) for prop in props)
    return (name, _first(view, own, SDMX_DIMENSION.refPeriod), *cells)


def _filled(heads: tuple[str, ...], rows: list[tuple[Value, ...]]) -> tuple[tuple[str, ...], list[tuple[Value, ...]]]:
    """A table without the columns that hold nothing."""
    kept = [place for place in range(len(heads)) if any(row[place] != NOTHING for row in rows)]
    return tuple(heads[place] for place in kept), [tuple(row[place] for place in kept) for row in rows]


def _columns(view: View, facts: list[Fact]) -> list[str]:
    """Dimensions first, then measures, each by label; what heads every table is left out."""
    hidden = {RDF.type.value, QB.dataSet.value, SDMX_DIMENSION.refArea.value, SDMX_DIMENSION.refPeriod.value}
    met = {fact.property: isinstance(fact.value, NamedNode) for fact in facts if fact.property not in hidden}
    return sorted(met, key=lambda prop: (not met[prop], labels.property_label(view, prop)))


def _not_comparable(view: View, dataset: str) -> Iterator[Line]:
    if others := view.things(dataset, CIV.notComparableWith):
        values = tuple(Value(short_name(view, it), "link", href=view.addresses.page(it)) for it in others)
        label = f"{short_name(view, dataset)}: not to be compared with"
        yield Line(label, view.addresses.page(dataset), values, in_row=True)


def _first(view: View, own: list[Fact], prop: Iri) -> Value:
    found = [value_of(view, prop.value, fact.value) for fact in own if fact.property == prop.value]
    return min(found, key=lambda value: value.text, default=NOTHING)
