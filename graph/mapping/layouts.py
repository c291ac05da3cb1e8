"""The form of a file, recognised by its header: which table of its source it is, or why it is none of them."""

from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

from graph.errors import InputError, MappingError
from graph.model.rows.layout import Layout
from graph.model.rows.record import Form
from graph.sources.source import Source, sources_with


def layout_of(source: Source, file: Path, header: Sequence[str], referenced: Collection[str] | None) -> Layout:
    """What the header says, if it is one of the source's: a new, missing or renamed column stops the run."""
    columns = [column.strip() for column in header]
    place = f"{file.name}:1"
    table = source.table_of(columns)
    if table is None:
        raise _other_layout(source, place, columns)
    if doubled := _doubled(columns):
        raise InputError(place, f"names {_listed(doubled)} twice", "give each column a name of its own")
    empty = {column: frozenset(values) for column, values in source.empty.items() if column in columns}
    known = source.tables[table].columns
    ignored = [
        column for column in columns if column not in known or {column, f"{table}.{column}"} & source.ignore.keys()
    ]
    return Layout(source.name, file.name, columns, table, empty, ignored, referenced)


def refuse_unread(source: Source, layout: Layout, any_described: bool, rows: int) -> None:
    """InputError for a column that the mapping neither reads nor ignores on purpose: it would be lost silently.

    Not if none of so many `rows` gave anything: that is the file's own fault.
    """
    if isinstance(layout, Form):
        unread = layout.lost()
    else:
        unread = [column for column in layout.columns if column in layout.unread]
    if unread and not any_described and (layout.problems or not rows):
        raise _nothing_to_read(layout)
    if unread:
        raise MappingError(
            source.metadata,
            f"does not name {_listed(unread)}, which the mapping does not read",
            "read it in the mapping, or add it to [ignore] with the reason",
        )


def _nothing_to_read(layout: Layout) -> InputError:
    if not layout.problems:
        return InputError(layout.file, "has no row that could be read", "get the file again: only its header is there")
    first = layout.problems[0]
    named = " ".join(repr(part) for part in (first.column, first.value) if part)
    fact = f"has no row that could be read; the first fault is at {first.place}: {named} {first.fault}"
    return InputError(layout.file, " ".join(fact.split()), first.remedy)


def _other_layout(source: Source, place: str, columns: Sequence[str]) -> InputError:
    """How the header differs from that of the source's likeliest table, or whose it is."""
    if others := sources_with(columns):
        return InputError(place, f"is a file of source {others[0]!r}, not of {source.name!r}", "name the right source")
    nearest = max(source.tables.values(), key=lambda table: len(set(table.columns) & set(columns)))
    missing = [column for column in nearest.columns if column not in columns]
    new = [column for column in columns if column not in nearest.columns]
    doubled = _doubled(columns)
    facts = [f"lacks {_listed(missing)}"] * bool(missing) + [f"has the unknown {_listed(new)}"] * bool(new)
    facts += [f"names {_listed(doubled)} twice"] * bool(doubled)
    remedy = f"check that it is a file of source {source.name!r}; if its layout changed, correct {source.metadata}"
    return InputError(place, " and ".join(facts), remedy)


def _doubled(columns: Sequence[str]) -> list[str]:
    """The columns that a header names more than once."""
    return [column for column, times in Counter(columns).items() if times > 1]


def _listed(columns: Sequence[str]) -> str:
    names = ", ".join(repr(column[:60]) for column in columns[:5])
    more = f" and {len(columns) - 5} more" if len(columns) > 5 else ""
    return f"column{'s' if len(columns) > 1 else ''} {names}{more}"
