"""The sanity counts: whether what a file gave is enough, clean enough, and not much less than what is served."""

from collections import Counter

from graph.errors import InputError
from graph.model.problems import Problem
from graph.nquads.mapped import Mapped
from graph.release.manifest import SourceEntry
from graph.sources.source import Source


def check_counts(source: Source, mapped: Mapped, served: SourceEntry | None) -> None:
    """InputError if the rows or problems of a source are not what is expected of it."""
    expect = source.expect
    if mapped.rows < expect.rows:
        fact = f"has {mapped.rows:,} rows where at least {expect.rows:,} are expected"
        raise _stopped(source, fact, "get the whole file", "rows")
    if served and (lost := 1 - mapped.rows / max(served.rows, 1)) > expect.lost:
        fact = f"has {mapped.rows:,} rows where the served release has {served.rows:,}: {lost:.1%} are lost"
        raise _stopped(source, f"{fact}, {expect.lost:.1%} allowed", "get the whole file", "lost")
    if len(mapped.problems) > expect.problems * mapped.rows:
        share = len(mapped.problems) / max(mapped.rows, 1)
        fact = f"has {len(mapped.problems):,} problems in {mapped.rows:,} rows, {share:.1%}"
        worst = _most_frequent(mapped.problems)
        raise _stopped(
            source, f"{fact}, {expect.problems:.1%} allowed{worst}", "correct the file or the mapping", "problems"
        )


def _stopped(source: Source, fact: str, remedy: str, key: str) -> InputError:
    setting = f"[sources.{source.name}.expect] {key}"
    return InputError(f"source {source.name}", fact, f"{remedy}, or, if this is right, set {setting}")


def _most_frequent(problems: tuple[Problem, ...]) -> str:
    """The rule to look at first, with one place where it was broken."""
    if not problems:
        return ""
    (column, code), times = Counter((it.column, it.rule) for it in problems).most_common(1)[0]
    first = min((it for it in problems if (it.column, it.rule) == (column, code)), key=lambda it: (it.file, it.row))
    return f"; most often, {times:,} times, {column!r} {first.fault} (first at {first.place})"
