"""What a form makes of a file: numbered records of one of the source's tables, and what is wrong with them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.model.problems import FormFault
from graph.model.rows.record import Fields


@dataclass(frozen=True, slots=True)
class Item:
    """One record of a file; it counts from 1, or as its spreadsheet does. Without fields it only reports faults."""

    number: int
    fields: Fields
    faults: Sequence[FormFault] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The records of one table of the source in one file. Problems name the file by `name`."""

    name: str
    table: str
    items: Iterable[Item]
