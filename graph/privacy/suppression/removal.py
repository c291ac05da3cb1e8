"""Taking out what was objected to: statements from sorted graphs, in one pass each, and words from problems."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from graph.model import iri
from graph.model.problems import Problem, parameters
from graph.model.terms import CIV, SKOS
from graph.nquads.rewriting import Counts, Rewriting, rewriting
from graph.nquads.row_index import forget_things
from graph.nquads.statement import Statement
from graph.privacy.suppression.matching import Rows, Texts, compact
from graph.privacy.suppression.reach import Reached
from graph.privacy.suppression.things import whole

BLOCK = 256
"""Lines that are looked at together: most blocks hold nothing, and are copied as they are."""

_NOTATION, _RECIPIENT_NAME = SKOS.notation.encode(), CIV.recipientName.encode()
_GRANT = b"/id/grant"
_WORDS = ("file", "column", "value", "reference")
_RECIPIENT = "recipientorg"
"""How the columns about the recipient of a grant begin, in all forms of grants, less case and blanks."""


@dataclass(slots=True)
class Removing:
    """Takes out what was reached; `matched` counts statements and problems by the entries that took them."""

    reached: Reached
    matched: Counter[int] = field(default_factory=Counter[int])
    touched: int = 0
    """Statements and problems that were taken out or changed."""
    freed: set[bytes] = field(default_factory=set[bytes])
    """Postcodes that statements pointed to which were taken out."""
    _last: tuple[bytes, Rows] = (b"", frozenset())

    def rewrite(self, graph: Path) -> Counts | None:
        """Rewrite one sorted graph in place; what it holds now, None if nothing in it changed."""
        with rewriting(graph) as lines:
            rest = iter(lines)
            while block := [*islice(rest, BLOCK)]:
                self._pass(block, lines)
        return lines.counts

    def clear_rows(self, rows: Path) -> None:
        """Take the things out of the index of rows, if there is one."""
        forget_things(rows, lambda thing: not self._untouched(thing) and bool(self._rows_of(thing)))

    def problems(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Problems without what was objected to; those about something that is taken out go too."""
        return tuple(found for each in problems if (found := self._problem(each)))

    def _pass(self, block: list[bytes], lines: Rewriting) -> None:
        """Pass on lines that stay as they are, and those with other words."""
        if self._untouched(b"".join(block)):
            lines.keep_all(block)
            return
        for line in block:
            statement = None if self._untouched(line) else Statement(line)
            cleared = statement and self._cleared(statement)
            if cleared is statement:
                lines.keep(line)
            elif cleared is not None:
                lines.add(cleared.line)

    def _rows_of(self, thing: bytes) -> Rows:
        return self.reached.removal.rows_of(thing.decode())

    def _untouched(self, lines: bytes) -> bool:
        """Whether lines have nothing to do with any entry, as far as can be seen quickly."""
        return self.reached.removal.impossible(lines) and not (self.reached.names_in_grants and _GRANT in lines)

    def _cleared(self, statement: Statement) -> Statement | None:
        """A statement as it may be published; itself if it may stay as it is."""
        if statement.subject != self._last[0]:
            self._last = statement.subject, self._rows_of(statement.subject[1:-1])
        thing = statement.thing
        rows = self._last[1] or (self._rows_of(thing[1:-1]) if thing else ())
        if rows or self._unnamed(statement):
            self._count(rows or self.reached.anonymous[self._grant(statement)])
            if thing.startswith(f"<{iri.base()}id/postcode/".encode()):
                self.freed.add(thing)
            return None
        return self._reworded(statement)

    def _reworded(self, statement: Statement) -> Statement:
        """The statement with its text cleared."""
        text = new = statement.text
        rows: set[int] = set()
        for texts in self._texts(statement) if text else ():
            rows.update(texts.rows_in(new))
            new = texts.taken_out(new)
        if new == text:
            return statement
        self._count(rows)
        return statement.with_text(new)

    def _texts(self, statement: Statement) -> Iterator[Texts]:
        """What may not be in the text of a statement."""
        removal = self.reached.removal
        yield removal.values
        yield removal.names
        if statement.predicate != _NOTATION:
            yield removal.numbers
        if own := self.reached.names_in_grants.get(self._grant(statement)):
            yield own

    def _unnamed(self, statement: Statement) -> bool:
        return statement.predicate == _RECIPIENT_NAME and self._grant(statement) in self.reached.anonymous

    def _grant(self, statement: Statement) -> str:
        """The grant that a statement is about or a part of; '' if none."""
        address = statement.subject.decode()
        start = f"<{iri.base()}id/"
        return whole(address[len(start) : -1])[0] if address.startswith(f"{start}grant") else ""

    def _count(self, rows: Iterable[int]) -> None:
        self.touched += 1
        self.matched.update(set(rows))

    def _problem(self, problem: Problem) -> Problem | None:
        about = problem.about.value if problem.about else ""
        if rows := self.reached.removal.rows_of(about):
            self._count(rows)
            return None
        grant = whole(about.partition("/id/")[2])[0] if about else ""
        if grant in self.reached.anonymous and compact(problem.column).startswith(_RECIPIENT):
            self._count(self.reached.anonymous[grant])
            return None
        removal = self.reached.removal
        texts = [
            removal.values,
            removal.names,
            removal.numbers,
            *filter(None, [self.reached.names_in_grants.get(grant)]),
        ]
        return self._worded(problem, texts)

    def _worded(self, problem: Problem, texts: list[Texts]) -> Problem:
        fields, named = {name: str(getattr(problem, name)) for name in _WORDS}, dict(problem.parameters)
        written = (*fields.values(), *named.values())
        rows = {row for each in texts for text in written for row in each.rows_in(text)}
        gone = {thing: self.reached.removal.rows_of(thing.value) for thing in problem.evidence}
        rows.update(row for found in gone.values() for row in found)
        if not rows:
            return problem
        self._count(rows)
        for each in texts:
            fields = {name: each.taken_out(text) for name, text in fields.items()}
            named = {name: each.taken_out(text) for name, text in named.items()}
        evidence = tuple(thing for thing in problem.evidence if not gone[thing])
        return replace(
            problem,
            file=fields["file"],
            column=fields["column"],
            value=fields["value"],
            parameters=parameters(**named),
            reference=fields["reference"],
            evidence=evidence,
        )
