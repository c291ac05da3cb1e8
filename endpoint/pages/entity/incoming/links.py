"""What links to a thing: counted by property, the first few named, the rest a page away."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from endpoint.presentation.model.blocks import Notes, distinction
from endpoint.presentation.model.page import Incoming
from endpoint.presentation.model.values import Value, value_of
from endpoint.presentation.names import labels
from endpoint.presentation.reading.display import display_of
from endpoint.presentation.reading.kept import kept
from endpoint.presentation.reading.view import View
from endpoint.store.port import text
from endpoint.store.queries import inner, with_prefixes
from graph.model.terms import CIV

__all__ = ["Linking", "incoming", "incoming_counts", "incoming_query", "linking", "linking_count", "words_for"]

FIRST = 8
"""How many things are named of each property."""
SORTED = 2_000
"""Up to how many things are put in the order of their names; of more, each page is by itself."""


@dataclass(frozen=True)
class Linking:
    """The things that give one as the value of a property; of one kind, where `kind` names it."""

    iri: str
    prop: str
    kind: str = ""

    @property
    def query(self) -> str:
        return with_prefixes(f"# What gives it as a value: {self.iri}\nSELECT ?subject WHERE {{ {self._pattern} }}")

    @property
    def sorted_query(self) -> str:
        return with_prefixes(
            f"SELECT ?subject (MIN(?name) AS ?first) WHERE {{ {self._pattern} "
            "OPTIONAL { ?subject skos:prefLabel ?name } } GROUP BY ?subject ORDER BY LCASE(STR(?first)) ?subject"
        )

    @property
    def parameters(self) -> dict[str, str]:
        return {"to": self.iri, "by": self.prop, **({"of": self.kind} if self.kind else {})}

    @property
    def _pattern(self) -> str:
        links = f"?subject {NamedNode(self.prop)} {NamedNode(self.iri)}"
        # The inner SELECT keeps the engine from beginning with all things of the kind.
        return f"{{ SELECT ?subject {{ {links} }} }} ?subject a {NamedNode(self.kind)}" if self.kind else links


def incoming_query(iri: str) -> str:
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
    first = linking(view, notes, by, f"LIMIT {FIRST}")
    more = "/links?" + urlencode(by.parameters) if count > FIRST else ""
    return Incoming(words_for(view, by, count), view.addresses.page(by.prop), count, first, more)


def linking(view: View, notes: Notes, by: Linking, window: str) -> tuple[Value, ...]:
    """Some of the things that give this one as the value of a property; by name, unless they are very many."""
    many = linking_count(view, by) > SORTED
    query = f"{by.query if many else by.sorted_query} {window}"
    values = (
        replace(
            value_of(view, "", NamedNode(subject), marks=notes.marks(graphs)),
            note=distinction(view, by.prop, NamedNode(subject)),
        )
        for subject, graphs in _stated_by(view, by, query).items()
    )
    return tuple(sorted(values, key=lambda value: value.text.casefold()))


def linking_count(view: View, by: Linking) -> int:
    count = dict(incoming_counts(view, by.iri)).get(by.prop, 0)
    return dict(_parts(view, by.iri, by.prop, count)).get(by.kind, 0) if by.kind else count


@kept
def _stated_by(view: View, by: Linking, query: str) -> dict[str, list[str]]:
    """The things that a query finds, in its order, each with the sources that state the link."""
    found: dict[str, list[str]] = {}
    pattern = f"GRAPH ?source {{ ?subject {NamedNode(by.prop)} {NamedNode(by.iri)} }}"
    for row in view.rows(with_prefixes(f"SELECT ?subject ?source WHERE {{ {{ {inner(query)} }} {pattern} }}")):
        found.setdefault(text(row, "subject"), []).append(text(row, "source"))
    return found


@kept
def incoming_counts(view: View, iri: str) -> list[tuple[str, int]]:
    """How often each property has it as a value, the most used first."""
    query = (
        f"SELECT ?property (COUNT(*) AS ?count) WHERE {{ ?subject ?property {NamedNode(iri)} }} "
        "GROUP BY ?property ORDER BY DESC(?count) ?property"
    )
    return [(text(row, "property"), int(text(row, "count"))) for row in view.rows(query)]


def words_for(view: View, by: Linking, count: int) -> str:
    """A number of things that have this one as the value of a property, in words."""
    label, display = labels.property_label(view, by.prop), display_of(view)
    otherwise = (f"“{label}” of {{n}} thing", f"“{label}” of {{n}} things")
    one, many = display.within.get(by.kind) or display.inverse.get(by.prop, otherwise)
    return (one if count == 1 else many).format(n=f"{count:,}")


@kept
def _parts(view: View, iri: str, prop: str, count: int) -> list[tuple[str, int]]:
    """What is within an area by its kinds, each with how many there are; all else in one, without a kind."""
    if prop != CIV.within.value:
        return [("", count)]
    within = display_of(view).within
    kinds = ", ".join(str(NamedNode(kind)) for kind in within)
    query = with_prefixes(
        f"SELECT ?kind (COUNT(*) AS ?count) WHERE {{ {{ SELECT ?subject {{ ?subject civ:within {NamedNode(iri)} }} }} "
        f"OPTIONAL {{ ?subject a ?kind FILTER(?kind IN ({kinds})) }} }} GROUP BY ?kind"
    )
    if not (rows := view.rows(query)):
        return []
    counted = {text(row, "kind"): int(text(row, "count")) for row in rows if "kind" in row}
    parts = [(kind, counted[kind]) for kind in within if kind in counted]
    return parts if sum(counted.values()) == count else [("", count)]
