"""How much the sources know of areas: organisations listed for every 1,000 people, completeness, freshness."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pyoxigraph import NamedNode

from endpoint.presentation.cubes import dataset
from endpoint.presentation.model.page import Block, Grid
from endpoint.presentation.model.values import Value
from endpoint.presentation.names import labels
from endpoint.presentation.reading.kept import kept
from endpoint.presentation.reading.view import View
from endpoint.presentation.source_quality import figure
from endpoint.presentation.text.formatting import english_date
from endpoint.store.port import text
from endpoint.store.queries import with_prefixes
from graph.model.iri import last_segment

__all__ = ["Coverage", "coverage", "coverage_block"]

RATE = "organisations-per-1000"
SHOWN = ("organisations", RATE, "activities", "website", "within-a-year")
NOTHING = Value("—", "number")


@dataclass(frozen=True)
class Coverage:
    """A row a council, a column a source; cells are rates, or '' where the source has none there."""

    sources: tuple[tuple[str, str], ...]
    """Title and address of the page of each source."""
    rows: tuple[tuple[str, str, str, tuple[str, ...]], ...]
    """Name and address of the council, the rate of all organisations on a register, the rate of each source."""
    query: str


@kept
def coverage(view: View) -> Coverage:
    """Every council that any source has figures for."""
    query = with_prefixes(
        "# Organisations that each source lists for every 1,000 people, by council\n"
        "SELECT ?area ?source ?day ?rate WHERE {\n"
        f"  ?it dqv:isMeasurementOf {NamedNode(f'{view.base}def/quality-metric/{RATE}')} ; dqv:value ?rate ;\n"
        "    dqv:computedOn ?source ; sdmx-dimension:refArea ?area .\n  OPTIONAL { ?it dct:date ?day }\n}"
    )
    rates: dict[str, dict[str, str]] = {}
    for row in view.rows(query):
        source = last_segment(text(row, "source"))
        if text(row, "day") == _day(view, source):
            rates.setdefault(text(row, "area"), {})[source] = figure(RATE, text(row, "rate"))
    registered = _registered(view)
    names = sorted({source for of in rates.values() for source in of})
    titles = {entry.name: entry.title for entry in view.served.manifest.sources}
    areas = sorted({*rates, *registered}, key=lambda area: labels.title(view, area))
    rows = tuple(
        (
            *(labels.title(view, area), view.addresses.page(area), registered.get(area, "")),
            tuple(rates.get(area, {}).get(name, "") for name in names),
        )
        for area in areas
    )
    return Coverage(tuple((titles.get(name, name), f"/quality/{name}") for name in names), rows, query)


def coverage_block(view: View, iri: str) -> Block | None:
    """What each source has about an area: its organisations there, for every 1,000 people, and how complete it is."""
    title = "How much the sources know of this area"
    query = with_prefixes(
        f"# {title}: {iri}\nSELECT ?source ?day ?metric ?value WHERE {{\n"
        f"  ?it a dqv:QualityMeasurement ; sdmx-dimension:refArea {NamedNode(iri)} ;\n"
        "    dqv:computedOn ?source ; dqv:isMeasurementOf ?metric ; dqv:value ?value .\n"
        "  OPTIONAL { ?it dct:date ?day }\n}"
    )
    figures_of: dict[str, dict[str, str]] = {}
    for row in view.rows(query):
        source = last_segment(text(row, "source"))
        if text(row, "day") == _day(view, source):
            figures_of.setdefault(source, {})[last_segment(text(row, "metric"))] = text(row, "value")
    if not figures_of:
        return None
    titles = {entry.name: entry.title for entry in view.served.manifest.sources}
    rows = [
        (Value(titles.get(name, name), "link", href=f"/quality/{name}"), _of(view, name), *_cells(figures))
        for name, figures in sorted(figures_of.items(), key=lambda item: titles.get(item[0], item[0]))
    ]
    heads = ("Source", "Data of", *(view.name(f"{view.base}def/quality-metric/{metric}") for metric in SHOWN))
    return Block("coverage", title, query, (Grid(heads, tuple(rows)),))


def _cells(figures: Mapping[str, str]) -> list[Value]:
    shown = [figure(metric, figures.get(metric, "")) for metric in SHOWN]
    return [Value(words, "number") if words else NOTHING for words in shown]


def _registered(view: View) -> dict[str, str]:
    """Active organisations on any register for every 1,000 people, by council."""
    query = with_prefixes(
        f"SELECT ?area ?rate WHERE {{ ?it qb:dataSet {dataset(view, RATE)} ; sdmx-dimension:refArea ?area ; "
        "civ:organisationsPerThousand ?rate }"
    )
    return {text(row, "area"): figure(RATE, text(row, "rate")) for row in view.rows(query)}


def _date(view: View, source: str) -> date | None:
    entry = view.served.manifest.source(source)
    return entry.date if entry else None


def _day(view: View, source: str) -> str:
    """The day of the data of a source, as the graph writes it."""
    day = _date(view, source)
    return day.isoformat() if day else ""


def _of(view: View, source: str) -> Value:
    day = _date(view, source)
    return Value(english_date(day) if day else NOTHING.text, "words")
