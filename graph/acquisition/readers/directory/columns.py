"""What the columns of somebody's own list mean in the profile: a small TOML, no code.

```toml
[organisations.columns]
reference = "Id"
name = "title | name"                    # whichever of them the list has
activities = ["Activity 1", "Activity 2"] # both

[organisations.constants]
area = "Fife"

[organisations.values.activities]
"Sport & rec" = "Sport"

[organisations.only]                      # rows that may be published
publish = ["true", "yes"]

[opportunities.flags.availability]        # columns of yes and no, each of which adds a word
mon_am = "Monday morning"

[organisations.ignore]
"email" = "personal"
```
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graph.errors import InputError, UsageError
from graph.model.problems import FormFault
from graph.standards.directory import folded

SEPARATOR = ";"
"""Between the items of a list in one cell."""

_PROSE = ("description",)
"""Texts of several lines: what is joined for them is a line each, and says something."""

_REFERENCES = ("reference", "organisation", "site")
"""What identifies rows: two spellings that differ in blanks would silently be one thing."""

_NOTHING, _YES = frozenset(("n/a", "na", "none", "-")), frozenset(("true", "yes", "1"))

_MILLISECONDS = 1000

_PERSONAL = re.compile(
    r"e-?mail|phone|mobile|birth|surname|(first|last|middle|fore|given|family)[ _-]?name"
    r"|(contact|attendee|delegate|participant|learner|volunteer|person)s?[ _-]?names?",
    re.IGNORECASE,
)
"""Columns that name persons, or how to reach them."""


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    columns: dict[str, str | list[str]]
    constants: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    flags: dict[str, dict[str, str]] = {}
    only: dict[str, list[str]] = {}
    ignore: dict[str, str] = {}
    epochs: Annotated[list[str], Field(description="columns that count milliseconds since 1970")] = []


@dataclass(frozen=True, slots=True)
class Columns:
    """How the columns of a table are read; `sources` are, for each of the profile's, the list's own."""

    sources: Mapping[str, Sequence[Sequence[str]]]
    """For each column of the profile: lists of alternatives, whose first present is read; several lists are joined."""
    constants: Mapping[str, str] = field(default_factory=dict[str, str])
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])
    flags: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])
    only: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    ignored: frozenset[str] = frozenset()
    epochs: frozenset[str] = frozenset()

    @classmethod
    def titled(cls, columns: Iterable[str], header: Iterable[str]) -> "Columns":
        """The columns of the profile itself, by their names or their titles."""
        titles = {folded(title): title for title in reversed(list(header))}
        return cls({column: [[titles.get(column, column)]] for column in columns})

    @property
    def described(self) -> frozenset[str]:
        """Every column that something is said of."""
        return frozenset((*self.read, *self.only, *self.ignored))

    @property
    def read(self) -> list[str]:
        """The list's own columns whose cells go into the profile."""
        named = [name for lists in self.sources.values() for names in lists for name in names]
        return [*named, *(name for flags in self.flags.values() for name in flags)]

    def needed(self, columns: Iterable[str]) -> set[str]:
        """The list's own columns without which the given ones of the profile cannot be read."""
        lists = (self.sources.get(column, [[column]]) for column in columns if column not in self.constants)
        return {names[0] for given in lists for names in given if len(names) == 1}

    def likeness(self, header: set[str]) -> int:
        """How many columns of a header something is said of."""
        return len(self.described & header)

    def keeps(self, cells: Mapping[str, str]) -> bool:
        """Whether a row may be published."""
        return all(cells.get(column, "").casefold() in allowed for column, allowed in self.only.items())

    def own(self, column: str, header: Sequence[str]) -> str:
        """What the list calls a column of the profile; '' if it has none that is read for it."""
        names = (name for names in self.sources.get(column, ()) for name in names)
        return next((name for name in names if name in header), "")

    def profile(self, cells: Mapping[str, str]) -> dict[str, str]:
        """A row in the profile's columns."""
        columns = (*self.sources, *(column for column in self.flags if column not in self.sources))
        found = {column: self._value(column, self.sources.get(column, ()), cells) for column in columns}
        found |= {column: " ".join(found[column].split()) for column in _REFERENCES if found.get(column)}
        return {**self.constants, **{column: value for column, value in found.items() if value}}

    def faults(self, cells: Mapping[str, str]) -> list[FormFault]:
        """Texts that are not times."""
        names = (name for name in self.epochs if (cells.get(name) or "") and not _day(cells[name]))
        return [FormFault(name, cells[name], "milliseconds-invalid") for name in names]

    def _value(self, column: str, lists: Sequence[Sequence[str]], cells: Mapping[str, str]) -> str:
        texts = [text for names in lists if (text := next(filter(None, map(cells.get, names)), ""))]
        flags = self.flags.get(column, {})
        texts += [word for name, word in flags.items() if cells.get(name, "").casefold() in _YES]
        if not texts:
            return ""
        if column in _PROSE and len(texts) > 1:
            return "\n".join(text for text in texts if text.casefold() not in _NOTHING)
        joined = f"{SEPARATOR} ".join(texts)
        if self.epochs and not self.epochs.isdisjoint(name for names in lists for name in names):
            return _day(joined)
        if translated := self.values.get(column):
            items = (item.strip() for item in joined.split(SEPARATOR))
            return f"{SEPARATOR} ".join(translated.get(item, item) for item in items if item)
        return joined


def read_columns(path: Path) -> dict[str, Columns]:
    """The columns of each table that a TOML describes; InputError says what is wrong with it."""
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
        found = {name: _columns(_Table.model_validate(table)) for name, table in tables.items()}
    except FileNotFoundError:
        raise UsageError(str(path), "does not exist", "correct the name of the TOML of columns") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise InputError(str(path), f"is not TOML: {fault}", "correct the line it names") from None
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        key = ".".join(map(str, first["loc"]))
        raise InputError(str(path), f"{key!r}: {first['msg']}", "see docs/for-directory-keepers.md") from None
    for table, columns in found.items():
        if persons := [name for name in columns.read if _PERSONAL.search(name)]:
            fact = f"reads {persons[0]!r}, which is about persons"
            raise InputError(str(path), fact, f"move it to [{table}.ignore]: no column here is for persons")
    return found


def _columns(table: _Table) -> Columns:
    def alternatives(names: str) -> list[str]:
        return [name.strip() for name in names.split("|")]

    sources = {
        column: [alternatives(names) for names in ([given] if isinstance(given, str) else given)]
        for column, given in table.columns.items()
    }
    only = {column: [text.casefold() for text in allowed] for column, allowed in table.only.items()}
    return Columns(
        sources, table.constants, table.values, table.flags, only, frozenset(table.ignore), frozenset(table.epochs)
    )


def _day(milliseconds: str) -> str:
    """The day of a time in milliseconds since 1970; '' if it is none.

    >>> _day("1568678400000")
    '2019-09-17'
    """
    if not milliseconds.isdigit() or len(milliseconds) > 14:
        return ""
    return datetime.fromtimestamp(int(milliseconds) / _MILLISECONDS, UTC).date().isoformat()
