"""The command `fetch` with pages."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.mapping.run import map_source
from graph.model import iri
from graph.sources.source import Source
from tests.support.feeds import ALISS, Query
from tests.support.paths import ROOT
from tests.support.publishing import Answer, Site, site


@pytest.fixture
def aliss() -> Iterator[Site]:
    """A server with two pages of ALISS."""
    pages = [json.loads((ALISS / name).read_text("utf-8")) for name in ("v4-services-search.json", "v3-search.json")]

    def answer(_path: str, query: Query) -> Answer:
        number = int(query.get("page", "1"))
        return Answer.json({**pages[number - 1], "count": 4, "next": f"{at.url}/api/?page=2" if number == 1 else None})

    with site(answer) as at:
        yield at


def test_the_command_fetches_pages_from_an_address(aliss: Site, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-c",
        "from endpoint.cli.commands import main; main()",
        "fetch",
        "aliss",
        "--to",
        str(tmp_path),
    ]
    done = subprocess.run(
        [*command, "--url", f"{aliss.url}/api/"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    held = sorted((tmp_path / "aliss" / "whole").glob("page-*.json"))
    assert [str(path) in done.stdout.replace("\n", "") for path in held] == [True, True]
    assert map_source(Source.named("aliss"), held, tmp_path / "out.nq", iri.DEFAULT_BASE).rows == 4
