"""E-mail addresses and telephone numbers go out of every text, however they are written; what is like them stays."""

import csv
import re
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from graph.model.problems import shown
from graph.model.rows.layout import Layout
from graph.model.rows.row import Row, SetAside
from graph.model.rows.text_repair import prose, title
from graph.model.values import cells
from graph.model.values.redaction import redact

SPELLINGS = Path(__file__).with_name("spellings.csv")
"""Ways in which people type numbers and addresses, escaped as Python does, and what is left of each."""
LOOK_ALIKES = Path(__file__).with_name("look_alikes.txt")
"""Texts with as many digits or the like of an address, one a line."""

NOT_RECOGNISED = (
    *("oh one three one, four nine six, 0192", "0131 four nine six 0193", "07700 nine hundred 208", "496 0196"),
    "jo-at-example.org",
)
"""Odd spellings that pass: numbers in words, local numbers with no word before them, a name joined by hyphens."""


def escaped(text: str) -> str:
    """A text of the files, its escapes read."""
    code = r"\\U([0-9a-f]{8})|\\u([0-9a-f]{4})"
    return re.sub(code, lambda found: chr(int(found[1] or found[2], 16)), text)


@pytest.mark.parametrize(
    "frame", ["Please see {} any time", "Ring us: {}", "{}\nis how to reach the club", "about us; {}"]
)
def test_of_each_spelling_nothing_is_left(frame: str) -> None:
    with SPELLINGS.open(encoding="utf-8", newline="") as file:
        rows = [(escaped(row["text"]), escaped(row["left"])) for row in csv.DictReader(file)]
    assert len(rows) > 330
    assert {text: redact(frame.format(text)) for text, _ in rows} == {text: frame.format(left) for text, left in rows}


def test_what_looks_like_a_contact_detail_and_is_none_stays() -> None:
    texts = LOOK_ALIKES.read_text("utf-8").splitlines()
    assert len(set(texts)) >= 200
    sentences = [*texts, *(f"The club says: {text}, every year." for text in texts)]
    assert {text: redact(text) for text in sentences} == {text: text for text in sentences}


@pytest.mark.parametrize("text", NOT_RECOGNISED)
def test_the_few_spellings_that_pass_are_known(text: str) -> None:
    assert redact(f"Please see {text} any time") == f"Please see {text} any time"


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "GB-COH-01314960101",
            "360G-example-01632960123",
            "https://example.org/id/01314960101",
            "www.example.org/01632960123",
        ),
        *("0.7700900206", "1.07700900144", "1,234,567,890.50"),
    ],
)
def test_a_cell_that_is_wholly_an_identifier_a_site_or_a_number_keeps_its_digits(cell: str) -> None:
    assert redact(cell) == cell


@pytest.mark.parametrize(
    "text",
    [
        "jo.bloggs@example.org",
        "0131 496 0000",
        "(0131) 496 0000",
        "+44 20 7946 0000",
        "+44 (0)20 7946 0000",
        "07700 900000",
        "0808-157-0000",
        "0131\u00a0496\u00a00000",
        "0131\u2009496\u202f0000",
        "0131\u2011496\u20130000",
        "0131 \u2013 496 \u2013 0000",
        "0131\u200b496\u00ad0000",
        "0131 496\n0000",
        "0131/496/0000",
        "01632/960123",
        "Mob.07700900005",
        "T01314960000",
        "0131 496 0000ext 12",
        "447700900123",
        "44 (0)131 496 0000",
        "\uff10\uff11\uff13\uff11 \uff14\uff19\uff16 \uff10\uff10\uff10\uff10",
        "0131&nbsp;496&#160;0000",
        "<b>0131</b> 496 0000",
        "0131%20496%200000",
        "jo&#64;example.org",
        "jo&#x40;example&period;org",
        "jo&commat;example.org",
        "jo\uff20example.org",
        "jo<wbr>@example.org",
        "<a href='mailto:jo&#64;example.org'>us</a>",
        "jo [at] example [dot] org",
        "jo(at)example.org",
        "+353 1 234 5678",
    ],
)
def test_contact_details_are_taken_out_wherever_they_stand(text: str) -> None:
    assert text not in redact(f"Contact the secretary on {text}, or call in.")


