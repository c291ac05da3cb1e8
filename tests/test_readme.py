"""The README is true: its query has its answer, its commands exist, the table of sources names those there are."""

import re
from pathlib import Path

import pytest
from pyoxigraph import Literal, Store

from graph.model.query import select
from graph.sources.source import source_names
from tests.support.pages_of_docs import README, cells
from tests.support.paths import ROOT


def test_the_query_on_the_first_screen_has_the_answer_below_it(sample_out: Path) -> None:
    found = re.search(r"```sparql\n(.*?)```\n\n(.*?)\n\n", README, re.DOTALL)
    assert found
    query, table = found.groups()
    store = Store.read_only(str(sample_out / "current" / "store"))
    answer = select(store, query)
    names = [variable.value for variable in answer.variables]
    rows = [[term.value for term in row if isinstance(term, Literal)] for row in answer]
    header, _, *body = table.splitlines()
    assert (cells(header), [cells(line) for line in body]) == (names, rows)


def test_the_pictures_are_there() -> None:
    pictures = re.findall(r"!\[.*?\]\((.*?)\)", README)
    assert pictures
    assert [path for path in pictures if not (ROOT / path).is_file()] == []


def test_every_source_has_a_row_and_a_page() -> None:
    sources = ROOT / "docs" / "sources"
    table = (sources / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| \[((?:`\w+`(?:, )?)+)\]\((\w+\.md)\)", table, re.MULTILINE)
    named = [(name, page) for names, page in rows for name in re.findall(r"`(\w+)`", names)]
    assert sorted(name for name, _ in named) == list(source_names())
    assert [page for _, page in named if not (sources / page).is_file()] == []


def test_ones_own_graph_comes_before_the_table_of_sources() -> None:
    own, sources = README.index("## Your own graph"), README.index("(docs/sources/README.md)")
    assert own < sources
    assert "](docs/sources/oscr.md)" not in README


@pytest.mark.parametrize("target", ["run", "test", "install", "check"])
def test_the_make_targets_it_names_exist(target: str) -> None:
    assert f"make {target}" in README
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
