"""Bad examples made from good ones: each breaks one constraint of one shape, and nothing else.

What takes thought to break (the order of two dates, a choice) is a file in `tests/shapes/bad` instead. How examples
are validated together is in `tests/support/validated_examples.py`.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, parse

from graph.model.query import select
from graph.model.terms import RDF, SH, XSD
from graph.model.vocabulary.files import shapes_text

BASE = "https://example.org/graph/"
SHAPES = "https://w3id.org/civsoc/shapes#"
CONSTRAINTS = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT ?shape ?component ?parameter ?path ?target WHERE {
  ?shape ?component ?parameter ; (^sh:property)?/sh:targetClass ?target .
  FILTER (isIRI(?shape) && STRSTARTS(STR(?component), STR(sh:)))
  FILTER (?component NOT IN (sh:path, sh:property, sh:targetClass, sh:severity, sh:message, sh:flags))
  OPTIONAL { ?shape sh:path ?path }
} ORDER BY ?shape ?target"""
TYPE, STRING, INTEGER, DECIMAL, DOUBLE, DATE = (
    NamedNode(term.value) for term in (RDF.type, XSD.string, XSD.integer, XSD.decimal, XSD.double, XSD.date)
)
ELSEWHERE = NamedNode(f"{BASE}id/elsewhere/thing")
OTHER_CODES = (f"{BASE}def/elsewhere/thing", ELSEWHERE.value)
OTHER_THINGS = (ELSEWHERE.value, "mailto:someone@example.org")

Value = NamedNode | Literal
Facts = tuple[Triple, ...]
"""What an example states, the type of its focus node first."""


@dataclass(frozen=True)
class Constraint:
    """A shape's one constraint, such as `minCount`; `path` is None where it is about the node itself."""

    component: str
    parameter: str
    path: NamedNode | None
    target: NamedNode


@cache
def constraints() -> Mapping[str, Constraint]:
    """All constraints by the local name of their shape."""
    store = Store()
    store.load(shapes_text(), RdfFormat.TURTLE)
    by_shape: dict[str, Constraint] = {}
    for row in select(store, CONSTRAINTS):
        shape, component, parameter, path, target = row
        assert isinstance(shape, NamedNode) and isinstance(component, NamedNode) and isinstance(target, NamedNode)
        assert path is None or isinstance(path, NamedNode)
        value = parameter.value if isinstance(parameter, NamedNode | Literal) else ""
        constraint = Constraint(component.value.removeprefix(SH.base), value, path, target)
        by_shape.setdefault(shape.value.removeprefix(SHAPES), constraint)
    return by_shape


def generated(constraint: Constraint, good: Sequence[Facts], slip: Value | None = None) -> Facts:
    """A bad example of the constraint, with this value if one is given; KeyError if there is no rule for its kind."""
    of_class = [facts for facts in good if Triple(facts[0].subject, TYPE, constraint.target) in facts]
    if constraint.path is None:
        return renamed(of_class[0], slip) if slip else NODE_BREAKERS[constraint.component](constraint, of_class[0])
    # Where no example of the class states the property, one of a narrower class does.
    fact = next(fact for facts in (*of_class, *good) for fact in facts if fact.predicate == constraint.path)
    example = next((facts for facts in of_class if fact in facts), of_class[0])
    assert isinstance(fact.object, NamedNode | Literal)
    values = [slip] if slip else BREAKERS[constraint.component](constraint, fact.object)
    bad = (Triple(example[0].subject, constraint.path, value) for value in values)
    return (*(other for other in example if other.predicate != constraint.path), *bad)


def slips(file: Path) -> dict[str, Value]:
    """Values that break a constraint, by the local name of its shape."""
    values: dict[str, Value] = {}
    for name, term in tomllib.loads(file.read_text("utf-8")).items():
        [quad] = parse(f"@prefix xsd: <{XSD.base}> . <x:s> <x:p> {term} .", RdfFormat.TURTLE, base_iri=BASE)
        assert isinstance(quad.object, NamedNode | Literal)
        values[name] = quad.object
    return values


def missing(_: Constraint, __: Value) -> list[Value]:
    """No value where one is required."""
    return []


def too_many(constraint: Constraint, value: Value) -> list[Value]:
    """One value more than there may be."""
    values = [value]
    while len(values) <= int(constraint.parameter):
        values.append(neighbour(values[-1]))
    return values


