"""What the graph says of itself: its sources (graph `catalogue`) and the problems in their data (graph `quality`)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from graph.build.plan import PlannedSource
from graph.errors import MappingError
from graph.model import iri
from graph.model.node import Node
from graph.model.problems import Problem
from graph.model.rules import rule
from graph.model.terms import CIV, DCAT, DCT, Iri
from graph.release.manifest import SourceEntry
from graph.validation.result import Result, short

CATALOGUE = "catalogue"
IDENTITY = "identity"
DERIVED = "derived"
EVIDENCE = "evidence"
MEASUREMENTS = "measurements"
QUALITY = "quality"
VOCABULARY = "vocabulary"

OWN_GRAPHS = {
    CATALOGUE: "Catalogue of the sources",
    DERIVED: "Statistics worked out from the sources",
    EVIDENCE: "How well each organisation is attested",
    IDENTITY: "Which identifiers belong to one organisation",
    MEASUREMENTS: "How complete and how fresh the sources are",
    QUALITY: "Problems found in the data",
    VOCABULARY: "Civil society vocabulary and code lists",
}
"""The graphs that no file of a publisher is behind."""


def write_graph(nodes: Iterable[Node], name: str, target: Path) -> None:
    """Write nodes as the sorted N-Quads of a named graph."""
    write_triples((triple for node in nodes for triple in node.triples()), name, target)


def write_triples(triples: Iterable[str], name: str, target: Path) -> None:
    """Write N-Triples lines as the sorted, unique N-Quads of a named graph; what we say ourselves fits in memory."""
    end = f"{iri.source(name)} .\n"
    quads = {f"{triple.removesuffix('.')}{end}".encode() for triple in triples}
    target.write_bytes(b"".join(sorted(quads)))


def catalogue(held: Iterable[tuple[PlannedSource, SourceEntry]]) -> Iterator[Node]:
    """Each source with its files, dates, licence and counts; no times of the build, so that nothing changes in vain."""
    for planned, entry in held:
        yield _source(planned, entry)
    for name, title in OWN_GRAPHS.items():
        node = Node(iri.source(name), DCAT.Dataset)
        node.add(DCT.title, title)
        yield node


def _source(planned: PlannedSource, entry: SourceEntry) -> Node:
    source = planned.source
    node = Node(iri.source(entry.name), CIV.Source, DCAT.Dataset)
    node.add(DCT.title, entry.title)
    node.add(DCT.publisher, source.publisher)
    node.add(DCT.license, _address(planned, entry.licence))
    node.add(DCT.issued, entry.date)
    node.add(CIV.attribution, source.attribution)
    node.add(DCAT.landingPage, _address(planned, source.homepage))
    addresses = [planned.url] if planned.url else source.addresses(entry.date) if entry.date else []
    node.add_all(DCAT.downloadURL, (_address(planned, address) for address in addresses))
    node.add_all(CIV.fileName, entry.sha256)
    node.add_all(CIV.sha256, entry.sha256.values())
    node.add(CIV.rowCount, entry.rows)
    node.add(CIV.subjectCount, entry.subjects)
    node.add(CIV.statementCount, entry.statements)
    node.add(CIV.problemCount, entry.problems)
    return node


def _address(planned: PlannedSource, text: str) -> Iri:
    try:
        return Iri.of(text)
    except ValueError as fault:
        raise MappingError(
            f"source {planned.name}", f"{text!r} is no address ({fault})", "mend it in its .toml, or its url"
        ) from None


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
    return _told(Node(_numbered(problem.source, problem.row, problem.column, seen), CIV.Problem), problem)


def _finding(problem: Problem, seen: Counter[Iri]) -> Node:
    """What only a look across sources could tell: its IRI is that of the entry and the kind, as rows move."""
    place = (iri.source(problem.source), problem.kind, problem.reference)
    seen[iri.part("problem", *place)] += 1
    number = seen[iri.part("problem", *place)]
    node = Node(iri.part("problem", *place, *([str(number)] if number > 1 else [])), CIV.Problem, CIV.Finding)
    node.add(CIV.severity, problem.severity)
    node.add_all(CIV.groundedOn, problem.evidence)
    return _told(node, problem)


def _told(node: Node, problem: Problem) -> Node:
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
    # "shape" keeps these apart from the problems of a column that is called like the property.
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
    """The problem's IRI; several in one cell are told apart by a number."""
    first = iri.problem(source, row, column)
    seen[first] += 1
    return iri.problem(source, row, column, seen[first])
