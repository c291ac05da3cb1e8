"""Cells at the edges of what they may hold: signs, thousands, ends of patterns, and the forms of postcodes."""

from decimal import Decimal

import pytest

from graph.model.values import cells


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("0", "0"),
        ("-350", "-350"),
        ("-1,250", "-1250"),
        ("-£1,250.50", "-1250.50"),
        ("£-1,250", "-1250"),
        ("-12,345,678.90", "-12345678.90"),
        ("1234.5", "1234.5"),
        ("999999999999999", "999999999999999"),
    ],
)
def test_an_amount_may_be_negative_and_have_thousands(text: str, amount: str) -> None:
    assert cells.amount(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    [
        "1,25",
        "12,34,567",
        "1.234,50",
        "--5",
        "5-",
        "1.234",
        "£",
        "",
        "12 pounds",
        "5\n6",
        "0131496000",
        "0131496000.50",
    ],
)
def test_what_only_begins_or_ends_like_an_amount_is_none(text: str) -> None:
    with pytest.raises(cells.Fault) as caught:
        cells.amount(text)
    assert caught.value.rule == "amount-invalid"


@pytest.mark.parametrize("text", ["-1", "1.0", "1,23", "12a", "", "0131496000", "1 000"])
def test_a_count_is_whole_and_not_negative(text: str) -> None:
    with pytest.raises(cells.Fault) as caught:
        cells.count(text)
    assert caught.value.rule == "count-invalid"


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("ec1a 1bb", "EC1A 1BB"),
        ("W1A0AX", "W1A 0AX"),
        ("m1 1ae", "M1 1AE"),
        ("B33 8TH", "B33 8TH"),
        ("CR2  6XH", "CR2 6XH"),
        ("dn551pt", "DN55 1PT"),
    ],
)
def test_a_postcode_of_each_form_is_spaced(text: str, postcode: str) -> None:
    assert cells.postcode(text) == postcode


@pytest.mark.parametrize(
    "text", ["EC1A 1BBB", "XEC1A 1BB", "EC1AB 1BB", "1EC 1BB", "EC1A", "EC1A 1B", "EC1A 1BB, London"]
)
def test_what_only_holds_a_postcode_is_none(text: str) -> None:
    with pytest.raises(cells.Fault) as caught:
        cells.postcode(text)
    assert caught.value.rule == "postcode-invalid"


@pytest.mark.parametrize("text", ["46082x", "x46082", "146082", "19999", "100000"])
def test_only_five_digits_from_20000_are_a_day_by_its_number(text: str) -> None:
    with pytest.raises(cells.Fault):
        cells.day(text, (cells.SERIAL,))


@pytest.mark.parametrize("text", ["1999x", "x1999", "0999", "19999", "199"])
def test_a_year_has_four_digits_and_is_later_than_999(text: str) -> None:
    with pytest.raises(cells.Fault) as caught:
        cells.year(text)
    assert caught.value.rule == "year-invalid"


@pytest.mark.parametrize(
    "address", ["http://example.org/?to=jo+at+x@example.org", "http://example.org/?tel=0131+496+0113"]
)
def test_an_address_whose_query_spells_contact_details_with_plus_signs_is_not_shown(address: str) -> None:
    with pytest.raises(cells.Fault) as caught:
        cells.website(address)
    assert caught.value.rule == "website-contact-details"


def test_an_address_may_hold_letters_of_other_alphabets() -> None:
    assert cells.website("https://www.example.org/caf\u00e9").value == "https://www.example.org/caf\u00e9"


@pytest.mark.parametrize(("north", "east"), [("90", "180"), ("-90", "-180"), ("55.95", "-3.19")])
def test_a_point_lies_on_earth_up_to_its_edges(north: str, east: str) -> None:
    assert f"POINT({east} {north})" in str(cells.point(north, east))


@pytest.mark.parametrize(("north", "east"), [("90.1", "0"), ("-91", "0"), ("0", "180.5"), ("0", "-181")])
def test_a_point_beyond_the_edges_is_none(north: str, east: str) -> None:
    with pytest.raises(cells.Fault) as caught:
        cells.point(north, east)
    assert caught.value.rule == "point-off-earth"
