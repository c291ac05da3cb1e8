"""The pages for keepers, funders and maintainers, followed to the letter: their files, commands, answers and links."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pyoxigraph import Literal, Store

from endpoint.cli.commands import app
from graph.model.query import select
from tests.support.commands import civsoc_here
from tests.support.endpoint.serving import serving
from tests.support.pages_of_docs import README, cells
from tests.support.paths import ROOT

PAGES = ("for-directory-keepers", "for-funders", "for-maintainers")
GIVEN = {"for-funders": ["oscr-charity-register.csv"]}
"""Files of the sample that a page says to copy."""

BLOCK = re.compile(r"^```(?P<kind>\w+)(?: file=(?P<name>\S+))?\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
ADDRESS = re.compile(r"<?http://localhost:8000(/[^\s>`)]*)")


@dataclass(frozen=True)
class Step:
    """Commands of a page, and what it says that the last of them prints, if it says so."""

    commands: tuple[str, ...]
    printed: str


def steps(page: str, folder: Path) -> Iterator[Step]:
    """The steps of a page in order; its files are written where it has them."""
    blocks = list(BLOCK.finditer(page))
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        if block["name"]:
            (folder / block["name"]).write_text(block["body"], "utf-8")
        elif block["kind"] == "sh":
            told = following["body"] if following and following["kind"] == "text" else ""
            yield Step(tuple(block["body"].splitlines()), told)


@pytest.mark.parametrize("name", PAGES)
def test_the_page_can_be_followed(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "docs" / f"{name}.md").read_text("utf-8")
    for given in GIVEN.get(name, []):
        shutil.copy(ROOT / "sample" / given, tmp_path)
    monkeypatch.chdir(tmp_path)
    for step in steps(page, tmp_path):
        printed = ""
        for command in step.commands:
            if command == "civsoc serve out":
                the_addresses_lead_somewhere(page, tmp_path / "out")
                continue
            done = run(command, monkeypatch)
            assert done.returncode in (0, 1 if command.startswith("civsoc check") else 0), command + done.stderr
            printed = done.stdout
        if step.printed:
            assert printed == step.printed, step.commands
    the_query_has_its_answer(page, tmp_path / "out")


def run(command: str, patch: pytest.MonkeyPatch) -> subprocess.CompletedProcess[str]:
    """A line of a shell; our own command in this process."""
    if command.startswith("civsoc "):
        return civsoc_here(patch, *shlex.split(command)[1:])
    return subprocess.run(command, shell=True, capture_output=True, text=True, check=False)


def the_addresses_lead_somewhere(page: str, out: Path) -> None:
    """Every address of the running service that the page names is one, at this point of the page."""
    paths = sorted(set(ADDRESS.findall(page)) - {"/id/source/oscr"})
    assert paths
    with serving(out, workers=1, long_queries=1) as server:
        found = {path: server.client.get(path, follow_redirects=False).status_code for path in paths}
    assert {path: status for path, status in found.items() if status not in (200, 303)} == {}


def the_query_has_its_answer(page: str, out: Path) -> None:
    """The query of the page, if it has one, and the table below it."""
    if not (found := re.search(r"```sparql\n(.*?)```\n\n(.*?)\n\n", page, re.DOTALL)):
        return
    query, table = found.groups()
    answer = select(Store.read_only(str(out / "current" / "store")), query)
    rows = [[term.value if isinstance(term, Literal) else "" for term in row] for row in answer]
    header, _, *body = table.splitlines()
    assert ([v.value for v in answer.variables], rows) == (cells(header), [cells(line) for line in body])


def test_each_kind_of_reader_finds_its_page_on_the_first_screen() -> None:
    first = README[: README.index("## Start")]
    for name in PAGES:
        assert f"(docs/{name}.md)" in first


def test_every_command_of_the_pages_is_one() -> None:
    known = {str(it.name or (it.callback and it.callback.__name__)) for it in app.registered_commands}
    for name in PAGES:
        page = (ROOT / "docs" / f"{name}.md").read_text("utf-8")
        assert set(re.findall(r"`civsoc ([a-z]+)", page)) <= known, name
