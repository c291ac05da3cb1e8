"""Answers about the care services of Scotland, childminders left out."""

from collections import Counter
from decimal import Decimal

from tests.support.raw.rows import Row, rows

KINDS = {
    "Voluntary or Not for Profit": "voluntary",
    "Local Authority": "local-authority",
    "Health Board": "health-board",
    "Private": "private",
}
ZONES = 6976


def services() -> list[Row]:
    table = rows("registers/care-inspectorate/mdsf-2026-05-31.csv")
    return [row for row in table if row["CareService"] not in ("", "Child Minding")]


def by_provider() -> list[tuple[str, int]]:
    return list(Counter(KINDS[row["ServiceType"]] for row in services() if row["ServiceType"] in KINDS).items())


def places_in_care_homes() -> list[tuple[str, Decimal]]:
    """Registered places in care homes, by who provides them."""
    places: Counter[str] = Counter()
    for row in services():
        if row["CareService"] == "Care Home Service" and row["Registered_Places"] and row["ServiceType"] in KINDS:
            places[KINDS[row["ServiceType"]]] += int(float(row["Registered_Places"]))
    return [(kind, Decimal(number)) for kind, number in places.items()]


def large_providers() -> list[tuple[str, int]]:
    """Voluntary providers of fifty services or more, by the Inspectorate's number."""
    of = Counter(row["SP_number"] for row in services() if row["ServiceType"] == "Voluntary or Not for Profit")
    return [(provider, count) for provider, count in of.items() if count >= 50]


def in_the_poorest_tenth() -> list[tuple[str, int]]:
    """Services in the most deprived tenth of Scotland's data zones, by who provides them."""
    ranks = {
        row["Data_Zone"]: int(row["SIMD2020v2_Rank"]) for row in rows("statistics/simd2020v2/simd-2020v2-ranks.csv")
    }
    found = (row for row in services() if row["Datazone"] in ranks and ranks[row["Datazone"]] * 10 <= ZONES)
    return list(Counter(KINDS[row["ServiceType"]] for row in found if row["ServiceType"] in KINDS).items())


def excellent() -> list[tuple[int]]:
    """Services of which every grade is the highest there is."""
    return [(sum(row["MinGrade"] == "6.0" for row in services()),)]
