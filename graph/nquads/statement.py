"""One line of N-Quads taken apart, as far as an objection needs it."""

import re
from functools import cached_property

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})|\\(.)")
_SIGNS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_MUST_ESCAPE = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}


class Statement:
    """Subject and predicate as they are written; the object is a thing or a text."""

    def __init__(self, line: bytes) -> None:
        self.subject, predicate, self._rest = line.split(b" ", 2)
        self.predicate = predicate.decode()

    @property
    def thing(self) -> str:
        """The address that is the object, without brackets; '' if it is a literal."""
        return self._rest[1 : self._rest.index(b">")].decode() if self._rest.startswith(b"<") else ""

    @cached_property
    def _literal(self) -> tuple[str, str]:
        """The text of a literal as it is written, and what follows it on the line."""
        text, _, after = self._rest.decode().rpartition('"')
        return text[1:], after

    @property
    def plain(self) -> bool:
        """Whether the object is a text, with or without a language, and no number, date or shape."""
        return self._rest.startswith(b'"') and not self._literal[1].startswith("^^")

    @property
    def text(self) -> str:
        """The text that is the object; '' if it is none."""
        if not self.plain:
            return ""
        text = self._literal[0]
        return _ESCAPE.sub(_sign, text) if "\\" in text else text

    def with_text(self, text: str) -> bytes:
        """The line with another text as its object."""
        escaped = "".join(_MUST_ESCAPE.get(sign, sign) for sign in text)
        return b" ".join((self.subject, self.predicate.encode(), f'"{escaped}"{self._literal[1]}'.encode()))


def _sign(escape: re.Match[str]) -> str:
    if code := escape[1] or escape[2]:
        return chr(int(code, 16))
    return _SIGNS.get(escape[3], escape[3])
