"""Real feeds of Open Referral UK, and the standard's own examples."""

from pathlib import Path
from typing import cast

import pytest

from graph.model.terms import CIV
from graph.validation.run import validate_command
from tests.support.sources.oruk_feeds import EXAMPLES, MOCKS, SETS, catalogue, files_of, needs_data
from tests.support.sources.oruk_objects import (
    Object,
    mapped,
    normal,
)

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
