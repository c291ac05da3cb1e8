"""The walkthrough of the documentation makes a source that builds, and a term that does not exist stops the build."""

import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.build.plan import read_plan
from graph.build.run import FAILED, build
from graph.errors import ValidationFailed
from graph.model.terms import CIV, RDF
from graph.release.folder import Releases
from graph.validation.run import validate_command
from tests.support.paths import ROOT
from tests.support.sources.new_source import mapped, problems


@pytest.fixture
def walkthrough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with the files of the example in the documentation, as somebody has them who follows it."""
    page = (ROOT / "docs" / "adding-a-source.md").read_text("utf-8")
    blocks = dict(re.findall(r"^```\w+ file=\S*?([\w.]+)\n(.*?)^```", page, re.DOTALL | re.MULTILINE))
    assert blocks.keys() == {
        *("foodbanks.toml", "foodbanks.py", "foodbanks.csv", "golden.problems.txt", "civsoc.toml"),
    }
    for name, text in blocks.items():
        (tmp_path / name).write_text(text, "utf-8")
    package = importlib.import_module("mappings")
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    yield tmp_path
    sys.modules.pop("mappings.foodbanks", None)


def test_the_walkthrough_in_the_documentation_makes_a_source(walkthrough: Path) -> None:
    run = mapped("foodbanks", walkthrough / "out.nq", walkthrough / "foodbanks.csv")
    assert problems(run) == (walkthrough / "golden.problems.txt").read_text("utf-8")
    assert "Volunteer" not in run.output.read_text("utf-8")
    assert run.output.read_text("utf-8").count(f"{RDF.type} {CIV.Organisation}") == 4
    assert validate_command([run.output]).results == ()


def test_the_walkthrough_in_the_documentation_builds_as_it_says(walkthrough: Path) -> None:
    manifest = build(read_plan(walkthrough / "civsoc.toml"), out=walkthrough / "out")
    assert [(source.name, source.rows) for source in manifest.sources] == [("foodbanks", 5)]


def test_a_build_refuses_a_term_that_the_vocabulary_lacks(walkthrough: Path) -> None:
    mapping = walkthrough / "foodbanks.py"
    mapping.write_text(mapping.read_text("utf-8").replace("CIV.mainOperatingArea", "CIV.mainOperatingTown"), "utf-8")
    with pytest.raises(ValidationFailed):
        build(read_plan(walkthrough / "civsoc.toml"), out=walkthrough / "out")
    assert "mainOperatingTown" in (walkthrough / "out" / FAILED / "report.txt").read_text("utf-8").replace("\n", "")
    assert Releases(walkthrough / "out").current() is None
