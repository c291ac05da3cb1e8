"""Telephone numbers as the library that telephones use lays them out: whatever it knows, redaction finds."""

import phonenumbers
import pytest

from graph.model.values.redaction import redact

FORMATS = (
    phonenumbers.PhoneNumberFormat.NATIONAL,
    phonenumbers.PhoneNumberFormat.INTERNATIONAL,
    phonenumbers.PhoneNumberFormat.E164,
)
EXAMPLES = [
    number
    for kind in phonenumbers.PhoneNumberType.values()
    if (number := phonenumbers.example_number_for_type("GB", kind)) is not None
]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("number", EXAMPLES, ids=str)
def test_every_kind_of_number_of_the_country_is_taken_out(number: phonenumbers.PhoneNumber, form: int) -> None:
    written = phonenumbers.format_number(number, form)
    assert redact(f"Ring {written} today") == "Ring [phone removed] today"
    assert [found.number for found in phonenumbers.PhoneNumberMatcher(f"Ring {written} today", "GB")] == [number]
