"""The form of one file, and the cells of its rows by column. What the cells mean is the row's affair."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from graph.errors import MappingError
from graph.words.problem import Problem
from graph.words.terms import Iri


@dataclass(slots=True)
class Layout:
    """What all rows of one file share: its columns, what counts as empty in each, and which were not yet read."""

    source: str
    file: str
    columns: Sequence[str]
    table: str = ""
    empty: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    ignored: Collection[str] = ()
    mentioned: Collection[str] | None = None
    """IRIs that other sources mention; None where nothing is known of other sources."""
    problems: list[Problem] = field(default_factory=list[Problem])
    told: set[Iri] = field(default_factory=set[Iri])
    """Things that many rows name and one row describes for all."""
    keyed: dict[int, int] = field(default_factory=dict[int, int])
    """The row that first gave a key, by the key's hash: what is told of once, or twice by mistake."""
    unread: set[str] = field(init=False)

    def __post_init__(self) -> None:
        self.unread = set(self.columns) - set(self.ignored)


class Cells(dict[str, str]):
    """The cells of a row by column; a column that the file lacks is a fault of the mapping."""

    __slots__ = ("layout",)
    layout: Layout

    def __missing__(self, column: str) -> str:
        raise MappingError(
            f"the mapping of {self.layout.source}",
            f"reads column {column!r}, which {self.layout.file} lacks",
            "ask row.has() first",
        )


class WatchedCells(Cells):
    """Cells that note which columns are read. Only needed until every column was read once: noting takes time."""

    __slots__ = ()

    def __getitem__(self, column: str) -> str:
        self.layout.unread.discard(column)
        return super().__getitem__(column)
