"""The real files of the register of England and Wales, read by the mapping and, beside it, by hand."""

import json
from pathlib import Path
from typing import cast

from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from graph.mapping.run import map_source
from graph.model import iri
from graph.model.query import select
from graph.nquads.mapped import Mapped
from graph.sources.source import Source
from tests.support.real_files import real_files

ORG = "http://localhost:8000/id/organisation/GB-CHC-"
PREFIXES = """PREFIX civ: <https://w3id.org/civsoc/ns#> PREFIX dct: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX rov: <http://www.w3.org/ns/regorg#>
PREFIX org: <http://www.w3.org/ns/org#> PREFIX owl: <http://www.w3.org/2002/07/owl#>"""
Cells = dict[str, str]


class Run:
    """The files, read both ways."""

    def __init__(self, folder: Path) -> None:
        self.text, self.json = real_files("ccew", ".txt"), real_files("ccew", ".json")
        source = Source.named("ccew")
        self.mapped: Mapped = map_source(source, [*self.text, *self.json], folder / "ccew.nq", iri.DEFAULT_BASE)
        self.store = Store()
        self.store.load(self.mapped.output.read_bytes(), RdfFormat.N_QUADS)

    def rows(self, table: str) -> list[Cells]:
        """The whole rows of a text table, by its name after `charity`."""
        name = f"publicextract.charity{table}.txt"
        file = next(file for file in self.text if file.name == name)
        lines = file.read_bytes().decode("utf-8-sig").split("\r\n")
        records = [line.split("\t") for line in lines if line]
        return [dict(zip(records[0], record, strict=True)) for record in records[1:] if len(record) == len(records[0])]

    def real(self, table: str) -> list[Cells]:
        """The rows of a JSON table, as texts."""
        file = next(file for file in self.json if f"charity_{table}." in file.name)
        rows = cast(list[dict[str, object]], json.loads(file.read_text("utf-8-sig")))
        return [{key: "" if value is None else str(value) for key, value in row.items()} for row in rows]

    def table(self, pattern: str) -> list[tuple[str, ...]]:
        """The answer to SELECT in the graph of the source, as texts."""
        query = f"{PREFIXES} SELECT {pattern.replace('{', '{ GRAPH ?graph {', 1)} }}"
        return [
            tuple(term.value for term in row if isinstance(term, NamedNode | Literal))
            for row in select(self.store, query)
        ]


def subject(row: Cells) -> str:
    linked = row.get("linked_charity_number", "0")
    return f"{ORG}{row['registered_charity_number']}{'' if linked == '0' else f'-{linked}'}"
