"""Which keys the rows of a source had, so that duplicates are reported.

Keys and contents are remembered by their hashes: those of millions of rows would fill the memory.
"""

from collections.abc import Sequence
from typing import NamedTuple

from graph.model.rows.row import Row

# Where a key was first seen, in one integer: number of the file, row, part of the hash of the record.
_CONTENT_BITS, _ROW_BITS = 32, 32
_CONTENT_MASK, _ROW_MASK = (1 << _CONTENT_BITS) - 1, (1 << _ROW_BITS) - 1


class Earlier(NamedTuple):
    """An earlier row with the same key."""

    file: int
    row: int
    equal: bool
    """Cell for cell."""


class Keys:
    """The keys of one run, all tables and files."""

    def __init__(self) -> None:
        self._seen: dict[int, int] = {}

    def earlier(self, row: Row, columns: Sequence[str], file: int) -> Earlier | None:
        """The first row that had this row's key; None if this one is the first, which is remembered."""
        content = row.content_hash() & _CONTENT_MASK
        here = (file << _ROW_BITS | row.number) << _CONTENT_BITS | content
        first = self._seen.setdefault(row.key_hash(columns), here)
        if first == here:
            return None
        place = first >> _CONTENT_BITS
        return Earlier(place >> _ROW_BITS, place & _ROW_MASK, first & _CONTENT_MASK == content)
