"""Terms of our own namespace that the vocabulary lacks: a violation wherever data are validated."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from graph.model.iri import DEFAULT_BASE
from graph.model.terms import CIV, RDF, SKOS
from graph.model.vocabulary.files import vocabulary_triples
from graph.nquads.merged_graph import MergedGraph
from graph.validation.results.result import Result
from graph.validation.run import validate_command
from graph.validation.terms import undefined_terms
from tests.support.paths import golden


@pytest.fixture(scope="module")
def vocabulary() -> list[str]:
    return sorted(vocabulary_triples(DEFAULT_BASE))


def found(folder: Path, vocabulary: list[str], *statements: str) -> tuple[Result, ...]:
    """The undefined terms of a graph that holds the vocabulary and some statements."""
    graph = MergedGraph(folder / "all.nt", len(vocabulary) + len(statements))
    graph.path.write_text("".join(f"{line}\n" for line in [*vocabulary, *statements]), "utf-8")
    store = Store()
    store.load(path=graph.path, format=RdfFormat.N_TRIPLES)
    return undefined_terms(graph, store)


def test_the_vocabulary_defines_every_term_that_it_uses_itself(vocabulary: list[str], tmp_path: Path) -> None:
    assert found(tmp_path, vocabulary) == ()


@pytest.mark.parametrize(
    ("statement", "term"),
    [
        ('<x:a> <https://w3id.org/civsoc/ns#registeredNever> "1" .', "registeredNever"),
        (f"<x:a> {RDF.type} <https://w3id.org/civsoc/ns#Charityy> .", "Charityy"),
    ],
)
def test_a_property_or_class_that_it_lacks_is_a_violation_of_the_thing_that_has_it(
    vocabulary: list[str], tmp_path: Path, statement: str, term: str
) -> None:
    (result,) = found(tmp_path, vocabulary, statement)
    assert (result.focus, result.value) == ("<x:a>", f"<https://w3id.org/civsoc/ns#{term}>")


def test_terms_that_it_has_and_those_of_other_vocabularies_are_none_of_its_business(
    vocabulary: list[str], tmp_path: Path
) -> None:
    values = {
        CIV.registeredOn: '"1"',
        SKOS.prefLabel: '"A"',
        "<https://example.org/ns#own>": '"2"',
        RDF.type: CIV.Charity,
    }
    statements = (f"<x:a> {prop} {value} ." for prop, value in values.items())
    assert found(tmp_path, vocabulary, *statements) == ()


def test_validate_reports_one_and_exits_as_for_any_violation(tmp_path: Path) -> None:
    file = tmp_path / "oscr.nq"
    text = golden("oscr").read_text("utf-8")
    file.write_text(text.replace("ns#registeredOn>", "ns#registeredNever>"), "utf-8")
    assert validate_command([golden("oscr")]).exit_code == 0
    report = validate_command([file])
    assert report.exit_code == 1
    assert "civ:registeredNever" in report.table().replace("\n", "")
