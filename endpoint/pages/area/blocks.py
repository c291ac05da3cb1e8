"""Blocks about one area, each drawn from one query over a data cube and its withheld cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pyoxigraph import NamedNode

from endpoint.pages.area.coverage import coverage_block
from endpoint.presentation.cubes import code, dataset, holds
from endpoint.presentation.model.blocks import Notes
from endpoint.presentation.model.page import Block, Counts, Line
from endpoint.presentation.model.values import Value, link
from endpoint.presentation.reading.kept import kept
from endpoint.presentation.reading.view import View
from endpoint.presentation.text.formatting import per_thousand, pounds
from endpoint.store.port import Row, text
from endpoint.store.queries import with_prefixes
from graph.model.iri import last_segment

__all__ = ["area_blocks"]

LATEST = 12
"""Years shown; the query gives all."""
WITHHELD = Value("withheld", "text")
WHY_WITHHELD = "because it is too small to show: it could identify an organisation, or reveal a figure that could"
WHERE = "by the postcode of an organisation, otherwise by the area in which it says that it mainly works"
NOTHING = Value("—", "text")
OF_SIZES = ("to-12500", "to-25000", "to-50000", "to-100000", "to-500000", "to-1000000", "over-1000000", "not-known")
INDEXES = {"simd2020v2": "SIMD 2020v2", "imd2025": "IMD 2025", "imd2019": "IMD 2019"}


@dataclass(frozen=True)
class _Count:
    """A table of active organisations by one dimension."""

    id: str
    title: str
    cube: str
    dimension: str
    head: str


COUNTS = (
    _Count("forms", "Active organisations by legal form", "form", "civ:countedLegalForm", "Legal form"),
    _Count("sizes", "Active organisations by yearly income", "size", "civ:sizeBand", "Income"),
    _Count("aims", "Active organisations by purpose", "purpose", "civ:countedPurpose", "Purpose"),
)


def area_blocks(view: View, notes: Notes, iri: str) -> Iterator[Block]:
    """The blocks that the cubes have figures for."""
    for name, make in (("derived", _blocks), ("measurements", _coverage)):
        graph = f"{view.base}id/source/{name}"
        if graph in view.served.graphs:
            yield from (replace(block, sources=notes.marks([graph])) for block in make(view, iri))


@kept
def _coverage(view: View, iri: str) -> list[Block]:
    found = coverage_block(view, iri)
    return [found] if found else []


@kept
def _blocks(view: View, iri: str) -> list[Block]:
    held = [name for name in INDEXES if holds(view, f"organisations-by-deprivation-{name}")]
    found = (
        _rate(view, iri),
        _small_area(view, iri),
        *(_counts(view, iri, count) for count in COUNTS),
        *(_deprivation(view, iri, name) for name in held),
        _money(view, iri),
        _turnover(view, iri),
    )
    return [block for block in found if block is not None]


def _block(
    name: str, title: str, query: str, heads: Sequence[str], rows: Sequence[tuple[Value, ...]], remark: str = ""
) -> Block | None:
    if not rows:
        return None
    remarked = (("Counted", remark), ("Withheld", WHY_WITHHELD if any(WITHHELD in row for row in rows) else ""))
    remarks = tuple(Line(label, "", (Value(words, "text"),)) for label, words in remarked if words)
    return Block(name, title, query, (Counts(tuple(heads), tuple(rows), remarks),))


def _rate(view: View, iri: str) -> Block | None:
    query = with_prefixes(
        f"# Active organisations for every 1,000 people: {iri}\nSELECT ?rate ?people WHERE {{\n"
        f"  ?it qb:dataSet {dataset(view, 'organisations-per-1000')} ; sdmx-dimension:refArea {NamedNode(iri)} ;\n"
        "    civ:organisationsPerThousand ?rate ; civ:populationCounted ?people .\n}"
    )
    rows = [(_plain(per_thousand(Decimal(text(row, "rate")))), _count(text(row, "people"))) for row in view.rows(query)]
    title = "Active organisations and people"
    return _block("rate", title, query, ("For every 1,000 people", "People"), rows)


def _small_area(view: View, iri: str) -> Block | None:
    name = "organisations-by-small-area"
    title = "Active organisations in this small area"
    query = with_prefixes(
        f"# {title}: {iri}\nSELECT ?count ?status WHERE {{\n"
        f"  VALUES ?set {{ {dataset(view, name)} {dataset(view, f'{name}-withheld')} }}\n"
        f"  ?it qb:dataSet ?set ; sdmx-dimension:refArea {NamedNode(iri)} .\n"
        "  OPTIONAL { ?it civ:organisations ?count }\n  OPTIONAL { ?it sdmx-attribute:obsStatus ?status }\n}"
    )
    rows = [(Value("By postcode", "words"), _count(text(row, "count"))) for row in view.rows(query)]
    return _block("small-area", title, query, ("How they are placed", "Organisations"), rows)


def _counts(view: View, iri: str, what: _Count) -> Block | None:
    query = with_prefixes(
        f"# {what.title}: {iri}\nSELECT ?item ?count ?by_postcode WHERE {{\n"
        f"  ?it qb:dataSet {dataset(view, f'organisations-by-area-status-{what.cube}')} ;\n"
        f"    sdmx-dimension:refArea {NamedNode(iri)} ;\n"
        f"    civ:countedStatus {code(view, 'registration-status/active')} ;\n"
        f"    {what.dimension} ?item ; civ:organisations ?count ; civ:placedByPostcode ?by_postcode .\n"
        "}\nORDER BY DESC(?count) ?item"
    )
    found = list(view.rows(query))
    if what.cube == "size":
        found.sort(key=lambda row: _size_order(text(row, "item")))
    placed = all(text(row, "count") == text(row, "by_postcode") for row in found)
    columns = ("count",) if placed else ("count", "by_postcode")
    heads = (what.head, "Organisations", "Of these placed by postcode")[: len(columns) + 1]
    rows = [(_thing(view, row), *(_count(text(row, name)) for name in columns)) for row in found]
    return _block(what.id, what.title, query, heads, rows, "by where their postcodes lie" if placed else WHERE)


def _size_order(item: str) -> int:
    name = last_segment(item)
    return OF_SIZES.index(name) if name in OF_SIZES else -1


def _deprivation(view: View, iri: str, index: str) -> Block | None:
    name = f"organisations-by-deprivation-{index}"
    title = f"Active organisations by deprivation, {INDEXES[index]}"
    query = with_prefixes(
        f"# {title}: {iri}\nSELECT ?item ?count ?status WHERE {{\n"
        f"  VALUES ?set {{ {dataset(view, name)} {dataset(view, f'{name}-withheld')} }}\n"
        f"  ?it qb:dataSet ?set ; sdmx-dimension:refArea {NamedNode(iri)} ; civ:deprivationGroup ?item .\n"
        "  OPTIONAL { ?it civ:organisations ?count }\n  OPTIONAL { ?it sdmx-attribute:obsStatus ?status }\n}"
    )
    found = sorted(view.rows(query), key=lambda row: _group_order(text(row, "item")))
    whole = next((int(text(row, "count")) for row in found if text(row, "item").endswith("/all")), 0)
    rows = [(_thing(view, row), _count(text(row, "count")), _share(text(row, "count"), whole)) for row in found]
    return _block(f"deprivation-{index}", title, query, ("Small areas", "Organisations", "Share"), rows)


def _group_order(item: str) -> tuple[str, int]:
    kind, _, number = last_segment(item).partition("-")
    return {"all": "", "quintile": "1"}.get(kind, "2"), int(number or 0)


def _money(view: View, iri: str) -> Block | None:
    """Income and expenditure are withheld together, so that one year is one row."""
    sums = ("income", "expenditure")
    columns = (
        ("income", "income-by-area-year", "civ:totalIncome"),
        ("expenditure", "expenditure-by-area-year", "civ:totalExpenditure"),
        ("returns", "income-by-area-year", "civ:returnsCounted"),
    )
    sets = " ".join(dataset(view, f"{cube}{end}") for _, cube, _ in columns[:2] for end in ("", "-withheld"))
    area = f"sdmx-dimension:refArea {NamedNode(iri)} ; civ:financialYear ?year"
    query = with_prefixes(
        f"# Income and expenditure by financial year: {iri}\nSELECT ?year ?income ?expenditure ?returns WHERE {{\n"
        f"  {{ SELECT DISTINCT ?year WHERE {{ VALUES ?set {{ {sets} }} ?any qb:dataSet ?set ; {area} }} }}\n"
        + "".join(
            f"  OPTIONAL {{ ?of_{name} qb:dataSet {dataset(view, cube)} ; {area} ; {measure} ?{name} }}\n"
            for name, cube, measure in columns
        )
        + "}\nORDER BY DESC(?year)"
    )
    rows = [
        (_thing(view, row, "year"), *(_pounds(text(row, name)) for name in sums), _count(text(row, "returns"), NOTHING))
        for _, row in zip(range(LATEST), view.rows(query), strict=False)
    ]
    heads = ("Financial year", "Income", "Expenditure", "Returns")
    return _block("money-by-year", "Income and expenditure by financial year", query, heads, rows)


def _turnover(view: View, iri: str) -> Block | None:
    area = f"qb:dataSet {dataset(view, 'registrations-and-removals')} ; sdmx-dimension:refArea {NamedNode(iri)}"
    events = (("made", "registration"), ("out", "removal"))
    query = with_prefixes(
        f"# Registrations and removals by year: {iri}\nSELECT ?year ?made ?out WHERE {{\n"
        f"  {{ SELECT DISTINCT ?year WHERE {{ ?any {area} ; sdmx-dimension:refPeriod ?year }} }}\n"
        + "".join(
            f"  OPTIONAL {{ ?of_{name} {area} ; sdmx-dimension:refPeriod ?year ;\n"
            f"    civ:countedEvent {code(view, f'counted-event/{event}')} ; civ:registerEntries ?{name} }}\n"
            for name, event in events
        )
        + "}\nORDER BY DESC(?year)"
    )
    rows = [
        (_plain(text(row, "year")), *(_count(text(row, name) or "0") for name, _ in events))
        for _, row in zip(range(LATEST), view.rows(query), strict=False)
    ]
    return _block("turnover", "Registrations and removals by year", query, ("Year", "Registered", "Removed"), rows)


def _thing(view: View, row: Row, name: str = "item") -> Value:
    return link(view, text(row, name))


def _plain(words: str) -> Value:
    return Value(words, "number")


def _count(number: str, otherwise: Value = WITHHELD) -> Value:
    return Value(f"{int(number):,}", "number") if number else otherwise


def _pounds(amount: str) -> Value:
    return Value(pounds(Decimal(amount).quantize(Decimal(1))), "number") if amount else WITHHELD


def _share(count: str, whole: int) -> Value:
    return Value(f"{Decimal(count) / whole:.0%}", "number") if count and whole else NOTHING
