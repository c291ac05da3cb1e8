"""What statements are made of: terms, IRIs, cells."""

import contextlib
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from graph.errors import UsageError
from graph.model import iri
from graph.model.kinds import KINDS
from graph.model.node import Node
from graph.model.rows.layout import Layout
from graph.model.rows.row import Row
from graph.model.terms import CIV, Iri, Value
from graph.model.values import cells
from graph.model.vocabulary.rules import rule
from tests.support.paths import SOURCES

SUBJECT, PREDICATE, GRAPH = Iri.of("x:s"), Iri.of("x:p"), Iri.of("x:g")
CHARACTERS = st.characters(exclude_categories=["Cs"])


def read_back(value: Value) -> NamedNode | Literal:
    """What Oxigraph's parser makes of a value that we wrote."""
    node = Node(SUBJECT)
    node.add(PREDICATE, value)
    (quad,) = parse(node.quads(GRAPH).encode(), RdfFormat.N_QUADS)
    assert isinstance(quad.object, NamedNode | Literal)
    return quad.object


@given(st.text(CHARACTERS))
def test_any_string_in_is_the_same_string_out(text: str) -> None:
    assert read_back(text) == Literal(text)


@given(st.text())
def test_half_characters_become_replacement_characters_and_nothing_else_changes(text: str) -> None:
    whole = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    assert read_back(text).value == whole


@pytest.mark.parametrize("clean", [cells.one_line, cells.paragraphs])
def test_what_is_no_character_becomes_a_blank(clean: Callable[[str], str]) -> None:
    assert clean("Glen\ufffeHall\uffff") == "Glen Hall"
    assert clean("Glen\x00Hall\x85") == "Glen Hall"


@given(st.dates() | st.decimals(allow_nan=False, allow_infinity=False) | st.booleans() | st.integers())
def test_typed_values_come_back_as_themselves(value: date | Decimal | bool | int) -> None:
    literal = read_back(value)
    assert isinstance(literal, Literal)
    assert "E" not in literal.value  # xsd:decimal knows no exponents
    match literal.datatype.value.rsplit("#", 1)[1]:
        case "date":
            assert date.fromisoformat(literal.value) == value
        case "decimal":
            assert Decimal(literal.value) == value
        case "boolean":
            assert literal.value == str(value).lower()
        case kind:
            assert (kind, int(literal.value)) == ("integer", value)


@given(st.text())
def test_whatever_the_number_its_iri_parses(number: str) -> None:
    minted = iri.organisation("GB-COH", number)
    assert read_back(minted) == NamedNode(minted.value)


@given(st.text(CHARACTERS, min_size=1), st.text(CHARACTERS, min_size=1))
def test_different_numbers_have_different_iris(one: str, other: str) -> None:
    assert (iri.organisation("GB-COH", one) == iri.organisation("GB-COH", other)) == (one == other)


@given(st.text() | st.text('ab/:#?%é字<>" ', max_size=8))
def test_an_iri_is_refused_or_parses(text: str) -> None:
    address = "http://example.org/" + text
    with contextlib.suppress(ValueError):
        assert read_back(Iri.of(address)).value == address


@pytest.mark.parametrize("text", ["é", "字", "a%20b", "?q=é#x"])
def test_letters_of_other_alphabets_stay_in_an_iri(text: str) -> None:
    assert read_back(Iri.of("http://example.org/" + text)).value == "http://example.org/" + text


@pytest.mark.parametrize("base", ["", "localhost:8000/", "http://example.org", "http://exa mple.org/", "http://x/?q/"])
def test_a_base_that_is_none_is_refused(base: str) -> None:
    with pytest.raises(UsageError, match="slash at its end"):
        iri.use_base(base)


@pytest.mark.parametrize("text", ["30/02/2020", "31/04/1999", "2020-01-01", "1/1", "01/01/0201", "today", "1" * 5000])
def test_a_date_that_is_none_is_a_fault(text: str) -> None:
    with pytest.raises(cells.Fault, match="date-invalid"):
        cells.day(text, ("%d/%m/%Y",))


@pytest.mark.parametrize(
    ("text", "pounds"), [("0", 0), ("163889", 163889), ("1,234,567", 1234567), ("-12.5", "-12.5"), ("£7", 7)]
)
def test_amounts(text: str, pounds: int | str) -> None:
    assert cells.amount(text) == Decimal(pounds)


