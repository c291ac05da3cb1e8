"""What annual returns state, in parts, and the columns of the table that shows them: one a year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal

from endpoint.presentation.model.blocks import by_subject, texts
from endpoint.presentation.model.page import Year
from endpoint.presentation.model.values import Value, is_money
from endpoint.presentation.names import labels
from endpoint.presentation.names.short_names import day_of
from endpoint.presentation.reading.display import display_of
from endpoint.presentation.reading.view import View
from endpoint.store.port import Fact
from graph.model.terms import CIV, RDF, XSD

__all__ = ["Column", "columns", "head", "parts"]

_UNGROUPED = (_AMOUNTS, _ANSWERS, _REST) = ("In parts", "Answers", "The return")
"""The parts of properties outside groups: amounts, counts and answers, anything else."""
_HIDDEN = frozenset((RDF.type.value, CIV.yearEnd.value))  # the table itself, and its heads


@dataclass(frozen=True)
class Column:
    """All that registers state about the year to one day, newest first in the table."""

    ends: str
    facts: list[Fact]


def columns(facts: Iterable[Fact]) -> list[Column]:
    """Statements by the year that they are about, newest first; a return without a day is alone, last."""
    by_end: dict[tuple[str, str], list[Fact]] = {}
    for subject, own in by_subject(facts).items():
        ends = next(iter(texts(own, CIV.yearEnd)), "")
        by_end.setdefault((ends, "" if ends else subject), []).extend(own)
    return [Column(ends, own) for (ends, _), own in sorted(by_end.items(), reverse=True)]


def head(view: View, column: Column) -> Year:
    subjects = sorted({fact.subject for fact in column.facts})
    label = f"Year to {day_of(column.ends)}" if column.ends else labels.title(view, subjects[0])
    return Year(label, tuple(_return(view, subject, column.facts) for subject in subjects))


def parts(view: View, years: Sequence[Column]) -> list[tuple[str, list[str]]]:
    """The properties that the years have, in parts as a reader asks for them; the first part needs no heading."""
    met = {fact.property: fact.value for year in years for fact in year.facts if fact.property not in _HIDDEN}
    groups = display_of(view).groups_of(CIV.AnnualReturn)
    order = [prop.value for group in groups for prop in group.properties]
    part_of = {prop.value: group.title for group in groups for prop in group.properties}
    placed: dict[str, list[str]] = {title: [] for title in (*(group.title for group in groups), *_UNGROUPED)}
    for prop, value in met.items():
        placed[part_of.get(prop) or _part(view, prop, value)].append(prop)

    def place(prop: str) -> tuple[int, str]:
        return (order.index(prop) if prop in order else len(order), labels.property_label(view, prop))

    first = groups[0].title if groups else ""
    return [("" if part == first else part, sorted(props, key=place)) for part, props in placed.items() if props]


def _part(view: View, prop: str, value: object) -> str:
    if is_money(view, prop):
        return _AMOUNTS
    datatype = value.datatype.value if isinstance(value, Literal) else ""
    return _ANSWERS if datatype in (XSD.boolean.value, XSD.integer.value) else _REST


def _return(view: View, subject: str, facts: Iterable[Fact]) -> Value:
    """A return by the source that it is from, as the head of its column gives the year."""
    graphs = sorted({fact.source for fact in facts if fact.subject == subject and fact.source in view.sources})
    words = ", ".join(view.sources[graph].title for graph in graphs) or labels.title(view, subject)
    return Value(words, "link", href=view.addresses.page(subject))
