"""What the vocabulary says of cubes and their measures."""

from pyoxigraph import NamedNode

from graph.model.terms import CIV
from tests.support.statistics.cubes import number, with_vocabulary


def test_every_cube_says_what_it_must_not_be_compared_with_both_ways() -> None:
    store = with_vocabulary()
    pairs = set(store.quads_for_pattern(None, NamedNode(CIV.notComparableWith.value), None))
    assert len(pairs) > 20
    assert {(quad.subject, quad.object) for quad in pairs} == {(quad.object, quad.subject) for quad in pairs}


def test_every_measure_that_is_a_number_has_a_unit() -> None:
    store = with_vocabulary()
    numbers = "VALUES ?range { xsd:decimal xsd:integer } ?m a qb:MeasureProperty ; rdfs:range ?range"
    measured = number(store, f"SELECT (COUNT(?m) AS ?n) {{ {numbers} }}")
    with_unit = number(store, f"SELECT (COUNT(?m) AS ?n) {{ {numbers} ; sdmx-attribute:unitMeasure ?unit }}")
    assert measured == with_unit > 140
