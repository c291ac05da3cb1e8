"""A source that is written by a test."""

import importlib
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

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


@contextmanager
def new_source_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    """In a folder, files that make a source, as they would in mappings/, and a file for it to map."""
    package = importlib.import_module("mappings")
    monkeypatch.setattr(package, "__path__", [str(tmp_path), *package.__path__])
    (tmp_path / "novel.csv").write_text("key,read,unread\n1,a,b\n2,,c\n")
    (tmp_path / "novel.toml").write_text(SOURCE_TOML.format(ignore=""))
    (tmp_path / "novel.py").write_text(SOURCE_PY.format(column="read"))
    yield
    sys.modules.pop("mappings.novel", None)
