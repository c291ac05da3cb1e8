"""What a check finds: each fault where the spreadsheet shows it, and how the list stands as a whole."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from graph.model.vocabulary.rules import rule


class Weight(StrEnum):
    """What a finding means for the list."""

    STOPS = "stops"
    """Nothing of the list can be published."""
    FIX = "mend"
    """What is wrong is left out until it is fixed."""
    REMARK = "remark"
    """It is published as it is; it could be better."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault; `row` counts as a spreadsheet does, 0 for the whole file. `letter` is '' if there are no columns."""

    file: str
    table: str
    row: int
    letter: str
    column: str
    value: str
    weight: Weight
    fault: str
    remedy: str
    rule: str
    general: str
    """The fault, alike for findings that name other rows."""

    @property
    def place(self) -> str:
        """Where to look, as the spreadsheet shows it: `row 12, column E (Postcode)`."""
        row = f"row {self.row}" if self.row else ""
        column = f"column {self.letter} ({self.column})" if self.letter else self.column
        return ", ".join(filter(None, (row, column))) or "the file"

    @property
    def kind(self) -> tuple[str, str, str]:
        """Equal for findings of one rule in one column."""
        return self.file, self.column, self.rule


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one kind, in the order of their rows; the remedy is '' where that differs from row to row."""

    file: str
    column: str
    rule: str
    fault: str
    """The title of the rule where it differs from row to row by more than the row that it names."""
    remedy: str
    count: int
    findings: Sequence[Finding]
    """The first of them."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows a table has, and in how many of them something must be fixed or the whole row is left out."""

    title: str
    rows: int
    to_fix: int
    left_out: int

    @property
    def ready(self) -> int:
        """Rows in which nothing must be fixed."""
        return self.rows - self.to_fix


@dataclass(frozen=True, slots=True)
class Report:
    """How a list stands. `tallies` are by table, in the order of the data set."""

    tallies: Mapping[str, Tally]
    findings: Sequence[Finding]
    several: bool = field(default=False)
    """Whether it has several files or sheets, so that places need their names."""

    @property
    def exit_code(self) -> int:
        """0 if nothing is wrong, or there are only remarks; 1 if something must be fixed."""
        return 1 if any(it.weight is not Weight.REMARK for it in self.findings) else 0

    def of(self, weight: Weight) -> list[Finding]:
        """The findings of a weight."""
        return [finding for finding in self.findings if finding.weight is weight]

    def groups(self, weight: Weight, most: int) -> list[Group]:
        """The findings of a weight by kind, the most frequent first, of each so many."""
        kinds: dict[tuple[str, str, str], list[Finding]] = {}
        for finding in self.of(weight):
            kinds.setdefault(finding.kind, []).append(finding)
        groups: list[Group] = []
        for (file, column, code), own in kinds.items():
            fault = _common(finding.general for finding in own) or rule(code).title
            remedy = _common(finding.remedy for finding in own)
            groups.append(Group(file, column, code, fault, remedy, len(own), own[:most]))
        return sorted(groups, key=lambda group: -group.count)


def _common(texts: Iterable[str]) -> str:
    """The one text that all are; '' if they differ."""
    found = set(texts)
    return found.pop() if len(found) == 1 else ""
