"""Open Referral UK in and out: every real file maps, what is wrong is named, and what is right comes back as it was."""

import json
import re
from pathlib import Path

import pytest

from graph.errors import InputError
from graph.model import iri
from graph.model.terms import CIV
from graph.model.vocabulary.rules import Outcome
from tests.support.sources.oruk_feeds import FIXTURES, catalogue
from tests.support.sources.oruk_objects import (
    Object,
    mapped,
)


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
