"""The form of source `threesixty`: grants as the 360Giving Data Standard has them, in each form they are published in.

JSON packages are read as they are; CSV and XLSX are unflattened by the standard's own tool; the flattened list of
GrantNav's early days is a table of its own. Each grant is checked against the standard's schema, a grant that several
files hold is read once, and grants to individuals and personal fields go no further than here.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from graph.acquisition.readers.threesixty.copies import Copies
from graph.acquisition.readers.threesixty.files import GrantFile, opened
from graph.acquisition.readers.threesixty.grants import Reading
from graph.acquisition.readers.threesixty.registry import read_registry
from graph.model.rows.sheet import Sheet
from graph.sources.source import Source

__all__ = ["read"]


def read(files: Sequence[Path], source: Source) -> Iterator[Sheet]:
    """A sheet a file. A registry of 360Giving among the files gives the publishers of the others, by their names."""
    registry, packages = read_registry(files)
    with ExitStack() as scratch:
        grant_files = [scratch.enter_context(opened(file, registry)) for file in packages]
        copies = Copies.of(grant_files)
        for number in range(len(grant_files)):
            yield _sheet(source, number, grant_files, copies)


def _sheet(source: Source, number: int, files: Sequence[GrantFile], copies: Copies) -> Sheet:
    file = files[number]
    return Sheet(file.name, file.table, Reading(source.name, number, files, copies).items())
