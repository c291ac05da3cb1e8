"""A source that is written by a test."""

from pathlib import Path

from graph.mapping.run import map_source
from graph.model import iri
from graph.nquads.mapped import Mapped
from graph.sources.source import Source
from tests.support.paths import fixtures


def mapped(name: str, target: Path, *files: Path) -> Mapped:
    return map_source(Source.named(name), files or fixtures(name), target, iri.DEFAULT_BASE)


def problems(run: Mapped) -> str:
    return "".join(f"{problem}\n" for problem in run.problems)


SOURCE_TOML = """
title = "T"
publisher = "P"
homepage = "https://example.org/"
licence = "https://example.org/licence"
attribution = "A"
{ignore}
[file]
columns = ["key", "read", "unread"]
key = ["key"]
[expect]
rows = 1
problems = 0.1
"""
SOURCE_PY = """
from graph.model import iri
from graph.model.node import Node
from graph.model.terms import CIV, SKOS

def nodes(row):
    thing = Node(iri.organisation("GB-X", row.need("key")), CIV.Organisation)
    thing.add(SKOS.prefLabel, row.text("{column}"))
    yield thing
"""
