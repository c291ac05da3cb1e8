"""What registers say: which entries were made and taken out, under what names, and who succeeded whom.

A source is taken for a register if it tells when entries were made; any other is a list, however official.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pyoxigraph import Store

from graph.pipeline.cubes.reading import code, rows
from graph.pipeline.quality.said import Said
from graph.pipeline.quality.telling import canonical_of, stated
from graph.words.terms import CIV, ORG, OWL, ROV, SKOS

Dates = Mapping[str, date | None]
"""The day of each source's data."""


@dataclass(frozen=True, slots=True)
class Registration:
    """An entry in a register, as the register's latest data tell of it."""

    iri: str
    number: str
    register: str
    removed: str
    """The day on which it was taken out; '' if that is not known."""
    in_force: bool


@dataclass
class Registers:
    """All that registers tell."""

    sources: frozenset[str] = frozenset()
    """The sources that are registers."""
    of: dict[str, list[Registration]] = field(default_factory=lambda: defaultdict(list[Registration]))
    """By organisation."""
    numbers: dict[str, str] = field(default_factory=dict[str, str])
    """The number of each registration, also of those in lists that are no registers."""
    former: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set[str]))
    """Names that an organisation had before."""
    successors: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set[str]))

    def gone(self, organisation: str) -> Registration | None:
        """The entry taken out last, if registers know the organisation and none has it still."""
        entries = self.of.get(organisation, [])
        if not entries or any(entry.in_force for entry in entries):
            return None
        return max(entries, key=lambda entry: (entry.removed, entry.iri))

    def successor(self, organisation: str) -> str:
        """The organisation that took over, or its own successor; '' where there is none, or more than one."""
        seen = {organisation}
        last = organisation
        while len(after := self.successors.get(last, set()) - seen) == 1:
            (last,) = after
            seen.add(last)
            if not self.gone(last):
                break
        return last if last != organisation else ""


def read_registers(store: Store, said: Said, dates: Dates) -> Registers:
    """Read the entries of registers, of the latest data that tell of each."""
    keepers = frozenset(
        source for source in said.entries if next(stated(store, CIV.registeredOn, [source]), None) is not None
    )
    found = Registers(keepers)
    removed = {(source, entry): day for source, entry, day in stated(store, CIV.removedOn, keepers)}
    named = rows(store, "?it ?name", f"?it a {CIV.Register} ; {SKOS.prefLabel} ?name")
    titles = {row[0]: row[1] for row in named}
    registers = {
        entry: titles.get(register, code(register)) for _, entry, register in stated(store, CIV.register, said.entries)
    }
    found.numbers = {entry: number for _, entry, number in stated(store, SKOS.notation, said.entries)}
    latest: dict[str, tuple[date, str, str]] = {}
    for source, organisation, entry in stated(store, ROV.registration, keepers):
        told = (dates.get(source) or date.min, source, organisation)
        latest[entry] = max(latest.get(entry, told), told)
    for entry, (_, source, organisation) in sorted(latest.items()):
        day = removed.get((source, entry), "")
        status = known.status if (known := said.entry(source, organisation)) else ""
        in_force = not day and status != "removed"
        number, register = found.numbers.get(entry, code(entry)), registers.get(entry, "its register")
        found.of[organisation].append(Registration(entry, number, register, day, in_force))
    _former_names(store, found)
    _successors(store, found)
    return found


def _former_names(store: Store, found: Registers) -> None:
    owners = {name: organisation for _, organisation, name in stated(store, CIV.formerName, found.sources)}
    for _, thing, label in stated(store, SKOS.prefLabel, found.sources):
        if thing in owners:
            found.former[owners[thing]].add(label)


def _successors(store: Store, found: Registers) -> None:
    """From links read out of texts, and from events that a list tells of."""
    canonical = canonical_of(store)

    def note(first: str, second: str) -> None:
        before, after = canonical.get(first, first), canonical.get(second, second)
        if before != after:
            found.successors[before].add(after)

    link = f"?it a {CIV.SuccessionLink} ; {OWL.annotatedSource} ?before ; {OWL.annotatedTarget} ?after"
    event = f"?it {ORG.originalOrganization} ?before ; {ORG.resultingOrganization} ?after"
    for where in (link, event):
        for first, second in rows(store, "?before ?after", where):
            note(first, second)


def registered_names(said: Said, registers: Registers, organisation: str) -> Sequence[str]:
    """The names by which registers know an organisation now, the official ones first."""
    entries = [entry for source in sorted(registers.sources) if (entry := said.entry(source, organisation))]
    return [*(name for entry in entries for name in entry.names), *(name for entry in entries for name in entry.others)]
