"""Answers about where bodies are: postcodes, data zones, councils, and the codes of areas."""

import csv
import gzip
import json
import math
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import cast

from tests.questions import answers_care, answers_oscr
from tests.questions.raw import DATA, Row, rows

EDINBURGH = 55.9533, -3.1883
"""Latitude and longitude of the middle of Edinburgh, as the question has them."""


@cache
def scottish_postcodes() -> dict[str, Row]:
    """The postcodes of Scotland by code without its blank."""
    path = DATA / "geography/scotland-postcodes/scotland-postcodes-codepoint-2020-dz11.csv.gz"
    with gzip.open(path, "rt", encoding="ascii", newline="") as file:
        return {row["pcds"].replace(" ", ""): row for row in csv.DictReader(file)}


@cache
def looked_up() -> dict[str, Row]:
    """The rows of the National Statistics Postcode Lookup that are at hand, by code without its blank."""
    parts = ("kw", "hs", "ze", "fk1-fk8-fk10")
    files = [f"geography/nspl-2021-11/nspl-nov-2021-uk-{part}.csv" for part in parts]
    return {row["pcds"].replace(" ", ""): row for file in files for row in rows(file)}


def placed() -> list[tuple[str, Row]]:
    """Charities on the Scottish register with what is known of their postcodes."""
    typed = [(row["Charity Number"], row["Postcode"].replace(" ", "").upper()) for row in answers_oscr.current()]
    return [(number, scottish_postcodes()[code]) for number, code in typed if code in scottish_postcodes()]


def charities_by_council() -> list[tuple[str, int]]:
    return list(Counter(place["laua"] for _, place in placed()).items())


def near_edinburgh() -> list[tuple[str]]:
    return [(number,) for number, place in placed()
            if kilometres(float(place["lat"]), float(place["lon"]), *EDINBURGH) < 5]  # fmt: skip


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The distance on a sphere (haversine)."""
    lat, lon, other_lat, other_lon = map(math.radians, (lat, lon, other_lat, other_lon))
    half = math.sin((lat - other_lat) / 2) ** 2
    half += math.cos(lat) * math.cos(other_lat) * math.sin((lon - other_lon) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(half))


def crowded_zones() -> list[tuple[str, int]]:
    """Data zones with three charities of those on the register or more."""
    of = Counter(place["dz11"] for _, place in placed() if place["dz11"])
    return [(zone, count) for zone, count in of.items() if count >= 3]


def care_by_health_board() -> list[tuple[str, int]]:
    codes = (row["Service_Postcode"].replace(" ", "").upper() for row in answers_care.services())
    found = (scottish_postcodes()[code] for code in codes if code in scottish_postcodes())
    return list(Counter(place["hb"] for place in found if place["hb"]).items())


def ended_postcodes() -> list[tuple[str, str]]:
    """Care services whose postcode was out of use by November 2021, and the month in which it ended."""
    codes = ((row["CSNumber"], row["Service_Postcode"].replace(" ", "").upper()) for row in answers_care.services())
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
