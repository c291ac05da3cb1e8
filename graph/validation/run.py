"""Validation of files against shapes: a stage of every build, and the command `civsoc validate`.

The fast engine judges the whole graph, the reference engine a sample of it again, SPARQL what must be unique.
Subclass axioms are followed only where the data states them; nothing is inferred.
"""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from graph.errors import UsageError
from graph.model import iri
from graph.model.vocabulary import shapes_text, uniqueness_queries, vocabulary_triples
from graph.validation.inputs import MergedGraph, merged
from graph.validation.origin import base_of
from graph.validation.reference import reference
from graph.validation.report import Report
from graph.validation.result import Result, in_order
from graph.validation.rows import RowIndex, with_rows
from graph.validation.sample import Agreement, cross_check
from graph.validation.shapes import Shapes, read_shapes
from graph.validation.shards import fast_in_shards
from graph.validation.uniqueness import uniqueness_results

__all__ = [
    "Agreement",
    "MergedGraph",
    "Report",
    "Result",
    "RowIndex",
    "Shapes",
    "cross_check",
    "merged",
    "read_shapes",
    "uniqueness_results",
    "validate",
    "validate_command",
    "validate_files",
    "validate_graph",
]

Engine = Literal["fast", "reference"]

RESULTS_AT_MOST = 200_000
"""A shape that fails everywhere must not fill the memory with results; beyond this, the report says it is cut."""


def validate_graph(
    graph: MergedGraph,
    shapes: Shapes,
    rows: RowIndex | None = None,
    engine: Engine = "fast",
    limit: int = RESULTS_AT_MOST,
    shard: int | None = None,
) -> Report:
    """Validate with one engine; `rows` tells source and row of the nodes reported."""
    if engine == "reference":
        results = reference((line for line, *_ in graph.lines()), shapes.ntriples)
        name = "pyshacl"
    else:
        results = fast_in_shards(graph, shapes, limit, shard)
        name = "shacl"
    placed = with_rows(in_order(results), rows)
    return Report(placed, name, graph.triples, cut=engine == "fast" and len(results) >= limit)


def validate_files(
    files: Sequence[Path],
    shapes: str,
    rows: RowIndex | None = None,
    engine: Engine = "fast",
    base: str | None = None,
) -> Report:
    """Validate .nq, .nt and .ttl files (.gz or not) together as one graph, against shapes in Turtle."""
    parsed = Shapes.parse(shapes, base=base)
    with merged(files, base) as graph:
        return validate_graph(graph, parsed, rows, engine)


def validate(
    files: Sequence[Path],
    rows: RowIndex | None = None,
    shapes: str | None = None,
    queries: Mapping[str, str] | None = None,
    base: str | None = None,
    context: Iterable[str] = (),
) -> Report:
    """What a build does: our shapes on the whole graph, the cross-check, and what must be unique.

    The queries see `context` too, lines of N-Triples. Shapes and queries are those of the folder `shapes` unless given.
    ValidationFailed if the engines disagree; violations are for the caller to refuse
    (`Report.require_no_violations`), so that the report can be kept.
    """
    parsed = Shapes.parse(shapes_text() if shapes is None else shapes, base=base)
    queries = uniqueness_queries() if queries is None else queries
    with merged(files, base) as graph:
        report = validate_graph(graph, parsed, rows)
        if not report.cut:
            report = replace(report, checked=cross_check(report, graph, parsed).summary)
        unique = _unique_in(graph, queries, context)
    return report.with_results(with_rows(unique, rows))


def validate_command(files: Sequence[Path], shapes: Path | None = None, base: str | None = None) -> Report:
    """`civsoc validate FILE… [--shapes PLACE]`: print `Report.table`, exit with `Report.exit_code`.

    Rows are named where a `<name>.rows.tsv` lies beside a file. One source's file has no code lists in it, so
    our own queries see those of the vocabulary as well. Unless `base` says otherwise, the base IRI is the one that
    the files were mapped under.
    """
    if not files:
        raise UsageError("validate", "no file given", "name at least one .nq, .nt or .ttl file, .gz or not")
    base = base_of(files, base)
    iri.use_base(base)  # of the sources that the report names
    rows = RowIndex.beside(files)
    if shapes is None:
        return validate(files, rows, base=base, context=vocabulary_triples(base))
    text, queries = read_shapes(shapes)
    return validate(files, rows, shapes=text, queries=queries, base=base)


def _unique_in(graph: MergedGraph, queries: Mapping[str, str], context: Iterable[str]) -> Sequence[Result]:
    """Run the queries on a store on disk: in memory, a large graph would take several times its size."""
    if not queries:
        return ()
    with tempfile.TemporaryDirectory(prefix="civsoc-", dir=graph.path.parent) as folder:
        store = ox.Store(folder)
        store.bulk_load(path=graph.path, format=ox.RdfFormat.N_TRIPLES)
        store.bulk_load("\n".join(context), ox.RdfFormat.N_TRIPLES)
        results = uniqueness_results(store, queries)
        del store  # it holds files open in the folder that is about to go
    return results
