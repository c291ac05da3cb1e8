"""All pages of an interface, one after the other, each kept as a file that is whole or absent.

An answer itself shows how to continue: it names the address of the next one (`next`, in ALISS), or how many there are
(`total_pages`, `last_page`, in Open Referral UK, in the older spelling too).
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from graph.acquisition.fetching.requests import WAITS, answered, patiently
from graph.acquisition.readers.json_document import document
from graph.disk import sync
from graph.errors import InputError

LARGEST_ANSWER = 64 * 1024**2
"""Bytes of one answer: a page of a hundred services has less than one million."""

_ITEMS = ("contents", "content", "results", "data")
_TOTAL_ITEMS = ("total_items", "totalElements", "count")
_TOTAL_PAGES = ("total_pages", "totalPages")
_LAST = ("last_page", "last")

Item = Mapping[str, object]
Report = Callable[[str], None]


@dataclass(frozen=True)
class Manners:
    """How we ask: seconds before further tries, seconds between two answers, and where we stop."""

    waits: Sequence[float] = WAITS
    pause: float = 0.2
    most_pages: int = 10_000


class Inconsistent(InputError):
    """Pages that do not belong together: what has arrived is of no use."""


@dataclass(frozen=True)
class Page:
    """One page as the interface answers."""

    items: Sequence[Item]
    total_items: int | None
    total_pages: int | None
    is_last: bool | None
    next: str | None
    """The address of the next page, '' on the last; None where the interface counts its pages instead."""


def fetch_pages(url: str, folder: Path, manners: Manners, report: Report) -> list[Item]:
    """The items of all pages; those in the folder are not asked for again. Inconsistent if they do not agree."""
    book = _Book(url, manners.most_pages)
    address = url
    while address:
        path = folder / f"page-{len(book.addresses) + 1:05}.json"
        book.turn_to(address)
        if not path.exists():
            receive(address, path, manners)
            report(f"{url}: page {len(book.addresses):,}{book.of}")
        try:
            page = _page(address, path)
        except InputError:
            path.unlink()  # no page at all: the next run asks again
            raise
        address = book.add(page)
    book.close()
    return book.items


def receive(address: str, path: Path, manners: Manners) -> None:
    """Have the JSON of an address in a file, once it is whole, after the pause that keeps us from being a burden."""
    time.sleep(manners.pause)
    part = path.with_suffix(".part")
    patiently(lambda: _receive(address, part), manners.waits)
    try:
        document(part)
    except InputError as fault:
        raise InputError(address, fault.fact, "ask its publisher to correct it") from None
    sync(part)
    part.replace(path)


def _receive(address: str, part: Path) -> None:
    with answered(address) as answer, part.open("wb") as file:
        size = 0
        for piece in answer.iter_bytes():
            size += len(piece)
            if size > LARGEST_ANSWER:
                raise InputError(address, f"answers with more than {LARGEST_ANSWER:,} bytes", "ask for smaller pages")
            file.write(piece)


@dataclass
class _Book:
    """The pages so far, and what they must agree about."""

    url: str
    most: int
    items: list[Item] = field(default_factory=list[Item])
    addresses: dict[str, int] = field(default_factory=dict[str, int])
    seen: dict[str, int] = field(default_factory=dict[str, int])
    """The page on which each item was first, by its identifier."""
    totals: tuple[int | None, int | None] | None = None

    @property
    def of(self) -> str:
        """Of how many, as far as is known."""
        pages = self.totals[1] if self.totals else None
        return f" of {pages:,}" if pages else ""

    def turn_to(self, address: str) -> None:
        """The next page is at this address: one that was not asked before, and not one too many."""
        if earlier := self.addresses.get(address):
            self._refuse(f"page {len(self.addresses)} leads back to page {earlier}", "it would never end")
        if len(self.addresses) >= self.most:
            self._refuse(f"has more than {self.most:,} pages", "ask for larger pages in its url, or for a part of it")
        self.addresses[address] = len(self.addresses) + 1

    def add(self, page: Page) -> str:
        """Take a page in; gives the address of the next, '' after the last."""
        number, totals = len(self.addresses), (page.total_items, page.total_pages)
        if self.totals is None:
            self.totals = totals
            if (page.total_pages or 0) > self.most:
                self._refuse(f"says it has {page.total_pages:,} pages, more than {self.most:,}", "ask for larger pages")
        elif totals != self.totals:
            self._refuse(
                f"announces {_in_words(*self.totals)}, and on page {number} {_in_words(*totals)}", "start again"
            )
        names = [str(item["id"]) if item.get("id") else repr(item) for item in page.items]
        new = [place for place, name in enumerate(names) if name not in self.seen]
        if names and not new:
            self._refuse(
                f"gives page {self.seen[names[0]]} again as page {number}", "check that its url allows for pages"
            )
        for place in new:
            self.items.append(page.items[place])
            self.seen[names[place]] = number
        return _next(self.url, page, number)

    def close(self) -> None:
        """The last page is taken in: as many items as were promised must be there."""
        promised = self.totals[0] if self.totals else None
        if promised is not None and promised != len(self.items):
            self._refuse(
                f"promises {promised:,} items, its pages hold {len(self.items):,} different ones", "start again"
            )

    def _refuse(self, fact: str, remedy: str) -> None:
        raise Inconsistent(self.url, fact, f"{remedy}; what had arrived was deleted")


def _page(address: str, path: Path) -> Page:
    found = document(path)
    if not isinstance(found, Mapping):
        raise InputError(address, "answers with no page of records", "check the url")
    fields = cast(Item, found)
    items = next((fields[key] for key in _ITEMS if key in fields), None)
    if not isinstance(items, list) or not all(isinstance(each, Mapping) for each in cast("list[object]", items)):
        named = " or ".join(repr(key) for key in _ITEMS)
        raise InputError(address, f"answers with no list of records under {named}", "check the url")
    return Page(
        cast("list[Item]", items),
        _number(fields, _TOTAL_ITEMS),
        _number(fields, _TOTAL_PAGES),
        next((bool(fields[key]) for key in _LAST if key in fields), None),
        str(fields["next"] or "") if "next" in fields else None,
    )


def _number(fields: Item, names: Sequence[str]) -> int | None:
    """A whole number under one of several names; None if there is none."""
    found = next((fields[name] for name in names if name in fields), None)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def _in_words(items: int | None, pages: int | None) -> str:
    """Totals in words.

    >>> _in_words(874, 292), _in_words(None, None)
    ('874 items on 292 pages', 'an unknown number of items')
    """
    counted = "an unknown number of items" if items is None else f"{items:,} items"
    return counted if pages is None else f"{counted} on {pages:,} pages"


def _next(url: str, page: Page, number: int) -> str:
    """The address of the page after this one; '' if it is the last."""
    if page.next is not None:
        return _same_server(url, page.next) if page.next else ""
    if page.is_last or (page.total_pages is not None and number >= page.total_pages):
        return ""
    if page.is_last is None and page.total_pages is None:
        return ""  # it has no pages
    parts = urlsplit(url)
    query = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key != "page"]
    return urlunsplit(parts._replace(query=urlencode([*query, ("page", number + 1)])))


def _same_server(url: str, found: str) -> str:
    """An address on the server of the url, in its scheme: behind a proxy, servers think that they speak plain http."""
    own, other = urlsplit(url), urlsplit(urljoin(url, found))
    if other.hostname != own.hostname or other.scheme not in ("http", "https"):
        raise Inconsistent(url, f"leads to another server, {found[:80]!r}", "do not trust it, or give that url itself")
    return urlunsplit(other._replace(scheme=own.scheme, netloc=own.netloc))
