"""Every constraint has a bad example that trips it and nothing else, in both engines; good ones trip nothing."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
import shacl
from pyoxigraph import Literal, NamedNode, RdfFormat, Store
from rdflib import Graph, URIRef

from graph.model.query import select
from graph.model.terms import RDF, SH, SKOS, Iri
from graph.model.vocabulary.files import shapes_text, uniqueness_queries, vocabulary_triples
from tests.support import bad_examples
from tests.support.bad_examples import BASE, Facts
from tests.support.validated_examples import about_each, facts_in, tripped

EXAMPLES = Path(__file__).parent
BAD, GOOD, WHOLE = (sorted((EXAMPLES / kind).glob("*.ttl")) for kind in ("bad", "good", "uniqueness"))
SLIPS = bad_examples.slips(EXAMPLES / "slips.toml")
STRUCTURE = {"path", "property", "targetClass", "severity", "message", "flags"}
"""What a shape says besides its constraints."""

engines = pytest.mark.parametrize("engine", ["shacl", "pyshacl"])


def rdf(name: Iri) -> URIRef:
    return URIRef(name.value)


@cache
def shapes() -> Graph:
    return Graph().parse(data=shapes_text(), format="turtle")


def constraints(shape: URIRef) -> set[str]:
    """The local names of a shape's constraint parameters, such as minCount."""
    stated = {
        str(predicate).removeprefix(SH.base) for predicate in shapes().predicates(shape) if predicate != rdf(RDF.type)
    }
    return stated - STRUCTURE


def constraint_shapes() -> list[str]:
    """The local names of all shapes that constrain something."""
    named = {shape for shape in shapes().subjects() if isinstance(shape, URIRef)}
    return sorted(str(shape).split("#")[1] for shape in named if constraints(shape))


@cache
def examples() -> Mapping[str, Facts]:
    """Good examples by their file, bad ones by the constraint they break: made by hand, or else from good ones."""
    good = {example.name: facts_in(example) for example in GOOD}
    about = [facts for example in good.values() for facts in about_each(example)]
    by_hand = {example.stem: facts_in(example) for example in BAD}
    bad = {
        name: bad_examples.generated(constraint, about, SLIPS.get(name))
        for name, constraint in bad_examples.constraints().items()
        if name not in by_hand
    }
    return good | by_hand | bad


@cache
def results(engine: str) -> Mapping[str, list[str]]:
    """The local names of the shapes that each example trips."""
    return tripped(examples(), engine)


@pytest.mark.parametrize("name", constraint_shapes())
def test_a_shape_has_one_constraint_a_severity_and_an_english_message(name: str) -> None:
    shape = URIRef(f"https://w3id.org/civsoc/shapes#{name}")
    assert len(constraints(shape)) == 1
    assert shapes().value(shape, rdf(SH.severity)) in {rdf(SH.Violation), rdf(SH.Warning)}
    (message,) = shapes().objects(shape, rdf(SH.message))
    assert getattr(message, "language", None) == "en"
    fact, remedy = str(message).split("; ", 1)
    assert fact and remedy.endswith(".")


def test_no_constraint_hides_in_a_shape_without_a_name() -> None:
    assert not [shape for shape in shapes().objects(None, rdf(SH.property)) if not isinstance(shape, URIRef)]


def test_every_constraint_has_a_bad_example_and_every_bad_example_a_constraint() -> None:
    assert sorted(examples().keys() - {example.name for example in GOOD}) == constraint_shapes()
    assert len(constraint_shapes()) > 900
    assert len(BAD) < 50  # all others are made
    assert not SLIPS.keys() - bad_examples.constraints().keys() | SLIPS.keys() & {example.stem for example in BAD}


@engines
@pytest.mark.parametrize("name", constraint_shapes())
def test_a_bad_example_trips_exactly_its_constraint(name: str, engine: str) -> None:
    assert results(engine)[name] == [name]


@engines
@pytest.mark.parametrize("example", GOOD, ids=lambda example: example.stem)
def test_a_good_example_trips_nothing(example: Path, engine: str) -> None:
    assert results(engine)[example.name] == []


def test_the_good_examples_use_everything_that_the_shapes_constrain() -> None:
    stated = Graph()
    for example in GOOD:
        stated.parse(data=example.read_text("utf-8"), format="turtle", publicID=BASE)
    constrained = set(shapes().objects(None, rdf(SH.path)))
    assert not constrained - set(stated.predicates())
    assert not set(shapes().objects(None, rdf(SH.targetClass))) - set(stated.objects(None, rdf(RDF.type)))


def test_the_vocabulary_itself_trips_nothing() -> None:
    report = shacl.Shapes.from_text(shapes_text()).validate_text("\n".join(vocabulary_triples(BASE)), format="ntriples")
    assert list(report.results) == []
    assert f"<{SKOS.Concept.value}>" in "".join(vocabulary_triples(BASE))  # there was something to check


def found(name: str, store: Store) -> list[str]:
    """The messages of a whole-graph check; its foci must be IRIs."""
    messages: list[str] = []
    for solution in select(store, uniqueness_queries()[name]):
        focus, message = solution["focus"], solution["message"]
        assert isinstance(focus, NamedNode) and isinstance(message, Literal)
        messages.append(message.value)
    return messages


def loaded(*examples: Path) -> Store:
    store = Store()
    for example in examples:
        store.load(example.read_bytes(), RdfFormat.TURTLE, base_iri=BASE)
    return store


def test_every_whole_graph_check_has_a_bad_example() -> None:
    assert [example.stem for example in WHOLE] == sorted(uniqueness_queries())


@pytest.mark.parametrize("example", WHOLE, ids=lambda example: example.stem)
def test_a_bad_graph_fails_exactly_its_check(example: Path) -> None:
    store = loaded(example)
    failing = {name: found(name, store) for name in uniqueness_queries()}
    assert {name: len(messages) for name, messages in failing.items() if messages} == {example.stem: 1}
    assert failing[example.stem][0].endswith(".")


@pytest.mark.parametrize("name", sorted(uniqueness_queries()))
def test_the_vocabulary_passes_every_whole_graph_check(name: str) -> None:
    store = Store()
    store.load("\n".join(vocabulary_triples(BASE)).encode(), RdfFormat.N_TRIPLES)
    assert found(name, store) == []


def test_every_property_that_takes_a_code_is_checked_for_undefined_codes() -> None:
    coded = {
        str(shapes().value(shape, rdf(SH.path)))
        for shape, pattern in shapes().subject_objects(rdf(SH.pattern))
        if "/def/" in str(pattern) and (shape, rdf(SH.path), None) in shapes()
    }
    lists = {SKOS.inScheme.value, SKOS.topConceptOf.value}  # these take a whole list, not an entry
    query = uniqueness_queries()["code_defined"]
    assert len(coded) > 10
    assert not [term for term in coded - lists if re.split("[#/]", term)[-1] not in query]
