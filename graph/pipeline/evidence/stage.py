"""The stage `grade` of a build: from the resolved graphs to the graph `evidence`."""

from collections.abc import Sequence
from pathlib import Path

from graph.pipeline import catalogue
from graph.pipeline.evidence.grades import graded
from graph.pipeline.evidence.reading import read
from graph.pipeline.identity.rewrite import aliases_in
from graph.pipeline.identity.rules import Rules
from graph.pipeline.parts import Part
from graph.pipeline.sorted.lines import BUFFER
from graph.words import iri


def grade_parts(parts: Sequence[Part], rules: Rules, scratch: Path) -> None:
    """Write the sorted N-Quads of how well each organisation is attested beside the graph `identity`."""
    sources = [(part.entry.name, part.entry.date, part.graph) for part in parts]
    evidence = read(sources, rules, aliases_in(scratch / f"{catalogue.IDENTITY}.nq"))
    graph = iri.source(catalogue.EVIDENCE)
    with (scratch / f"{catalogue.EVIDENCE}.nq").open("wb", BUFFER) as out:
        for node in graded(evidence):  # in order of their IRIs, so that the lines of each are all there is to sort
            out.writelines(sorted(node.quads(graph).encode().splitlines(keepends=True)))
