"""Cells of a row that may hold what reaches somebody: what is given, and what the problem shows."""

import pytest

from graph.model.rows.layout import Layout
from graph.model.rows.row import Row, SetAside

REACHING = ("jo+club@example.org", "0131 496 0113", "07700900154")


def row(cell: str) -> tuple[Row, Layout]:
    layout = Layout("x", "x.csv", ("cell",))
    return Row(layout, 2, [cell]), layout


def shown(layout: Layout) -> list[tuple[str, str]]:
    return [(problem.rule, problem.value) for problem in layout.problems]


@pytest.mark.parametrize("cell", REACHING)
def test_what_reaches_somebody_identifies_nothing(cell: str) -> None:
    made, layout = row(cell)
    assert made.identifier("cell") == ""
    with pytest.raises(SetAside):
        made.key("cell")
    assert shown(layout) == [("key-contact-details", "")]


def test_an_identifier_is_given_as_it_is_written() -> None:
    made, layout = row(" AB-12  c ")
    assert (made.identifier("cell"), made.key("cell"), shown(layout)) == ("AB-12 c", "AB-12 c", [])


@pytest.mark.parametrize("private", [False, True])
def test_a_problem_shows_a_cell_of_a_private_column_to_nobody(private: bool) -> None:
    street = "1 Fictional Street"
    made, layout = row(street)
    assert made.website("cell", private=private) is None
    assert made.postcode("cell", private=private) is None
    value = "" if private else street
    assert shown(layout) == [("website-invalid", value), ("postcode-invalid", value)]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Write to jo+club@example.org, or come.", "Write to [e-mail removed], or come."),
        ("Ring 0131 496 0113, or come.", "Ring [phone removed], or come."),
        ("Tel: 0131 496 0113", None),
    ],
)
def test_a_text_keeps_the_rest_of_its_sentence_and_none_of_the_address(cell: str, text: str | None) -> None:
    made, layout = row(cell)
    assert (made.text("cell"), made.prose("cell")) == (text, text)
    assert [rule for rule, _ in shown(layout)] == ["contact-details"] * 2
    assert not {"jo+", "club", "example.org", "496"} & {part for _, value in shown(layout) for part in value.split()}
