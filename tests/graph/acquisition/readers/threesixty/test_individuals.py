"""Grants to persons are recognised however their file says so; those to bodies with a register's number never."""

import pytest

from graph.acquisition.readers.threesixty.individuals import is_to_individual

BODY = {"id": "GB-CHC-1164883", "name": "Example Trust"}
UNKNOWN = {"id": "360G-example-org:1", "name": "Wee Rowers"}


NOTHINGS: tuple[object, ...] = (None, [], "null", "[]", {})


@pytest.mark.parametrize(
    "grant",
    [
        *({key: [{"id": "x"}]} for key in ("recipientIndividual", "recipientindividual", "Recipient Individual")),
        *({key: "J"} for key in ("Recipient Individual:Name", "recipientIndividual/0/name", "toIndividualsDetails:a")),
        *({"recipientIndividual": nothing} for nothing in NOTHINGS),
        {"recipientInd": "x", "recipientOrganization": [UNKNOWN]},
        *(
            {"recipientOrganization": [{**UNKNOWN, key: kind}]}
            for key in ("organisationType", "Org Type")
            for kind in ("Individual", "individuals", "Sole Trader", "Private individual")
        ),
        {"recipientOrganization": {"name": "Miss A Smith"}},
        {"recipientOrganization": [UNKNOWN], "grantProgramme": [{"title": "Grants to Individuals"}]},
        {"recipientOrganization": [UNKNOWN], "classifications": [{"title": "Individual grants"}]},
    ],
)
def test_a_grant_to_a_person_is_recognised(grant: dict[str, object]) -> None:
    assert is_to_individual(grant)


@pytest.mark.parametrize(
    "grant",
    [
        {"recipientOrganization": [BODY]},
        {"recipientOrganization": [UNKNOWN]},
        {"recipientOrganization": [BODY], "recipientIndividual": None, "toIndividualsDetails": []},
        {"recipientOrganization": [{**BODY, "name": "Sue Smith"}]},
        {"recipientOrganization": [{**BODY, "organisationType": "Sole Trader"}]},
        {"recipientOrganization": [{**UNKNOWN, "name": "Sue Smith", "charityNumber": "1164883"}]},
        {"recipientOrganization": [UNKNOWN], "grantProgramme": [{"title": "Support for individuals and groups"}]},
        {},
    ],
)
def test_a_grant_to_a_body_is_none_to_a_person(grant: dict[str, object]) -> None:
    assert not is_to_individual(grant)
