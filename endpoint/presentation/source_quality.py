"""The quality of one source: what to fix, by kind, and its measurements over time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pyoxigraph import NamedNode

from endpoint.presentation.names import labels
from endpoint.presentation.names.short_names import plain
from endpoint.presentation.reading.kept import kept
from endpoint.presentation.reading.view import View
from endpoint.presentation.text.formatting import english_date, per_thousand
from endpoint.store.port import text
from endpoint.store.queries import with_prefixes
from graph.model.iri import last_segment
from graph.model.problems import (
    CELL_FAULT,
    DOUBLE_ENTRY,
    DOUBTFUL_VALUE,
    FORMER_NAME,
    GONE,
    HIDDEN_POSTCODE_UNKNOWN,
    NAME_DIFFERS,
    NO_ACTIVITIES,
    NO_WEBSITE,
    NOT_CHECKED,
    POSTCODE_ENDED,
    POSTCODE_UNKNOWN,
    REFUSED_LINK,
)
from graph.model.terms import CIV, SKOS

__all__ = ["ORDER", "Kind", "Problem", "Table", "kinds", "measured", "problems", "problems_query"]

ORDER = (
    *(GONE, DOUBLE_ENTRY, POSTCODE_UNKNOWN, HIDDEN_POSTCODE_UNKNOWN, POSTCODE_ENDED),
    *(CELL_FAULT, NO_WEBSITE, REFUSED_LINK, NAME_DIFFERS, FORMER_NAME, NO_ACTIVITIES, NOT_CHECKED, DOUBTFUL_VALUE),
)
"""Kinds in the order in which to go through them: what misleads people first, what is worth a look last."""

METRICS = (
    *("organisations", "activities", "beneficiaries", "place", "postcode", "website", "description"),
    *("registered-number", "last-checked", "within-a-year", "median-age"),
)
_PLAIN = ("file", "row", "reference", "column", "value", "fault", "remedy")
COLUMNS = 5
"""Days of data side by side; the query gives all."""


@dataclass(frozen=True)
class Kind:
    """A kind of problem in one source; `across` if only cross-checks of rows and sources could find it."""

    code: str
    label: str
    definition: str
    count: int
    across: bool


@dataclass(frozen=True)
class Problem:
    """One problem as a row of a list; what its query does not give is ''."""

    href: str
    file: str
    row: str
    reference: str
    column: str
    value: str
    rule: str
    fault: str
    remedy: str
    about: str
    about_href: str
    evidence: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """Figures of a source, a row a metric, a column a day of its data; the newest first."""

    days: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[str, ...]], ...]
    query: str


@kept
def kinds(view: View, source: str) -> list[Kind]:
    """The kinds of problems in a source, in the order in which to fix them."""
    query = with_prefixes(
        "SELECT ?kind ?finding (COUNT(*) AS ?count) WHERE {\n"
        f"  ?it civ:inSource {view.graph(source)} ; civ:problemKind ?kind .\n"
        "  BIND(EXISTS { ?it a civ:Finding } AS ?finding)\n} GROUP BY ?kind ?finding"
    )
    counted: dict[str, tuple[int, bool]] = {}
    for row in view.rows(query):
        kind, number, across = text(row, "kind"), int(text(row, "count")), text(row, "finding") == "true"
        count, before = counted.get(kind, (0, False))
        counted[kind] = count + number, across or before
    found = [_kind(view, kind, *count) for kind, count in counted.items()]
    return sorted(found, key=lambda kind: (ORDER.index(kind.code) if kind.code in ORDER else len(ORDER), kind.code))


def _kind(view: View, kind: str, count: int, across: bool) -> Kind:
    code = last_segment(kind)
    return Kind(code, view.name(kind), plain(view, kind, SKOS.definition), count, across or code == DOUBLE_ENTRY)


def problems_query(view: View, source: str, kind: str) -> str:
    """The query for the problems of one kind in a source, in the order of its rows."""
    optional = "".join(
        f"  OPTIONAL {{ ?problem civ:{term} ?{name} }}\n"
        for term, name in (
            *(("inFile", "file"), ("row", "row"), ("entryReference", "reference"), ("column", "column")),
            *(("cellValue", "value"), ("about", "about")),
        )
    )
    concept = NamedNode(f"{view.base}def/problem-kind/{kind}")
    return with_prefixes(
        "# What to fix\nSELECT ?problem ?file ?row ?reference ?column ?value ?rule ?fault ?remedy ?about WHERE {\n"
        f"  ?problem civ:inSource {view.graph(source)} ; civ:problemKind {concept} ;\n"
        f"    civ:rule ?rule ; civ:fault ?fault ; civ:remedy ?remedy .\n{optional}}}\n"
        "ORDER BY ?file ?row ?column ?problem"
    )


def problems(view: View, query: str, *, with_evidence: bool = True) -> Iterator[Problem]:
    for row in view.rows(query):
        about, problem = text(row, "about"), text(row, "problem")
        evidence = view.things(problem, CIV.groundedOn) if with_evidence else []
        yield Problem(
            href=view.addresses.page(problem),
            **{name: text(row, name) for name in _PLAIN},
            rule=last_segment(text(row, "rule")),
            about=labels.title(view, about) if about else "",
            about_href=view.addresses.page(about) if about else "",
            evidence=tuple((labels.title(view, it), view.addresses.page(it)) for it in evidence),
        )


@kept
def measured(view: View, source: str) -> Table:
    """How complete and how fresh a source was on the last days of its data."""
    query = with_prefixes(
        "# How complete and how fresh the source is\nSELECT ?metric ?day ?value WHERE {\n"
        f"  ?it a dqv:QualityMeasurement ; dqv:computedOn {view.graph(source)} ;\n"
        "    dqv:isMeasurementOf ?metric ; dqv:value ?value ; dct:date ?day .\n"
        "  FILTER NOT EXISTS { ?it sdmx-dimension:refArea ?area }\n}\nORDER BY DESC(?day) ?metric"
    )
    found = {(last_segment(text(row, "metric")), text(row, "day")): text(row, "value") for row in view.rows(query)}
    days = sorted({day for _, day in found}, reverse=True)[:COLUMNS]
    rows = tuple(
        _metric(view, metric, days, found) for metric in METRICS if any((metric, day) in found for day in days)
    )
    return Table(tuple(english_date(date.fromisoformat(day)) for day in days), rows, query)


def _metric(
    view: View, metric: str, days: Sequence[str], found: Mapping[tuple[str, str], str]
) -> tuple[str, str, tuple[str, ...]]:
    iri = f"{view.base}def/quality-metric/{metric}"
    cells = tuple(figure(metric, found.get((metric, day), "")) for day in days)
    return view.name(iri), view.addresses.page(iri), cells


def figure(metric: str, value: str) -> str:
    """A figure as a reader sees it.

    >>> figure("website", "0.667"), figure("median-age", "412"), figure("organisations", "8145"), figure("place", "")
    ('67%', '412 days', '8,145', '')
    """
    if not value:
        return ""
    if metric == "median-age":
        return f"{int(value):,} days"
    if metric == "organisations":
        return f"{int(value):,}"
    return per_thousand(Decimal(value)) if metric == "organisations-per-1000" else f"{Decimal(value):.0%}"
