"""Rewriting a sorted file in place: what is made of it is written beside it, and takes its place once it is whole."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, NamedTuple

from graph.nquads.lines import BUFFER, joined, lines_of, sorting


class Counts(NamedTuple):
    """What a graph holds."""

    subjects: int
    statements: int


class Rewriting:
    """A sorted file that is being rewritten. Iterating gives its lines; those not kept are gone."""

    def __init__(self, path: Path, kept: IO[bytes], added: IO[bytes]) -> None:
        self._path, self._lines = path, lines_of(path)
        self.keep, self.keep_all = kept.write, kept.writelines
        """Passes on lines as they are, in their order."""
        self.add, self.add_all = added.write, added.writelines
        """Puts in other lines, in any order; what is there already stays there once."""
        self.changed = False
        """Once it is rewritten: whether another file has taken its place."""

    def __iter__(self) -> Iterator[bytes]:
        return self._lines

    @property
    def counts(self) -> Counts | None:
        """What the graph holds once it is rewritten; None if it is as it was."""
        return counts(self._path) if self.changed else None


@contextmanager
def rewriting(path: Path, twice: IO[bytes] | None = None) -> Generator[Rewriting]:
    """Rewrite a sorted file; if anything fails, or nothing changes, it stays as it was.

    Lines that are both kept and added are also written to `twice`: after that nothing shows where they came from.
    """
    with TemporaryDirectory(prefix=".rewriting-", dir=path.parent) as folder:
        kept, added = Path(folder) / "kept", Path(folder) / "added"
        with kept.open("wb", BUFFER) as stays, added.open("wb", BUFFER) as new:
            rewritten = Rewriting(path, stays, new)
            yield rewritten
        if not added.stat().st_size and kept.stat().st_size == path.stat().st_size:
            return
        if added.stat().st_size:
            kept = _united(kept, added, twice)
        kept.replace(path)
        rewritten.changed = True


def _united(kept: Path, added: Path, twice: IO[bytes] | None) -> Path:
    """Both in one sorted file, each line once."""
    ordered, united = added.with_name("ordered"), added.with_name("united")
    with sorting(ordered) as out:
        out.writelines(lines_of(added))
    with united.open("wb", BUFFER) as out:
        for line, both in joined(lines_of(kept), lines_of(ordered)):
            out.write(line)
            if both and twice:
                twice.write(line)
    return united


def counts(path: Path) -> Counts:
    """Distinct subjects and statements of a sorted file."""
    subjects = statements = 0
    last = b"\n"
    with path.open("rb", BUFFER) as lines:
        for line in lines:
            statements += 1
            if not line.startswith(last):
                subjects, last = subjects + 1, line[: line.index(b" ") + 1]
    return Counts(subjects, statements)
