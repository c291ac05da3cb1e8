"""The forms that nested data come in: each module reads the files of one form into records, whole and bounded.

A source names its form in its metadata (`form = "threesixty"`); without one its files are tables. A form has one
function, `read(files, source)`, that yields a `Sheet` a file.
"""

from collections.abc import Generator, Sequence
from importlib import import_module
from pathlib import Path
from typing import cast

from graph.model.rows.sheet import Sheet
from graph.sources.source import Source

__all__ = ["sheets"]


def sheets(source: Source, files: Sequence[Path]) -> Generator[Sheet]:
    """The records of a source's files, as the module of its form reads them; close it, as it may keep scratch files."""
    module = import_module(f"{__name__}.{source.form}")
    return cast("Generator[Sheet]", module.read(files, source))
