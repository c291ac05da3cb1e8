"""The command `fetch` with pages."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.mapping.run import map_source
from graph.model import iri
from graph.sources.source import Source
from tests.support.feeds import aliss_site
from tests.support.paths import ROOT
from tests.support.publishing import Site


@pytest.fixture
def aliss() -> Iterator[Site]:
    with aliss_site() as site:
        yield site


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
