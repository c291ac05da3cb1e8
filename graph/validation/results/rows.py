"""From a node of the graph back to the row of the file it came from, whichever source it is of."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from graph.nquads.row_index import SUFFIX, rows_file, rows_of
from graph.validation.results.origin import origin
from graph.validation.results.result import Result


class Place(NamedTuple):
    """Where a node came from; `file` is empty where its rows file names none."""

    source: str
    row: int
    file: str = ""


@dataclass(frozen=True)
class RowIndex:
    """The `<name>.rows.tsv` files of several mappings.

    They are read through when asked, never kept: few nodes are ever asked for, out of millions.
    """

    files: tuple[Path, ...]
    sources: Mapping[Path, str] = field(default_factory=dict[Path, str])
    """Of which source each is, where its name does not tell."""

    @classmethod
    def beside(cls, files: Sequence[Path]) -> "RowIndex":
        """The rows files that lie next to mapped files (`oscr.nq` → `oscr.rows.tsv`), those that exist."""
        found = {rows_file(file.with_name(file.name.removesuffix(".gz"))): file for file in files}
        there = {rows: file for rows, file in found.items() if rows.is_file()}
        return cls(tuple(there), {rows: it.source for rows, file in there.items() if (it := origin(file))})

    def locate(self, iris: Collection[str]) -> dict[str, Place]:
        """The place of each IRI that a file lists; of several rows, the first of the first source by name."""
        found: dict[str, Place] = {}
        wanted = set(iris)
        for source, file in sorted((self._source(file), file) for file in self.files):
            if not wanted:
                break
            for iri, name, row in rows_of(file, wanted):
                found.setdefault(iri, Place(source, row, name))
            wanted -= found.keys()
        return found

    def _source(self, file: Path) -> str:
        return self.sources.get(file) or file.name.removesuffix(SUFFIX)


def with_rows(results: Sequence[Result], rows: RowIndex | None) -> tuple[Result, ...]:
    """The results, each with its focus node's source, file and row where known."""
    if rows is None or not results:
        return tuple(results)
    found = rows.locate({result.focus[1:-1] for result in results if result.focus.startswith("<")})
    return tuple(_placed(result, found.get(result.focus[1:-1])) for result in results)


def _placed(result: Result, place: Place | None) -> Result:
    return result if place is None else replace(result, source=place.source, row=place.row, file=place.file)
