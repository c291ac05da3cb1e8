"""Which row each entry of a source came from, as a release keeps it for builds that take the source over.

Only things that rows are about, and links, are kept, and no postcodes: some of them are nobody's business.
"""

import gzip
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from graph.model.kinds import OF_ROWS

Row = tuple[str, int]
"""The name of a file and a row of it."""

_ENTRY = re.compile(rf"[^\t]*/id/(?:{'|'.join(OF_ROWS)})/".encode())


def rows_of(file: Path) -> Mapping[str, Row]:
    """The first row of each entry, by IRI without brackets; nothing if no such file is there."""
    found: dict[str, Row] = {}
    names: list[str] = []
    for line in _kept(file) if file.exists() else ():
        thing, row, *number = line.decode().rstrip("\n").split("\t")
        if thing:
            found.setdefault(thing, (names[int(number[0])], int(row)))
        else:
            names.append(row)
    return found


def keep_rows(file: Path, kept: Path) -> None:
    """Keep the first row of each entry, if there is any; the same rows give the same bytes."""
    if not file.exists() or all(line.startswith(b"\t") for line in _kept(file)):
        return
    kept.parent.mkdir(exist_ok=True)
    seen: set[bytes] = set()
    with kept.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
        for line in _kept(file):
            thing = line.partition(b"\t")[0]
            if not thing or thing not in seen:
                seen.add(thing)
                packed.write(line)


def restore_rows(kept: Path, file: Path) -> None:
    """Give back what was kept."""
    with gzip.open(kept, "rb") as packed, file.open("wb") as lines:
        lines.writelines(packed)


def _kept(file: Path) -> Iterator[bytes]:
    """The lines that name files, and those of entries."""
    with file.open("rb") as lines:
        yield from (line for line in lines if line.startswith(b"\t") or _ENTRY.match(line))
