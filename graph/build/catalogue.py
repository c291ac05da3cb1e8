"""What the graph says of itself: its sources, in the graph `catalogue`."""

from collections.abc import Iterable, Iterator

from graph.errors import MappingError
from graph.model import iri
from graph.model.node import Node
from graph.model.own_graphs import OWN_GRAPHS
from graph.model.terms import CIV, DCAT, DCT, Iri
from graph.release.manifest import SourceEntry
from graph.sources.planned import PlannedSource


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
            f"source {planned.name}", f"{text!r} is not an address ({fault})", "correct it in its .toml, or its url"
        ) from None
