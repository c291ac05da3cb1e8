"""From a node of the graph back to the row of the file it came from."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graph.errors import InputError
from graph.pipeline.validation.result import Result

_SUFFIX = ".rows.tsv"


@dataclass(frozen=True)
class RowIndex:
    """The `<source>.rows.tsv` files of a mapping: an IRI (no brackets), a spreadsheet row, a file's number a line.

    The files are read through when asked, never kept: few nodes are ever asked for, out of millions.
    """

    files: tuple[Path, ...]

    @classmethod
    def beside(cls, files: Sequence[Path]) -> "RowIndex":
        """The rows files that lie next to mapped files (`oscr.nq` → `oscr.rows.tsv`), those that exist."""
        names = (file.with_name(file.name.split(".")[0] + _SUFFIX) for file in files)
        return cls(tuple(dict.fromkeys(name for name in names if name.is_file())))

    def locate(self, iris: Collection[str]) -> dict[str, tuple[str, int]]:
        """Source and row of each IRI that a file lists; of several rows, the first of the first source by name."""
        found: dict[str, tuple[str, int]] = {}
        wanted = set(iris)
        for file in sorted(self.files, key=lambda file: file.name):
            if not wanted:
                break
            for iri, row in _rows(file, wanted):
                found.setdefault(iri, (file.name.removesuffix(_SUFFIX), row))
            wanted -= found.keys()
        return found


def _rows(file: Path, wanted: Collection[str]) -> Iterator[tuple[str, int]]:
    with file.open(encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines, start=1):
            iri, _, rest = line.rstrip("\n").partition("\t")
            if iri not in wanted:
                continue
            row = rest.partition("\t")[0]
            if not row.isdecimal():
                raise InputError(f"{file}:{number}", f"row {row!r} is no number", "map the source again")
            yield iri, int(row)


def with_rows(results: Sequence[Result], rows: RowIndex | None) -> tuple[Result, ...]:
    """The results, each with its focus node's source and row where known."""
    if rows is None or not results:
        return tuple(results)
    found = rows.locate({result.focus[1:-1] for result in results if result.focus.startswith("<")})
    return tuple(_placed(result, found.get(result.focus[1:-1])) for result in results)


def _placed(result: Result, place: tuple[str, int] | None) -> Result:
    return result if place is None else replace(result, source=place[0], row=place[1])
