"""Terms used ⊆ terms defined ⊆ terms constrained by a shape, over the golden files and a small graph of our own.

A shape constrains a property if it is on one of its paths, or compared with one; a class if it is its target.
"""

import tomllib
from collections.abc import Callable, Iterable
from importlib.resources import files

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from graph.model.terms import CIV, PREFIXES, QB, RDF, RDFS, SH
from graph.model.vocabulary import files as vocabulary
from tests.support.paths import SOURCES

GOLDEN = sorted(SOURCES.glob("*/golden.nq"))
BASE = "https://example.org/graph/"
SMALL = f"""
PREFIX civ: <{CIV.base}>
PREFIX skos: <{PREFIXES["skos"]}>
<id/organisation/GB-SC-SC012345> a civ:Organisation ;
  skos:prefLabel "Kirkhope Hall" ; civ:purpose <def/oscr-purpose/sport> .
<id/link/1> <{PREFIXES["owl"]}annotatedProperty> civ:succeededBy .
"""
CONSTRAINING = (SH.path, SH.targetClass, SH.hasValue)


def turtle(text: str) -> list[Quad]:
    return list(parse(text, RdfFormat.TURTLE, base_iri=BASE))


def iris(terms: Iterable[object]) -> set[str]:
    return {term.value for term in terms if isinstance(term, NamedNode)}


def terms_used(data: Iterable[Quad]) -> set[str]:
    """Properties, classes, and our own terms wherever they stand."""
    used: set[str] = set()
    for quad in data:
        used.add(quad.predicate.value)
        if isinstance(quad.object, NamedNode) and (
            quad.predicate.value == RDF.type.value or quad.object.value.startswith(CIV.base)
        ):
            used.add(quad.object.value)
    return used


def terms_defined() -> set[str]:
    """Terms of our vocabulary and those of others that it explains: whatever has a label there."""
    lines = "\n".join(vocabulary.vocabulary_triples(BASE))
    return iris(quad.subject for quad in parse(lines, RdfFormat.N_TRIPLES) if quad.predicate.value == RDFS.label.value)


def terms_constrained() -> set[str]:
    constraining = {predicate.value for predicate in CONSTRAINING}
    shaped = iris(quad.object for quad in turtle(vocabulary.shapes_text()) if quad.predicate.value in constraining)
    return shaped | measures()


def measures() -> set[str]:
    """Measures of data cubes: the whole-graph check measure_range constrains them all, by their ranges."""
    lines = "\n".join(vocabulary.vocabulary_triples(BASE))
    quads = parse(lines, RdfFormat.N_TRIPLES)
    return iris(quad.subject for quad in quads if quad.object == NamedNode(QB.MeasureProperty.value))


def terms_excused() -> dict[str, str]:
    """Terms that no shape constrains, with the reason."""
    reasons = tomllib.loads(files("shapes").joinpath("unconstrained.toml").read_text("utf-8"))
    return {expand(term): reason for term, reason in reasons.items()}


def expand(name: str) -> str:
    prefix, local = name.split(":")
    return PREFIXES[prefix] + local


def golden() -> list[Quad]:
    return [quad for file in GOLDEN for quad in parse(file.read_bytes(), RdfFormat.N_QUADS)]


def small() -> list[Quad]:
    return turtle(SMALL)


graphs = pytest.mark.parametrize("data", [small, golden], ids=["small", "golden"])


def test_there_are_golden_files_to_look_at() -> None:
    assert GOLDEN, "tests/sources holds no golden.nq; write them with pytest --bless"
    assert {CIV.Organisation.value, CIV.purpose.value} <= terms_used(golden())


def test_the_small_graph_uses_its_terms() -> None:
    assert {CIV.Organisation.value, CIV.purpose.value, CIV.succeededBy.value, RDF.type.value} <= terms_used(small())


@graphs
def test_terms_used_are_defined(data: Callable[[], list[Quad]]) -> None:
    assert not terms_used(data()) - terms_defined()


@graphs
def test_terms_used_are_constrained_or_the_reason_is_stated(data: Callable[[], list[Quad]]) -> None:
    assert not terms_used(data()) - terms_constrained() - set(terms_excused())


def test_every_own_term_is_constrained_or_the_reason_is_stated() -> None:
    own = {term for term in terms_defined() if term.startswith(CIV.base)}
    assert len(own) > 50
    assert not own - terms_constrained() - set(terms_excused())


def test_a_term_that_nobody_defined_is_found() -> None:
    stray = turtle(
        f"<id/a> a <{CIV.base}Club> ; <{CIV.base}nickname> 'x' ; <{PREFIXES['dct']}relation> <{CIV.base}kin> ."
    )
    missing = terms_used(stray) - terms_defined()
    assert missing == {CIV.base + "Club", CIV.base + "nickname", CIV.base + "kin", PREFIXES["dct"] + "relation"}


def test_an_excuse_is_a_sentence_and_still_needed() -> None:
    assert not [term for term, reason in terms_excused().items() if len(reason.split()) < 4]
    assert not set(terms_excused()) & terms_constrained()
