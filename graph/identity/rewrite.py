"""Context the statements about several identifiers statements about one body, and taking that back.

Statements are rewritten as a stream of bytes: what is kept in memory grows with the number of aliases only.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graph.model import iri
from graph.model.terms import OWL, ROV, SKOS
from graph.nquads.lines import lines_of, sorting, without
from graph.nquads.reading import statements, stating
from graph.nquads.rewriting import Counts, rewriting
from graph.nquads.row_index import add_aliases, rows_file
from graph.nquads.statement import Statement

Aliases = Mapping[bytes, bytes]
"""What stands for a body, by each identifier of it: IRIs as N-Quads writes them. It stands for itself too."""

# The ends of a link stay as the source stated them: a link between a thing and itself would be empty.
_ENDS = (OWL.annotatedSource.encode(), OWL.annotatedTarget.encode())
_NOTED = {term.encode(): term for term in (SKOS.prefLabel, ROV.orgStatus, ROV.registration)}
_SAME = OWL.sameAs.encode()


@dataclass(slots=True)
class Seen:
    """What was met of the bodies that have several identifiers."""

    members: set[bytes] = field(default_factory=set[bytes])
    """The identifiers that some source describes, otherwise than in a link."""
    stated: dict[tuple[bytes, str], set[tuple[str, bytes]]] = field(
        default_factory=dict[tuple[bytes, str], set[tuple[str, bytes]]]
    )
    """Names, statuses and registrations, by identifier and property, each with its source."""
    reflexive: list[tuple[str, Statement]] = field(default_factory=list[tuple[str, Statement]])
    """Statements that a body would make about itself and its own alias, with their source: they are left out."""


def rewrite(source: str, graph: Path, aliases: Aliases, unmerged: Path, seen: Seen) -> Counts | None:
    """Rewrite one sorted graph in place; None if nothing in it changes.

    `unmerged` is left holding the statements that were replaced, as they were, so that `restore` can take the
    rewriting back. What was stated both ways must come back both ways, so it is among them.
    """
    organisation = f"<{iri.base()}id/organisation/".encode()
    with sorting(unmerged) as before, rewriting(graph, twice=before) as lines:
        for line in lines:
            old = Statement(line) if organisation in line else None
            new = _met(source, old, aliases, seen) if old else None
            if not old or not new:
                lines.keep(line)
                continue
            before.write(line)
            if new.thing == new.subject:
                seen.reflexive.append((source, old))
            else:
                lines.add(new.line)
    if not lines.changed:
        unmerged.unlink()
        return None
    add_aliases(rows_file(graph), aliases)
    return lines.counts


def restore(graph: Path, unmerged: Path, aliases: Aliases) -> Counts | None:
    """Take the rewriting of a graph back: `unmerged` and `aliases` are those of the build that rewrote it."""
    merged = graph.with_suffix(".merged")
    with sorting(merged) as after:
        for statement in statements(unmerged):
            after.write((_renamed(statement, aliases)[0] or statement).line)
    with rewriting(graph) as lines:
        lines.keep_all(without(lines, lines_of(merged)))
        lines.add_all(lines_of(unmerged))
    merged.unlink()
    return lines.counts


def aliases_in(identity: Path) -> dict[bytes, bytes]:
    """The aliases that the graph `identity` of a release states."""
    aliases: dict[bytes, bytes] = {}
    for same in stating(identity, (_SAME,)):
        aliases |= {same.subject: same.thing, same.thing: same.thing}
    return aliases


def _met(source: str, statement: Statement, aliases: Aliases, seen: Seen) -> Statement | None:
    """A statement about what stands for the body, None if it is that already; what is stated of the body is noted."""
    new, touched = _renamed(statement, aliases)
    if touched:
        seen.members.update(touched)
        if statement.predicate in _NOTED and statement.subject in aliases:
            place = statement.subject, _NOTED[statement.predicate]
            seen.stated.setdefault(place, set()).add((source, statement.object))
    return new


def _renamed(statement: Statement, aliases: Aliases) -> tuple[Statement | None, Collection[bytes]]:
    """A statement about what stands for the body, None if it already is; and its identifiers of a body of several."""
    subject, thing = statement.subject, b"" if statement.predicate in _ENDS else statement.thing
    new_subject, new_thing = aliases.get(subject), aliases.get(thing)
    touched = [each for each, new in ((subject, new_subject), (thing, new_thing)) if new]
    if new_subject in (None, subject) and new_thing in (None, thing):
        return None, touched
    return statement.with_terms(subject=new_subject or b"", thing=new_thing or b""), touched
