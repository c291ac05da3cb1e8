"""The form of directories: lists of local organisations, in CSV, XLSX or JSON, in the profile's columns or in others.

A list that has columns of its own brings a small TOML that says which column is which (`columns.py`). What it calls
personal goes no further than here.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from graph.acquisition.readers.directory.tables import recognised
from graph.model.rows.sheet import Sheet
from graph.sources.source import Source

__all__ = ["read"]


def read(files: Sequence[Path], source: Source) -> Iterator[Sheet]:
    """A sheet for each table of each file."""
    for found in recognised(files, source):
        found.refuse_strange()
        yield Sheet(found.name, found.table, found.items())
