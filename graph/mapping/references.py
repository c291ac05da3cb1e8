"""Which things the sources mapped so far mention, for sources that tell only of such things.

Mentioned is what stands as subject or object. A postcode that a source has already placed in areas is left out: one
source tells of a postcode, so that no two disagree on where it is.
"""

from collections.abc import Iterable
from pathlib import Path

from graph.model.kinds import LOOKED_UP
from graph.model.terms import CIV

_WITHIN = str(CIV.within).encode()
_BUFFER = 1024 * 1024


def write_mentions(graphs: Iterable[Path], base: str, target: Path) -> Path:
    """Write the mentioned IRIs, sorted, one a line and without brackets; memory holds each once.

    The graphs are sorted N-Quads, so that the statements of one subject stand together.
    """
    mentioned: set[bytes] = set()
    placed: set[bytes] = set()
    for graph in graphs:
        _collect(graph, base, mentioned, placed)
    with target.open("wb", _BUFFER) as out:
        out.writelines(iri[1:-1] + b"\n" for iri in sorted(mentioned - placed))
    return target


def _collect(graph: Path, base: str, mentioned: set[bytes], placed: set[bytes]) -> None:
    kinds = tuple(f"<{base}id/{kind}/".encode() for kind in LOOKED_UP)
    postcodes = f"<{base}id/postcode/".encode()
    last = b""
    with graph.open("rb", _BUFFER) as lines:
        for line in lines:
            subject, predicate, rest = line.split(b" ", 2)
            if subject != last:
                last = subject
                if subject.startswith(kinds):
                    mentioned.add(subject)
            if rest.startswith(kinds):
                mentioned.add(rest[: rest.index(b">") + 1])
            elif predicate == _WITHIN and subject.startswith(postcodes):
                placed.add(subject)
