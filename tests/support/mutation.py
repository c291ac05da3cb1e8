"""Faults planted by hand: one change of the code each, in a copy of the checkout, and the tests that must notice it."""

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.paths import ROOT

LIST = ROOT / "tests" / "mutation" / "faults.toml"

COPIED = ("docs", "endpoint", "graph", "mappings", "ontology", "sample", "shapes", "tests")
"""The folders of the checkout that tests need."""

SECONDS = 300
"""A fault that keeps its tests busy for longer is noticed: they would not end."""


@dataclass(frozen=True)
class Fault:
    """A text of a file, what it becomes, and the test modules or folders that must fail then."""

    file: str
    before: str
    after: str
    tests: Sequence[str]

    @property
    def name(self) -> str:
        """The file and what its text becomes, on one line."""
        return f"{self.file}: {' '.join(self.before.split())} → {' '.join(self.after.split())}"


def faults() -> list[Fault]:
    """The list, in its order."""
    return [Fault(**each) for each in tomllib.loads(LIST.read_text("utf-8"))["fault"]]


def copied(folder: Path) -> Path:
    """A copy of the checkout without what runs leave behind; a test run within it imports nothing from the original."""
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "out", ".*"))
    for file in ROOT.glob("*.*"):
        if file.is_file():
            shutil.copy(file, folder)
    return folder


def noticed(fault: Fault, checkout: Path) -> bool:
    """Whether one of its tests fails in a copy that has the fault; the copy is as it was afterwards."""
    file = checkout / fault.file
    text = file.read_text("utf-8")
    file.write_text(text.replace(fault.before, fault.after), "utf-8")
    try:
        return fails(fault.tests, checkout)
    finally:
        file.write_text(text, "utf-8")


def fails(tests: Sequence[str], checkout: Path) -> bool:
    """Whether a test fails in a copy. A run that finds no test to run is a mistake in the list, and no failure."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-m", "not prove", *tests]
    here = {"PYTHONPATH": str(checkout), "CIVSOC_DATA": str(checkout / "none"), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        run = subprocess.run(command, cwd=checkout, env=os.environ | here, capture_output=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return True
    assert run.returncode in (0, 1, 2), run.stdout.decode()[-2000:]
    return run.returncode != 0
