"""What the schema says of grants: as the reference implementation has it, in our words, without a network."""

import json
import threading
from collections.abc import Iterator
from copy import deepcopy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import cast

import jsonschema
import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.acquisition.readers.threesixty.standard import SCHEMA, offline_validator, schema, validator
from graph.acquisition.readers.threesixty.validation import faults
from tests.support.paths import fixture_folder

EXAMPLES = cast(
    "list[dict[str, object]]",
    json.loads((fixture_folder("threesixty") / "exampletrust.json").read_text("utf-8"))["grants"],
)
REFERENCE = jsonschema.Draft202012Validator(schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)

values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.floats(-1, 1),
    st.sampled_from(
        [
            "",
            "2020-01-31",
            "2020-02-31",
            "2020-01",
            "2020",
            "2020-01-31T10:00:00Z",
            "2020-01-31t10:00:60z",
            "GBP",
            "x y",
        ]
    ),
    st.just([]),
    st.just({}),
    st.just([{"id": "a"}]),
    st.just([{"id": "a", "name": "b", "duration": -1}, {}]),
)


@st.composite
def grants(draw: st.DrawFn) -> dict[str, object]:
    """An example grant some of whose fields, on any level, hold something else or are gone."""
    grant = deepcopy(draw(st.sampled_from(EXAMPLES)))
    for _ in range(draw(st.integers(0, 6))):
        part = grant
        while isinstance(inner := part[draw(st.sampled_from(sorted(part)))], list) and inner and draw(st.booleans()):
            if not isinstance(inner[0], dict) or not inner[0]:
                break
            part = cast("dict[str, object]", inner[0])
        field = draw(st.sampled_from([*sorted(part), "url", "plannedDates", "dateModified", "recipientIndividual"]))
        part[field] = deepcopy(draw(values))  # it may be changed in its turn
        if draw(st.booleans()) and len(part) > 1:
            del part[field]
    return grant


@given(grants())
def test_the_errors_are_those_that_the_reference_implementation_finds(grant: dict[str, object]) -> None:
    wanted = sorted((tuple(map(str, error.absolute_path)), str(error.validator)) for error in _reference(grant))
    ours = validator().iter_errors(grant)
    assert sorted((tuple(map(str, error.instance_path)), error.kind.name) for error in ours) == wanted


@given(grants())
def test_faults_stand_in_the_order_of_the_reference_implementation(grant: dict[str, object]) -> None:
    rules = ("required", "oneOf")  # the first has a path of its own, of the second that of the grant has several
    wanted = ["/".join(map(str, each.absolute_path)) for each in _reference(grant) if each.validator not in rules]
    found = [fault.path for fault in faults(grant) if fault.rule != "standard-missing"]
    assert list(dict.fromkeys(path for path in found if path in wanted)) == list(dict.fromkeys(wanted))


def _reference(grant: dict[str, object]) -> "Iterator[jsonschema.ValidationError]":
    errors = REFERENCE.iter_errors(cast("dict[str, str]", grant))  # pyright: ignore[reportUnknownMemberType]
    return cast("Iterator[jsonschema.ValidationError]", errors)


@pytest.mark.parametrize(
    ("field", "value", "wanted"),
    [
        ("awardDate", "31/01/2020", {("date-not-standard", "", "31/01/2020")}),
        ("amountAwarded", "12", {("standard-type", "a number without quotes", "12")}),
        ("dataSource", 5, {("standard-type", "a text or null", "5")}),
        ("dateModified", "2020", {("standard-format", "date-time", "2020")}),
        ("fundingOrganization", [], {("standard-empty", "", "")}),
        ("plannedDates", [{"duration": -1.50}], {("standard-minimum", "0", "-1.5")}),
        ("title", None, {("standard-type", "a text", "")}),
    ],
)
def test_a_fault_names_what_stands_there_and_what_the_standard_asks_for(
    field: str, value: object, wanted: set[tuple[str, str, str]]
) -> None:
    found = faults({**EXAMPLES[0], field: value})
    assert {fault.path.split("/")[0] for fault in found} == {field}
    told = {(fault.rule, dict(fault.parameters).get("wanted", ""), fault.value) for fault in found}
    assert wanted <= told


def test_a_grant_to_an_organisation_is_missing_what_that_form_requires() -> None:
    found = faults({"id": "360G-example-9", "title": "Hall"})
    missing = {"description", "currency", "amountAwarded", "awardDate", "recipientOrganization", "fundingOrganization"}
    assert {fault.path for fault in found} == missing
    assert {fault.rule for fault in found} == {"standard-missing"}


@pytest.fixture
def requests_made() -> Iterator[tuple[str, list[str]]]:
    """A server that has a schema for everybody, and what it was asked for."""
    made: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"type": "object"}')

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
            del format, args

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/schema.json", made
        server.shutdown()


def test_a_reference_that_the_schema_does_not_hold_is_an_error_and_never_fetched(
    requests_made: tuple[str, list[str]],
) -> None:
    address, made = requests_made
    with pytest.raises(jsonschema_rs.ValidationError, match="Retrieval is disabled"):
        offline_validator({"$ref": address})
    assert not made
    assert jsonschema_rs.Draft202012Validator({"$ref": address}).is_valid({})  # the library alone would go there
    assert made == ["/schema.json"]


def test_a_reference_to_a_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "any.json").write_text("{}")
    with pytest.raises(jsonschema_rs.ValidationError, match="Retrieval is disabled"):
        offline_validator({"$ref": (tmp_path / "any.json").as_uri()})


def test_the_schema_of_the_standard_refers_to_nothing_outside() -> None:
    assert '"$ref": "http' not in SCHEMA.read_text("utf-8")
