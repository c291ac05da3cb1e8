"""One line of sorted N-Quads, cut into terms: single blanks between them, as all files of a build are written."""

import re

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})|\\(.)")
_SIGNS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_MUST_ESCAPE = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}


class Statement:
    """Terms as they are written. A line is cut twice; what follows the predicate is cut only when it is needed.

    >>> statement = Statement(b'<x:s> <x:p> "Tea and <x:o>"@en <x:g> .\\n')
    >>> statement.subject, statement.object, statement.graph, statement.text
    (b'<x:s>', b'"Tea and <x:o>"@en', b'<x:g>', 'Tea and <x:o>')
    >>> statement.with_terms(subject=b"<x:a>", thing=b"<x:b>").line
    b'<x:a> <x:p> <x:b> <x:g> .\\n'
    """

    __slots__ = ("predicate", "rest", "subject")
    subject: bytes
    predicate: bytes
    rest: bytes
    """Object, graph and full stop."""

    def __init__(self, line: bytes) -> None:
        self.subject, self.predicate, self.rest = line.split(b" ", 2)

    @property
    def line(self) -> bytes:
        """The line that it was, or is to become."""
        return b" ".join((self.subject, self.predicate, self.rest))

    @property
    def object(self) -> bytes:
        """The object, an IRI or a literal."""
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

    def with_terms(self, subject: bytes = b"", predicate: bytes = b"", thing: bytes = b"") -> "Statement":
        """The statement with other terms in place of some of its own, in the same graph."""
        rest = thing + self.rest[self._end :] if thing else self.rest
        return Statement(b" ".join((subject or self.subject, predicate or self.predicate, rest)))

    def with_text(self, text: str) -> "Statement":
        """The statement with another text as its object, in the language that it has."""
        escaped = "".join(_MUST_ESCAPE.get(sign, sign) for sign in text)
        rest = f'"{escaped}"{self._literal()[1]}'.encode()
        return Statement(b" ".join((self.subject, self.predicate, rest)))

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
