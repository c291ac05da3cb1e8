"""Which row each thing of a source came from: the index beside a mapped file, and what a release keeps of it.

It has lines of thing, row and file, tab-separated: an IRI without brackets, the row as a spreadsheet counts it, the
number of the file from 0. A line without an IRI names a file, in the order of their numbers. Where the rows of several
sources are looked up together, that is in `graph.validation.results.rows`.
"""

import gzip
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from pathlib import Path
from typing import IO

from graph.errors import InputError
from graph.model.kinds import OF_ROWS
from graph.nquads.lines import lines_of
from graph.nquads.rewriting import rewriting

SUFFIX = ".rows.tsv"

Row = tuple[str, int]
"""The name of a file and a row of it."""

_ENTRY = re.compile(rf"[^\t]*/id/(?:{'|'.join(OF_ROWS)})/".encode())
"""What a release keeps the rows of: things that rows are about, and links; no postcodes, as some are private."""


def rows_file(graph: Path) -> Path:
    """The index of a mapped file, beside it."""
    return graph.with_suffix(SUFFIX)


class RowWriter:
    """Writes an index, file by file."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out, self._files, self._end = out, 0, ""

    def begin(self, file: str) -> None:
        """The rows that follow are of this file."""
        self._out.write(f"\t{file}\n".encode())
        self._end = f"\t{self._files}\n"
        self._files += 1

    def add(self, things: Iterable[str], row: int) -> None:
        """Things, by their IRIs in brackets, that came from a row."""
        end = f"\t{row}{self._end}"
        self._out.write("".join([thing[1:-1] + end for thing in things]).encode())


def first_rows(index: Path) -> Mapping[str, Row]:
    """The first row of each entry, by IRI without brackets; nothing if there is no such index."""
    rows: dict[str, Row] = {}
    if index.exists():
        for thing, file, row in _located(index, lambda thing: bool(_ENTRY.match(thing))):
            rows.setdefault(thing, (file, row))
    return rows


def rows_of(index: Path, things: Collection[str]) -> Iterator[tuple[str, str, int]]:
    """Each row of some things, by IRI without brackets: thing, file ('' if the index names none), row."""
    wanted = {thing.encode() for thing in things}
    return _located(index, wanted.__contains__)


def keep_rows(index: Path, kept: Path) -> None:
    """Keep the first row of each entry, if there is any; the same rows give the same bytes."""
    if not index.exists() or not any(_ENTRY.match(line) for line in lines_of(index)):
        return
    kept.parent.mkdir(exist_ok=True)
    seen: set[bytes] = set()
    with kept.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
        for thing, place in _entries(index):
            if not thing or (thing not in seen and _ENTRY.match(thing)):
                seen.add(thing)
                packed.write(b"%b\t%b" % (thing, place))


def restore_rows(kept: Path, index: Path) -> None:
    """Give back what was kept."""
    with gzip.open(kept, "rb") as packed, index.open("wb") as lines:
        lines.writelines(packed)


def forget_things(index: Path, gone: Callable[[bytes], bool]) -> None:
    """Take some things out."""
    _filter(index, lambda thing, _: not gone(thing))


def forget_rows(index: Path, gone: Set[bytes]) -> None:
    """Take out all things of each row that some things came from."""
    if index.exists():
        rows = {place for thing, place in _entries(index) if thing in gone}
        _filter(index, lambda _, place: place not in rows)


def add_aliases(index: Path, aliases: Mapping[bytes, bytes]) -> None:
    """Note the rows of aliases, in brackets, as rows of what stands for them too, so that both lead to the file."""
    if not index.exists():
        return
    entries = ((aliases.get(name := b"<%b>" % thing, name), name, place) for thing, place in _entries(index))
    renamed = [b"%b\t%b" % (new[1:-1], place) for new, name, place in entries if new != name]
    with index.open("ab") as more:
        more.writelines(renamed)


def _filter(index: Path, stays: Callable[[bytes, bytes], bool]) -> None:
    """Keep some of the things, and the names of all files."""
    if not index.exists():
        return
    with rewriting(index) as lines:
        lines.keep_all(line for line in lines if line.startswith(b"\t") or stays(*_cut(line)))


def _located(index: Path, wanted: Callable[[bytes], bool]) -> Iterator[tuple[str, str, int]]:
    """The things that are wanted, each with its file and row; InputError for what is not a row."""
    names: list[str] = []
    for number, (thing, place) in enumerate(_entries(index), start=1):
        if not thing:
            names.append(place.decode().rstrip("\n"))
        if not wanted(thing):
            continue
        row, _, file = place.decode().rstrip("\n").partition("\t")
        if not row.isdecimal():
            raise InputError(f"{index}:{number}", f"row {row!r} is not a number", "map the source again")
        known = file.isdecimal() and int(file) < len(names)
        yield thing.decode(), names[int(file)] if known else "", int(row)


def _entries(index: Path) -> Iterator[tuple[bytes, bytes]]:
    """Each thing, and the rest of its line: its row and file, or the name of a file where there is no thing."""
    return map(_cut, lines_of(index))


def _cut(line: bytes) -> tuple[bytes, bytes]:
    thing, _, place = line.partition(b"\t")
    return thing, place
