"""Answers about where bodies are: postcodes, data zones, councils, and the codes of areas."""

import csv
import gzip
import json
import math
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import cast

from tests.questions import answers_care, answers_oscr
from tests.support.paths import DATA
from tests.support.raw.rows import Row, rows

EDINBURGH = 55.9533, -3.1883
"""Latitude and longitude of the middle of Edinburgh, as the question has them."""


@dataclass(frozen=True)
class Place:
    """What a look-up says of a postcode: the codes of its areas, and its point."""

    council: str
    board: str
    zone: str
    lat: float
    lon: float


@cache
def places() -> dict[str, Place]:
    """Postcodes without their blank: by ONS's look-up where that has them, then by OS, then by that of grants."""
    found: dict[str, Place] = {}
    for row in rows("geography/lookups/grant-postcodes-lookup-2025-05.csv"):
        found[packed(row["pcds"])] = place(row, "ltla24_code", "", "small_area_2011", "lat", "long")
    path = DATA / "geography/scotland-postcodes/scotland-postcodes-codepoint-2020-dz11.csv.gz"
    with gzip.open(path, "rt", encoding="ascii", newline="") as file:
        for row in csv.DictReader(file):
            found[packed(row["pcds"])] = place(row, "laua", "hb", "dz11", "lat", "lon")
    for code, row in looked_up().items():
        found[code] = place(row, "laua", "hlthau", "lsoa11", "lat", "long")
    return found


def place(row: Row, council: str, board: str, zone: str, lat: str, lon: str) -> Place:
    def area(column: str) -> str:
        code = row.get(column, "")
        return "" if code.endswith("99999999") else code  # a pseudo code: no such area there

    return Place(area(council), area(board), area(zone), float(row[lat]), float(row[lon]))


def packed(code: str) -> str:
    return code.replace(" ", "").upper()


@cache
def looked_up() -> dict[str, Row]:
    """The rows of the National Statistics Postcode Lookup that are at hand, by code without its blank."""
    parts = ("kw", "hs", "ze", "fk1-fk8-fk10")
    files = [f"geography/nspl-2021-11/nspl-nov-2021-uk-{part}.csv" for part in parts]
    return {packed(row["pcds"]): row for file in files for row in rows(file)}


def placed() -> list[tuple[str, Place]]:
    """Charities on the Scottish register with what is known of their postcodes."""
    typed = [(row["Charity Number"], packed(row["Postcode"])) for row in answers_oscr.current()]
    return [(number, places()[code]) for number, code in typed if code in places()]


def charities_by_council() -> list[tuple[str, int]]:
    return list(Counter(each.council for _, each in placed() if each.council).items())


def near_edinburgh() -> list[tuple[str]]:
    return [(number,) for number, each in placed() if kilometres(each.lat, each.lon, *EDINBURGH) < 5]


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The distance on a sphere (haversine)."""
    lat, lon, other_lat, other_lon = map(math.radians, (lat, lon, other_lat, other_lon))
    half = math.sin((lat - other_lat) / 2) ** 2
    half += math.cos(lat) * math.cos(other_lat) * math.sin((lon - other_lon) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(half))


def crowded_zones() -> list[tuple[str, int]]:
    """Data zones with three charities of those on the register or more."""
    of = Counter(each.zone for _, each in placed() if each.zone)
    return [(zone, count) for zone, count in of.items() if count >= 3]


def care_by_health_board() -> list[tuple[str, int]]:
    codes = (packed(row["Service_Postcode"]) for row in answers_care.services())
    found = (places()[code] for code in codes if code in places())
    return list(Counter(each.board for each in found if each.board).items())


def ended_postcodes() -> list[tuple[str, str]]:
    """Care services whose postcode was out of use by November 2021, and the month in which it ended."""
    codes = ((row["CSNumber"], packed(row["Service_Postcode"])) for row in answers_care.services())
    found = ((number, looked_up()[code]["doterm"]) for number, code in codes if code in looked_up())
    return [(number, f"{ended[:4]}-{ended[4:]}") for number, ended in found if ended]


def new_codes() -> list[tuple[str, str]]:
    """Codes of Scottish councils that gave way to others since 2016; names tell who goes on as whom."""
    changes: set[tuple[str, str]] = set()
    for row in rows("geography/lookups/ltla-code-history-2016-2024.csv"):
        years = [(row[f"ltla{year}_code"], row[f"ltla{year}_name"]) for year in range(16, 25)]
        for (code, name), (after, new_name) in pairwise(years):
            if code != after and code.startswith("S") and name == new_name:
                changes.add((code, after))
    return list(changes)


def around_edinburgh() -> list[tuple[str]]:
    """The authority whose outline holds the point: a ray to the east crosses that an odd number of times."""
    text = (DATA / "geography/boundaries/uk-ltla-2024.geojson").read_text("utf-8")
    features = cast("list[dict[str, dict[str, object]]]", json.loads(text)["features"])
    return [(str(each["properties"]["code"]),) for each in features if holds(each["geometry"], *EDINBURGH)]


def holds(geometry: dict[str, object], lat: float, lon: float) -> bool:
    coordinates = cast("list[object]", geometry["coordinates"])
    polygons = [coordinates] if geometry["type"] == "Polygon" else coordinates
    rings = [ring for polygon in cast("list[list[list[list[float]]]]", polygons) for ring in polygon]
    crossed = 0
    for ring in rings:
        for (x, y, *_), (next_x, next_y, *_) in pairwise(ring):
            if (y > lat) != (next_y > lat) and lon < x + (lat - y) / (next_y - y) * (next_x - x):
                crossed += 1
    return crossed % 2 == 1


def former_codes() -> list[tuple[str, str]]:
    """The codes that authorities had before, with those that they have now."""
    table = rows("geography/mysociety-local-authorities/uk-local-authorities-current-2025-07.csv")
    pairs = ((code, row["gss-code"]) for row in table for code in row["former-gss-codes"].split(","))
    return [(before, now) for before, now in pairs if before and now]
