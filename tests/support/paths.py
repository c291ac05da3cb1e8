"""Where things lie: the checkout, the real files beside it, and the fixture and golden files of each source."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("CIVSOC_DATA", ROOT.parent / "shared" / "data"))
"""The folder of real files, which need not be there."""

SOURCES = ROOT / "tests" / "sources"


def fixture_folder(source: str) -> Path:
    """The folder of the files that a source is tested with."""
    return SOURCES / source / "fixture"


def fixtures(source: str) -> tuple[Path, ...]:
    """The files that a source is tested with, one for each of its tables."""
    return tuple(sorted(fixture_folder(source).iterdir()))


def fixture(source: str) -> Path:
    """The file that a source of one table is tested with."""
    return fixture_folder(source) / f"{source}.csv"


def golden(source: str) -> Path:
    """The statements that the fixture of a source becomes."""
    return SOURCES / source / "golden.nq"


def golden_problems(source: str) -> Path:
    """The problems that are found in the fixture of a source."""
    return SOURCES / source / "golden.problems.txt"
