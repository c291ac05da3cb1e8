"""Compare a release with the raw files that it was built from, and print the table of its sources.

    python -m tests.real.verify.compare OUT [BUILD.toml]

For every source: rows, checksums, statements, subjects and problems; and, as `checks.py` and `areas.py` have them, sums
and distinct keys. Exit code 1 if anything differs, or if a source has no checks of its own.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import cast

import pyoxigraph as ox

from tests.real.verify import areas, checks
from tests.real.verify.checks import Check
from tests.real.verify.files import RawSource, raw_sources
from tests.support.real_build import BUILD_FILE, PREFIXES, text

OWN = {**checks.CHECKS, **areas.CHECKS}
SOURCE = PREFIXES["source"]
COLUMNS = ("source", "rows", "subjects", "statements", "problems", "seconds", "MB", "checks")


@dataclass(frozen=True)
class Outcome:
    """One comparison; `differs` is empty if both sides say the same."""

    source: str
    what: str
    differs: str = ""


@dataclass(frozen=True)
class Release:
    """A release as anyone can open it: its manifest as JSON, its store."""

    entries: Mapping[str, Mapping[str, object]]
    store: ox.Store

    @classmethod
    def at(cls, out: Path) -> "Release":
        """The release that an output folder serves."""
        folder = out / "current"
        manifest = cast("dict[str, list[dict[str, object]]]", json.loads((folder / "release.json").read_text("utf-8")))
        entries = {str(entry["name"]): entry for entry in manifest["sources"]}
        return cls(entries, ox.Store.read_only(str(folder / "store")))

    def column(self, query: str, source: str) -> list[str]:
        """The one column of an answer; ?source stands for the graph of the source."""
        bound = query.replace("?source", f"<{SOURCE}{source}>")
        answer = self.store.query(bound, prefixes=PREFIXES)
        assert isinstance(answer, ox.QuerySolutions)
        return [text(row[0]) for row in answer]


def compare(release: Release, raw: Mapping[str, RawSource]) -> Iterator[Outcome]:
    """All comparisons, source by source."""
    for name in sorted(release.entries.keys() | raw.keys()):
        if name not in raw or name not in release.entries:
            yield Outcome(name, "the source", f"is in {'the release' if name not in raw else 'the build file'} alone")
            continue
        if name not in OWN:
            yield Outcome(name, "checks of its own", "are missing: write them in tests/real/verify")
        own = OWN[name](raw[name]) if name in OWN else ()
        for check in (*common(release.entries[name], raw[name]), *own):
            yield Outcome(name, check.what, difference(release, name, check))


def common(entry: Mapping[str, object], raw: RawSource) -> Iterator[Check]:
    """What is compared of every source: the catalogue and the manifest against the files and the graphs."""
    rows = Decimal(len(raw.rows))
    catalogued = "SELECT ?n { ?source civ:%s ?n }"
    yield Check("rows", rows, catalogued % "rowCount")
    yield Check("rows of the manifest", Decimal(str(entry["rows"])), catalogued % "rowCount")
    yield Check("checksums", frozenset(file.sha256 for file in raw.files), catalogued % "sha256")
    for count, what, counted in (
        ("statements", "statementCount", "SELECT (COUNT(*) AS ?n) { GRAPH ?source { ?s ?p ?o } }"),
        ("subjects", "subjectCount", "SELECT (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?source { ?s ?p ?o } }"),
        ("problems", "problemCount", "SELECT (COUNT(*) AS ?n) { ?p a civ:Problem ; civ:inSource ?source "
                                     "FILTER NOT EXISTS { ?p civ:severity ?severity } }"),
    ):  # fmt: skip
        yield Check(count, Decimal(str(entry[count])), counted)
        yield Check(f"{count} of the catalogue", Decimal(str(entry[count])), catalogued % what)


def difference(release: Release, source: str, check: Check) -> str:
    """How what the release says differs from what is expected; '' if it does not."""
    said = release.column(check.query, source)
    if isinstance(check.expected, Decimal):
        found = [Decimal(each) for each in said]
        return "" if found == [check.expected] else f"{check.expected} expected, {', '.join(said) or 'nothing'} found"
    expected = check.expected
    if check.mentioned:
        expected &= frozenset(release.column(check.mentioned, source))
    missing, more = sorted(expected - set(said)), sorted(set(said) - expected)
    told = [
        f"{len(keys)} {word}, such as {', '.join(keys[:5])}"
        for keys, word in ((missing, "missing"), (more, "more"))
        if keys
    ]
    return "; ".join(told)


def table(release: Release, outcomes: Iterable[Outcome]) -> str:
    """The table of sources, and below it what differs."""
    lines: list[tuple[str, ...]] = [COLUMNS]
    differing: list[str] = []
    by_source: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_source.setdefault(outcome.source, []).append(outcome)
        if outcome.differs:
            differing.append(f"{outcome.source}: {outcome.what}: {outcome.differs}")
    for name, entry in sorted(release.entries.items()):
        found = by_source.get(name, [])
        counts = (f"{int(str(entry[column])):,}" for column in COLUMNS[1:5])
        agree = f"{sum(not each.differs for each in found)} of {len(found)}"
        lines.append((name, *counts, f"{entry['seconds']:.1f}", f"{entry['megabytes']:.1f}", agree))
    widths = [max(len(line[place]) for line in lines) for place in range(len(COLUMNS))]
    shown = ["  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]).rstrip() for line in lines]
    return "\n".join([*shown, "", *(differing or ["nothing differs"])])


def main() -> int:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, help="the output folder of the build")
    parser.add_argument("build_file", type=Path, nargs="?", default=BUILD_FILE, help="what it was built from")
    given = parser.parse_args()
    release = Release.at(given.out)
    outcomes = list(compare(release, raw_sources(given.build_file)))
    print(table(release, outcomes))  # noqa: T201
    return int(any(outcome.differs for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
