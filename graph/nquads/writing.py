"""Writing what we say ourselves as a sorted graph; what is mapped from files goes through `lines.sorting`."""

from collections.abc import Iterable
from pathlib import Path

from graph.model import iri
from graph.model.node import Node


def write_graph(nodes: Iterable[Node], name: str, target: Path) -> None:
    """Write nodes as the sorted N-Quads of a named graph."""
    write_triples((triple for node in nodes for triple in node.triples()), name, target)


def write_triples(triples: Iterable[str], name: str, target: Path) -> None:
    """Write N-Triples lines as the sorted, unique N-Quads of a named graph; what we say ourselves fits in memory."""
    end = f"{iri.source(name)} .\n"
    quads = {f"{triple.removesuffix('.')}{end}".encode() for triple in triples}
    target.write_bytes(b"".join(sorted(quads)))
