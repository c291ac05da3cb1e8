"""The outcome of a check of an uploaded list, as it goes through the pipe and onto the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter

from graph.checking.findings import Group, Report, Weight
from graph.checking.written import HEADS, detail, summary

__all__ = ["Outcome", "Refused", "Section", "of_report"]

KINDS, ROWS = 100, 50
"""Kinds of findings, and rows of each, that a page shows; the fix list has all."""


@dataclass(frozen=True)
class Refused:
    """Why a list could not be read: place, fact, remedy, as every error has them."""

    place: str
    fact: str
    remedy: str


@dataclass(frozen=True)
class Place:
    """Where one finding is, and what is special about it."""

    where: str
    detail: str


@dataclass(frozen=True)
class Kind:
    """Findings of one kind as the page shows them."""

    file: str
    column: str
    rule: str
    fault: str
    remedy: str
    count: int
    places: Sequence[Place]


@dataclass(frozen=True)
class Section:
    """All of one weight."""

    title: str
    weight: str
    kinds: Sequence[Kind]
    more: int
    """Kinds that are not shown."""


@dataclass(frozen=True)
class Outcome:
    """The report as a page (`summary` and on), or in another form (`written`), or why there is none (`refused`)."""

    form: str
    refused: Refused | None = None
    written: str = ""
    summary: Sequence[str] = ()
    sections: Sequence[Section] = ()
    several: bool = False
    suggestion: str = ""
    """A first TOML for the columns of the list, where they are not those of the data set."""

    def to_bytes(self) -> bytes:
        return _ADAPTER.dump_json(self)

    @classmethod
    def from_bytes(cls, text: bytes) -> "Outcome":
        return _ADAPTER.validate_json(text)


def of_report(report: Report, suggestion: str) -> Outcome:
    sections = [_section(report, weight, title) for weight, title in HEADS.items() if report.of(weight)]
    return Outcome("html", None, "", summary(report), sections, report.several, suggestion)


def _section(report: Report, weight: Weight, title: str) -> Section:
    groups = report.groups(weight, ROWS)
    return Section(title, str(weight), [_kind(group) for group in groups[:KINDS]], max(len(groups) - KINDS, 0))


def _kind(group: Group) -> Kind:
    places = [Place(finding.place, detail(group, finding).removeprefix(": ")) for finding in group.findings]
    return Kind(group.file, group.column, group.rule, group.fault, group.remedy, group.count, places)


_ADAPTER = TypeAdapter(Outcome)
