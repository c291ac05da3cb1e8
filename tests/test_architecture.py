"""The tree as docs/architecture.md draws it: imports run one way, and folders hold what their names say."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.support.import_graph import circles, imports_in

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
TOPS = ("graph", "endpoint", "mappings", "ontology", "shapes")


@pytest.mark.parametrize("folder", ["graph", "endpoint", "mappings", "tests"])
def test_no_folder_or_module_imports_in_a_circle_at_any_depth(folder: str) -> None:
    assert circles(imports_in(ROOT, folder)) == []


def test_a_planted_circle_is_found_at_its_depth(tmp_path: Path) -> None:
    for name, text in {
        "house/__init__.py": "",
        "house/cellar/__init__.py": "",
        "house/cellar/stairs.py": "from house.attic.roof import ridge",
        "house/attic/__init__.py": "",
        "house/attic/roof.py": "from house.garden import tree",
        "house/garden.py": "def late():\n    from house.cellar import stairs",
        "house/shed.py": "from house import garden",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    around = ["house.attic", "house.cellar", "house.garden"]
    modules = ["house.attic.roof", "house.cellar.stairs", "house.garden"]
    assert circles(imports_in(tmp_path, "house")) == [around, modules]


@pytest.mark.parametrize("top", ["graph", "endpoint"])
def test_every_folder_says_what_lives_there(top: str) -> None:
    folders = {file.parent for file in (ROOT / top).rglob("*.py")}
    silent = [str(folder.relative_to(ROOT)) for folder in folders if not _docstring(folder).startswith('"""')]
    assert silent == []


def _docstring(folder: Path) -> str:
    return (folder / "__init__.py").read_text("utf-8")


def test_the_page_names_every_folder_and_no_other() -> None:
    named = {path.rstrip("/") for path in re.findall(r"`([\w/]+/)`", PAGE)}
    folders = {
        str(file.parent.relative_to(ROOT)) for top in TOPS for file in (ROOT / top).rglob("*.*") if shipped(file)
    }
    assert sorted(folders - named - set(TOPS)) == []
    assert sorted(path for path in named if not (ROOT / path).is_dir()) == []


def shipped(file: Path) -> bool:
    return "__pycache__" not in file.parts and file.is_file()


def test_the_page_has_the_layers_that_the_imports_are_checked_by() -> None:
    """Every contract of layers, in its order, and no other."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    checked = {it["containers"][0]: it["layers"] for it in contracts if it["type"] == "layers"}
    drawn = re.findall(r"^```text layers=(\S+)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    assert {container: block.splitlines() for container, block in drawn} == checked


def test_the_picture_has_a_text_for_those_who_do_not_see_it() -> None:
    pictures = re.findall(r"!\[(.*?)\]\((.*?)\)", PAGE, re.DOTALL)
    assert [path for _, path in pictures] == ["images/architecture.svg"]
    assert len(pictures[0][0]) > 100
