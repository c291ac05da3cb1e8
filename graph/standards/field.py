"""A field of a standard of data exchange, and the term that stands for it, for the way in and the way out."""

from dataclasses import dataclass
from enum import Enum, auto

from graph.model.terms import Iri


class Kind(Enum):
    """What a field holds."""

    TEXT = auto()
    PROSE = auto()
    NUMBER = auto()
    COUNT = auto()
    DAY = auto()
    DATE = auto()
    """A month, a day or a time, as precise as it was published."""
    TIME = auto()
    YEAR = auto()
    ADDRESS = auto()
    YES_NO = auto()
    CODE = auto()
    TEXTS = auto()
    PARTS = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """One field; `of` names the code list, or the form of the parts that it holds."""

    name: str
    term: Iri
    kind: Kind = Kind.TEXT
    of: str = ""
