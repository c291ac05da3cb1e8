"""`/api/oruk` over the bundled sample: every answer keeps to the standard's schemas, and every filter to its word."""

import gzip
import re
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import pytest

from graph.model.terms import PREFIXES
from tests.support.endpoint.serving import Server
from tests.support.paths import DATA
from tests.support.sources.oruk_objects import SCHEMA, Object, all_uuids, faults, validator

needs_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"the real data are not at {DATA}")

LISTS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")
LARDER = "A larder that anybody can use."
PAGE = {
    "total_items": int,
    "total_pages": int,
    "page_number": int,
    "size": int,
    "first_page": bool,
    "last_page": bool,
    "empty": bool,
    "contents": list,
}
"""What a page of the standard's openapi.json has, and of what types."""


def asked(site: Server, path: str, **given: str | int) -> Object:
    answer = site.client.get(f"/api/oruk{path}", params=given)
    assert answer.status_code == 200, answer.text
    return cast(Object, answer.json())


def contents(page: Object) -> Sequence[Object]:
    return cast("Sequence[Object]", page["contents"])


def names(page: Object) -> set[str]:
    return {str(each["name"]) for each in contents(page)}


def every(site: Server, kind: str, **given: str | int) -> Iterator[Object]:
    """The objects of all pages."""
    number = 1
    while True:
        page = asked(site, f"/{kind}", page=number, per_page=17, **given)
        yield from contents(page)
        if page["last_page"]:
            return
        number += 1


def test_the_interface_says_which_standard_it_keeps_to_and_whose_services_it_has(site: Server) -> None:
    for path in ("", "/"):
        about = asked(site, path)
        assert about["version"] == "HSDS-UK-3.0"
        assert str(about["profile"]).startswith("https://") and str(about["openapi_url"]).startswith("https://")
        titles = {source["title"] for source in cast("Sequence[Object]", about["sources"])}
        assert "Services of Fife Example Council and its partners" in titles
        assert "Directory of Kingdom of Example Voluntary Action" in titles


@needs_data
@pytest.mark.parametrize("kind", LISTS)
def test_every_object_of_every_list_keeps_to_the_schema_alone_and_in_its_list(site: Server, kind: str) -> None:
    found = list(every(site, kind))
    assert found and len({each["id"] for each in found}) == len(found)
    one = {"taxonomies": "taxonomy"}.get(kind, kind.removesuffix("s"))
    for each in found:
        alone = asked(site, f"/{kind}/{each['id']}")
        if kind.startswith("taxonom"):
            assert not list(validator_faults(alone, one))
        else:
            assert faults(each, f"{one}_list") == []
            assert faults(alone, one) == []
        assert alone["id"] == each["id"]
        assert not [name for name in all_uuids(alone) if str(uuid.UUID(name)) != name]


def validator_faults(value: Object, schema: str) -> Iterator[str]:
    """Faults by the schemas that the standard has not compiled; a taxonomy's terms are checked one by one."""
    plain = {name: each for name, each in value.items() if name != "taxonomy_terms"}
    wanted = cast("Object", validator(schema, SCHEMA).schema)
    properties = cast("dict[str, Object]", wanted["properties"])
    for name in cast("Sequence[str]", wanted["required"]):
        if name not in plain:
            yield f"{name} is missing"
    for name, each in plain.items():
        if not isinstance(each, str) or properties[name]["type"] != "string":
            yield f"{name} is no text"
    for term in cast("Sequence[Object]", value.get("taxonomy_terms", [])):
        yield from validator_faults(term, "taxonomy_term")


@needs_data
@pytest.mark.parametrize("kind", ["services", "service_at_locations", "organizations"])
def test_whole_objects_on_a_page_keep_to_the_schema(site: Server, kind: str) -> None:
    found = list(every(site, kind, full="true"))
    assert found
    for each in found:
        assert faults(each, kind.removesuffix("s")) == []
        whole = asked(site, f"/{kind}/{each['id']}")
        assert {name: value for name, value in whole.items() if name != "services"} == each


