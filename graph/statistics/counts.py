"""How many organisations there are, by area and what they are; registrations and removals by year; rates.

Only organisations that a register lists are counted here. Registers publish each of them by name, with all that these
cubes count by, so nothing is withheld. Groups in no register are in `protected.py`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import product

from graph.model import iri
from graph.model.iri import last_segment
from graph.model.store_rows import states
from graph.model.terms import CIV, QB, ROV, SDMX_DIMENSION, Iri
from graph.nquads.sorted_graph import SortedGraph
from graph.statistics.organisations import Entry, Roll, unplaced
from graph.statistics.places import PLACED, Places, level
from graph.statistics.shape import ALL, AREA, BAND, EVENT, FORM, PURPOSE, STATUS, YEAR, Cell, Cube, Dimension

COUNTED = tuple(map(states, (ROV.registration, ROV.orgStatus)))
LOCATED = (PLACED, *map(states, (CIV.postcode, CIV.mainOperatingArea)))
WHERE = (
    "An organisation is where its postcode lies; without a postcode that lies in a known council, where it says it "
    "mainly works. How many of a figure its postcode placed is given beside it. Councils, health boards and countries "
    "stand side by side, so a query chooses one kind of area; a figure that is not given is nought."
)
ONCE = (
    "Each organisation that a register lists counts once, however many list it, under the status that heads its page; "
    "where registers give several legal forms, under the first by code."
)
SIZES = (
    "Sizes are the income bands of SCVO, by the income of the latest year that is stated; an organisation for which no "
    "income is stated is of a size that is not known."
)
MANY = "An organisation with several purposes counts under each, so purposes add up to more than all."
CAVEATS = {"start-of-index": "registration", "bulk-removal": "removal"}
"""Dates on which a register loaded many entries at once, and the event that such a date is not that of."""


def organisation_cubes(roll: Roll) -> tuple[Cube, ...]:
    """Organisations by area and status, and by form, size or purpose."""
    outside = unplaced(roll)[True]
    left = f" {outside:,} organisations are in no known council, and in no figure."
    makers: tuple[tuple[str, str, Dimension, str, Callable[[Entry], tuple[str, ...]], tuple[Iri, ...]], ...] = (
        ("form", "legal form", FORM, "", lambda entry: (entry.form,), (ROV.orgType,)),
        ("size", "size", BAND, SIZES, lambda entry: (entry.band,), (CIV.annualReturn, CIV.income)),
        ("purpose", "purpose", PURPOSE, MANY, lambda entry: entry.purposes, (CIV.purpose,)),
    )
    return tuple(
        Cube(
            name=f"organisations-by-area-status-{name}",
            structure=f"organisations-by-area-status-{name}",
            title=f"Organisations by area, status and {title}",
            method=" ".join(filter(None, (ONCE, WHERE, special))) + left,
            dimensions=(AREA, STATUS, dimension),
            measure=CIV.organisations,
            cells=tuple(_cells(roll.registered, codes)),
            inputs=(*COUNTED, *LOCATED, *map(states, inputs)),
        )
        for name, title, dimension, special, codes, inputs in makers
    )


def _cells(entries: Iterable[Entry], codes: Callable[[Entry], tuple[str, ...]]) -> Iterable[Cell]:
    counted: Counter[tuple[str, ...]] = Counter()
    by_postcode: Counter[tuple[str, ...]] = Counter()
    for entry in entries:
        key: tuple[str, ...]
        for key in product(entry.place.levels, (ALL, entry.status), (ALL, *dict.fromkeys(codes(entry)))):
            counted[key] += 1
            by_postcode[key] += entry.by_postcode
    for key, count in sorted(counted.items()):
        yield Cell(key, count, ((CIV.placedByPostcode, by_postcode[key]),))


def turnover_cube(merged: SortedGraph, roll: Roll) -> Cube:
    """Entries that registers made and took out, by year and area; days of bulk loads are left out, and said to be."""
    counted: Counter[tuple[str, ...]] = Counter()
    skipped = 0
    for prop, event in ((CIV.registeredOn, "registration"), (CIV.removedOn, "removal")):
        for organisation, day, loaded in _dated(merged, prop, event):
            if organisation in roll.entries and _is_day(day):
                skipped += loaded
                for area in () if loaded else roll.entries[organisation].place.levels:
                    counted[area, day[:4], f"counted-event/{event}"] += 1
    return Cube(
        name="registrations-and-removals",
        structure="registrations-and-removals",
        title="Registrations and removals by area and year",
        method=(
            "Entries that registers made and took out in each calendar year. An organisation that two registers list "
            f"has two entries. {skipped:,} dates are left out, as they are days on which a register loaded many "
            "entries at once (1 January 1992, 2 June 2012) and not those of the event. " + WHERE.split(" How many")[0]
        ),
        dimensions=(AREA, YEAR, EVENT),
        measure=CIV.registerEntries,
        cells=tuple(Cell(key, count) for key, count in sorted(counted.items())),
        inputs=(*LOCATED, *map(states, (CIV.registeredOn, CIV.removedOn))),
    )


def _dated(merged: SortedGraph, prop: Iri, event: str) -> Iterable[tuple[str, str, bool]]:
    """Organisation and day of each entry's event, and whether the day is only that of a load."""
    loaded = {entry for entry, caveat in merged.values(CIV.dateCaveat) if CAVEATS.get(last_segment(caveat)) == event}
    first: dict[str, str] = {}  # sources may give one entry two dates
    for entry, day in merged.values(prop):
        first[entry] = min(day, first.get(entry, day))
    registrations = merged.values(ROV.registration)
    return ((owner, first[entry], entry in loaded) for owner, entry in registrations if entry in first)


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def rate_cube(merged: SortedGraph, roll: Roll, places: Places) -> Cube:
    """Active organisations for every thousand people, by council; no cells where no population is known."""
    dataset, people = population(merged, places)
    active = Counter(entry.place.council for entry in roll.registered if entry.active)
    cells = (
        Cell((council,), per_thousand(active[council], population), ((CIV.populationCounted, population),))
        for council, population in sorted(people.items())
        if population
    )
    return Cube(
        name="organisations-per-1000",
        structure="organisations-per-1000",
        title="Active organisations for every 1,000 people, by council",
        method=(
            "Active organisations divided by the people who live in the council, times 1,000, to two places. "
            f"{ONCE} The population is that of the newest estimate for councils in the graph, which may be of another "
            "year than the registers. " + WHERE.split(" How many")[0]
        ),
        dimensions=(AREA,),
        measure=CIV.organisationsPerThousand,
        cells=tuple(cells),
        inputs=(*COUNTED, *LOCATED, states(CIV.population)),
        datasets=(iri.dataset(dataset),) if dataset else (),
    )


