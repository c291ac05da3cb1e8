"""The project's own files: locks, layout, wheel."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.conftest import LONG
from tests.support.lock import BUILD_TOOLS, LOCKS
from tests.support.paths import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
NAME = re.compile(r"[A-Za-z0-9_.-]+")


def names(requirements: list[str]) -> set[str]:
    found = (NAME.match(requirement) for requirement in requirements)
    return {match.group().lower().replace("_", "-") for match in found if match}


def locked(lock: str) -> dict[str, str]:
    """The locked packages and, for each, its whole entry."""
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text("utf-8"))
    return {next(iter(names([entry]))): entry for entry in entries if entry.strip()}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_covers_every_dependency_by_hash_and_tells_no_address(lock: str) -> None:
    wanted = names(PROJECT["dependencies"] + BUILD_TOOLS.split())
    if lock == "requirements-dev.lock":
        wanted |= names(PROJECT["optional-dependencies"]["dev"])
    entries = locked(lock)
    assert wanted <= entries.keys()
    assert [name for name, entry in entries.items() if "--hash=sha256:" not in entry] == []
    assert "://" not in (ROOT / lock).read_text("utf-8")


def test_both_locks_agree() -> None:
    running, developing = (
        {name: entry.split()[0] for name, entry in locked(lock).items()}
        for lock in ("requirements.lock", "requirements-dev.lock")
    )
    assert {name: developing[name] for name in running} == running


def test_no_dependency_lacks_its_reason() -> None:
    reasons = (ROOT / "docs" / "decisions" / "dependencies.md").read_text("utf-8").lower()
    every = names(PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"])
    assert [name for name in sorted(every) if f"`{name}`" not in reasons] == []


PAGES = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md"]


def anchors(page: Path) -> set[str]:
    """The addresses of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?", path.read_text("utf-8"))
    targets = [(path.parent / file if file else path, anchor) for file, anchor in links]
    assert [str(target) for target, _ in targets if not target.exists()] == []
    assert [f"{target}#{anchor}" for target, anchor in targets if anchor and anchor not in anchors(target)] == []


def test_modules_that_begin_first_exist() -> None:
    assert [path for path in LONG if not (ROOT / path).is_file()] == []
