"""The messages between the web process and a query worker: length-prefixed frames over two pipes.

Kept free of every other import, because each worker loads it before it gives up its rights.
"""

import json
import struct
from dataclasses import asdict, dataclass
from enum import Enum

__all__ = ["HEADER", "Job", "Kind", "frame", "header"]

HEADER = struct.Struct("!cQ")


class Kind(Enum):
    """What a frame holds; one byte on the wire."""

    JOB = b"J"
    READY = b"R"
    BEGUN = b"B"
    INLINE = b"I"
    FILE = b"F"
    BAD_QUERY = b"Q"
    WRONG_FORM = b"W"
    MEMORY = b"M"
    RESULT = b"L"
    FAULT = b"X"


@dataclass(frozen=True)
class Job:
    """A query to answer. `format` is the name of a `negotiation.Format`.

    `base` is what relative IRIs in it begin with. The two lists are the protocol's dataset; None in both means the
    dataset of the query or of the store.
    """

    query: str
    format: str
    base: str | None = None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_bytes(cls, text: bytes) -> "Job":
        """Reads what `to_bytes` wrote.

        >>> Job.from_bytes(Job("ASK {}", "json").to_bytes())
        Job(query='ASK {}', format='json', base=None, default_graphs=None, named_graphs=None)
        """
        fields = json.loads(text)
        default, named = fields["default_graphs"], fields["named_graphs"]
        return cls(
            str(fields["query"]),
            str(fields["format"]),
            fields["base"],
            None if default is None else tuple(default),
            None if named is None else tuple(named),
        )


def frame(kind: Kind, payload: bytes = b"") -> bytes:
    return HEADER.pack(kind.value, len(payload)) + payload


def header(start: bytes) -> tuple[Kind, int]:
    """Kind and length in bytes of the payload that follows.

    >>> header(frame(Kind.READY, b"abc")[:HEADER.size])
    (<Kind.READY: b'R'>, 3)
    """
    kind, length = HEADER.unpack(start)
    return Kind(kind), length
