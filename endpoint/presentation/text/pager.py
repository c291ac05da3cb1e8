"""Long lists in pages."""

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Pager", "page_number"]

MOST = 1_000_000


def page_number(text: str) -> int:
    """The page that an address asks for; the first where it asks for none that can be.

    >>> page_number("3"), page_number("-1"), page_number("x"), page_number("9" * 30)
    (3, 1, 1, 1000000)
    """
    return min(max(int(text), 1), MOST) if text.isascii() and text.isdigit() and len(text) < 100 else 1


@dataclass(frozen=True)
class Pager:
    """Where one is in a list; `address` gives the address of a page by its number, from 1."""

    total: int
    page: int
    per_page: int
    address: Callable[[int], str]

    @property
    def pages(self) -> int:
        """How many pages there are, at least one.

        >>> Pager(41, 1, 20, str).pages
        3
        """
        return max(1, -(-self.total // self.per_page))

    @property
    def window(self) -> str:
        """What a query for the rows of this page ends with.

        >>> Pager(41, 3, 20, str).window
        'LIMIT 20 OFFSET 40'
        """
        return f"LIMIT {self.per_page} OFFSET {(self.page - 1) * self.per_page}"

    @property
    def first(self) -> int:
        """The number of the first row shown, from 1; 0 where there is none."""
        return min((self.page - 1) * self.per_page + 1, self.total)

    @property
    def last(self) -> int:
        return min(self.page * self.per_page, self.total)

    @property
    def previous(self) -> str:
        """The address of the page before, '' on the first."""
        return self.address(min(self.page - 1, self.pages)) if self.page > 1 else ""

    @property
    def next(self) -> str:
        """The address of the page after, '' on the last."""
        return self.address(self.page + 1) if self.page < self.pages else ""