@pytest.mark.parametrize("text", ["1.234,50", "12,34", "1e9", "NaN", "Infinity", "٣", "1 000", "9" * 400, "-", "£"])
def test_an_amount_that_is_none_is_a_fault(text: str) -> None:
    with pytest.raises(cells.Fault, match="amount-invalid"):
        cells.amount(text)


@pytest.mark.parametrize(
    "text",
    [
        "http://Addictions Counselling Inverness",
        "http://190 St Vincent St",
        "http://localhost",
        "ftp://example.org",
        "http://jo@example.org",
        "jo@example.org",
        "http://example.org:99999/",
        "http://[::1",
        "http://exa<mple.org",
        "N/A",
        "http://",
    ],
)
def test_a_website_that_no_browser_opens_is_a_fault(text: str) -> None:
    with pytest.raises(cells.Fault, match="website-invalid"):
        cells.website(text)


@pytest.mark.parametrize("text", ["http://www.ems.ac.uk", "https://example.org/a?b=c#d", "http://Bàrd.example.scot/x"])
def test_a_website_is_kept_as_written(text: str) -> None:
    assert cells.website(text).value == text


@pytest.mark.parametrize("text", ["example.org", "example.org/club", "https://example.org", "www.example.org"])
def test_a_bare_domain_is_a_website_where_a_mapping_says_so(text: str) -> None:
    assert "example.org" in cells.bare_website(text).value


@pytest.mark.parametrize("text", ["1 Fictional Street", "the club", "www/example.org", "9", "none"])
def test_a_bare_word_or_an_address_is_no_website(text: str) -> None:
    with pytest.raises(cells.Fault, match="website-invalid"):
        cells.bare_website(text)


@pytest.mark.parametrize("text", ["Yes", "true", "True", "1"])
def test_a_yes_is_a_yes_in_every_registers_writing(text: str) -> None:
    assert cells.yes_or_no(text) is True
    assert cells.yes_or_no({"Yes": "no", "true": "FALSE", "True": "False", "1": "0"}[text]) is False


@given(st.text(max_size=60))
def test_cells_give_a_value_or_a_fault_and_never_fail_otherwise(text: str) -> None:
    for meaning in (cells.amount, cells.count, cells.year, cells.yes_or_no, cells.bare_website, cells.postcode):
        try:
            meaning(text)
        except cells.Fault as fault:
            assert rule(fault.rule).parameters == fault.parameters.keys()


@given(st.lists(st.text(CHARACTERS.filter(lambda char: char not in "'\r\n"), min_size=1).map(str.strip).filter(bool)))
def test_items_of_a_quoted_list_come_back_whatever_commas_they_hold(values: list[str]) -> None:
    written = ",".join(f"'{value}'" for value in values)
    assert cells.items(written) == tuple(values)


def test_a_private_cell_is_not_shown_in_its_problem() -> None:
    layout = Layout("clubs", "clubs.csv", ["Website"])
    row = Row(layout, 2, ["1 Fictional Street"])
    assert row.website("Website", private=True) is None
    assert [problem.value for problem in layout.problems] == [""]
    row.website("Website")
    assert layout.problems[1].value == "1 Fictional Street"


@given(st.lists(st.text(CHARACTERS, min_size=1).map(str.strip).filter(lambda text: text and not text.startswith(" "))))
def test_bare_items_come_back_unless_they_hold_a_comma_without_a_blank(values: list[str]) -> None:
    values = [value.replace(",", ", ") for value in values]
    values = [" ".join(value.split()).strip(", ") or "x" for value in values]
    assert cells.bare_items(",".join(values)) == tuple(values)


def test_every_kind_of_iri_that_mappings_make_is_in_the_list_of_kinds() -> None:
    made = {
        kind
        for file in SOURCES.glob("*/golden.nq")
        for kind in re.findall(rf"<{iri.DEFAULT_BASE}id/([^/>]+)/", file.read_text(encoding="utf-8"))
    }
    assert made == KINDS - {"measurement", "problem"}, "those two are made by a build"


def test_the_last_segment_of_an_iri_is_what_it_was_made_of() -> None:
    whole = iri.organisation("GB-SC", "SC 1")
    assert iri.last_segment(whole) == iri.last_segment(whole.value) == "GB-SC-SC%201"
    assert iri.last_segment(CIV.heading) == "heading"
