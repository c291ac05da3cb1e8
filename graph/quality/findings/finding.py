"""A finding before its row is known, and what all finders look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from graph.model.problems import Parameters
from graph.quality.profile import Profiles, local
from graph.quality.registers import Registers
from graph.statistics.places import Places


@dataclass(frozen=True, slots=True)
class Found:
    """What is wrong with an entry of a source.

    `thing` identifies the row, `words` are names of the column that it may be in, the likeliest first.
    """

    thing: str
    about: str
    rule: str
    parameters: Parameters = ()
    words: tuple[str, ...] = ()
    value: str = ""
    reference: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """All that was read for the findings."""

    profiles: Profiles
    registers: Registers
    places: Places
    dates: Mapping[str, date | None]

    def is_list(self, source: str) -> bool:
        """Whether a source lists organisations without being a register."""
        return source in self.profiles.entries and source not in self.registers.sources

    def reference(self, source: str, organisation: str) -> str:
        """A source's name for an organisation: the number that it gave it, otherwise its identifier."""
        entry = self.profiles.entry(source, organisation)
        return (self.registers.numbers.get(entry.own, "") if entry else "") or local(organisation)

    def named(self, organisation: str) -> str:
        """An organisation as a sentence names it."""
        registers = sorted(self.registers.sources)
        entries = [entry for source in registers if (entry := self.profiles.entry(source, organisation))]
        name = next((name for entry in entries for name in entry.names), "")
        return f"{name} ({local(organisation)})" if name else local(organisation)
