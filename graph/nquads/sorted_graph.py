"""What a sorted graph states with each of its properties, in streams, read from its file.

The store of a release could answer the same, but it looks up the text of every term: that takes five times as long.
"""

import mmap
import os
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from pyoxigraph import Literal, RdfFormat, parse

from graph.errors import MappingError
from graph.model.terms import RDF, Iri
from graph.nquads.reading import about


class SortedGraph:
    """A file of N-Triples, or of the N-Quads of one graph, written as all files of a build are: single blanks, no more.

    It is read as it is when it is first asked; that another file takes its place makes no difference.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def values(self, prop: Iri) -> Iterator[tuple[str, str]]:
        """Each statement with a property: the IRI of its subject, and the IRI or text that is stated."""
        try:
            for subject, value in self._statements(prop):
                yield subject[1:-1].decode(), _text(value)
        except (SyntaxError, ValueError) as fault:
            raise MappingError(
                self.path.name, f"is not well formed ({fault})", "correct the mapping that wrote it"
            ) from None

    def subjects(self, prop: Iri, value: Iri) -> Iterator[str]:
        """The things of which a property states a certain thing."""
        wanted = value.encode()
        return (subject[1:-1].decode() for subject, found in self._statements(prop) if found == wanted)

    def of_class(self, kind: Iri) -> Iterator[str]:
        """The things that are said to be of a class."""
        return self.subjects(RDF.type, kind)

    def describes(self, kind: str) -> bool:
        """Whether it describes things of a kind, by their IRIs; without reading all of it."""
        return next(about(self.path, kind), None) is not None

    def _statements(self, prop: Iri) -> Iterator[tuple[bytes, bytes]]:
        lines = self._lines
        for place in self._places.get(prop.encode(), ()):
            subject, _, value = lines[place : lines.find(b"\n", place) - self._end].split(b" ", 2)
            yield subject, value

    @cached_property
    def _lines(self) -> mmap.mmap | bytes:
        with self.path.open("rb") as file:
            empty = not file.seek(0, os.SEEK_END)
            return b"" if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    @cached_property
    def _places(self) -> Mapping[bytes, "array[int]"]:
        """Where in the file the statements with each property begin: eight bytes a statement."""
        places: dict[bytes, array[int]] = defaultdict(lambda: array("Q"))
        place = 0
        for line in iter(self._lines.readline, b"") if isinstance(self._lines, mmap.mmap) else ():
            places[line.split(b" ", 2)[1]].append(place)
            place += len(line)
        return dict(places)

    @cached_property
    def _end(self) -> int:
        """How many bytes follow the object of every statement: the graph, if they have one, and the full stop."""
        first = self._lines[: self._lines.find(b"\n")]
        return len(b" ." if self.path.suffix == ".nt" else b" %b ." % first.rsplit(b" ", 2)[1])


def _text(term: bytes) -> str:
    """What a term says: an IRI without brackets, a literal without quotes, language and datatype."""
    if term.startswith(b"<"):
        return term[1:-1].decode()
    if b"\\" not in term:
        return term[1 : term.rindex(b'"')].decode()
    (quad,) = parse(b"<x:s> <x:p> " + term + b" .", RdfFormat.N_TRIPLES)
    return quad.object.value if isinstance(quad.object, Literal) else ""
