"""Open Referral UK in and out: every real file maps, what is wrong is named, and what is right comes back as it was."""

import json
import re
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

import pytest
from pyoxigraph import Store

from graph.errors import InputError
from graph.export.oruk import Catalogue, Wanted
from graph.model import iri
from graph.model.terms import CIV
from graph.model.vocabulary.rules import Outcome
from graph.nquads.mapped import Mapped
from graph.sources.source import Source
from graph.standards.field import Kind
from graph.standards.oruk.fields import FORMS
from graph.validation.run import validate_command
from tests.support.paths import DATA, fixture_folder
from tests.support.sources.oruk_objects import (
    FEEDS,
    PERSONAL,
    SCHEMA,
    Object,
    all_uuids,
    faults,
    mapped,
    normal,
    store_of,
)

SOURCE = Source.named("oruk")
FIXTURES = fixture_folder("oruk")
CONFORMANCE = DATA.parent / "conformance" / "hsds-3.0-examples"
MOCKS = FEEDS / "validator-mocks-2026-03"
EXAMPLES = FEEDS / "hsds-uk-3.0-examples"
BRISTOL = FEEDS / "bristol"

needs_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"the real data are not at {DATA}")

FORM_OF = {
    "service": "Service",
    "organization": "Organization",
    "service_at_location": "ServiceAtLocation",
    "location": "Location",
    "address": "Address",
    "accessibility": "Accessibility",
    "schedule": "Schedule",
    "service_area": "ServiceArea",
    "language": "Language",
    "funding": "Funding",
    "cost_option": "CostOption",
    "attribute": "Attribute",
    "organization_identifier": "Identifier",
    "taxonomy": "Taxonomy",
    "taxonomy_term": "TaxonomyTerm",
}
"""The forms by the names of the standard's schemas; those of contacts and telephone numbers are left out."""

SETS = {
    "bristol": (BRISTOL, "*.json"),
    "examples": (EXAMPLES, "*.json"),
    "tables": (EXAMPLES / "csv", "*.csv"),
    "good": (MOCKS / "good", "*.json"),
    "warn": (MOCKS / "warn", "*.json"),
    "fail": (MOCKS / "fail", "*.json"),
    "hsds": (CONFORMANCE, "*.json"),
    "hsds_tables": (CONFORMANCE / "csv", "*.csv"),
}

SAID = {
    ("service_full.json", "description"): "field-missing",
    ("service_full.json", "url"): "website-invalid",
    ("service_list.json", "name"): "cell-empty",
    ("service_list.json", "url"): "website-invalid",
    ("taxonomy_term.json", "description"): "field-missing",
    ("taxonomy_term.json", "term_uri"): "website-invalid",
    ("taxonomy_term_list.json", "parent_id"): "parent-itself",
    ("api_details.json", "openapi_url"): "website-invalid",
}
"""What is wrong with the mocks that are to fail: file, field, and the rule that finds it."""


def files_of(name: str) -> list[Path]:
    folder, pattern = SETS[name]
    found = sorted(folder.glob(pattern))
    assert found, folder
    return [file for file in found if file.name != "datapackage.json"]  # a link that leads nowhere


def fields_of(schema: str) -> set[str]:
    """The fields that a schema of the standard has."""
    return set(json.loads((SCHEMA / f"{schema}.json").read_text("utf-8"))["properties"])


@needs_data
@pytest.mark.parametrize("schema", FORM_OF)
def test_every_field_of_the_standard_is_a_term_or_a_tie_or_left_out_with_a_reason(schema: str) -> None:
    form = FORM_OF[schema]
    left_out = {field.rpartition(".")[2] for field in SOURCE.ignore}
    declared = {column.partition(":")[0] for column in SOURCE.parts[form]}
    terms = {field.name for field in FORMS[form].fields}
    assert fields_of(schema) <= declared | left_out
    assert fields_of(schema) - terms - left_out - {"id"} <= {
        *("organization", "organization_id", "parent_organization_id", "services", "service_at_locations"),
        *("service", "service_id", "location", "location_id", "taxonomy_term", "taxonomy_term_id", "taxonomy_terms"),
        *("parent_id", "taxonomy_id", "link_id"),
    }


def test_what_is_personal_is_left_out_with_a_reason() -> None:
    assert not PERSONAL - SOURCE.ignore.keys()
    assert not PERSONAL & {field.name for form in FORMS.values() for field in form.fields}


def test_the_metadata_declare_what_the_table_of_fields_has() -> None:
    for name, form in FORMS.items():
        wanted = {f"{field.name}: {field.of}" if field.kind is Kind.PARTS else field.name for field in form.fields}
        assert wanted <= set(SOURCE.parts[name]), name


@needs_data
@pytest.mark.parametrize("name", SETS)
def test_every_real_file_maps_to_statements_that_keep_to_the_shapes(name: str, tmp_path: Path) -> None:
    run = mapped(files_of(name), tmp_path)
    assert run.rows >= len(files_of(name)) - 3  # tables of contacts and telephone numbers are read, and say nothing
    assert [result for result in validate_command([run.output]).results if result.severity == "Violation"] == []
    written = run.output.read_text("utf-8") + "".join(map(str, run.problems))
    for planted in ("Ann Persona", "A. Persona", "Main Street", "1234 234567", "email@", "Reception"):
        assert planted not in written.replace("located on Main Street", "").replace("Main Street Metro", "")


