"""The fields of standards of data exchange and the terms that stand for them, for import and export.

The fields of each standard are a TOML file beside its code: a table for each form, a line for each field.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import TypedDict

from graph.model import kinds
from graph.model.terms import PREFIXES, Iri


class Kind(Enum):
    """What a field contains."""

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
    """One field; `of` names the code list, or the form of the parts in it."""

    name: str
    term: Iri
    kind: Kind = Kind.TEXT
    of: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of object: its class, how its IRIs begin, its fields in the standard's order, and those it needs."""

    kind: Iri
    segment: kinds.Kind
    fields: Sequence[Field]
    required: Sequence[str]


_Table = TypedDict("_Table", {"class": str, "segment": kinds.Kind, "fields": list[str], "required": list[str]})


def forms(path: Path) -> Mapping[str, Form]:
    """The forms of a standard, by the names that the standard gives them."""
    tables: Mapping[str, _Table] = tomllib.loads(path.read_text("utf-8"))
    return {
        name: Form(_term(it["class"]), it["segment"], [*map(_field, it["fields"])], it.get("required", []))
        for name, it in tables.items()
    }


def _field(line: str) -> Field:
    """A line of a table.

    >>> _field("funding civ:fundedFrom parts Funding").of
    'Funding'
    """
    name, term, *value = line.split()
    kind, of = [*value, "", ""][:2]
    return Field(name, _term(term), Kind[kind.upper().replace("-", "_")] if kind else Kind.TEXT, of)


def _term(shortened: str) -> Iri:
    prefix, _, name = shortened.partition(":")
    return Iri.of(PREFIXES[prefix] + name)