@pytest.mark.parametrize("kind", LISTS)
def test_a_page_counts_as_the_standard_says(site: Server, kind: str) -> None:
    page = asked(site, f"/{kind}", page=1, per_page=2)
    assert {name: type(value) for name, value in page.items()} == PAGE
    assert (page["page_number"], page["size"], page["first_page"], page["empty"]) == (1, 2, True, False)
    total, pages = cast(int, page["total_items"]), cast(int, page["total_pages"])
    assert pages == -(-total // 2) and page["last_page"] == (pages == 1)
    beyond = asked(site, f"/{kind}", page=pages + 1, per_page=2)
    assert (beyond["empty"], beyond["size"], beyond["last_page"], contents(beyond)) == (True, 0, True, [])


def test_services_of_every_directory_and_register_are_there(site: Server) -> None:
    found = names(asked(site, "/services", per_page=500))
    assert {"Open larder", "Memory café", "Repair mornings", "Job club"} <= found  # of a feed, and of a directory
    assert len(found) > 25  # and of the register of care services


def test_a_service_of_another_directory_is_told_in_the_standards_words(site: Server) -> None:
    (entry,) = contents(asked(site, "/services", search="memory café"))
    whole = asked(site, f"/services/{entry['id']}")
    assert (whole["fees"], whole["eligibility_description"]) == ("Free", "People with dementia and carers")
    (schedule,) = cast("Sequence[Object]", whole["schedules"])
    assert schedule["description"] == "First Monday of the month, 2 to 4"
    (area,) = cast("Sequence[Object]", whole["service_areas"])
    assert area["name"] == "Fife"
    terms = [cast(Object, each["taxonomy_term"]) for each in cast("Sequence[Object]", whole["attributes"])]
    assert "Older people" in {term["name"] for term in terms}
    (place,) = cast("Sequence[Object]", whole["service_at_locations"])
    location = cast(Object, place["location"])
    (address,) = cast("Sequence[Object]", location["addresses"])
    assert address["postal_code"] == "KY15 7DG" and isinstance(location["latitude"], float)


def test_a_merged_organisation_keeps_the_identifier_and_the_name_of_its_feed(site: Server) -> None:
    (entry,) = contents(asked(site, "/services", search="learn to row", full="true"))
    body = cast(Object, entry["organization"])
    assert body["name"] == "Skerrie Harbour Coastal Rowing"  # the register has Club after it
    assert {each["name"] for each in contents(asked(site, "/services", organization_id=str(body["id"])))} == {
        "Sea legs"
    }
    (number,) = cast("Sequence[Object]", body["organization_identifiers"])
    assert number["identifier"] == "SC900055"


def test_filters_leave_out_what_they_say(site: Server) -> None:
    assert names(asked(site, "/services", search="LARDER")) == {"Open larder", "Larder at the door"}
    assert names(asked(site, "/services", search="larder van")) == set()
    assert names(asked(site, "/services", modified_after="2026-08-20T09:00:00Z")) == {
        "Open larder",
        "Larder at the door",
    }
    assert names(asked(site, "/services", modified_after="2026-08-21")) == {"Open larder"}
    assert names(asked(site, "/services", minimum_age=12, maximum_age=25)) == {"Sea legs"}
    assert names(asked(site, "/services", minimum_age=13)) == set()


def test_services_are_found_by_a_term_of_a_feed_and_by_an_entry_of_a_code_list(site: Server) -> None:
    terms = {str(term["name"]): str(term["id"]) for term in every(site, "taxonomy_terms")}
    assert names(asked(site, "/services", taxonomy_term_id=terms["Poverty and food"])) == {"Open larder"}
    taxonomies = {str(each["name"]): str(each["id"]) for each in every(site, "taxonomies")}
    of_feed = names(asked(site, "/services", taxonomy_id=taxonomies["What services are for"]))
    assert of_feed == {"Open larder", "Larder at the door", "Sea legs", "Book bus"}
    concepts = [each for each in every(site, "taxonomy_terms") if "/def/" in str(each.get("term_uri"))]
    assert concepts
    for concept in concepts:
        assert contents(asked(site, "/services", taxonomy_term_id=str(concept["id"])))
    assert names(asked(site, "/services", taxonomy_term_id=str(uuid.uuid4()))) == set()


def test_places_are_chosen_as_services_are(site: Server) -> None:
    found = list(every(site, "service_at_locations", search="library on wheels"))
    kinds = {str(cast(Object, each["location"])["location_type"]) for each in found}
    assert kinds == {"physical", "virtual"}
    assert {cast(Object, each["service"])["name"] for each in found} == {"Book bus"}


def test_minimal_gives_all_at_once(site: Server) -> None:
    page = asked(site, "/services", minimal="true")
    assert page["size"] == page["total_items"] and page["total_pages"] == 1
    assert {name for each in contents(page) for name in each} == {"id", "name", "status", "modified_date"}
    dated = [each for each in contents(page) if "modified_date" in each]
    assert len(dated) >= 4


def test_an_organisation_comes_with_its_services(site: Server) -> None:
    body = next(each for each in every(site, "organizations") if each["description"] == LARDER)
    whole = asked(site, f"/organizations/{body['id']}")
    services = cast("Sequence[Object]", whole["services"])
    assert {service["name"] for service in services} == {"Open larder", "Larder at the door"}
    assert {service["organization_id"] for service in services} == {body["id"]}


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/services?proximity=500", 400, "proximity: is not a parameter here; use any of page, per_page, search"),
        ("/services?page=0", 400, "page: is '0'; write a whole number, 1 or more"),
        ("/services?per_page=ten", 400, "per_page: is 'ten'"),
        ("/services?modified_after=yesterday", 400, "modified_after: is 'yesterday'; write a time as"),
        ("/services?full=perhaps", 400, "full: is 'perhaps'; write true or false"),
        ("/services?minimum_age=old", 400, "minimum_age: is 'old'"),
        ("/services/none", 404, "there is no service none"),
        ("/organizations/none", 404, "there is no organization none"),
        ("/taxonomies/none?full=true", 400, "full: is not a parameter here"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(site: Server, path: str, status: int, words: str) -> None:
    answer = site.client.get(f"/api/oruk{path}", headers={"Accept": "application/json"})
    assert answer.status_code == status, answer.text
    assert words in answer.json()["detail"]


def test_no_answer_holds_what_is_personal_or_private(site: Server) -> None:
    for path in ("/services", "/service_at_locations", "/organizations"):
        text = site.client.get(f"/api/oruk{path}", params={"full": "true", "per_page": 100}).text
        for planted in ("Planted", "planted", "01632", "Fictional Street", "KY11 2EY", "@"):
            assert planted not in text


def test_parts_of_a_service_have_pages_with_words_for_headings(site: Server) -> None:
    kinds = (
        "schema:Schedule schema:PostalAddress civ:Accessibility civ:ServiceAtLocation civ:ServiceArea civ:CostOption"
    )
    for kind in f"{kinds} civ:LanguageOffered civ:FundingSource civ:StatedIdentifier civ:Attribute org:Site".split():
        prefix, _, local = kind.partition(":")
        query = f"SELECT ?it {{ ?it a <{PREFIXES[prefix]}{local}> }} ORDER BY ?it LIMIT 3"
        rows = site.ask(query).json()["results"]["bindings"]
        assert rows, kind
        for row in rows:
            path = row["it"]["value"].replace("http://localhost:8000/id/", "/doc/")
            answer = site.client.get(path, headers={"Accept": "text/html"})
            heading = re.search(r"<h1>(.*?)</h1>", answer.text, re.DOTALL)
            assert answer.status_code == 200 and heading
            assert "id/" not in heading[1], (kind, heading[1])


def test_no_byte_of_a_release_holds_what_is_personal_or_private(sample_out: Path) -> None:
    files = [path for path in (sample_out / "current").resolve().rglob("*") if path.is_file()]
    held = b"".join(gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in files)
    assert b"Larder at the door" in held
    for planted in (b"Planted Person", b"planted.keeper", b"01632 960877", b"KY11 2EY", b"KY11-2EY"):
        assert planted not in held


def test_an_answer_is_not_sent_again_to_who_has_it(site: Server) -> None:
    first = site.client.get("/api/oruk/services", params={"search": "bus"})
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    again = site.client.get(
        "/api/oruk/services", params={"search": "bus"}, headers={"If-None-Match": first.headers["ETag"]}
    )
    other = site.client.get(
        "/api/oruk/services", params={"search": "sea"}, headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (again.status_code, other.status_code) == (304, 200)
