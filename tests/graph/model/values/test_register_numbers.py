"""Charity numbers and identifiers in the spellings that people use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model.values import register_numbers as numbers

SPELLINGS = {
    "SC012345": "SC012345",
    "sc012345": "SC012345",
    " SC 012345 ": "SC012345",
    "SC-012345": "SC012345",
    "sc 12345": "SC012345",
    "SCO12345": "SC012345",
    "SCO 12345": "SC012345",
    "GB-SC-SC012345": "SC012345",
    "GB-SC-012345": "SC012345",
    "GB-SC-12345": "SC012345",
    "GB-CHC-SC012345": "SC012345",
    "GB-CHC-SCO 12345": "SC012345",
    "Charity No. SC012345": "SC012345",
    "Scottish Charity Number: SC012345": "SC012345",
    "ＳＣ０１２３４５": "SC012345",
    "http://localhost:8000/id/organisation/GB-SC-SC012345": "SC012345",
    "https://example.org/doc/organisation/GB-SC-SC012345.ttl?x=1#top": "SC012345",
    "<http://localhost:8000/id/registration/GB-SC-SC012345>": "SC012345",
    "SC7": "SC000007",
    "12345": None,
    "SC": None,
    "SC000000": None,
    "SC1234567": None,
    "SCOTLAND": None,
    "GB-CHC-123456": None,
    "GB-COH-SC": None,
    "XR12345": None,
    "": None,
}


@pytest.mark.parametrize(("text", "number"), SPELLINGS.items())
def test_a_charity_number_is_read_in_any_spelling(text: str, number: str | None) -> None:
    assert numbers.charity_number(text) == number


@given(
    st.integers(1, 999_999), st.sampled_from(["SC", "sc", "SC ", "GB-SC-SC", "gb-sc-", "Charity no. SC"]), st.booleans()
)
def test_every_number_survives_every_spelling(value: int, prefix: str, padded: bool) -> None:
    spelt = f"{prefix}{value:06}" if padded else f"{prefix}{value}"
    assert numbers.charity_number(spelt) == f"SC{value:06}"


SPELT = st.from_regex(r"[SsGg][Cc][ -]?[O0]?[1-9]\d{0,6}", fullmatch=True)


@given(st.text() | SPELT | st.text("SCOGB0129 -/", max_size=12))
def test_any_text_is_read_without_an_error(text: str) -> None:
    number = numbers.charity_number(text)
    assert number is None or (numbers.charity_number(number), number[:2], len(number)) == (number, "SC", 8)
    assert all(key == numbers.compact(key) for key in [*numbers.candidates(text), *numbers.keys(text)])
