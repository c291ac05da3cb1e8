"""Problems as nodes of the graph `quality`: those of the data, and what the shapes warn of."""

from collections import Counter
from collections.abc import Iterable, Iterator

from graph.model import iri
from graph.model.node import Node
from graph.model.own_graphs import VOCABULARY
from graph.model.problems import Problem
from graph.model.terms import CIV, Iri
from graph.model.vocabulary.rules import rule
from graph.validation.results.result import Result, short


def problem_nodes(problems: Iterable[Problem]) -> Iterator[Node]:
    """A node for each problem in the data; in the same order each time, so that they keep their IRIs."""
    seen: Counter[Iri] = Counter()
    for problem in sorted(problems):
        yield _finding(problem, seen) if problem.is_finding else _problem(problem, seen)


def warning_nodes(warnings: Iterable[Result]) -> Iterator[Node]:
    """A node for each thing that the shapes warn of."""
    seen: Counter[Iri] = Counter()
    for warning in warnings:
        yield _warning(warning, seen)


def _problem(problem: Problem, seen: Counter[Iri]) -> Node:
    return _described(Node(_numbered(problem.source, problem.row, problem.column, seen), CIV.Problem), problem)


def _finding(problem: Problem, seen: Counter[Iri]) -> Node:
    """What only a look across sources could tell: its IRI is that of the entry and the kind, as rows move."""
    place = (iri.source(problem.source), problem.kind, problem.reference)
    seen[iri.part("problem", *place)] += 1
    number = seen[iri.part("problem", *place)]
    node = Node(iri.part("problem", *place, *([str(number)] if number > 1 else [])), CIV.Problem, CIV.Finding)
    node.add(CIV.severity, problem.severity)
    node.add_all(CIV.groundedOn, problem.evidence)
    return _described(node, problem)


def _described(node: Node, problem: Problem) -> Node:
    node.add(CIV.inSource, iri.source(problem.source))
    node.add(CIV.problemKind, iri.concept("problem-kind", problem.kind))
    node.add(CIV.inFile, problem.file or None)
    node.add(CIV.row, problem.row or None)
    node.add(CIV.entryReference, problem.reference or None)
    node.add(CIV.column, problem.column or None)
    node.add(CIV.cellValue, problem.value or None)
    node.add(CIV.rule, iri.concept("problem-rule", problem.rule))
    node.add(CIV.fault, problem.fault)
    node.add(CIV.remedy, problem.remedy)
    node.add(CIV.about, problem.about)
    return node


def _warning(warning: Result, seen: Counter[Iri]) -> Node:
    source, path = warning.source or VOCABULARY, short(warning.path or "")
    # "shape" distinguishes these from the problems of a column that has the name of the property.
    node = Node(_numbered(source, warning.row or 0, f"shape {path}", seen), CIV.Problem)
    node.add(CIV.inSource, iri.source(source))
    found, named = rule("shape-warning"), {"message": warning.message}
    node.add(CIV.problemKind, iri.concept("problem-kind", found.kind))
    node.add(CIV.inFile, warning.file or None)
    node.add(CIV.row, warning.row)
    node.add(CIV.cellValue, short(warning.value, 200) if warning.value else None)
    node.add(CIV.rule, iri.concept("problem-rule", found.code))
    node.add(CIV.fault, found.fault(named, found.outcome))
    node.add(CIV.remedy, found.remedy(named))
    node.add(CIV.severity, warning.severity)
    node.add(CIV.about, Iri(warning.focus) if warning.focus.startswith("<") else None)
    return node


def _numbered(source: str, row: int, column: str, seen: Counter[Iri]) -> Iri:
    """The problem's IRI; a number distinguishes several in one cell."""
    first = iri.problem(source, row, column)
    seen[first] += 1
    return iri.problem(source, row, column, seen[first])
