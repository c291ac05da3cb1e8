"""A page as plain data: what templates set, and nothing else. How it is made is in the other modules."""

from dataclasses import dataclass
from urllib.parse import quote

from endpoint.presentation.model.values import Value
from endpoint.presentation.names.identifiers import Identifier
from endpoint.presentation.reading.view import Source


def query_form_href(query: str) -> str:
    """The address of the query form filled in with a query."""
    return "/query?query=" + quote(query, safe="")


@dataclass(frozen=True)
class Line:
    """A property of a thing with its values; short ones that belong together are in one row."""

    label: str
    href: str
    values: tuple[Value, ...]
    in_row: bool = False


@dataclass(frozen=True)
class Entry:
    """A thing inside a block, with its own lines.

    Its heading continues with `things`, which it relates to, and the words `after`; `note` is a remark on all of it.
    """

    title: str
    href: str
    lines: tuple[Line, ...]
    things: tuple[Value, ...] = ()
    after: str = ""
    note: str = ""


@dataclass(frozen=True)
class Tally:
    """A row of a table of counts; `note` says more of it."""

    label: str
    href: str
    count: int
    note: str = ""


@dataclass(frozen=True)
class Year:
    """A column of the money table: the annual returns to one day, of which each register has its own."""

    label: str
    returns: tuple[Value, ...]


@dataclass(frozen=True)
class Figures:
    """A row of the money table: one property over the years; a year without it holds no value.

    `part` heads the rows that begin with this one.
    """

    label: str
    href: str
    cells: tuple[tuple[Value, ...], ...]
    part: str = ""


@dataclass(frozen=True)
class Bar:
    """One bar of a chart, in drawing units; `kind` is income or spending."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    text: str


class Part:
    """What a block is made of: each kind of part is a class here, and a macro of its name in `macros.html`."""

    @property
    def macro(self) -> str:
        return type(self).__name__.lower()


@dataclass(frozen=True)
class Facts(Part):
    """Properties with their values."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Entries(Part):
    """Things with their own properties."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Tallies(Part):
    """Things with how many of something each has."""

    heads: tuple[str, str]
    rows: tuple[Tally, ...]


@dataclass(frozen=True)
class Grid(Part):
    """A table with a heading a column; what a row is about comes first. A row of one value heads those below it.

    `remarks` are quiet lines below a table: how it is counted, what not to compare.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    remarks: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Counts(Grid):
    """A table of numbers, some of which are withheld."""


@dataclass(frozen=True)
class Accounts(Part):
    """Money over the years; its remarks are questions answered with no."""

    years: tuple[Year, ...]
    figures: tuple[Figures, ...]
    remarks: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Chart(Part):
    """Income and expenditure side by side, oldest year first; `years` are labels with the places of their middles."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    years: tuple[tuple[float, str], ...]
    words: str


@dataclass(frozen=True)
class Block:
    """A section of a page, with the query that gives it; `sources` are the numbers of its footnotes."""

    id: str
    title: str
    query: str
    parts: tuple[Part, ...]
    sources: tuple[int, ...] = ()

    @property
    def query_href(self) -> str:
        return query_form_href(self.query)


@dataclass(frozen=True)
class Incoming:
    """The things that give this one as the value of one property: the first of them, and how many there are."""

    words: str
    href: str
    count: int
    things: tuple[Value, ...]
    more: str

    @property
    def hidden(self) -> int:
        return self.count - len(self.things)


@dataclass(frozen=True)
class Page:
    """All that a page about one IRI shows."""

    iri: str
    title: str
    kind: str
    status: tuple[str, str]
    identifiers: tuple[Identifier, ...]
    summary: tuple[str, ...]
    dates: tuple[str, ...]
    blocks: tuple[Block, ...]
    incoming: tuple[Incoming, ...]
    incoming_query: str
    sources: tuple[tuple[int, Source], ...]
    query: str
    outside: str
    described: bool
    dump: str
    fix_list: str

    @property
    def query_href(self) -> str:
        return query_form_href(self.query)

    @property
    def incoming_href(self) -> str:
        return query_form_href(self.incoming_query)