@needs_data
@pytest.mark.parametrize(("file", "field"), SAID)
def test_a_mock_that_is_to_fail_gives_a_problem_that_names_what_is_wrong(file: str, field: str, tmp_path: Path) -> None:
    run = mapped([MOCKS / "fail" / file], tmp_path)
    told = [problem for problem in run.problems if problem.column == field]
    assert SAID[file, field] in {problem.rule for problem in told}
    assert {(problem.file, problem.row > 0, bool(problem.remedy)) for problem in told} == {(file, True, True)}


@needs_data
def test_services_without_a_name_still_tell_of_their_organisations(tmp_path: Path) -> None:
    run = mapped([MOCKS / "fail" / "service_list.json"], tmp_path)
    text = run.output.read_text("utf-8")
    assert text.count(f"> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> {CIV.Organisation} ") == 4
    assert "/id/service/" not in text


@needs_data
def test_vendors_own_keys_are_one_problem_a_field_and_file(tmp_path: Path) -> None:
    run = mapped(files_of("bristol"), tmp_path)
    assert [(problem.file[:15], problem.column) for problem in run.problems] == [
        ("bristol-service", "pc_metadata"),
        ("bristol-service", "pc_targetAudience"),
        ("bristol-service", "service_areas/serviceId"),
        ("bristol-service", "pc_metadata"),
        ("bristol-service", "pc_targetAudience"),
    ]


# The way back


def catalogue(*runs: Mapped) -> Catalogue:
    return Catalogue(store_of(*runs))


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
    for folder in (BRISTOL, EXAMPLES, MOCKS / "good")
    for file in sorted(folder.glob("*.json"))
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


def expected(value: Object, form: str, back: Object) -> Object:
    """What a file gives, with what the way back adds: identifiers that are UUIDs, the kind of a number where the feed
    names only its scheme, and of what stands within an organisation or a taxonomy, which one that is.
    """
    given = json.loads(json.dumps(value))
    for number in given.get("organization_identifiers", []):
        number.setdefault("identifier_type", number["identifier_scheme"])
    for name in ("organization_identifiers", "attributes"):
        by_words = {_words(each): each["id"] for each in cast("Sequence[Mapping[str, str]]", back.get(name, []))}
        for part in given.get(name, []):
            part["id"] = part["id"] if len(part["id"]) == 36 else by_words[_words(part)]
    for term in given.get("taxonomy_terms", []):
        term["taxonomy_id"] = given["id"]
    for service in given.get("services", []):
        service["organization_id"] = given["id"]
    if form == "Service" and "organization" in given:
        given.pop("organization_id", None)
    return normal(given, form)


def _words(part: Mapping[str, object]) -> str:
    return str(sorted((name, str(value)) for name, value in part.items() if name != "id"))


@needs_data
def test_the_tables_say_what_the_nested_example_says(tmp_path: Path) -> None:
    tables = [file for file in files_of("tables") if file.name not in ("address.csv", "schedule.csv", "taxonomy.csv")]
    nested, flat = (
        catalogue(mapped([EXAMPLES / "service_full.json"], tmp_path / "a")),
        catalogue(mapped(tables, tmp_path / "b")),
    )
    (name,) = nested.services
    whole, from_tables = (normal(each.service(each.services[name], whole=True), "Service") for each in (nested, flat))
    # No attribute of the tables names the service; and they have objects that the profile left out.
    lost = {key for key in whole if key not in from_tables}
    assert lost == {"attributes"}
    assert {key for key in from_tables if key not in whole} == {"required_documents"}
    alike = set(whole) - {"attributes", "schedules", "service_at_locations"}
    body = {key: value for key, value in cast(Object, from_tables["organization"]).items() if key != "programs"}
    assert {key: {**from_tables, "organization": body}[key] for key in alike} == {key: whole[key] for key in alike}


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


def test_a_place_is_to_the_door_only_if_people_come_there(tmp_path: Path) -> None:
    text = mapped(sorted(FIXTURES.iterdir()), tmp_path).output.read_text("utf-8")
    public = {line.split(" ")[2] for line in text.splitlines() if f" {CIV.postcode} " in line}
    private = {line.split(" ")[2] for line in text.splitlines() if f" {CIV.unpublishedPostcode} " in line}
    assert public == {iri.postcode("EH1 1AA"), iri.postcode("EH3 9QN")}
    assert private == {iri.postcode("EH1 1AB"), iri.postcode("EH1 1AC")}
    points = [line for line in text.splitlines() if "asWKT" in line]
    assert len(points) == 2  # neither where the secretary lives, nor where letters go


