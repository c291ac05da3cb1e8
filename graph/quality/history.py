"""Measurements of earlier days, carried from the served release: change can be seen only if the past is kept."""

from collections import defaultdict
from collections.abc import Collection
from pathlib import Path

from graph.model import iri
from graph.nquads.lines import lines_of, sorting

DAYS = 12
"""Days of data that are kept of each source, its present ones included: a year of months."""


def with_history(present: Collection[str], sources: Collection[str], earlier: Path | None, target: Path) -> None:
    """Write a graph of the N-Quads lines of the present measurements and of those carried from an earlier graph.

    Of each source in this build the latest days are kept; a day that is measured again replaces its old lines.
    """
    measured = {place for line in present if (place := _place(line))}
    kept: dict[str, set[str]] = defaultdict(set)
    for source, day in measured:
        kept[source].add(day)
    carried = map(bytes.decode, lines_of(earlier)) if earlier else ()
    past = [line for line in carried if (place := _place(line)) and place[0] in sources]
    for source, day in {place for line in past if (place := _place(line))}:
        kept[source].add(day)
    days = {source: set(sorted(found)[-DAYS:]) for source, found in kept.items()}
    with sorting(target) as out:
        out.writelines(line.encode() for line in present)
        for line in past:
            place = _place(line)
            if place and place not in measured and place[1] in days[place[0]]:
                out.write(line.encode())


def _place(line: str) -> tuple[str, str] | None:
    """The source and the day of a measurement, by its IRI; None for other things, and undated ones."""
    start = f"<{iri.base()}id/measurement/"
    if not line.startswith(start):
        return None
    source, day, _ = line[len(start) :].split("/", 2)
    return (source, day) if day != "undated" else None
