"""What pages tell, from small graphs: the rows behind each block, its footnotes, its query."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from endpoint.pages.entity.page import canonical, page_of
from endpoint.presentation.model.page import Accounts, Block, Chart, Entries, Facts, Page
from endpoint.presentation.model.values import Value
from endpoint.presentation.names.labels import title
from endpoint.presentation.text.addresses import Addresses, spellings
from graph.model import iri
from graph.model.query import is_iri
from tests.support.endpoint.served import BASE
from tests.support.endpoint.site import part, view_of

ORGANISATION = f"{BASE}id/organisation/GB-SC-SC000001"
TOLD = {
    "oscr": """
<id/organisation/GB-SC-SC000001> a civ:Organisation, civ:Charity ; skos:prefLabel "Alder Trust" ;
  rov:orgStatus <def/registration-status/active> ; civ:designation "unforeseen" ;
  rov:registration <id/registration/GB-SC-SC000001> ;
  civ:annualReturn <id/annual-return/GB-SC-SC000001/2019-03-31>, <id/annual-return/GB-SC-SC000001/2020-03-31> .
<id/registration/GB-SC-SC000001> a civ:Registration ; skos:notation "SC000001" ;
  civ:registeredOn "1992-01-01"^^xsd:date ; civ:dateCaveat <def/date-caveat/start-of-index> .
<id/annual-return/GB-SC-SC000001/2019-03-31> a civ:AnnualReturn ; civ:yearEnd "2019-03-31"^^xsd:date ;
  civ:income 1000.0 ; civ:expenditure 250.5 .
<id/annual-return/GB-SC-SC000001/2020-03-31> a civ:AnnualReturn ; civ:yearEnd "2020-03-31"^^xsd:date ; civ:income 0 .
<def/registration-status/active> skos:prefLabel "Active"@en .
""",
    "vocabulary": """
skos:prefLabel rdfs:label "name"@en .
skos:altLabel rdfs:label "also known as"@en .
civ:income rdfs:domain civ:AnnualReturn ; rdfs:range xsd:decimal .
civ:expenditure rdfs:domain civ:AnnualReturn ; rdfs:range xsd:decimal .
""",
    "other": """
<id/organisation/GB-SC-SC000001> a civ:Organisation ; skos:prefLabel "Alder Trust" ; skos:altLabel "The Alder" .
<id/problem/other/row-2/x> a civ:Problem ; civ:about <id/annual-return/GB-SC-SC000001/2019-03-31> ;
  civ:fault "is odd" ; civ:row 2 ; civ:column "X" .
""",
}


@pytest.fixture
def told(tmp_path: Path) -> Page:
    return page_of(view_of(tmp_path, TOLD), ORGANISATION)


def block(page: Page, name: str) -> Block:
    return next(block for block in page.blocks if block.id == name)


def values(page: Page, block: str, label: str) -> tuple[Value, ...]:
    return next(line.values for line in part(page, block, Facts).lines if line.label == label)


def test_a_value_that_two_sources_state_is_shown_once_with_both(told: Page) -> None:
    (name,) = values(told, "identity", "Name")
    assert (name.text, name.marks) == ("Alder Trust", (1, 2))
    (other,) = values(told, "identity", "Also known as")
    assert len(other.marks) == 1


def test_every_footnote_that_is_used_is_explained(told: Page) -> None:
    lines = [line for found in told.blocks for each in found.parts if isinstance(each, Facts) for line in each.lines]
    used = {mark for line in lines for value in line.values for mark in value.marks}
    assert used == {number for number, _ in told.sources} == {1, 2}


def test_what_no_heading_foresees_is_told_all_the_same(told: Page) -> None:
    assert [line.label for line in part(told, "other", Facts).lines] == ["Designation"]


def test_years_stand_side_by_side_newest_first(told: Page) -> None:
    money = part(told, "money", Accounts)
    assert [year.label for year in money.years] == ["Year to 31 March 2020", "Year to 31 March 2019"]
    income, spent = money.figures
    assert [cell[0].text for cell in income.cells] == ["£0", "£1,000"]
    assert [[value.text for value in cell] for cell in spent.cells] == [[], ["£250.50"]]


def test_several_years_are_drawn_oldest_first_to_scale(told: Page) -> None:
    chart = part(told, "money", Chart)
    assert chart is not None
    assert [year for _, year in chart.years] == ["2019", "2020"]
    heights = {bar.text: bar.height for bar in chart.bars}
    assert heights["£0"] == 0
    assert heights["£250.50"] == pytest.approx(heights["£1,000"] / 4, abs=0.2)  # pyright: ignore[reportUnknownMemberType]
    assert all(bar.y >= 0 and bar.x + bar.width <= chart.width for bar in chart.bars)


def test_a_single_year_is_not_drawn(tmp_path: Path) -> None:
    one = {"oscr": TOLD["oscr"].replace(", <id/annual-return/GB-SC-SC000001/2020-03-31> .", " .")}
    money = block(page_of(view_of(tmp_path, one), ORGANISATION), "money")
    assert [type(each) for each in money.parts] == [Accounts]


def test_a_caveat_stands_beside_its_date(told: Page) -> None:
    (entry,) = part(told, "registration", Entries).entries
    dates = next(line.values for line in entry.lines if line.label == "Registered on")
    assert dates[0].caveat == "start of OSCR’s index, not a founding date"
    assert told.dates == ("registered 1 January 1992 (start of OSCR’s index, not a founding date)",)


def test_a_problem_with_a_part_is_told_on_the_page_of_the_whole(told: Page) -> None:
    assert [entry.title for entry in part(told, "problems", Entries).entries] == ["Problem in X, row 2"]


def test_a_block_shows_what_its_query_gives(tmp_path: Path) -> None:
    view = view_of(tmp_path, TOLD)
    found = block(page_of(view, ORGANISATION), "identity")
    rows = view.facts(found.query, ORGANISATION)
    shown = [value for each in found.parts if isinstance(each, Facts) for line in each.lines for value in line.values]
    assert len({(fact.property, fact.value) for fact in rows}) == len(shown)
    assert len(rows) == sum(len(value.marks) for value in shown)


def test_things_without_a_name_are_called_by_what_is_known(tmp_path: Path) -> None:
    view = view_of(
        tmp_path,
        {
            "a": """
