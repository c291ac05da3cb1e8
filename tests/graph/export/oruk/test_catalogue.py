"""Services as Open Referral UK again: what was mapped comes back, and keeps to the schema."""

import json
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import pytest
from pyoxigraph import Store

from graph.export.oruk import Catalogue, Wanted
from tests.support.paths import DATA
from tests.support.sources.oruk_feeds import FIXTURES, catalogue, expected, files_of, needs_data
from tests.support.sources.oruk_objects import (
    Object,
    all_uuids,
    faults,
    mapped,
    normal,
)


def contents(file: Path) -> Sequence[Object]:
    """The objects of a page, or the one that a file holds."""
    whole = json.loads(file.read_text("utf-8"))
    return cast("Sequence[Object]", whole.get("contents", [whole]))


def given_back(found: Catalogue, file: Path, value: Object) -> tuple[Object, str, str]:
    """The object of a file as the catalogue gives it back, its form, and the schema for it."""
    name, whole = str(value["id"]), "list" not in file.name and "page" not in file.name
    suffix = "" if whole else "_list"
    if "service_at_location" in file.name:
        return found.place(name, whole=whole), "ServiceAtLocation", f"service_at_location{suffix}"
    if "organization" in file.name:
        return found.organisation(name, whole=True, services=whole), "Organization", f"organization{suffix}"
    if "taxonomy_term" in file.name:
        return found.term(name), "TaxonomyTerm", ""
    if "taxonomy" in file.name:
        return found.taxonomy(name, whole=whole), "Taxonomy", ""
    return found.service(found.services[name], whole=whole), "Service", f"service{suffix}"


ROUND = [
    file
    for name in ("bristol", "examples", "good")
    for file in (files_of(name) if DATA.is_dir() else [])
    if file.name != "api_details.json"
]


@needs_data
@pytest.mark.parametrize("file", ROUND, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_what_was_mapped_comes_back_equal_and_keeps_to_the_schema(file: Path, tmp_path: Path) -> None:
    found = catalogue(mapped([file], tmp_path))
    for value in contents(file):
        back, form, schema = given_back(found, file, value)
        if schema:
            assert faults(back, schema) == []
        assert expected(value, form, back) == normal(back, form)
        assert not [name for name in all_uuids(back) if str(uuid.UUID(name)) != name.lower()]


def test_the_fixture_comes_back_and_keeps_to_the_schema(tmp_path: Path) -> None:
    found = catalogue(mapped(sorted(FIXTURES.iterdir()), tmp_path))
    assert len(found.services) == 3
    (first, *_) = json.loads((FIXTURES / "page.json").read_text("utf-8"))["contents"]
    back = found.service(found.services[first["id"]], whole=True)
    same = ("schedules", "service_areas", "languages", "funding", "cost_options", "required_documents", "program")
    assert {name: normal(back, "Service")[name] for name in same} == {name: expected_part(first, name) for name in same}
    assert back["name"] == "Lunch club"
    text = json.dumps([found.service(entry, whole=True) for entry in found.services.values()])
    for planted in ("Planted", "secretary@", "496 0000", "Fictional", "EH1 1AB", "EH1 1AC", "55.95,"):
        assert planted not in text


def expected_part(service: Object, name: str) -> object:
    given = json.loads(json.dumps({name: service[name]}))
    for schedule in given.get("schedules", []):
        schedule["opens_at"] = "12:00:00"  # in full
    return normal(given, "Service")[name]


def test_services_are_found_by_word_age_date_and_organisation(tmp_path: Path) -> None:
    found = catalogue(mapped(sorted(FIXTURES.iterdir()), tmp_path))
    body = found.objects.organisation_id(*found.organisations["a0000203-1b2c-4d3e-8f4a-5b6c7d8e9fa0"])
    names = {
        str(found.in_short(entry)["name"])
        for wanted in (Wanted(search="TOASTERS mend"), Wanted(organization_id=body))
        for entry in found.matching(wanted)
    }
    assert names == {"Repair mornings"}
    (aged,) = found.matching(Wanted(minimum_age=60))
    assert found.service(aged, whole=False)["minimum_age"] == 60
    assert found.matching(Wanted(maximum_age=59)) == []
    assert len(found.matching(Wanted(taxonomy_term_id="a0000701-1b2c-4d3e-8f4a-5b6c7d8e9fa0"))) == 2
    assert len(found.matching(Wanted(taxonomy_id="a0000700-1b2c-4d3e-8f4a-5b6c7d8e9fa0"))) == 2
    assert found.matching(Wanted(taxonomy_id="a0000701-1b2c-4d3e-8f4a-5b6c7d8e9fa0")) == []


def test_a_release_of_no_services_gives_an_empty_catalogue() -> None:
    found = Catalogue(Store())
    assert (found.services, found.places, found.organisations, found.taxonomies) == ({}, {}, {}, {})
