"""Where mapped files come from, as their statements tell: of which source they are, and under what base IRI."""

import gzip
import re
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from graph.errors import InputError
from graph.model import iri

_GRAPH = re.compile(rb' <([^<>"]+/)id/source/([^<>"/]+)> \.\s*$')


class Origin(NamedTuple):
    """The base IRI and the source in the name of a file's graph."""

    base: str
    source: str


def origin(file: Path) -> Origin | None:
    """What the first statement says; None for a file that is not of ours, or that cannot be read."""
    try:
        with gzip.open(file) if file.name.endswith(".gz") else file.open("rb") as lines:
            found = _GRAPH.search(lines.readline())
    except (OSError, EOFError, zlib.error):
        return None  # the reader of the whole file reports what is wrong
    return Origin(found[1].decode(errors="replace"), found[2].decode(errors="replace")) if found else None


def base_of(files: Iterable[Path], given: str | None) -> str:
    """The base IRI to validate under: the one given, or that of the files, or that of this process.

    InputError if the files are of another, or of several: the shapes of our code lists would fit none.
    """
    if given:
        iri.use_base(given)
    found = {each.base: file for file in files if (each := origin(file))}
    if found and given not in (*found, None):
        base, file = next(iter(found.items()))
        raise InputError(str(file), f"was mapped under {base}, not under {given}", f"say --base {base}")
    if len(found) > 1 and not given:
        fact = f"were mapped under {' and under '.join(found)}"
        raise InputError(" and ".join(map(str, found.values())), fact, "validate them one by one")
    return given or next(iter(found), iri.base())
