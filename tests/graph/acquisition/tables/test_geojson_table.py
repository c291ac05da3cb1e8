"""GeoJSON as a table: a row a feature, its outline as well-known text, every fault named."""

import json
from pathlib import Path

import pytest

from graph.acquisition.tables.table import read_table
from graph.errors import InputError
from graph.sources.dialect import Dialect

SQUARE = [[[-3.2, 55.9], [-3.1, 55.9], [-3.1, 56], [-3.2, 55.9]]]


def feature(kind: str, coordinates: object, **properties: object) -> dict[str, object]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def written(folder: Path, *features: object) -> Path:
    path = folder / "places.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def records(path: Path) -> list[tuple[int, list[str]]]:
    return list(read_table(path, Dialect()))


def test_a_feature_is_a_row_of_its_properties_and_its_geometry(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        feature("Polygon", SQUARE, code="S12000036", people=5),
        feature("MultiPolygon", [SQUARE, SQUARE], code="S12000047", people=None),
    )
    square = "((-3.2 55.9,-3.1 55.9,-3.1 56,-3.2 55.9))"
    assert records(path) == [
        (1, ["code", "people", "WKT"]),
        (2, ["S12000036", "5", f"POLYGON{square}"]),
        (3, ["S12000047", "", f"MULTIPOLYGON({square},{square})"]),
    ]


@pytest.mark.parametrize(
    ("coordinates", "text"),
    [([-3.19, 55.95], "POINT(-3.19 55.95)"), ([1e-7, 55, 120.5], "POINT(0.0000001 55)")],
)
def test_coordinates_keep_their_digits_and_lose_their_height(
    tmp_path: Path, coordinates: list[float], text: str
) -> None:
    assert records(written(tmp_path, feature("Point", coordinates, code="A")))[1][1] == ["A", text]


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = written(tmp_path, feature("Point", [-3, 55], code="A"))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(records(path)) == 2


def test_a_feature_with_other_properties_is_a_ragged_row(tmp_path: Path) -> None:
    path = written(tmp_path, feature("Point", [-3, 55], code="A"), feature("Point", [-3, 55], name="B"))
    assert len(records(path)[2][1]) == 3


BAD: dict[str, tuple[object, str]] = {
    "of another kind": (feature("Circle", [-3, 55]), r"feature 1: has a geometry of type 'Circle'"),
    "in metres": (feature("Point", [325000, 673000]), "has no coordinates of a Point"),
    "not nested enough": (feature("Polygon", [[-3, 55]]), "has no coordinates of a Polygon"),
    "without coordinates": (feature("Point", None), "has no coordinates of a Point"),
    "with words for numbers": (feature("Point", ["west", "north"]), "has no coordinates of a Point"),
    "without a geometry": ({"type": "Feature", "properties": {}, "geometry": None}, "lacks its properties or its geom"),
    "that is none": ("S12000036", "is not a feature"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_feature_that_says_nothing_stops_the_reading(tmp_path: Path, case: str) -> None:
    bad, message = BAD[case]
    with pytest.raises(InputError, match=message):
        records(written(tmp_path, bad))


def test_an_empty_collection_or_another_object_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "places.geojson"
    for text in ('{"type": "FeatureCollection", "features": []}', '{"a": 1}'):
        path.write_text(text)
        with pytest.raises(InputError, match=r"places\.geojson: holds no features"):
            records(path)


def test_a_file_that_is_cut_off_is_an_error(tmp_path: Path) -> None:
    path = written(tmp_path, feature("Point", [-3, 55], code="A"), feature("Point", [-3, 55], code="B"))
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(InputError, match="after feature 1: is cut off"):
        records(path)
