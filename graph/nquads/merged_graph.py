"""A file of N-Triples as text, read in streams by those who check it: sorted or not, ours or somebody else's."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.nquads.lines import beginning_with

Line = tuple[str, str, str, str]
"""A line, and its subject, predicate and object as written."""

LINES_PER_LOOKUP = 100
"""Lines read in the time that one thing is looked up."""


@dataclass(frozen=True)
class MergedGraph:
    """A file of N-Triples, one statement a line as `subject predicate object .`, single spaces between them.

    Statements that several files make are in it once for each: `triples` counts lines.
    """

    path: Path
    triples: int
    in_order: bool = False
    """Whether the lines are sorted by their bytes."""

    def lines(self) -> Iterator[Line]:
        """All lines."""
        with self.path.open(encoding="utf-8", newline="\n") as lines:
            yield from map(cut, lines)

    def stating(self, predicate: str) -> Iterator[Line]:
        """The lines that state a property."""
        named = f" {predicate} "
        with self.path.open(encoding="utf-8", newline="\n") as lines:
            found = (cut(line) for line in lines if named in line)
            yield from (line for line in found if line[2] == predicate)

    def about(self, subjects: Collection[str]) -> Iterator[Line]:
        """The lines about some things: few are looked up where lines are in order, many are met on the way through."""
        if self.in_order and len(subjects) * LINES_PER_LOOKUP < self.triples:
            for subject in sorted(subjects):
                for line in beginning_with(self.path, f"{subject} ".encode()):
                    yield cut(line.decode())
        else:
            yield from (line for line in self.lines() if line[1] in subjects)

    def first_uses(self, class_property: str) -> dict[str, str]:
        """Each property and each class (what `class_property` points to), with the first subject that has it."""
        found: dict[bytes, bytes] = {}
        classes = f"<{class_property}>".encode()
        with self.path.open("rb") as lines:
            for line in lines:
                subject, predicate, rest = line.split(b" ", 2)
                if predicate not in found:
                    found[predicate] = subject
                if predicate == classes:
                    found.setdefault(rest[:-3], subject)
        return {term.decode(): subject.decode() for term, subject in found.items()}


def cut(line: str) -> Line:
    """A line with its terms.

    >>> cut('<x:s> <x:p> "a b" .\\n')[1:]
    ('<x:s>', '<x:p>', '"a b"')
    """
    subject, predicate, rest = line.split(" ", 2)
    return line, subject, predicate, rest[:-3]
