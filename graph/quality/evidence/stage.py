"""The stage `grade` of a build: from the resolved graphs to the graph `evidence`."""

from collections.abc import Sequence
from pathlib import Path

from graph.identity.rewrite import aliases_in
from graph.identity.rules import Rules
from graph.model import iri
from graph.model.own_graphs import EVIDENCE, IDENTITY
from graph.nquads.lines import BUFFER
from graph.quality.evidence.grades import graded
from graph.quality.evidence.reading import read
from graph.sources.source_graph import SourceGraph


def grade_parts(parts: Sequence[SourceGraph], rules: Rules, scratch: Path) -> None:
    """Write the sorted N-Quads of the evidence for each organisation beside the graph `identity`."""
    sources = [(part.entry.name, part.entry.date, part.graph) for part in parts]
    evidence = read(sources, rules, aliases_in(scratch / f"{IDENTITY}.nq"))
    graph = iri.source(EVIDENCE)
    with (scratch / f"{EVIDENCE}.nq").open("wb", BUFFER) as out:
        for node in graded(evidence):  # in order of their IRIs, so that the lines of each are all there is to sort
            out.writelines(sorted(node.quads(graph).encode().splitlines(keepends=True)))
