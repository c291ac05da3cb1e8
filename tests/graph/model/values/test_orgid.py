"""Identifiers under the lists of org-id.guide: the forms of their numbers, to the last digit."""

import pytest

from graph.model.values import orgid
from graph.model.values.register_numbers import charity_number, company_number


@pytest.mark.parametrize(
    "identifier",
    [
        "GB-CHC-200051",
        "GB-CHC-1070468",
        "GB-NIC-100002",
        "GB-SC-SC012345",
        "GB-COH-02050843",
        "GB-REV-XR1234",
        "GB-EDU-12345",
        "GB-EDU-123456",
        "GB-LAE-XYZ",
    ],
)
def test_an_identifier_in_the_form_of_its_list_is_taken_as_it_is(identifier: str) -> None:
    found = orgid.read(identifier)
    assert (f"{found.list_code}-{found.number}", found.rule) == (identifier, "")


@pytest.mark.parametrize(
    "identifier",
    ["GB-CHC-12345", "GB-CHC-12345678", "GB-NIC-12345", "GB-NIC-1234567", "GB-EDU-1234", "GB-EDU-1234567", "GB-LAE-XY"],
)
def test_a_digit_less_or_more_is_another_form(identifier: str) -> None:
    found = orgid.read(identifier)
    assert (found.list_code, found.rule) == ("", "identifier-form")


@pytest.mark.parametrize("list_code", ["360G", "DIR-GLENTSI", "GB-COOPUK", "XX-EXAMPLE"])
def test_lists_of_funders_directories_and_federations_register_nobody(list_code: str) -> None:
    assert not orgid.is_register(list_code)


@pytest.mark.parametrize("text", ["0", "00000000", "SC000000", "IP00000R"])
def test_a_company_number_of_zeros_alone_is_none(text: str) -> None:
    assert company_number(text) is None


@pytest.mark.parametrize("text", ["SC0", "SC000000", "SCO", "SC1234567"])
def test_a_charity_number_of_zeros_alone_or_of_seven_digits_is_none(text: str) -> None:
    assert charity_number(text) is None
