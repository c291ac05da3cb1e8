"""Which file tells of a grant that several hold: the one that was modified last.

A publisher's file and an aggregator's hold the same grants. Identifiers of grants are unique within 360Giving, so
that an identifier in two files is one grant; every file that has it is named as its source. If no date decides, a
package of the standard goes before a flattened list, and an earlier file before a later one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import cast

from graph.forms.document import members
from graph.forms.threesixty.files import FLATTENED, GrantFile
from graph.words.record import Fields, as_text

Rank = tuple[bool, str, int]
"""Whether it is whole, when it was modified, and how early the file was named: the greatest wins."""

_FORMATS = ("%d/%m/%Y %H:%M", "%d/%m/%Y", "%d-%m-%Y")


@dataclass(frozen=True, slots=True)
class Copies:
    """Where each grant stands; of a million, identifiers and small tuples are held."""

    files: Mapping[str, Sequence[int]]
    """The numbers of the files that hold a grant, where they are several."""
    winners: Mapping[str, int]
    """The number of the file whose copy is read; of grants in one file, that file."""
    terms: Mapping[str, Mapping[int, str]]
    """Of grants in several files: amount and currency in each, by the number of the file."""

    @classmethod
    def of(cls, files: Sequence[GrantFile]) -> "Copies":
        """Read all files once for their identifiers and dates."""
        best: dict[str, tuple[Rank, int]] = {}
        first: dict[str, int] = {}
        several: dict[str, list[int]] = {}
        for number, file in enumerate(files):
            for grant in grants_of(file):
                if not (name := identifier(grant)):
                    continue
                rank = (file.table != FLATTENED, _modified(grant, file), -number)
                if name not in best or rank > best[name][0]:
                    best[name] = rank, number
                if first.setdefault(name, number) != number and number not in several.setdefault(name, [first[name]]):
                    several[name].append(number)
        return cls(several, {name: number for name, (_, number) in best.items()}, _terms(files, several))


def _terms(files: Sequence[GrantFile], several: Mapping[str, Sequence[int]]) -> dict[str, dict[int, str]]:
    """What the copies of grants say that should be equal in all; a second reading, so that only theirs is held."""
    terms: dict[str, dict[int, str]] = {}
    for number, file in enumerate(files) if several else ():
        for grant in grants_of(file):
            if (name := identifier(grant)) in several:
                terms.setdefault(name, {})[number] = _term(grant)
    return terms


def _term(grant: Fields) -> str:
    amount = grant.get("amountAwarded")
    given = f"{amount:.2f}" if isinstance(amount, int | Decimal) else as_text(amount) if isinstance(amount, str) else ""
    currency = grant.get("currency")
    return f"{given} {currency if isinstance(currency, str) else ''}".strip()


def grants_of(file: GrantFile) -> Iterator[Fields]:
    """The grants of a file, one at a time; what is no object is an empty grant, which will be told of."""
    for each in members(file.json, "grants"):
        yield cast(Fields, each) if isinstance(each, Mapping) else {}


def identifier(grant: Fields) -> str:
    """The identifier of a grant; '' if it has none."""
    return as_text(grant.get("id")) if isinstance(grant.get("id"), str | int) else ""


def _modified(grant: Fields, file: GrantFile) -> str:
    """When a copy was modified last, as text that sorts; '' if neither grant nor file say."""
    for value in (grant.get("dateModified"), file.dataset.modified):
        if text := as_text(value) if isinstance(value, str) else "":
            return _sortable(text)
    return ""


def _sortable(text: str) -> str:
    """A date as ISO 8601 has it, from the ways in which files write dates; '' if it is none.

    >>> _sortable("29/04/2015 12:10"), _sortable("2015-05-25T00:00:00Z")
    ('2015-04-29T12:10:00', '2015-05-25T00:00:00')
    """
    for form in _FORMATS:
        try:
            return datetime.strptime(text, form).isoformat()
        except ValueError:
            continue
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None, microsecond=0).isoformat()
    except ValueError:
        return ""