def _of_council(area: str) -> bool:
    return level(last_segment(area)) == "council"


def per_thousand(organisations: int, people: int) -> Decimal:
    """A rate to two places.

    >>> per_thousand(30, 22540)
    Decimal('1.33')
    """
    return (Decimal(1000 * organisations) / people).quantize(Decimal("0.01"))


def population(merged: SortedGraph, places: Places) -> tuple[str, Mapping[str, int]]:
    """The newest data set of the population of councils, and its figures by today's codes of councils."""
    persons = set(merged.subjects(CIV.sex, iri.concept("sex", "persons")))
    counted = persons.intersection(merged.subjects(CIV.ageBand, iri.concept("age-band", "all-ages")))
    areas = {it: area for it, area in merged.values(SDMX_DIMENSION.refArea) if it in counted and _of_council(area)}
    datasets = {it: dataset for it, dataset in merged.values(QB.dataSet) if it in areas}
    years = {it: year for it, year in merged.values(SDMX_DIMENSION.refPeriod) if it in areas}
    found: dict[tuple[str, str], dict[str, int]] = {}
    for it, people in merged.values(CIV.population):
        if it in areas:
            figures = found.setdefault((years[it], last_segment(datasets[it])), {})
            figures[places.council(last_segment(areas[it])).council] = int(people)
    if not found:
        return "", {}
    newest = max(found)
    return newest[1], found[newest]
