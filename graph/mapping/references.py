"""Which things the sources mapped so far refer to, for lookup sources.

That is each subject and object. A postcode that a source has already placed in areas is left out: one source describes
a postcode, so that no two disagree on where it is.
"""

from pathlib import Path

from graph.model.kinds import LOOKED_UP
from graph.model.terms import CIV
from graph.nquads.lines import BUFFER
from graph.nquads.reading import statements

_WITHIN = CIV.within.encode()


class References:
    """What the graphs read so far mention; memory holds each thing once."""

    def __init__(self, base: str) -> None:
        self._kinds = tuple(f"<{base}id/{kind}/".encode() for kind in LOOKED_UP)
        self._postcodes = f"<{base}id/postcode/".encode()
        self._referenced, self._placed = set[bytes](), set[bytes]()

    def read(self, graph: Path) -> None:
        """Read one more graph. It is sorted N-Quads, so that the statements of one subject stand together."""
        last = b""
        for statement in statements(graph):
            if (subject := statement.subject) != last:
                last = subject
                if subject.startswith(self._kinds):
                    self._referenced.add(subject)
            if statement.rest.startswith(self._kinds):
                self._referenced.add(statement.thing)
            elif statement.predicate == _WITHIN and subject.startswith(self._postcodes):
                self._placed.add(subject)

    def write(self, target: Path) -> Path:
        """Write the mentioned IRIs, sorted, one a line and without brackets."""
        with target.open("wb", BUFFER) as out:
            out.writelines(iri[1:-1] + b"\n" for iri in sorted(self._referenced - self._placed))
        return target
