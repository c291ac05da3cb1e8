"""The saved answers of ALISS, three versions of its interface, counted again from the JSON alone."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import cast

import pytest

from tests.support.real_files import real_files
from tests.support.sources.counted import ORG, Counted

SERVICE = f"{ORG.replace('organisation', 'service')}DIR-ALISS-"
LISTED = f"{ORG}DIR-ALISS-"
AREA = ORG.replace("organisation", "area")
OWN_CODES = {"XS": "S92000003", "XB": "K02000001"}
Fields = Mapping[str, object]


def objects(value: object) -> Iterator[Fields]:
    """Every object in a document, however deep."""
    if isinstance(value, dict):
        found = cast("dict[str, object]", value)
        yield found
        for inner in found.values():
            yield from objects(inner)
    elif isinstance(value, list):
        for inner in cast("list[object]", value):
            yield from objects(inner)


class Run(Counted):
    """All nine files, with every object in them."""

    def __init__(self, folder: Path) -> None:
        files = [*real_files("aliss")]
        assert len(files) == 9
        self.objects = [each for file in files for each in objects(json.loads(file.read_text("utf-8")))]
        super().__init__("aliss", files, folder)

    def having(self, *fields: str) -> list[Fields]:
        """The objects that have these fields."""
        return [each for each in self.objects if all(field in each for field in fields)]

    def inside(self, field: str) -> list[tuple[Fields, Fields]]:
        """The objects with a field that holds objects, each with each of those."""
        return [(each, inner) for each in self.having(field) for inner in cast("list[Fields]", each[field])]


@pytest.fixture(scope="module")
def run(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    del real_data  # skips, where there is nothing to read
    return Run(tmp_path_factory.mktemp("aliss"))


def pairs(run: Run, pattern: str) -> set[tuple[str, ...]]:
    return set(run.table(pattern))


def test_every_service_is_there_with_its_name(run: Run) -> None:
    expected = {(f"{SERVICE}{each['id']}", each["name"]) for each in run.having("service_areas", "name")}
    assert pairs(run, "?service ?name { ?service a schema:Service ; skos:prefLabel ?name }") == expected
    assert len(expected) == 16


def test_every_service_has_its_organisation_which_is_there_once(run: Run) -> None:
    beside = [(each["id"], cast(Fields, each["organisation"])) for each in run.having("organisation")]
    within = [(service["id"], body) for body, service in run.inside("services")]
    expected = {(f"{SERVICE}{service}", f"{LISTED}{body['id']}", body["name"]) for service, body in (*beside, *within)}
    pattern = "?service ?body ?name { ?service schema:provider ?body . ?body skos:prefLabel ?name }"
    assert pairs(run, pattern) == expected
    assert len({body for _, body, _ in expected}) == 11 < len(expected)


def test_areas_are_those_of_the_services_whatever_the_age_of_their_codes(run: Run) -> None:
    expected = {(f"{SERVICE}{service['id']}", f"{AREA}{area['code']}") for service, area in run.inside("service_areas")}
    assert pairs(run, "?service ?area { ?service schema:areaServed ?area }") == expected
    written = {str(each["code"]) for each in run.having("code", "type")}
    known = {code for (code,) in pairs(run, "?code { ?area a civ:Area ; skos:notation ?code }")}
    assert known == {OWN_CODES.get(code, code) for code in written}
    assert {"S12000015", "S12000046", "S37000031", "K02000001"} <= known  # two of them no longer in use


def test_a_council_and_a_partnership_of_one_name_are_two_kinds_of_area(run: Run) -> None:
    kinds = dict(
        cast("set[tuple[str, str]]", pairs(run, "?code ?kind { ?a skos:notation ?code ; civ:areaType ?kind }"))
    )
    assert kinds["S12000013"].endswith("/council")
    assert kinds["S37000031"].endswith("/integration-authority")


def test_categories_keep_their_tree(run: Run) -> None:
    nested = {(inner["slug"], outer["slug"]) for outer, inner in run.inside("sub_categories")}
    found = pairs(run, "?below ?above { ?a skos:broader ?b . ?a skos:notation ?below . ?b skos:notation ?above }")
    assert found == nested
    assert len(nested) == 12
    given = {(f"{SERVICE}{each['id']}", inner["slug"]) for each, inner in run.inside("categories")}
    assert pairs(run, "?service ?code { ?service schema:serviceType/skos:notation ?code }") == given


def test_named_places_are_points_with_postcodes_and_others_are_private(run: Run) -> None:
    places = {str(each["id"]): each for each in run.having("postal_code")}
    named = {key for key, each in places.items() if each["name"] or each["street_address"]}
    expected = {(f"POINT({each['longitude']} {each['latitude']})", each["postal_code"])
                for key, each in places.items() if key in named}  # fmt: skip
    pattern = "?wkt ?code { ?site geo:hasGeometry/geo:asWKT ?wkt ; civ:postcode/skos:notation ?code }"
    assert pairs(run, pattern) == expected
    assert len(places) == len(named) + 1
    assert len(run.table("?site { ?site civ:unpublishedPostcode ?where }")) == 1


def test_broken_characters_are_mended_and_told_of_once(run: Run) -> None:
    texts = [text for (text,) in run.table("?text { ?thing dct:description ?text }")]
    assert sum("’re really delicious!" in text for text in texts) == 1
    assert not [text for text in texts if "â€" in text or "\r" in text]
    (problem,) = run.mapped.problems
    assert (problem.file, problem.row, problem.column) == ("v3-search-2020-05.json", 1, "description")


def test_times_of_change_are_those_of_the_answers(run: Run) -> None:
    written = (each.get("last_updated", each.get("last_edited")) for each in run.objects)
    expected = {datetime.fromisoformat(str(time)) for time in written if time}
    found = {datetime.fromisoformat(time) for (time,) in run.table("?time { ?thing dct:modified ?time }")}
    assert found == expected
    assert len(found) == 12


def test_nothing_breaks_the_shapes(run: Run) -> None:
    assert run.violations() == []
