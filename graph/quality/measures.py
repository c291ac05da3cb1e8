"""Completeness, freshness and coverage of each source, as a whole and by council.

An organisation is where the merged graph places it. How many a source lists in a council is not secret, as anybody can
count them; shares of few organisations are left out (docs/suppression.md).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from graph.model import iri
from graph.model.node import Node
from graph.model.terms import CIV, DCT, DQV, SDMX_DIMENSION
from graph.quality.profile import BITS, Entry, Profiles
from graph.statistics.counts import per_thousand
from graph.statistics.disclosure_control import THRESHOLD
from graph.statistics.organisations import Roll

LISTED = "organisations"
PER_THOUSAND = "organisations-per-1000"
MEDIAN_AGE = "median-age"
WITHIN_A_YEAR = "within-a-year"
YEAR = 365
THOUSANDTH = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Measurement:
    """One figure; `area` is '' for the source as a whole."""

    source: str
    day: date | None
    area: str
    metric: str
    value: Decimal | int
    counted: int | None = None
    """The organisations that it is about; None where that is the figure itself."""

    def node(self) -> Node:
        """The figure as statements."""
        day = self.day.isoformat() if self.day else "undated"
        name = iri.part("measurement", iri.source(self.source), day, self.area or "all", self.metric)
        node = Node(name, DQV.QualityMeasurement)
        node.add(DQV.isMeasurementOf, iri.concept("quality-metric", self.metric))
        node.add(DQV.computedOn, iri.source(self.source))
        node.add(DCT.date, self.day)
        node.add(SDMX_DIMENSION.refArea, iri.area(self.area) if self.area else None)
        node.add(DQV.value, self.value)
        node.add(CIV.organisationsMeasured, self.counted)
        return node


def measurements(
    profiles: Profiles, roll: Roll, dates: Mapping[str, date | None], people: Mapping[str, int]
) -> Iterator[Measurement]:
    """All figures of all sources that have active organisations."""
    for source in sorted(profiles.entries):
        entries = {it: entry for it, entry in profiles.entries[source].items() if entry.current and entry.named}
        if entries and source in dates:
            yield from _of_source(source, dates[source], entries, roll, people)


def _of_source(
    source: str, day: date | None, entries: Mapping[str, Entry], roll: Roll, people: Mapping[str, int]
) -> Iterator[Measurement]:
    yield Measurement(source, day, "", LISTED, len(entries))
    yield from _figures(source, day, "", list(entries.values()), BITS)
    public = [fact for fact in BITS if any(entry.has(fact) for entry in entries.values())]
    by_area: dict[str, list[Entry]] = defaultdict(list)
    for organisation, entry in entries.items():
        if council := roll.entries[organisation].place.council:
            by_area[council].append(entry)
    if not all(roll.entries[organisation].registered for organisation in entries):
        public = [
            fact for fact in public if fact != "registered-number"
        ]  # it would show how many groups in no register an area has
    for area, held in sorted(by_area.items()):
        yield Measurement(source, day, area, LISTED, len(held))
        if people.get(area):
            yield Measurement(source, day, area, PER_THOUSAND, per_thousand(len(held), people[area]), len(held))
        if len(held) >= THRESHOLD:
            yield from _figures(source, day, area, held, public)


def _figures(
    source: str, day: date | None, area: str, entries: Sequence[Entry], facts: Sequence[str] | Mapping[str, int]
) -> Iterator[Measurement]:
    """The share of organisations that have each fact, and how long ago they were checked."""
    for fact in facts:
        share = _share(sum(entry.has(fact) for entry in entries), len(entries))
        yield Measurement(source, day, area, fact, share, len(entries))
    ages = sorted(_ages(day, entries))
    if ages:
        yield Measurement(source, day, area, MEDIAN_AGE, int(median(ages)), len(ages))
        share = _share(sum(age <= YEAR for age in ages), len(ages))
        yield Measurement(source, day, area, WITHIN_A_YEAR, share, len(ages))


def _ages(day: date | None, entries: Sequence[Entry]) -> Iterator[int]:
    """Days from the last check, change or accounts to the day of the data; what lies ahead counts as none."""
    for entry in entries:
        if day and entry.dated:
            yield max((day - date.fromisoformat(entry.dated[:10])).days, 0)


def _share(part: int, whole: int) -> Decimal:
    """A share to three places.

    >>> _share(2, 3)
    Decimal('0.667')
    """
    return (Decimal(part) / whole).quantize(THOUSANDTH)
