"""Taking out what was objected to: statements from sorted graphs, in one pass each, and words from problems."""

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import IO

from graph.model import iri
from graph.model.problems import Problem, parameters
from graph.model.terms import CIV, SKOS
from graph.nquads.lines import BUFFER, joined, sorting
from graph.nquads.statement import Statement
from graph.privacy.suppression.matching import Rows, Texts
from graph.privacy.suppression.reach import Reached
from graph.privacy.suppression.things import whole

BLOCK = 256
"""Lines that are looked at together: most blocks hold nothing, and are copied as they are."""

_NOTATION, _RECIPIENT_NAME = str(SKOS.notation), str(CIV.recipientName)
_GRANT = b"/id/grant"
_WORDS = ("file", "column", "value", "reference")
_RECIPIENT = "recipientorg"
"""How the columns begin that tell of the recipient of a grant, in all forms of grants, in small letters."""


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

    def rewrite(self, graph: Path) -> bool:
        """Rewrite one sorted graph in place; whether anything in it changed."""
        before, kept, changed = self.touched, graph.with_suffix(".kept"), graph.with_suffix(".changed")
        with graph.open("rb", BUFFER) as lines, kept.open("wb", BUFFER) as stays, changed.open("wb", BUFFER) as new:
            while block := [*islice(lines, BLOCK)]:
                self._part(block, stays, new)
        if self.touched > before:
            _join(kept, changed, graph)
        kept.unlink()
        changed.unlink()
        return self.touched > before

    def clear_rows(self, rows: Path) -> None:
        """Take the things out of the file that tells which row each came from, if there is one."""
        if not rows.exists():
            return
        kept = rows.with_suffix(".kept")
        with rows.open("rb", BUFFER) as lines, kept.open("wb", BUFFER) as stays:
            for line in lines:
                thing = line.partition(b"\t")[0]
                if self._untouched(thing) or not self.reached.removal.rows_of(thing.decode()):
                    stays.write(line)
        kept.replace(rows)

    def problems(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Problems without what was objected to; those about something that is taken out go too."""
        return tuple(found for each in problems if (found := self._problem(each)))

    def _part(self, block: list[bytes], stays: IO[bytes], new: IO[bytes]) -> None:
        """Part lines into those that stay as they are and those with other words."""
        if self._untouched(b"".join(block)):
            stays.writelines(block)
            return
        for line in block:
            said = line if self._untouched(line) else self._said(line)
            if said is line:
                stays.write(line)
            elif said is not None:
                new.write(said)

    def _untouched(self, lines: bytes) -> bool:
        """Whether lines have nothing to do with any entry, as far as can be seen quickly."""
        return self.reached.removal.impossible(lines) and not (self.reached.called and _GRANT in lines)

    def _said(self, line: bytes) -> bytes | None:
        """A statement as it may be published; the line itself if it may stay as it is."""
        said, removal = Statement(line), self.reached.removal
        if said.subject != self._last[0]:
            self._last = said.subject, removal.rows_of(said.subject.decode()[1:-1])
        rows = self._last[1] or (removal.rows_of(said.thing) if said.thing else ())
        if rows or self._unnamed(said):
            self._count(rows or self.reached.anonymous[self._grant(said)])
            if said.thing.startswith(f"{iri.base()}id/postcode/"):
                self.freed.add(f"<{said.thing}>".encode())
            return None
        return self._reworded(said, line)

    def _reworded(self, said: Statement, line: bytes) -> bytes:
        """The statement with its text cleared."""
        text = new = said.text
        rows: set[int] = set()
        for texts in self._texts(said) if text else ():
            rows.update(texts.rows_in(new))
            new = texts.taken_out(new)
        if new == text:
            return line
        self._count(rows)
        return said.with_text(new)

    def _texts(self, said: Statement) -> Iterator[Texts]:
        """What may not stand in the text of a statement."""
        removal = self.reached.removal
        yield removal.values
        yield removal.names
        if said.predicate != _NOTATION:
            yield removal.numbers
        if own := self.reached.called.get(self._grant(said)):
            yield own

    def _unnamed(self, said: Statement) -> bool:
        return said.predicate == _RECIPIENT_NAME and self._grant(said) in self.reached.anonymous

    def _grant(self, said: Statement) -> str:
        """The grant that a statement is about or a part of; '' if none."""
        address = said.subject.decode()
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
        if grant in self.reached.anonymous and problem.column.lower().startswith(_RECIPIENT):
            self._count(self.reached.anonymous[grant])
            return None
        removal = self.reached.removal
        texts = [removal.values, removal.names, removal.numbers, *filter(None, [self.reached.called.get(grant)])]
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


def _join(kept: Path, changed: Path, graph: Path) -> None:
    """Put a graph together again, sorted, each statement once."""
    ordered = graph.with_suffix(".ordered")
    with changed.open("rb") as lines, sorting(ordered) as out:
        shutil.copyfileobj(lines, out)
    with kept.open("rb") as first, ordered.open("rb") as second, graph.open("wb", BUFFER) as out:
        out.writelines(line for line, _ in joined(first, second))
    ordered.unlink()
