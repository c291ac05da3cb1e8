"""A nested record, as JSON holds it: a row whose cells may be records themselves.

What JSON gives as number, truth or null is text here, as in a table, so that the same readers serve both.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import cast

from graph.model.node import Node
from graph.model.problems import FormFault
from graph.model.rows.layout import Layout, WatchedPlaces
from graph.model.rows.row import Row, SetAside
from graph.model.values.redaction import holds_address, redact
from graph.model.vocabulary.rules import Outcome

Fields = Mapping[str, object]
"""An object of JSON: texts, `int`, `Decimal`, truths, None, and lists and objects of them."""


_NOTHING: tuple[object, ...] = (None, "", [], {})
_EMPTY = 0
"""The place of the empty text."""


@dataclass(slots=True)
class Form(Layout):
    """What all records of one kind in a file share; a field that holds records names their form."""

    kinds: Mapping[str, str] = field(default_factory=dict[str, str])
    """The fields that hold records, and the names of their forms."""
    forms: dict[str, "Form"] = field(default_factory=dict[str, "Form"])
    """The forms of the records within, by name; all forms of a file share them."""
    strange: dict[str, int] = field(default_factory=dict[str, int])
    """Fields that no form knows, by path, with the number of the first record that has one; shared likewise."""
    given: set[str] = field(default_factory=set[str])
    """Fields that some record gives a value."""

    def lost(self, name: str = "") -> list[str]:
        """Fields of this form and those within that records give and nothing has read."""
        own = [f"{name}{column}" for column in self.columns if column in self.unread & self.given]
        within = () if name else self.forms.items()
        return [*own, *(path for part, form in within for path in form.lost(f"{part}."))]

    def below(self, column: str) -> "Form":
        """The form of the records in a field."""
        self.unread.discard(column)
        return self.forms[self.kinds[column]]


class _Places(WatchedPlaces):
    """Where the texts of a record's fields stand; that of one which the form knows and the record lacks is empty."""

    __slots__ = ()

    def __missing__(self, field: str) -> int:
        return _EMPTY if field in self.layout.columns else super().__missing__(field)


class Record(Row):
    """One object; `number` is that of the record in its file, `path` leads from there to this part of it."""

    __slots__ = ("_fields", "_form", "faults", "path")

    def __init__(
        self, form: Form, number: int, fields: Fields, path: str = "", faults: Sequence[FormFault] = ()
    ) -> None:
        self.faults = faults
        self._layout, self._form, self.number, self._fields, self.path = form, form, number, fields, path
        self._cells, self._at = [""], _Places(form, ())
        for key, value in fields.items():
            if type(value) is str or not _nested(value):  # most are texts, and quick to see
                self._at[key] = len(self._cells)
                self._cells.append(as_text(value))
        form.given.update(key for key in fields.keys() - form.given if fields[key] not in _NOTHING)
        for key in fields.keys() - form.places.keys():
            form.strange.setdefault(f"{_unnumbered(path)}{key}", number)
        for column, placeholders in form.empty.items():
            if self._as_read(column) in placeholders:
                self._cells[self._at.get(column, _EMPTY)] = ""

    @property
    def aside(self) -> Outcome:
        """What becomes of the record, or of this part of it, where it lacks what it needs."""
        return Outcome.PART_LEFT_OUT if self.path else Outcome.ROW_SET_ASIDE

    def has(self, column: str) -> bool:
        """Whether this record has the field at all, even if it is null."""
        return column in self._fields

    def records(self, column: str) -> "list[Record]":
        """The objects in a field: those of a list, or a single one; anything else is a problem."""
        form = self._form.below(column)
        found: list[Record] = []
        for place, value in self._members(column):
            if isinstance(value, Mapping):
                found.append(Record(form, self.number, cast(Fields, value), f"{self.path}{place}/"))
            else:
                self.problem(place, "object-expected", as_text(value))
        return found

    def parts(self, column: str, say: "Callable[[Record], Iterator[Node]]") -> Iterator[list[Node]]:
        """What each of the records in a field says; one that lacks what it needs is left out, with its problem."""
        for part in self.records(column):
            try:
                nodes = list(say(part))
            except SetAside:
                continue
            if nodes:
                yield nodes

    def texts(self, column: str, form: re.Pattern[str] | None = None) -> list[str]:
        """The texts in a field that is a list of them, or one alone, less empty ones and contact details.

        Those of the form are identifiers that are nobody's, and may read like telephone numbers (see `coded`).
        """
        self._layout.unread.discard(column)
        texts = [text for _, value in self._members(column) if (text := as_text(value))]
        coded = {text for text in texts if form and form.fullmatch(text) and not holds_address(text)}
        clean = (text if text in coded else self.cleared(column, text) for text in texts)
        return [text for text in clean if text]

    def left_out(self) -> None:
        """Count the fields of the record and of those within as read: a problem says that they were left out whole."""
        for form in (self._form, *self._form.forms.values()):
            form.unread.clear()

    def content_hash(self) -> int:
        """Equal for records that are equal in all fields, within one process."""
        return hash(repr(self._fields))

    def _column(self, column: str) -> str:
        """Where in the record a field is."""
        return redact(f"{self.path}{column}")

    def _members(self, column: str) -> list[tuple[str, object]]:
        value = self._fields.get(column)
        if value is None or value == "":
            return []
        if isinstance(value, Sequence) and not isinstance(value, str):
            return [(f"{column}/{number}", each) for number, each in enumerate(cast(Sequence[object], value))]
        return [(column, value)]


def as_text(value: object) -> str:
    """A scalar as the text table of the same data would hold it, without outer blanks.

    >>> as_text(None), as_text(True), as_text(Decimal("1E+3")), as_text(" a ")
    ('', 'true', '1000', 'a')
    """
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _nested(value: object) -> bool:
    return isinstance(value, Mapping | list | tuple)


def _unnumbered(path: str) -> str:
    """A path without the numbers of list members, so that one field of many members counts once.

    >>> _unnumbered("recipientOrganization/0/location/2/")
    'recipientOrganization/location/'
    """
    return "".join(f"{part}/" for part in path.split("/") if part and not part.isdigit())
