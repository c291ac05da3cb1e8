"""Who the parties of grants are, and what is told of those that may be at home."""

from pathlib import Path

import pytest

from graph.model.values import orgid
from tests.support.sources.grants import back, grant, read, recipients, said, told

# Identifiers that read like telephone numbers


def test_recipients_whose_references_read_like_telephones_are_told_apart(tmp_path: Path) -> None:
    numbers = ("360G-glen-01632960123", "360G-glen-01632960124", "360G-glen:01632960125", "360G-glen-org:01632960126")
    run = read(tmp_path, [grant(str(n), {"id": number, "name": "Hall"}) for n, number in enumerate(numbers)])
    assert recipients(run) == list(numbers)
    assert told(run) == []


def test_a_grant_keeps_its_identifiers_and_codes_whatever_their_digits(tmp_path: Path) -> None:
    published = grant(
        "01632960123",
        relatedActivity=["360G-glen-01632960124"],
        classifications=[{"title": "Arts", "code": "01632960125"}],
        commitmentTransaction=[{"id": "01632960126"}],
    )
    assert back(read(tmp_path, [published])) == {"360G-glen-01632960123": published}


def test_a_telephone_in_the_place_of_a_recipients_identifier_is_not_its_address(tmp_path: Path) -> None:
    numbers = ("01632 960123", "01632960124", "ring 01632 960125", "jo@example.org", "360G-glen-jo&#64;example.org")
    run = read(tmp_path, [grant(str(n), {"id": number, "name": f"Hall {n}"}) for n, number in enumerate(numbers)])
    assert recipients(run) == [f"360G-glen-hall-{n}" for n in range(5)]
    written = run.output.read_text("utf-8") + "".join(told(run))
    assert "960" not in written
    assert "jo" not in written.replace("object", "")


def test_a_grant_whose_number_follows_a_colon_is_no_telephone(tmp_path: Path) -> None:
    run = read(tmp_path, [{**grant("1"), "id": "360G-glen:01632960123"}])
    assert [*back(run)] == ["360G-glen:01632960123"]


# Placeholders


@pytest.mark.parametrize(
    "held",
    [
        *("360G-glen-n/a", "360G-glen-TBC", "360G-glen-org:TBC", "360G-glen-unknown", "360G-glen-0", "360G-glen-org-0"),
        *("GB-SC-SC000000", "GB-CHC-999999", "GB-CHC-0000000", "GB-COH-99999999", "GB-COH-00000000", "QQ-FOO-none"),
        *("GB-CHC-EXEMPT", "GB-CHC-Exempt Charity", "GB-CHC-TBD", "GB-CHC-null", "GB-CHC-#N/A", "GB-CHC-applying"),
    ],
)
def test_what_holds_the_place_of_an_identifier_makes_no_two_recipients_one(held: str, tmp_path: Path) -> None:
    run = read(tmp_path, [grant(str(n), {"id": held, "name": name}) for n, name in enumerate(("Alpha", "Beta"))])
    assert recipients(run) == ["360G-glen-alpha", "360G-glen-beta"]
    assert [problem.column for problem in run.problems] == ["recipientOrganization/0/id"] * 2


def test_a_number_that_is_not_quite_a_registers_still_tells_its_body(tmp_path: Path) -> None:
    run = read(tmp_path, [grant(str(n), {"id": "GB-CHC-12345", "name": f"Hall {n}"}) for n in (1, 2)])
    assert set(recipients(run)) == {"360G-glen-GB-CHC-12345"}


def test_a_list_of_no_country_is_none(tmp_path: Path) -> None:
    run = read(tmp_path, [grant("1", {"id": "QQ-FOO-1", "name": "Hall"})])
    assert recipients(run) == ["360G-glen-QQ-FOO-1"]
    assert [problem.rule for problem in run.problems] == ["identifier-list-unknown"]
    assert not orgid.is_register("QQ-FOO")


def test_a_name_that_is_a_placeholder_is_nobodys(tmp_path: Path) -> None:
    run = read(tmp_path, [grant(str(n), {"id": "360G-unknown", "name": "TBC"}) for n in (1, 2)])
    assert recipients(run) == ["360G-glen-unnamed-360G-glen-1", "360G-glen-unnamed-360G-glen-2"]


def test_a_placeholder_in_the_place_of_a_charity_number_ties_nobody_to_it(tmp_path: Path) -> None:
    parties = ({"id": f"360G-glen-org:{n}", "name": "Hall", "charityNumber": "0000000"} for n in (1, 2))
    run = read(tmp_path, [grant(str(n), party) for n, party in enumerate(parties)])
    assert "same-as" not in run.output.read_text("utf-8")


