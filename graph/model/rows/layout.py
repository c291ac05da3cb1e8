"""The form of one file, and the places of the cells in its rows. The meaning of the cells is left to the row."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.errors import MappingError
from graph.model.problems import Problem
from graph.model.terms import Iri


@dataclass(slots=True)
class Layout:
    """What all rows of one file share: its columns, what counts as empty in each, and which were not yet read."""

    source: str
    file: str
    columns: Sequence[str]
    table: str = ""
    empty: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    ignored: Collection[str] = ()
    referenced: Collection[str] | None = None
    """IRIs that other sources refer to; None where there are no other sources."""
    problems: list[Problem] = field(default_factory=list[Problem])
    seen: set[Iri] = field(default_factory=set[Iri])
    """Things that many rows name and one row describes for all."""
    outcome: str = ""
    """What becomes of the row by any problem that is recorded now; '' where the rule of the problem decides."""
    keyed: dict[int, int] = field(default_factory=dict[int, int])
    """The row that first gave a key, by the key's hash: what is stated once, or is there twice by mistake."""
    unread: set[str] = field(init=False)
    places: dict[str, int] = field(init=False)
    """The place of each column's cell in a record."""
    watched: "WatchedPlaces" = field(init=False)
    placeholders: Sequence[tuple[int, frozenset[str]]] = field(init=False)
    """What counts as empty, by the place of its column."""

    def __post_init__(self) -> None:
        self.unread = set(self.columns) - set(self.ignored)
        self.places = {column: place for place, column in enumerate(self.columns)}
        self.watched = WatchedPlaces(self, self.places.items())
        self.placeholders = [(self.places[column], empty) for column, empty in self.empty.items()]


class WatchedPlaces(dict[str, int]):
    """Places that note which columns are read; a column that the file lacks is a fault of the mapping.

    Only needed until every column was read once: Python looks into a plain dict three times as fast.
    """

    __slots__ = ("layout",)

    def __init__(self, layout: Layout, places: Iterable[tuple[str, int]]) -> None:
        super().__init__(places)
        self.layout = layout

    def __missing__(self, column: str) -> int:
        raise MappingError(
            f"the mapping of {self.layout.source}",
            f"reads column {column!r}, which {self.layout.file} lacks",
            "ask row.has() first",
        )

    def __getitem__(self, column: str) -> int:
        self.layout.unread.discard(column)
        return super().__getitem__(column)