NUMBERS = {
    ("GB-CHC", "", "1070468"): "GB-CHC-1070468",
    ("Charity Commission", "Charity number", "1070468"): "GB-CHC-1070468",
    ("", "Charity number", "SC012345"): "GB-SC-SC012345",
    ("", "company", "2050843"): "GB-COH-02050843",
    ("", "", "GB-SC-SC012345"): "GB-SC-SC012345",
    ("VOL-REG", "", "VR-992"): "",
    ("", "Our number", "7"): "",
}
"""Scheme, kind and number as feeds write them, and the body that each makes the organisation."""


@pytest.mark.parametrize("stated", NUMBERS)
def test_a_number_on_a_register_makes_one_body_and_others_tie_it_to_nobody(
    stated: tuple[str, str, str], tmp_path: Path
) -> None:
    scheme, kind, number = stated
    identifier = {"id": "1", "identifier_scheme": scheme, "identifier_type": kind, "identifier": number}
    body = {"id": "b1", "name": "A body", "description": "It is", "organization_identifiers": [identifier]}
    file = tmp_path / "organizations.json"
    file.write_text(json.dumps([body]), "utf-8")
    lines = mapped([file], tmp_path).output.read_text("utf-8").splitlines()
    ends = [line.split(" ")[2] for line in lines if "annotatedTarget" in line]
    assert ends == ([f"<{iri.DEFAULT_BASE}id/organisation/{NUMBERS[stated]}>"] if NUMBERS[stated] else [])


def test_two_feeds_that_use_one_identifier_keep_two_services(tmp_path: Path) -> None:
    files = [FIXTURES / "services.csv", FIXTURES / "organizations.csv"]
    found = catalogue(mapped(files, tmp_path, "one"), mapped(files, tmp_path, "other"))
    (first, second) = sorted(found.services.values(), key=lambda entry: entry.thing)
    assert first.id == "a0000103-1b2c-4d3e-8f4a-5b6c7d8e9fa0" != second.id
    assert found.services.keys() == {first.id, second.id}


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


def test_what_is_called_by_contact_details_alone_is_left_out(tmp_path: Path) -> None:
    body = {"id": "b1", "name": "jo&#64;example.org", "description": "It is", "organization_identifiers": None}
    service: Object = {
        "id": "s1",
        "name": "07700 900123",
        "organization": {"id": "b2", "name": "A body", "description": "d"},
    }
    for name, record in (("organizations.json", body), ("services.json", service)):
        (tmp_path / name).write_text(json.dumps([record]), "utf-8")
    run = mapped([tmp_path / "organizations.json", tmp_path / "services.json"], tmp_path)
    assert "removed]" not in run.output.read_text("utf-8")
    aside = [it for it in run.problems if it.column == "name" and it.outcome == Outcome.ROW_SET_ASIDE]
    expected = {(file, "contact-details-only") for file in ("organizations.json", "services.json")}
    assert {(it.file, it.rule) for it in aside} == expected


def test_identifiers_that_only_look_like_telephone_numbers_tell_things_apart(tmp_path: Path) -> None:
    services = [{"id": f"x-0163296012{n}", "name": f"Soup {n}", "fees_description": "None"} for n in range(3)]
    services.append({"id": "jo@example.org", "name": "Nobody's", "fees_description": "None"})
    (tmp_path / "services.json").write_text(json.dumps(services), "utf-8")
    run = mapped([tmp_path / "services.json"], tmp_path)
    written = run.output.read_text("utf-8")
    assert all(f"-x-0163296012{n}> " in written for n in range(3))
    assert "Nobody" not in written
    last = [it for it in run.problems if it.column == "id"][-1]
    assert (last.rule, last.outcome) == ("contact-details-only", Outcome.ROW_SET_ASIDE)


def test_contact_details_that_html_hides_come_out_of_every_text(tmp_path: Path) -> None:
    hidden = "Ring 0131&nbsp;496&nbsp;0012, <b>0131</b> 496 0013 or jo&#64;example.org"
    service = {"id": "s1", "name": f"Soup {hidden}", "description": hidden, "fees_description": hidden}
    (tmp_path / "services.json").write_text(json.dumps([service]), "utf-8")
    run = mapped([tmp_path / "services.json"], tmp_path)
    written = run.output.read_text("utf-8") + "".join(map(str, run.problems))
    assert "Soup Ring [phone removed]" in written
    assert not re.search("496|example.org&|jo[@&]", written)


# Forms of files


def test_an_object_that_is_no_record_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    file.write_text('{"colour": "red"}', "utf-8")
    with pytest.raises(InputError, match=r"other\.json: has no field of this source"):
        mapped([file], tmp_path)


def test_a_row_with_more_cells_than_the_header_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "services.csv"
    file.write_text("id,name\n1,Lunch, with soup\n", "utf-8")
    with pytest.raises(InputError, match=r"services\.csv:2: has more cells than the header"):
        mapped([file], tmp_path)


def test_an_empty_page_says_nothing_and_is_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "page.json"
    file.write_text('{"total_items": 0, "contents": []}', "utf-8")
    run = mapped([file], tmp_path)
    assert (run.rows, run.statements, run.problems) == (0, 0, ())


def test_a_release_of_no_services_gives_an_empty_catalogue() -> None:
    found = Catalogue(Store())
    assert (found.services, found.places, found.organisations, found.taxonomies) == ({}, {}, {}, {})
