"""The facts of registers: which entries were made and taken out, under what names, and who succeeded whom.

A source counts as a register if it has the days on which entries were made; any other is a list, however official.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from graph.model.iri import last_segment
from graph.model.terms import CIV, ORG, OWL, ROV, SKOS, Iri
from graph.nquads.sorted_graph import SortedGraph
from graph.quality.profile import Profiles
from graph.quality.profiling import Graphs, canonical_of, stated

Dates = Mapping[str, date | None]
"""The day of each source's data."""


@dataclass(frozen=True, slots=True)
class Registration:
    """An entry in a register, by the register's latest data."""

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
    """The number of each registration, also of those in lists that are not registers."""
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


def read_registers(graphs: Graphs, merged: SortedGraph, profiles: Profiles, dates: Dates) -> Registers:
    """Read the entries of registers, each from the latest data that have it."""
    keepers = frozenset(
        source for source in profiles.entries if next(stated(graphs, CIV.registeredOn, [source]), None) is not None
    )
    found = Registers(keepers)
    removed = {(source, entry): day for source, entry, day in stated(graphs, CIV.removedOn, keepers)}
    kept = set(merged.of_class(CIV.Register))
    titles = {register: name for register, name in merged.values(SKOS.prefLabel) if register in kept}
    registers = {
        entry: titles.get(register, last_segment(register))
        for _, entry, register in stated(graphs, CIV.register, profiles.entries)
    }
    found.numbers = {entry: number for _, entry, number in stated(graphs, SKOS.notation, profiles.entries)}
    for entry, (_, source, organisation) in sorted(_latest(graphs, keepers, dates).items()):
        day = removed.get((source, entry), "")
        status = known.status if (known := profiles.entry(source, organisation)) else ""
        in_force = not day and status != "removed"
        number, register = found.numbers.get(entry, last_segment(entry)), registers.get(entry, "its register")
        found.of[organisation].append(Registration(entry, number, register, day, in_force))
    _former_names(graphs, found)
    _successors(merged, canonical_of(graphs), found)
    return found


def _latest(graphs: Graphs, keepers: Collection[str], dates: Dates) -> Mapping[str, tuple[date, str, str]]:
    """The day, source and organisation of each entry in the latest data that have it."""
    latest: dict[str, tuple[date, str, str]] = {}
    for source, organisation, entry in stated(graphs, ROV.registration, keepers):
        data = (dates.get(source) or date.min, source, organisation)
        latest[entry] = max(latest.get(entry, data), data)
    return latest


def _former_names(graphs: Graphs, found: Registers) -> None:
    owners = {name: organisation for _, organisation, name in stated(graphs, CIV.formerName, found.sources)}
    for _, thing, label in stated(graphs, SKOS.prefLabel, found.sources):
        if thing in owners:
            found.former[owners[thing]].add(label)


def _successors(merged: SortedGraph, canonical: Mapping[str, str], found: Registers) -> None:
    """From links read out of texts, and from events in a list."""
    links = set(merged.of_class(CIV.SuccessionLink))
    for first, second in (
        *_joined(merged, OWL.annotatedSource, OWL.annotatedTarget, links.__contains__),
        *_joined(merged, ORG.originalOrganization, ORG.resultingOrganization, lambda _: True),
    ):
        before, after = canonical.get(first, first), canonical.get(second, second)
        if before != after:
            found.successors[before].add(after)


def _joined(merged: SortedGraph, one: Iri, other: Iri, wanted: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """What two properties state of one thing, each with each."""
    firsts: dict[str, list[str]] = defaultdict(list)
    for thing, value in merged.values(one):
        if wanted(thing):
            firsts[thing].append(value)
    for thing, second in merged.values(other):
        for first in firsts.get(thing, ()):
            yield first, second


def registered_names(profiles: Profiles, registers: Registers, organisation: str) -> Sequence[str]:
    """The names by which registers know an organisation now, the official ones first."""
    entries = [entry for source in sorted(registers.sources) if (entry := profiles.entry(source, organisation))]
    return [*(name for entry in entries for name in entry.names), *(name for entry in entries for name in entry.others)]
