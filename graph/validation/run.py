"""Validation: what every build does with its whole graph, and `civsoc validate` with files.

The fast engine validates the graph against the shapes, SPARQL checks what must be unique in it, and the reference
engine validates a sample again. Subclass axioms are followed only where the data states them; nothing is inferred.
"""

import tempfile
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from graph.model import iri
from graph.model.vocabulary.files import shapes_text, uniqueness_queries, vocabulary_triples
from graph.nquads.merged_graph import MergedGraph
from graph.validation.fast import fast_in_shards
from graph.validation.inputs import merged
from graph.validation.recheck import cross_check
from graph.validation.results.origin import base_of
from graph.validation.results.report import Report
from graph.validation.results.result import in_order
from graph.validation.results.rows import RowIndex, with_rows
from graph.validation.shapes import Shapes, read_shapes
from graph.validation.terms import undefined_terms
from graph.validation.uniqueness import uniqueness_results

IN_MEMORY_AT_MOST = 1_000_000
"""Statements that are stored in memory for queries, in some 600 MB: on disk takes twice the time."""

RESULTS_AT_MOST = 200_000
"""A shape that fails everywhere must not fill the memory with results; beyond this, the report says it is cut."""


@dataclass(frozen=True)
class Constraints:
    """What a graph must meet: the shapes, and queries for what must be unique in the whole of it."""

    shapes: Shapes
    queries: Mapping[str, str]
    vocabulary: bool = False
    """Whether the terms of our own namespace must be defined: the graph, or its context, holds the vocabulary."""

    @classmethod
    @lru_cache(maxsize=2)
    def own(cls, base: str) -> "Constraints":
        """Those of the folder `shapes`, for IRIs under this base."""
        return cls(Shapes.parse(shapes_text(), base=base), uniqueness_queries(), vocabulary=True)

    @classmethod
    def at(cls, place: Path, base: str) -> "Constraints":
        """Those of another folder, or the shapes of a file."""
        text, queries = read_shapes(place)
        return cls(Shapes.parse(text, base=base), queries)


def validate(graph: MergedGraph, constraints: Constraints, store: ox.Store, rows: RowIndex | None = None) -> Report:
    """The results of shapes on the graph and of queries on a store of it; `rows` gives source and row of their nodes.

    The caller keeps the report, refuses violations (`Report.require_no_violations`) and runs `cross_check`.
    """
    report = validate_shapes(graph, constraints.shapes)
    unique = uniqueness_results(store, constraints.queries)
    undefined = undefined_terms(graph, store) if constraints.vocabulary else ()
    return replace(report, results=with_rows(in_order((*report.results, *unique, *undefined)), rows))


def validate_shapes(
    graph: MergedGraph, shapes: Shapes, limit: int = RESULTS_AT_MOST, shard: int | None = None
) -> Report:
    """The results of the fast engine alone; it takes `shard` statements at once, or what there is memory for."""
    results = fast_in_shards(graph, shapes, limit, shard)
    return Report(in_order(results), "shacl", graph.triples, cut=len(results) >= limit)


def validate_files(
    files: Sequence[Path],
    constraints: Constraints,
    base: str | None = None,
    context: Iterable[str] = (),
    rows: RowIndex | None = None,
) -> Report:
    """Validate .nq, .nt and .ttl files (.gz or not) together as one graph, and cross-check the report.

    The queries see `context` too, lines of N-Triples. ValidationFailed if the engines disagree.
    """
    with merged(files, base) as graph, _stored(graph, constraints, context) as store:
        report = validate(graph, constraints, store, rows)
        if report.cut:
            return report
        return replace(report, checked=cross_check(report, graph, constraints.shapes).summary)


def validate_command(files: Sequence[Path], shapes: Path | None = None, base: str | None = None) -> Report:
    """`civsoc validate FILE… [--shapes PLACE]`: print `Report.table`, exit with `Report.exit_code`.

    Rows are named where a `<name>.rows.tsv` lies beside a file. One source's file has no code lists in it, so
    our own queries see those of the vocabulary as well. Unless `base` says otherwise, the base IRI is the one that
    the files were mapped under.
    """
    base = base_of(files, base)
    iri.use_base(base)  # of the sources that the report names
    rows = RowIndex.beside(files)
    if shapes:
        return validate_files(files, Constraints.at(shapes, base), base, rows=rows)
    return validate_files(files, Constraints.own(base), base, vocabulary_triples(base), rows)


@contextmanager
def _stored(graph: MergedGraph, constraints: Constraints, context: Iterable[str]) -> Generator[ox.Store]:
    """The graph for queries, if there are any: on disk where it is large, for in memory it takes several times that."""
    if not constraints.queries:
        yield ox.Store()
    elif graph.triples <= IN_MEMORY_AT_MOST:
        yield _filled(ox.Store(), graph, context)
    else:
        with tempfile.TemporaryDirectory(prefix="civsoc-", dir=graph.path.parent) as folder:
            yield _filled(ox.Store(folder), graph, context)


def _filled(store: ox.Store, graph: MergedGraph, context: Iterable[str]) -> ox.Store:
    store.bulk_load(path=graph.path, format=ox.RdfFormat.N_TRIPLES)
    store.bulk_load("\n".join(context), ox.RdfFormat.N_TRIPLES)
    return store
