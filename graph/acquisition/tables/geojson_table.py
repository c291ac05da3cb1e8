"""Reading a GeoJSON feature collection as a table: a row a feature, its properties and its geometry as WKT."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import IO, cast

import ijson  # pyright: ignore[reportMissingTypeStubs]

from graph.acquisition.tables.json_bytes import LARGEST_CELL
from graph.acquisition.tables.json_events import events_of, value_of
from graph.acquisition.tables.json_table import READ_ERRORS, as_rows, parser_words, skip_mark
from graph.errors import InputError

WKT = "WKT"
"""The column that holds the geometry."""

_DEPTHS = {"Point": 0, "LineString": 1, "MultiPoint": 1, "Polygon": 2, "MultiLineString": 2, "MultiPolygon": 3}
"""How many arrays lie around the positions of a geometry."""

_REMEDY = "give a feature collection in WGS 84, longitude first, as RFC 7946 says"


def geojson_records(path: Path, binary: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
    """Yield the properties of the first feature and WKT as the header, then each feature's values as text.

    Features are read one at a time. Coordinates keep the digits that they are written with.
    """
    skip_mark(binary)
    number = 0
    features = enumerate(_features(path, binary), start=1)
    try:
        for number, cells in as_rows(_record(f"{path.name}: feature {place}", feature) for place, feature in features):
            yield number, cells
    except ijson.JSONError as error:
        place = f"{path.name}: after feature {max(number - 1, 0)}"
        raise InputError(
            place, f"is cut off, or is not JSON: {parser_words(error)}", "get the file again, whole"
        ) from error
    except READ_ERRORS as error:
        raise InputError(path.name, f"cannot be read to its end: {error}", "get the file again") from error
    if not number:
        raise InputError(path.name, "holds no features", _REMEDY)


def _features(path: Path, binary: IO[bytes]) -> Iterator[object]:
    events = events_of(path, binary)
    return (value_of(path, event, value, events) for place, event, value in events if place == "features.item")


def _record(place: str, feature: object) -> dict[str, str]:
    """The cells of one feature."""
    if not isinstance(feature, Mapping):
        raise InputError(place, "is not a feature", _REMEDY)
    parts = cast(Mapping[str, object], feature)
    properties, geometry = parts.get("properties"), parts.get("geometry")
    if not isinstance(properties, Mapping) or not isinstance(geometry, Mapping):
        raise InputError(place, "lacks its properties or its geometry", _REMEDY)
    flat = cast(Mapping[str, object], properties)
    if nested := [key for key, value in flat.items() if isinstance(value, Mapping | list)]:
        raise InputError(place, f"has no plain value as {nested[0][:60]!r}", "give properties plain values")
    cells = {key: "" if value is None else str(value) for key, value in flat.items()}
    cells[WKT] = _wkt(place, cast(Mapping[str, object], geometry))
    return cells


def _wkt(place: str, geometry: Mapping[str, object]) -> str:
    kind = str(geometry.get("type"))
    if kind not in _DEPTHS:
        raise InputError(place, f"has a geometry of type {kind!r}", f"use one of {', '.join(_DEPTHS)}")
    try:
        coordinates = _written(geometry.get("coordinates"), _DEPTHS[kind])
    except (TypeError, ValueError, InvalidOperation) as error:
        raise InputError(place, f"has no coordinates of a {kind}", _REMEDY) from error
    text = f"{kind.upper()}({coordinates})" if _DEPTHS[kind] == 0 else f"{kind.upper()}{coordinates}"
    if len(text) > LARGEST_CELL:
        raise InputError(place, f"has an outline of more than {LARGEST_CELL:,} characters", "give it generalised")
    return text


def _written(coordinates: object, depth: int) -> str:
    """Nested arrays as nested brackets; a position is longitude and latitude, its height is left out."""
    if not isinstance(coordinates, Sequence):
        raise TypeError
    inside = cast(Sequence[object], coordinates)
    if depth:
        return f"({','.join(_written(each, depth - 1) for each in inside)})"
    longitude, latitude, *_ = (Decimal(str(each)) for each in inside)
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise ValueError
    return f"{longitude:f} {latitude:f}"
