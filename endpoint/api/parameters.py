"""What a request to the interface of Open Referral UK asks for, read from its parameters; invalid ones are refused."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from endpoint.service.errors import BadQuery
from graph.export.oruk import Wanted

__all__ = ["Page", "moment", "page_of", "refuse_others", "truth", "wanted"]

PAGE = ("page", "per_page")
SERVICES = (
    *("search", "taxonomy_term_id", "taxonomy_id", "organization_id"),
    *("modified_after", "minimum_age", "maximum_age", "minimal", "full"),
)

PER_PAGE, MOST, MOST_FULL = 50, 500, 100
"""Objects on a page unless it is said how many; no more than so many; no more of whole ones."""

Given = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """Which page is asked for, from 1, and how many objects it holds."""

    number: int
    size: int


def refuse_others(given: Given, known: Collection[str]) -> None:
    """BadQuery for an unknown parameter: an answer that ignores it would be wrong."""
    if unknown := sorted(set(given) - set(known)):
        raise BadQuery(unknown[0][:40], "is not a parameter here", f"use any of {', '.join(known)}")


def page_of(given: Given, *, full: bool = False, all_at_once: bool = False) -> Page:
    """The page; `all_at_once` has all on one unless a size is given."""
    most = MOST_FULL if full else MOST
    size = _whole(given, "per_page", 10**7 if all_at_once else min(PER_PAGE, most))
    return Page(_whole(given, "page", 1), size if all_at_once else min(size, most))


def wanted(given: Given) -> Wanted:
    return Wanted(
        search=given.get("search", "")[:200],
        taxonomy_term_id=given.get("taxonomy_term_id", ""),
        taxonomy_id=given.get("taxonomy_id", ""),
        organization_id=given.get("organization_id", ""),
        modified_after=moment(given, "modified_after"),
        minimum_age=_number(given, "minimum_age"),
        maximum_age=_number(given, "maximum_age"),
    )


def truth(given: Given, name: str) -> bool:
    """A parameter that is true or false; false if it is not given."""
    match given.get(name, "false").casefold():
        case "true" | "1" | "":
            return True
        case "false" | "0":
            return False
        case other:
            raise BadQuery(name, f"is {other[:40]!r}", "write true or false")


def moment(given: Given, name: str) -> datetime | None:
    """A time; a day begins at midnight, and a time without a zone is taken to be in UTC."""
    if not (text := given.get(name, "")):
        return None
    try:
        when = datetime.fromisoformat(text.replace(" ", "+"))  # a plus sign that nobody encoded
    except ValueError:
        raise BadQuery(name, f"is {text[:40]!r}", "write a time as 2026-03-01T12:00:00Z") from None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _whole(given: Given, name: str, otherwise: int) -> int:
    text = given.get(name, "")
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 8 and int(text)):
        raise BadQuery(name, f"is {text[:40]!r}", "write a whole number, 1 or more")
    return int(text)


def _number(given: Given, name: str) -> float | None:
    text = given.get(name, "")
    if not text:
        return None
    if not (text.replace(".", "", 1).isdigit() and text.isascii() and len(text) < 8):
        raise BadQuery(name, f"is {text[:40]!r}", "write a number of years")
    return float(text)
