"""Validation of files against shapes: a stage of every build, and the command `civsoc validate`.

The fast engine judges the whole graph, the reference engine a sample of it again, SPARQL what must be unique.
Subclass axioms are followed only where the data states them; nothing is inferred.
"""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from graph.errors import UsageError
from graph.pipeline.validation.inputs import MergedGraph, merged
from graph.pipeline.validation.reference import reference
from graph.pipeline.validation.report import Report
from graph.pipeline.validation.result import Result, in_order
from graph.pipeline.validation.rows import RowIndex, with_rows
from graph.pipeline.validation.sample import Agreement, cross_check
from graph.pipeline.validation.shapes import Shapes, read_shapes
from graph.pipeline.validation.shards import SHARD, fast_in_shards
from graph.pipeline.validation.uniqueness import uniqueness_results

__all__ = [
    "Agreement",
    "Checked",
    "MergedGraph",
    "Report",
    "Result",
    "RowIndex",
    "Shapes",
    "check_files",
    "cross_check",
    "merged",
    "read_shapes",
    "uniqueness_results",
    "validate_command",
    "validate_files",
    "validate_graph",
]

Engine = Literal["fast", "reference"]

RESULTS_AT_MOST = 200_000
"""A shape that fails everywhere must not fill the memory with results; beyond this, the report says it is cut."""


@dataclass(frozen=True)
class Checked:
    """A report, and what the reference engine agreed to; no agreement where nothing was cross-checked."""

    report: Report
    agreement: Agreement | None


def validate_graph(
    graph: MergedGraph,
    shapes: Shapes,
    rows: RowIndex | None = None,
    engine: Engine = "fast",
    limit: int = RESULTS_AT_MOST,
    shard: int = SHARD,
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


def check_files(
    files: Sequence[Path],
    shapes: str,
    rows: RowIndex | None = None,
    sample_size: int = 200,
    seed: int = 0,
    base: str | None = None,
) -> Checked:
    """What a build does: validate with the fast engine, then cross-check; ValidationFailed if engines disagree."""
    parsed = Shapes.parse(shapes, base=base)
    with merged(files, base) as graph:
        report = validate_graph(graph, parsed, rows)
        return Checked(report, None if report.cut else cross_check(report, graph, parsed, sample_size, seed))


def validate_command(
    files: Sequence[Path],
    shapes: str,
    queries: Mapping[str, str],
    base: str | None = None,
) -> Checked:
    """`civsoc validate FILE…`: shapes, cross-check and uniqueness; exit with `.report.exit_code`.

    Rows are named where a `<name>.rows.tsv` lies beside a file. A file that cannot be read is an InputError.
    """
    if not files:
        raise UsageError("validate", "no file given", "name at least one .nq, .nt or .ttl file, .gz or not")
    rows = RowIndex.beside(files)
    parsed = Shapes.parse(shapes, base=base)
    with merged(files, base) as graph:
        report = validate_graph(graph, parsed, rows)
        agreement = None if report.cut else cross_check(report, graph, parsed)
        unique = with_rows(_unique_in(graph, queries), rows)
    return Checked(report.with_results(unique), agreement)


def _unique_in(graph: MergedGraph, queries: Mapping[str, str]) -> Sequence[Result]:
    """Run the queries on a store on disk: in memory, a large graph would take several times its size."""
    if not queries:
        return ()
    with tempfile.TemporaryDirectory(prefix="civsoc-", dir=graph.path.parent) as folder:
        store = ox.Store(folder)
        store.bulk_load(path=graph.path, format=ox.RdfFormat.N_TRIPLES)
        results = uniqueness_results(store, queries)
        del store  # it holds files open in the folder that is about to go
    return results