def of_another_datatype(_: Constraint, value: Value) -> list[Value]:
    """The same characters, so that patterns hold; a number stays a number, so that ranges hold."""
    assert isinstance(value, Literal)
    if value.datatype == STRING:
        return [Literal(value.value, language="en")]
    return [Literal(value.value, datatype={INTEGER: DECIMAL, DECIMAL: DOUBLE}.get(value.datatype))]


def of_another_kind(_: Constraint, value: Value) -> list[Value]:
    """A text that reads like the IRI, or an IRI instead of a text."""
    return [Literal(value.value) if isinstance(value, NamedNode) else ELSEWHERE]


def of_no_pattern(constraint: Constraint, value: Value) -> list[Value]:
    """A date in the eleventh century, or the nearest other text or IRI that does not fit."""
    if isinstance(value, NamedNode):
        return [near_miss(constraint, value)]
    texts = ["1066-10-14"] if value.datatype == DATE else [value.value[:-1], f"? {value.value}"]
    return [Literal(first_unfit(constraint, texts), datatype=value.datatype)]


def near_miss(constraint: Constraint, iri: NamedNode) -> NamedNode:
    """The IRI without its last character, or a code of another list, or a thing of another kind."""
    others = OTHER_CODES if "/def/" in constraint.parameter else OTHER_THINGS
    return NamedNode(first_unfit(constraint, (iri.value[:-1], *others)))


def first_unfit(constraint: Constraint, texts: Iterable[str]) -> str:
    return next(text for text in texts if not re.search(constraint.parameter, text))


def too_small(constraint: Constraint, value: Value) -> list[Value]:
    """One less than the least."""
    return [beside_bound(constraint, value, -1)]


def too_large(constraint: Constraint, value: Value) -> list[Value]:
    """One more than the most."""
    return [beside_bound(constraint, value, 1)]


def beside_bound(constraint: Constraint, value: Value, step: int) -> Literal:
    assert isinstance(value, Literal)
    return Literal(f"{float(constraint.parameter) + step:g}", datatype=value.datatype)


def in_latin(_: Constraint, value: Value) -> list[Value]:
    """A language that nobody here writes."""
    return [Literal(value.value, language="la")]


BREAKERS: Mapping[str, Callable[[Constraint, Value], list[Value]]] = {
    "minCount": missing,
    "maxCount": too_many,
    "datatype": of_another_datatype,
    "nodeKind": of_another_kind,
    "pattern": of_no_pattern,
    "minInclusive": too_small,
    "maxInclusive": too_large,
    "languageIn": in_latin,
}
"""How the values of a property break a constraint: from a good value to bad ones."""


def misnamed(constraint: Constraint, facts: Facts) -> Facts:
    """The same facts about another IRI."""
    assert isinstance(facts[0].subject, NamedNode)
    return renamed(facts, near_miss(constraint, facts[0].subject))


def renamed(facts: Facts, name: Value) -> Facts:
    assert isinstance(name, NamedNode)
    return tuple(Triple(name, fact.predicate, fact.object) for fact in facts)


def without_the_class(constraint: Constraint, facts: Facts) -> Facts:
    """A thing of the narrower class alone."""
    return tuple(fact for fact in facts if fact.object != NamedNode(constraint.parameter))


NODE_BREAKERS = {"pattern": misnamed, "class": without_the_class}
"""How a node itself breaks a constraint."""


def neighbour(value: Value) -> Value:
    """Another value of the same form: a number or a year counted on, the end of an IRI, yes for no.

    >>> str(neighbour(Literal("2020-02-01"))), str(neighbour(Literal("true")))
    ('"2021-02-01"', '"false"')
    """
    if isinstance(value, NamedNode):
        return NamedNode(re.sub(r"[0-9](?=[^0-9]*$)|[^0-9]$", counted_on, value.value, count=1))
    text = {"true": "false", "false": "true"}.get(value.value)
    return Literal(text or re.sub(r"[0-9](?![0-9])|[^0-9]$", counted_on, value.value, count=1), datatype=value.datatype)


def counted_on(found: re.Match[str]) -> str:
    return chr(ord(found[0]) + (-1 if found[0] in "9z" else 1))
