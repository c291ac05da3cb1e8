"""The real files of a source, by the names that the build of all real files gives: no test takes what lies in a folder.

A folder of real files may get more of them at any time, which must not change what a test counts.
"""

import tomllib
from functools import cache
from pathlib import Path

from tests.support.paths import DATA, ROOT

__all__ = ["BUILD_FILE", "real_files"]

BUILD_FILE = ROOT / "tests" / "real" / "civsoc.toml"
_BEFORE = "shared/data/"


@cache
def real_files(source: str, ending: str = "") -> tuple[Path, ...]:
    """The files of a source in their order by name; with an ending, those alone that have it."""
    table = tomllib.loads(BUILD_FILE.read_text("utf-8"))["sources"][source]
    files = table["files"] if "files" in table else [table["file"]]
    return tuple(sorted(DATA / file.partition(_BEFORE)[2] for file in files if file.endswith(ending)))