@pytest.mark.parametrize(
    "text",
    [
        *("SC012345", "SC000293 and SC047754", "01/01/1992", "Stay & Play @ Rathen", "£100000000", "1990-2001"),
        *("2020\u20132026", "2019/2020", "01/02/2003 10:30", "01.02.2003\u201305.06.2004", "2020-01-02 2021-03-04"),
        *("04-2019 \u2013 03-2020", "01/04/2019 \u2013 31/03/2020", "0930-1230 1330-1630", "0123/2019/2020"),
        *("0900\u20131700, 0900\u20131600", "GMT+1 2026", "-0.1278 51.5074", "(0.1278 51.5074)", "S12000036"),
        *("A0123456789", "£441314960000", "UPRN 906700123456", "360G-ABC-2024000001", "AT&T", "R&amp;D 50%"),
        *("<b>2019</b> 2020", "(at) home [dot]"),
    ],
)
def test_what_is_no_contact_detail_stays(text: str) -> None:
    assert redact(text) == text


def test_a_megabyte_of_text_is_redacted_in_linear_time(benchmark_seconds: float = 15.0) -> None:
    started = process_time()
    redact("a" * 1_000_000 + "@" + "0 " * 500_000)
    assert process_time() - started < benchmark_seconds


@pytest.mark.parametrize("text", ["&#48;", "<b>", "<!--", "%40", "07700 90012-", "01/02/", "\uff10 ", "0\u200b", "a.@"])
def test_whatever_a_megabyte_repeats_is_redacted_in_moments(text: str) -> None:
    started = process_time()
    redact(text * (1_000_000 // len(text)))
    assert process_time() - started < 30


@pytest.mark.parametrize("text", ["01334 555555", "Tel: 01334 555555", "jo@example.org", "jo&#64;example.org (e-mail)"])
def test_a_name_of_contact_details_alone_is_none(text: str) -> None:
    layout = Layout("clubs", "clubs.csv", ["Name"])
    row = Row(layout, 2, [text])
    assert row.cell("Name") == ""
    assert row.text("Name") is None
    with pytest.raises(SetAside):
        title(row, "Name")
    assert layout.problems[-1].fault == "holds only contact details, so the row was set aside"


def test_contact_details_that_html_hides_are_taken_out_and_told_of() -> None:
    cell = (
        "<p>Ask Jo, 0131&nbsp;496&nbsp;0012<br>or <i>jo</i>&#64;example.org</p><p>0131</p>\n"
        "<p>496 0012 &amp;#48;131 496 0000</p>"
    )
    layout = Layout("clubs", "clubs.csv", ["About"])
    assert prose(Row(layout, 2, [cell]), "About") == (
        "Ask Jo, [phone removed]\nor [e-mail removed]\n[phone removed] [phone removed]"
    )
    assert {problem.rule for problem in layout.problems} == {"contact-details"}
    assert not any("496" in str(problem) or "@" in str(problem) for problem in layout.problems)


def test_characters_of_a_wrong_encoding_hide_no_number() -> None:
    layout = Layout("clubs", "clubs.csv", ["Name"])
    assert "496" not in title(Row(layout, 2, ["Rowers 0131â€“496â€“0001"]), "Name")


@pytest.mark.parametrize("blank", ["\u00a0", "\u2009", "\n", "&nbsp;", "</b> <b>"])
def test_a_problem_shows_no_number_whatever_its_blanks(blank: str) -> None:
    value = f"Ring 0131{blank}496{blank}0001 now"
    assert shown(value) == "Ring [phone removed] now"


@pytest.mark.parametrize("meaning", [cells.amount, cells.count, cells.figure])
def test_a_telephone_number_is_no_number_of_anything(meaning: Callable[[str], object]) -> None:
    with pytest.raises(cells.Fault):
        meaning("01632960123")
    assert meaning("0012") == 12
    assert meaning("441632960123") == 441632960123


@pytest.mark.parametrize("end", ["?tel=01632+960123", "/01632%20960123", "/t01632960123", "?to=jo%40example.org"])
def test_an_address_that_holds_contact_details_is_left_out(end: str) -> None:
    with pytest.raises(cells.Fault, match="website-contact-details"):
        cells.website(f"https://www.example.org{end}")