# Numbers beside an identifier


@pytest.mark.parametrize("number", [{"charityNumber": "900003"}, {"companyNumber": "SP9003RS"}])
def test_a_branch_does_not_rename_the_body_whose_number_it_gives(number: dict[str, str], tmp_path: Path) -> None:
    run = read(tmp_path, [grant("1", {"id": "360G-glen-org:b", "name": "Granite branch", **number})])
    body = said(run, "organisation/360G-glen-org:b")
    assert (body["nameInGrants"], body["prefLabel"]) == (["Granite branch"], [])


@pytest.mark.parametrize(
    ("written", "charity", "body", "rule"),
    [
        ("GB-COH-SC090001", "SC090001", "GB-SC-SC090001", "identifier-charity"),
        ("GB-COH-SC090001", "", "GB-COH-SC090001", ""),
        ("GB-COH-9000001", "9000001", "GB-CHC-9000001", "identifier-charity"),
        ("GB-COH-9000001", "", "GB-COH-09000001", "identifier-zeros-or-charity"),
        ("GB-COH-90001", "", "GB-COH-00090001", "identifier-zeros"),
        ("GB-COH-XR12345", "", "GB-REV-XR12345", "identifier-hmrc"),
    ],
)
def test_a_number_under_companies_house_may_be_another_registers(
    written: str, charity: str, body: str, rule: str, tmp_path: Path
) -> None:
    run = read(tmp_path, [grant("1", {"id": written, "name": "Hall", "charityNumber": charity})])
    assert recipients(run) == [body]
    assert [problem.rule for problem in run.problems] == [rule] * bool(rule)


def test_a_linked_charity_is_a_unit_of_its_parent(tmp_path: Path) -> None:
    party = {"id": "GB-CHC-900001-1", "name": "Granite branch", "charityNumber": "900001"}
    run = read(tmp_path, [grant("1", party)])
    assert recipients(run) == ["GB-CHC-900001-1"]
    unit = said(run, "organisation/GB-CHC-900001-1")
    assert unit["unitOf"] == ["GB-CHC-900001"]
    assert [kind.rpartition("#")[2] for kind in unit["type"]] == ["OrganizationalUnit"]
    assert "same-as" not in run.output.read_text("utf-8")
    assert told(run) == []


# Where parties are

HOME = {
    "postalCode": "EH6 7AA",
    "location": [
        {"id": "1", "name": "Flat 2", "geoCode": "EH6 7AA", "geoCodeType": "PC", "latitude": 55.97, "longitude": -3.16},
        {"name": "Flat 2", "geoCode": "S01008941", "geoCodeType": "DZ", "countryCode": "GB"},
        {"description": "Flat 2", "geoCode": "S00100001", "geoCodeType": "OA"},
        {"name": "Flat 2", "geoCode": "S12000036", "geoCodeType": "CA", "latitude": 55.97, "longitude": -3.16},
    ],
}


def test_the_home_of_a_recipient_on_no_register_is_told_no_closer_than_its_ward(tmp_path: Path) -> None:
    run = read(tmp_path, [grant("1", {"id": "360G-glen-org:home", "name": "Knitters", **HOME})])
    text = run.output.read_text("utf-8") + "".join(told(run))
    assert not [part for part in ("Flat 2", "7AA", "55.97", "3.16", "S01008941", "S00100001") if part in text]
    places = [{"countryCode": "GB"}, {"geoCode": "S12000036", "geoCodeType": "CA"}]
    party = {"id": "360G-glen-org:home", "name": "Knitters", "location": places}
    assert back(run) == {"360G-glen-1": grant("1", party)}
    assert said(run, "recipient-organization/1")["postcodeDistrict"] == ["EH6"]


def test_a_typed_number_publishes_nobodys_postcode(tmp_path: Path) -> None:
    party = {"id": "360G-glen-org:nr", "name": "Knitters", "charityNumber": "SC900001", "companyNumber": "SC900002"}
    run = read(tmp_path, [grant("1", {**party, **HOME})])
    assert "7AA" not in run.output.read_text("utf-8")


def test_a_place_of_a_registered_body_stays(tmp_path: Path) -> None:
    run = read(tmp_path, [published := grant("1", {"id": "GB-SC-SC090001", "name": "Hall", **HOME})])
    assert back(run) == {"360G-glen-1": published}
