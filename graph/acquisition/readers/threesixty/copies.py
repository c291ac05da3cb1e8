"""Which of several files with the same grant is read: the one that was modified last.

A publisher's file and an aggregator's have the same grants. Identifiers of grants are unique within 360Giving, so an
identifier in two files is one grant, and each of the files is named as its source. If no date decides, a package of the
standard precedes a flattened list, and an earlier file a later one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import cast

from graph.acquisition.readers.threesixty.files import FLATTENED, GrantFile
from graph.model.rows.record import Fields, as_text
from graph.model.values import dates
from graph.model.values.cells import Fault

Rank = tuple[bool, datetime, int]
"""Whether it is whole, when it was modified, and how early the file was named: the greatest wins."""

_NEVER = datetime.min.replace(tzinfo=UTC)


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
    """The grants of a file, one at a time; what is not an object is an empty grant, which is reported later."""
    for each in file.grants():
        yield cast(Fields, each) if isinstance(each, Mapping) else {}


def identifier(grant: Fields) -> str:
    """The identifier of a grant; '' if it has none."""
    return as_text(grant.get("id")) if isinstance(grant.get("id"), str | int) else ""


def _modified(grant: Fields, file: GrantFile) -> datetime:
    """When a copy was modified last: the grant itself, otherwise its file, as far as a date can be read."""
    given = (as_text(value) for value in (grant.get("dateModified"), file.dataset.modified) if isinstance(value, str))
    return next((when for text in given if (when := _instant(text))), _NEVER)


def _instant(text: str) -> datetime | None:
    """The time that a date begins, which without a zone is taken to be in UTC; None if it is none.

    >>> _instant("2020-01-02T00:30:00+01:00") < _instant("2020-01-02")
    True
    >>> _instant("25 May 2015").isoformat(), _instant("soon")
    ('2015-05-25T00:00:00+00:00', None)
    """
    try:
        found = str(dates.published(text)).split('"')[1]
    except Fault:
        return None
    when = datetime.fromisoformat(f"{found}-01-01"[:10] if "T" not in found else found)
    return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
