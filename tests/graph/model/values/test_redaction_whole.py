"""Texts from which an address or a number is taken out: nothing of it is left, and what stood around it stays.

Whole sentences are compared: half an address is as good as all of it.
"""

import pytest

from graph.model.values.redaction import redact

MAIL, PHONE = "[e-mail removed]", "[phone removed]"


@pytest.mark.parametrize(
    "address",
    [
        "jo@example.org",
        "jo+club@example.org",
        "jo.bloggs+the-club@mail.example.org",
        "jo_bloggs%old@example.org",
        "o'neil-jo@example.org",
        "JO.BLOGGS@EXAMPLE.ORG",
        "jo@a-b.example.co.uk",
    ],
)
@pytest.mark.parametrize("sentence", ["Write to {} or come.", "({}), or come", "Mail:{}; ring", "{}"])
def test_an_address_goes_whole_and_its_sentence_stays(sentence: str, address: str) -> None:
    assert redact(sentence.format(address)) == sentence.format(MAIL)


def test_of_a_text_before_an_address_nothing_goes_but_the_address() -> None:
    """The part before the sign ends right at it: an earlier word of the same sentence is not it."""
    assert redact("The club-house of Anytown: ask jo@example.org") == f"The club-house of Anytown: ask {MAIL}"


@pytest.mark.parametrize(
    "number",
    [
        "0131 496 0113",
        "0131-496-0113",
        "(0131) 496 0113",
        "01632 960 123",
        "01632960123",
        "07700 900154",
        "+44 131 496 0113",
        "+44 (0)131 496 0113",
        "0044 7700 900154",
    ],
)
@pytest.mark.parametrize("sentence", ["Ring {} or come.", "Ring us: {}, or come", "Tel: {}; write", "{}"])
def test_a_number_goes_whole_and_its_sentence_stays(sentence: str, number: str) -> None:
    assert redact(sentence.format(number)) == sentence.format(PHONE)


def test_two_addresses_and_a_number_go_one_by_one() -> None:
    text = "Ring 0131 496 0113, jo+a@example.org or al+b@example.org, by 5 May 2026."
    assert redact(text) == f"Ring {PHONE}, {MAIL} or {MAIL}, by 5 May 2026."
