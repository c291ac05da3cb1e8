"""Completeness, freshness and coverage equal what the raw files give, and the past is kept."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from statistics import median

import pytest
from pyoxigraph import Literal, NamedNode, Store

from graph.build.run import build
from graph.model.query import select
from graph.model.terms import CIV, DCT, DQV, SDMX_DIMENSION
from graph.quality.history import DAYS, with_history
from tests.support.builds.glen import planned
from tests.support.statistics.sample_counts import charities, raw

BASE = "http://localhost:8000/"
Figures = Mapping[tuple[str, str], Decimal]
"""By area ('' for all) and metric."""


def figures(store: Store, source: str, day: str = "2026-11-01") -> tuple[Figures, Figures]:
    """The measurements of a source on a day: values, and the organisations that each is about."""
    query = f"""SELECT ?metric ?area ?value ?counted {{
        ?it a {DQV.QualityMeasurement} ; {DQV.computedOn} <{BASE}id/source/{source}> ; {DQV.isMeasurementOf} ?metric ;
            {DQV.value} ?value ; {DCT.date} ?day . FILTER(STR(?day) = "{day}")
        OPTIONAL {{ ?it {SDMX_DIMENSION.refArea} ?area }}
        OPTIONAL {{ ?it {CIV.organisationsMeasured} ?counted }} }}"""
    values: dict[tuple[str, str], Decimal] = {}
    counted: dict[tuple[str, str], Decimal] = {}
    for row in select(store, query):
        metric, area, value, count = row["metric"], row["area"], row["value"], row["counted"]
        assert isinstance(metric, NamedNode) and isinstance(value, Literal)
        place = area.value.rpartition("/")[2] if isinstance(area, NamedNode) else ""
        key = (place, metric.value.rpartition("/")[2])
        assert key not in values
        values[key] = Decimal(value.value)
        if isinstance(count, Literal):
            counted[key] = Decimal(count.value)
    return values, counted


def share(part: int, whole: int) -> Decimal:
    return round(Decimal(part) / whole, 3)


@pytest.fixture(scope="module")
def store(sample_out: Path) -> Store:
    return Store.read_only(str((sample_out / "current").resolve() / "store"))


def test_a_directory_is_as_complete_and_fresh_as_its_file(store: Store) -> None:
    rows = [row for row in raw("directories/kingdom-organisations.csv") if row["status"] == "active"]
    values, counted = figures(store, "kingdom")
    assert values["", "organisations"] == len(rows)
    told = {
        "activities": [row for row in rows if row["activities"]],
        "website": [row for row in rows if "." in row["website"]],
        "description": [row for row in rows if row["description"]],
        "registered-number": [row for row in rows if row["charity_number"].upper().startswith("SC")],
        "beneficiaries": [row for row in rows if row["beneficiaries"]],
        "last-checked": [row for row in rows if row["last_checked"] != "31/02/2026"],
    }
    for metric, having in told.items():
        assert (metric, values["", metric]) == (metric, share(len(having), len(rows)))
        assert counted["", metric] == len(rows)
    ages = [_days(row["last_checked"]) for row in told["last-checked"]]
    assert values["", "median-age"] == int(median(ages))
    assert values["", "within-a-year"] == share(sum(age <= 365 for age in ages), len(ages))


def _days(day: str) -> int:
    """Days to 1 November 2026, counted without the calendar of the code."""
    year, month, number = map(int, day.split("-"))
    lengths = [31, 29 if year % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    to_end = sum(lengths[month - 1 :]) - number
    full = sum(366 if each % 4 == 0 else 365 for each in range(year + 1, 2026))
    to_november = 31 + 28 + 31 + 30 + 31 + 30 + 31 + 31 + 30 + 31 + 1
    return to_end + full + to_november if year < 2026 else to_november - (sum(lengths[: month - 1]) + number)


def test_a_register_is_as_complete_in_each_council_as_its_file(store: Store) -> None:
    by_council: dict[str, list[dict[str, str]]] = defaultdict(list)
    for each in charities():
        if each.status == "active" and each.council:
            by_council[each.council].append(each.row)
    people = {row["ltla19_code"]: int(row["all_ages"]) for row in raw("statistics/population-2022-councils.csv")}
    values, _ = figures(store, "oscr")
    assert {area: values[area, "organisations"] for area in by_council} == {
        area: len(rows) for area, rows in by_council.items()
    }
    for area, rows in by_council.items():
        assert values[area, "organisations-per-1000"] == round(Decimal(1000 * len(rows)) / people[area], 2)
        websites = sum("." in row["Website"] and not {" ", "@"} & set(row["Website"]) for row in rows)
        expected = share(websites, len(rows)) if len(rows) >= 5 else None
        assert values.get((area, "website")) == expected, area
    assert any(len(rows) >= 5 for rows in by_council.values())


def test_shares_of_few_and_what_tells_of_groups_in_no_register_are_left_out(store: Store) -> None:
    values, counted = figures(store, "kingdom")
    areas = {area for area, _ in values if area}
    assert "S12000047" in areas and len(areas) > 1
    assert not [key for key in values if key[0] and key[1] == "registered-number"]
    shares = [key for key in counted if key[0] and key[1] != "organisations-per-1000"]
    assert shares and all(values[area, "organisations"] >= 5 for area, _ in shares)


def test_a_release_keeps_what_was_measured_of_earlier_data(tmp_path: Path) -> None:
    first = planned(tmp_path)
    build(first)
    store = Store.read_only(str((first.out / "current").resolve() / "store"))
    before, _ = figures(store, "glen")
    later = planned(tmp_path, day="2026-12-01")
    text = (tmp_path / "first.csv").read_text("utf-8")
    (tmp_path / "first.csv").write_text(text.replace("G5,Glen Silent Group,,", "G5,Glen Silent Group,Sports,"), "utf-8")
    build(later)
    store = Store.read_only(str((later.out / "current").resolve() / "store"))
    assert figures(store, "glen")[0] == before
    now, _ = figures(store, "glen", "2026-12-01")
    assert now["", "activities"] > before["", "activities"]
    assert figures(store, "oscr", "2026-10-01")[0]["", "organisations"] == 9
    without = planned(tmp_path, day="2026-12-01")
    build(without)  # the same data again: nothing is kept twice
    again = Store.read_only(str((without.out / "current").resolve() / "store"))
    query = f"SELECT ?it {{ GRAPH <{BASE}id/source/measurements> {{ ?it a {DQV.QualityMeasurement} }} }}"
    assert len(list(select(again, query))) == len(list(select(store, query)))


def test_the_past_is_bounded(tmp_path: Path) -> None:
    def lines(source: str, days: range) -> list[str]:
        name = f"<{BASE}id/measurement/{source}/2026-{{:02}}-01/all/website>"
        return [f'{name.format(day)} <{DQV.value.value}> "0" <{BASE}id/source/measurements> .\n' for day in days]

    earlier, target = tmp_path / "earlier.nq", tmp_path / "target.nq"
    earlier.write_text("".join(sorted([*lines("one", range(1, 20)), *lines("gone", range(1, 3))])), "utf-8")
    with_history(lines("one", range(20, 21)), {"one"}, earlier, target)
    kept = target.read_text("utf-8").splitlines()
    assert len(kept) == DAYS and not [line for line in kept if "/gone/" in line]
    assert "2026-20-01" in kept[-1] and "2026-09-01" in kept[0]
