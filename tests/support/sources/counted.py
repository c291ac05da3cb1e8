"""A real file read both ways: by the csv module, and by the mapping of its source."""

import csv
from collections.abc import Sequence
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from graph.mapping.run import map_source
from graph.model import iri
from graph.model.query import select
from graph.model.terms import PREFIXES
from graph.nquads.mapped import Mapped
from graph.sources.source import Source
from graph.validation.run import validate_command

ORG = "http://localhost:8000/id/organisation/"
Cells = dict[str, str]


def raw(file: Path, encoding: str = "utf-8") -> list[Cells]:
    """The rows of a CSV file, as published."""
    with file.open(encoding=encoding, newline="") as lines:
        return list(csv.DictReader(lines))


class Counted:
    """What the mapping of a source says of some files."""

    def __init__(self, name: str, files: Sequence[Path], folder: Path) -> None:
        self.mapped: Mapped = map_source(Source.named(name), files, folder / f"{name}.nq", iri.DEFAULT_BASE)
        self.store = Store()
        self.store.load(self.mapped.output.read_bytes(), RdfFormat.N_QUADS)

    def table(self, pattern: str) -> list[tuple[str, ...]]:
        """The answer to SELECT, as texts; the pattern is of one graph, and usual prefixes are known."""
        prefixes = "".join(f"PREFIX {name}: <{base}> " for name, base in PREFIXES.items())
        query = f"{prefixes} SELECT {pattern.replace('{', '{ GRAPH ?graph {', 1)} }}"
        return [
            tuple(term.value for term in row if isinstance(term, NamedNode | Literal))
            for row in select(self.store, query)
        ]

    def violations(self) -> list[str]:
        """What the shapes forbid and the mapping says nevertheless."""
        report = validate_command([self.mapped.output])
        return [result.message for result in report.results if result.severity == "Violation"]