<id/organisation/GB-SC-SC000009> a civ:Charity ; civ:nameStatus <def/name-status/deleted> .
<id/organisation/GB-SC-SC000008> civ:parentOrganisation <id/organisation/GB-CHC-12> .
<id/link/x> owl:annotatedSource <id/organisation/GB-SC-SC000009> ; owl:annotatedProperty civ:succeededBy ;
  owl:annotatedTarget <id/organisation/GB-CHC-12> .
<id/loop> owl:annotatedSource <id/loop> ; owl:annotatedProperty civ:succeededBy ; owl:annotatedTarget <id/loop> .
<id/empty> skos:prefLabel "" .
"""
        },
    )
    assert title(view, f"{BASE}id/organisation/GB-SC-SC000009") == "Charity SC000009 (name deleted from the register)"
    assert title(view, f"{BASE}id/organisation/GB-CHC-12") == "Organisation GB-CHC-12"
    assert title(view, f"{BASE}id/link/x").endswith("→ succeeded by → Organisation GB-CHC-12")
    assert title(view, f"{BASE}id/loop")
    assert title(view, f"{BASE}id/empty")


AREAS = {
    "other": """
<id/area/S12000047> a civ:Area ; skos:prefLabel "Fife" ; skos:altLabel "Fìobha" ; skos:notation "S12000047" .
<id/area/S01007456> a civ:Area ; skos:notation "S01007456" .
<id/registration/GB-SC-SC000001> skos:notation "SC000001" .
""",
    "vocabulary": """
<id/area/E10000007> skos:altLabel "Derbyshire" .
<id/area/E06000062> owl:sameAs <http://statistics.data.gov.uk/id/statistical-geography/E06000062> .
""",
}


@pytest.mark.parametrize(
    ("path", "called"),
    [
        ("area/S12000047", "Fife"),
        ("area/E10000007", "Derbyshire"),
        ("area/S01007456", "Area S01007456"),
        ("area/E06000062", "Area E06000062"),
        ("registration/GB-SC-SC000001", "SC000001"),
        ("pay-band/60%2B", "Pay band 60+"),
    ],
)
def test_what_has_no_name_of_its_own_is_called_by_another_or_by_kind_and_code(
    tmp_path: Path, path: str, called: str
) -> None:
    assert title(view_of(tmp_path, AREAS), f"{BASE}id/{path}") == called


def test_only_a_thing_that_says_nothing_else_is_an_alias(tmp_path: Path) -> None:
    view = view_of(
        tmp_path,
        {
            "a": """
<id/old> owl:sameAs <id/new> .
<id/new> a civ:Charity ; owl:sameAs <id/old> .
<id/self> owl:sameAs <id/self> .
"""
        },
    )
    assert canonical(view, f"{BASE}id/old") == f"{BASE}id/new"
    assert canonical(view, f"{BASE}id/new") == f"{BASE}id/new"
    assert canonical(view, f"{BASE}id/self") == f"{BASE}id/self"


@given(st.text(min_size=1))
def test_the_address_of_any_identifier_leads_back_to_it(text: str) -> None:
    minted = iri.organisation("GB-XX", text).value
    path = Addresses(BASE).page(minted)
    assert path.isascii()
    assert minted in {f"{BASE}id/{spelling}" for spelling in spellings(path.removeprefix("/doc/"))}


@pytest.mark.parametrize("scheme", ["http://", "https://", "urn:"])
@given(st.text() | st.text('abc/:#?%é<>"{}|^`\\ \n', max_size=12))
def test_a_text_is_an_iri_only_if_it_can_stand_in_a_query(scheme: str, text: str) -> None:
    forbidden = set('<>"{}|^`\\') | {chr(code) for code in range(33)}
    assert not (is_iri(scheme + text) and set(text) & forbidden)


@pytest.mark.parametrize("text", ["http://example.org/a", "https://example.org/é", "urn:isbn:1", "http://x.org/%20"])
def test_addresses_are_iris(text: str) -> None:
    assert is_iri(text)
    assert str(NamedNode(text)) == f"<{text}>"
