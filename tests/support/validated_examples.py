"""Examples validated many at a time: each under a base IRI of its own, so that each has its own results."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import shacl
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from graph.model.vocabulary.files import shapes_text
from graph.validation.reference import reference
from tests.support.bad_examples import BASE, Facts


def facts_in(example: Path) -> Facts:
    return tuple(quad.triple for quad in parse(example.read_bytes(), RdfFormat.TURTLE, base_iri=BASE))


def about_each(facts: Iterable[Triple]) -> list[Facts]:
    """What is stated about each thing, in the order of the file."""
    about: dict[object, list[Triple]] = {}
    for fact in facts:
        about.setdefault(fact.subject, []).append(fact)
    return [tuple(those) for those in about.values()]


def tripped(examples: Mapping[str, Facts], engine: str) -> dict[str, list[str]]:
    """The local names of the source shapes of each example's results."""
    names = list(examples)
    lines = [line for number, name in enumerate(names) for line in moved(examples[name], number)]
    by_example: dict[str, list[str]] = {name: [] for name in names}
    for focus, shape in results(lines, engine):
        number = re.search("example-([0-9]+)", focus)
        assert number, f"{focus} is of no example"
        by_example[names[int(number[1])]].append(shape.strip("<>").split("#")[-1])
    return by_example


def moved(facts: Facts, number: int) -> Iterable[str]:
    """The lines of an example, whose subjects no other example has."""
    subjects = {fact.subject for fact in facts}
    for fact in facts:
        subject, value = own(fact.subject, number), fact.object
        yield f"{subject} {fact.predicate} {own(value, number) if value in subjects else based(value, number)} .\n"


def own(term: object, number: int) -> str:
    text = based(term, number)
    return text if f"example-{number}/" in text else f"{text[:-1]}-example-{number}>"


def based(term: object, number: int) -> str:
    return str(term).replace(f"<{BASE}", f"<{BASE}example-{number}/") if isinstance(term, NamedNode) else str(term)


def results(lines: list[str], engine: str) -> list[tuple[str, str]]:
    """(focus node, source shape) of each result."""
    if engine == "pyshacl":
        return [(result.focus, result.shape) for result in reference(lines, shapes_ntriples())]
    report = shacl.Shapes.from_text(shapes_text()).validate_text("".join(lines), format="ntriples")
    return [(result.focus_node, result.source_shape or "") for result in report.results]


@cache
def shapes_ntriples() -> str:
    return "".join(f"{quad.triple} .\n" for quad in parse(shapes_text(), RdfFormat.TURTLE))
