"""A fault found in the data: where it stands, what is wrong, and what would mend it."""

from dataclasses import dataclass

from graph.words.redact import redact
from graph.words.terms import Iri

LONGEST_VALUE = 200
"""Characters of an offending value that are shown: enough to find it, too little to publish a text by accident."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault; `row` counts as a spreadsheet does (the header is row 1), `about` is the thing it concerns."""

    source: str
    file: str
    row: int
    column: str
    value: str
    fault: str
    remedy: str
    about: Iri | None = None

    @property
    def place(self) -> str:
        """Where to look, as messages write it."""
        return f"{self.file}:{self.row}"

    def __str__(self) -> str:
        named = [repr(part) for part in (self.column, self.value) if part]
        return f"{self.place}: {' '.join([*named, self.fault])}; {self.remedy}"


def shown(value: str) -> str:
    """A value as a problem may show it: personal data out, cut to `LONGEST_VALUE` characters, one line.

    >>> shown("write to jo@example.org")
    'write to [e-mail removed]'
    """
    cut = value[: LONGEST_VALUE * 2]
    return " ".join(redact(cut).split())[:LONGEST_VALUE]
