"""One line of sorted N-Quads, taken apart: single blanks between terms, as all files of a build are written."""

import re
from typing import NamedTuple

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})|\\(.)")
_SIGNS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_MUST_ESCAPE = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}


class Statement(NamedTuple):
    """Terms as they are written. The line is cut twice; what follows the predicate is cut only when it is needed.

    >>> statement = Statement.of(b'<x:s> <x:p> "Tea and <x:o>"@en <x:g> .\\n')
    >>> statement.subject, statement.object, statement.graph, statement.text
    (b'<x:s>', b'"Tea and <x:o>"@en', b'<x:g>', 'Tea and <x:o>')
    >>> Statement.of(b"<x:s> <x:p> <x:o> .\\n").graph
    b''
    """

    subject: bytes
    predicate: bytes
    rest: bytes
    """Object, graph and full stop."""

    @classmethod
    def of(cls, line: bytes) -> "Statement":
        """The statement of a line; ValueError or TypeError if it is none."""
        return cls(*line.split(b" ", 2))

    @property
    def line(self) -> bytes:
        """The line that it was, or is to become."""
        return b" ".join(self)

    @property
    def object(self) -> bytes:
        """The object, be it an IRI or a literal."""
        return self.rest[: self._end]

    @property
    def thing(self) -> bytes:
        """The object if it is an IRI, in brackets; b'' if it is a literal."""
        return self.rest[: self.rest.index(b">") + 1] if self.rest.startswith(b"<") else b""

    @property
    def graph(self) -> bytes:
        """The name of the graph, in brackets; b'' for a triple."""
        return self.rest[self._end + 1 : -3]

    @property
    def text(self) -> str:
        """The text that is the object, with or without a language; '' for an IRI, a number, a date or a shape."""
        text, after = self._literal()
        if after.startswith("^^"):
            return ""
        return _ESCAPE.sub(_sign, text) if "\\" in text else text

    def with_object(self, term: bytes) -> "Statement":
        """The statement with another object.

        >>> Statement.of(b"<x:s> <x:p> <x:o> <x:g> .\\n")._replace(predicate=b"<x:q>").with_object(b"<x:r>").line
        b'<x:s> <x:q> <x:r> <x:g> .\\n'
        """
        return self._replace(rest=term + self.rest[self._end :])

    def with_text(self, text: str) -> "Statement":
        """The statement with another text as its object, in the language that it has."""
        escaped = "".join(_MUST_ESCAPE.get(sign, sign) for sign in text)
        return self._replace(rest=f'"{escaped}"{self._literal()[1]}'.encode())

    @property
    def _end(self) -> int:
        """Where the object ends: neither IRIs nor what follows the quotes of a literal holds a blank."""
        return self.rest.index(b" ", self.rest.rindex(b'"') if self.rest.startswith(b'"') else 0)

    def _literal(self) -> tuple[str, str]:
        """The text of a literal as it is written, and what follows it on the line; both empty if it is none."""
        if not self.rest.startswith(b'"'):
            return "", ""
        text, _, after = self.rest.decode().rpartition('"')
        return text[1:], after


def subject_of(line: bytes) -> bytes:
    """The subject of a line, where nothing else of it is wanted.

    >>> subject_of(b"<x:s> <x:p> <x:o> .\\n")
    b'<x:s>'
    """
    return line[: line.index(b" ")]


def _sign(escape: re.Match[str]) -> str:
    if code := escape[1] or escape[2]:
        return chr(int(code, 16))
    return _SIGNS.get(escape[3], escape[3])
