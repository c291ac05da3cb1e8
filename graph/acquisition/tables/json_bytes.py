"""The bytes of a JSON file as its parser gets them: none that would crash it, or keep it busy without end."""

import re
from pathlib import Path
from typing import IO

from graph.errors import InputError

LARGEST_CELL = 1024 * 1024
"""Characters in one cell; the longest objective of a real charity is some 20,000."""

LONGEST_TEXT = 12 * LARGEST_CELL
"""Bytes of a text, or of blanks: JSON writes some characters in twelve."""

CHUNK = 4096
"""Bytes parsed at once. The parser names the place of each event, so that nested brackets take their number squared."""

_ENDLESS = b"0" * 1000
_DIGITS = bytes(ord("0") if chr(code).isdigit() and code < 128 else code for code in range(256))
_STEPS = re.compile(rb'\\.|"', re.DOTALL)


class JsonBytes:
    """A file of JSON for a parser to read; its owner sets `since` to 0 at each event of the parser.

    The parser reads the beginning of an unfinished text again with each chunk, so a long one would take its length
    squared: within a text, chunks grow with it. Elsewhere they stay small.
    """

    since = 0
    """Bytes read since the last event of the parser."""

    def __init__(self, path: Path, binary: IO[bytes]) -> None:
        self._path, self._binary = path, binary
        self._ahead = b""
        self._last = b""
        """The end of what was read."""
        self._blank = True
        """Whether nothing but blanks was read since the last event of the parser."""

    def read(self, size: int = -1) -> bytes:
        """Read on; InputError at a number or a text that no cell may hold."""
        if not self.since:
            self._blank = True
        chunk = self._within_text() if self.since >= CHUNK and not self._blank else self._next(size)
        self._refuse_endless_numbers(chunk)
        self.since += len(chunk)
        self._blank = self._blank and chunk.isspace()
        if self.since > LONGEST_TEXT:
            fact = f"holds a text of more than {LARGEST_CELL:,} characters, or blanks without end"
            raise InputError(self._path.name, fact, "cut it")
        return chunk

    def _next(self, size: int) -> bytes:
        chunk = self._ahead[:size] or self._binary.read(size)
        self._ahead = self._ahead[len(chunk) :] if self._ahead else b""
        return chunk

    def _within_text(self) -> bytes:
        """As much again as the parser has of the text, but nothing that follows its end."""
        more = self._ahead + self._binary.read(max(CHUNK, self.since - len(self._ahead)))
        begun = (len(self._last) - len(self._last.rstrip(b"\\"))) % 2  # an escape, whose second half comes now
        ends = (found.end() for found in _STEPS.finditer(more, begun) if found.group() == b'"')
        end = next(ends, len(more))
        self._ahead = more[end:]
        return more[:end]

    def _refuse_endless_numbers(self, chunk: bytes) -> None:
        """The parser would crash on one."""
        digits = self._last.translate(_DIGITS) + chunk.translate(_DIGITS)
        if _ENDLESS in digits:
            remedy = "correct it; if it is a code and not a number, write it as a text"
            raise InputError(self._path.name, f"holds more than {len(_ENDLESS):,} digits in a row", remedy)
        self._last = (self._last + chunk)[-len(_ENDLESS) :]
