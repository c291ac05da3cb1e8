"""Context the statements about several identifiers statements about one body, and taking that back.

Statements are rewritten as a stream of bytes: what is kept in memory grows with the number of aliases only.
"""

import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from graph.model import iri
from graph.model.terms import OWL, ROV, SKOS
from graph.nquads.lines import BUFFER, counts, joined, sorting, without
from graph.nquads.mapped import rows_file

Aliases = Mapping[bytes, bytes]
"""What stands for a body, by each identifier of it: IRIs as N-Quads writes them. It stands for itself too."""

# The ends of a link stay as the source stated them: a link between a thing and itself would say nothing.
_ENDS = (OWL.annotatedSource.encode(), OWL.annotatedTarget.encode())
_NOTED = {term.encode(): term for term in (SKOS.prefLabel, ROV.orgStatus, ROV.registration)}
_SAME = OWL.sameAs.encode()


@dataclass(slots=True)
class Seen:
    """What was met of the bodies that have several identifiers."""

    members: set[bytes] = field(default_factory=set[bytes])
    """The identifiers that some source speaks of, otherwise than in a link."""
    said: dict[tuple[bytes, str], set[tuple[str, bytes]]] = field(
        default_factory=dict[tuple[bytes, str], set[tuple[str, bytes]]]
    )
    """Names, statuses and registrations, by identifier and property, each with its source."""
    reflexive: list[tuple[str, bytes]] = field(default_factory=list[tuple[str, bytes]])
    """Statements that a body would make about itself and its own alias, with their source: they are left out."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A graph after rewriting."""

    subjects: int
    statements: int


def rewrite(source: str, graph: Path, aliases: Aliases, unmerged: Path, seen: Seen) -> Rewritten | None:
    """Rewrite one sorted graph in place; None if nothing in it changes.

    `unmerged` is left holding the statements that were replaced, as they were, so that `restore` can take the
    rewriting back.
    """
    kept, changed = graph.with_suffix(".kept"), graph.with_suffix(".changed")
    try:
        if not _part(source, graph, aliases, (kept, changed, unmerged), seen):
            unmerged.unlink()
            return None
        _join(kept, changed, graph, unmerged)
        _note_rows(rows_file(graph), aliases)
        return Rewritten(*counts(graph))
    finally:
        kept.unlink(missing_ok=True)
        changed.unlink(missing_ok=True)


def restore(graph: Path, unmerged: Path, aliases: Aliases) -> Rewritten:
    """Take the rewriting of a graph back: `unmerged` and `aliases` are those of the build that rewrote it."""
    changed, whole = graph.with_suffix(".changed"), graph.with_suffix(".whole")
    with unmerged.open("rb") as before, sorting(changed) as after:
        for line in before:
            after.write(_renamed(line, aliases)[0])
    with (
        graph.open("rb") as merged,
        changed.open("rb") as after,
        unmerged.open("rb") as before,
        whole.open("wb", BUFFER) as out,
    ):
        out.writelines(line for line, _ in joined(without(merged, after), before))
    changed.unlink()
    whole.replace(graph)
    return Rewritten(*counts(graph))


def aliases_in(identity: Path) -> dict[bytes, bytes]:
    """The aliases that the graph `identity` of a release states."""
    aliases: dict[bytes, bytes] = {}
    with identity.open("rb") as lines:
        for line in lines:
            alias, predicate, rest = line.split(b" ", 2)
            if predicate == _SAME:
                canonical = rest.partition(b" ")[0]
                aliases |= {alias: canonical, canonical: canonical}
    return aliases


def _part(source: str, graph: Path, aliases: Aliases, files: tuple[Path, Path, Path], seen: Seen) -> bool:
    """Part a graph into what stays as it is, what changes, and the latter as it was; whether anything changes."""
    kept, changed, unmerged = files
    organisation = f"<{iri.base()}id/organisation/".encode()
    with (
        graph.open("rb", BUFFER) as lines,
        kept.open("wb", BUFFER) as stays,
        unmerged.open("wb", BUFFER) as before,
        sorting(changed) as after,
    ):
        for line in lines:
            new = _met(source, line, aliases, seen) if organisation in line else line
            if new is line:
                stays.write(line)
                continue
            before.write(line)
            if _is_reflexive(new):
                seen.reflexive.append((source, line))
            else:
                after.write(new)
        return before.tell() > 0


def _met(source: str, line: bytes, aliases: Aliases, seen: Seen) -> bytes:
    """A statement about what stands for the body; what it tells of the body's identifiers is noted."""
    new, touched = _renamed(line, aliases)
    if touched:
        seen.members.update(touched)
        subject, predicate, rest = line.split(b" ", 2)
        if predicate in _NOTED and subject in aliases:
            seen.said.setdefault((subject, _NOTED[predicate]), set()).add((source, rest[: rest.rindex(b" <")]))
    return new


def _renamed(line: bytes, aliases: Aliases) -> tuple[bytes, Collection[bytes]]:
    """A statement about what stands for the body, and the identifiers in it that belong to a body of several.

    The line itself, and not a copy, if nothing changes.
    """
    subject, predicate, rest = line.split(b" ", 2)
    new_subject = aliases.get(subject)
    thing = rest[: rest.index(b">") + 1] if rest.startswith(b"<") and predicate not in _ENDS else b""
    new_thing = aliases.get(thing)
    touched = [each for each, new in ((subject, new_subject), (thing, new_thing)) if new]
    if new_subject in (None, subject) and new_thing in (None, thing):
        return line, touched
    rest = rest if new_thing is None else new_thing + rest[len(thing) :]
    return b" ".join((new_subject or subject, predicate, rest)), touched


def _is_reflexive(line: bytes) -> bool:
    subject, _, rest = line.split(b" ", 2)
    return rest.startswith(subject)


def _join(kept: Path, changed: Path, graph: Path, unmerged: Path) -> None:
    """Put the graph together again. What was stated both ways must come back both ways, so it is noted as well."""
    with kept.open("rb") as stays, changed.open("rb") as after, graph.open("wb", BUFFER) as out:
        both = unmerged.with_suffix(".both")
        with both.open("wb") as twice, unmerged.open("rb") as before:
            shutil.copyfileobj(before, twice)
            for line, in_both in joined(stays, after):
                out.write(line)
                if in_both:
                    twice.write(line)
    with both.open("rb") as lines, sorting(unmerged) as out:
        shutil.copyfileobj(lines, out)
    both.unlink()


def _note_rows(rows: Path, aliases: Aliases) -> None:
    """Note the rows of aliases as rows of what stands for them, so that findings lead back to the file."""
    with suppress(FileNotFoundError), rows.open("rb") as lines:
        renamed = list(_rows_of_aliases(lines, aliases))
        with rows.open("ab") as more:
            more.writelines(renamed)


def _rows_of_aliases(lines: Iterator[bytes], aliases: Aliases) -> Iterator[bytes]:
    for line in lines:
        thing, _, row = line.partition(b"\t")
        name = b"<" + thing + b">"
        if (new := aliases.get(name, name)) != name:
            yield new[1:-1] + b"\t" + row
