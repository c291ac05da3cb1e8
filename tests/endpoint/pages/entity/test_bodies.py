"""Pages of bodies that several registers list: one heading, every register's word beside it, grounds, history."""

from pathlib import Path

import pytest

from endpoint.pages.entity.page import page_of
from endpoint.presentation.model.page import Accounts, Entries, Facts, Page
from endpoint.presentation.model.values import Value
from endpoint.presentation.names.identifiers import in_words
from endpoint.presentation.names.labels import title
from tests.support.endpoint.served import BASE
from tests.support.endpoint.site import part, view_of

BODY = f"{BASE}id/organisation/GB-CHC-1"
VOCABULARY = """
skos:prefLabel rdfs:label "name"@en .
rov:orgStatus rdfs:label "status"@en .
civ:income rdfs:label "income" ; rdfs:domain civ:AnnualReturn ; rdfs:range xsd:decimal .
civ:cash rdfs:domain civ:AnnualReturn ; rdfs:range xsd:decimal .
civ:staffCount rdfs:domain civ:PayBandCount ; rdfs:range xsd:integer .
<id/register/GB-CHC> skos:prefLabel "Register of England" . <id/register/GB-COH> skos:prefLabel "Companies House" .
<id/register/GB-SC> skos:prefLabel "Register of Scotland" .
<def/registration-status/active> skos:prefLabel "Active"@en .
<def/registration-status/removed> skos:prefLabel "Removed"@en .
<def/event-kind/merger> skos:prefLabel "Merger"@en . <def/method/model> skos:prefLabel "By a model"@en .
<def/icnp> skos:prefLabel "List of the UN" . <def/icnp/A> skos:prefLabel "Arts" ; skos:inScheme <def/icnp> .
"""
TOLD = {
    "vocabulary": VOCABULARY,
    "ccew": """
<id/organisation/GB-CHC-1> a civ:Organisation, civ:Charity ; skos:prefLabel "SHELTERED BAY" ;
  rov:orgStatus <def/registration-status/active> ; rov:registration <id/registration/GB-CHC-1> ;
  civ:insolvent false ; civ:giftAid true ; civ:hasLand false ; civ:trusteeCount 7 ;
  civ:formerName <id/former-name/GB-CHC-1/x> ;
  civ:registerEvent <id/register-event/GB-CHC-1/1>, <id/register-event/GB-CHC-1/2> ;
  civ:annualReturn <id/annual-return/GB-CHC-1/2020-03-31>, <id/annual-return/GB-CHC-1/2019-03-31> .
<id/registration/GB-CHC-1> a civ:Registration ; skos:notation "1" ; civ:register <id/register/GB-CHC> ;
  civ:registeredOn "1970-05-04"^^xsd:date .
<id/annual-return/GB-CHC-1/2020-03-31> a civ:AnnualReturn ; civ:yearEnd "2020-03-31"^^xsd:date ; civ:cash 5 ;
  civ:income 1000.0 ; civ:employees 3 ; civ:trusteeBenefits false ; civ:hasGovernmentGrants true ;
  civ:dueOn "2021-01-31"^^xsd:date .
<id/annual-return/GB-CHC-1/2019-03-31> a civ:AnnualReturn ; civ:yearEnd "2019-03-31"^^xsd:date ; civ:income 900 .
<id/former-name/GB-CHC-1/x> a civ:FormerName ; skos:prefLabel "Old Bay" ; civ:nameUntil "1999-12-31"^^xsd:date .
<id/register-event/GB-CHC-1/1> a civ:RegisterEvent ; civ:registerEventKind <def/k/b> ; dct:date "1990-01-02"^^xsd:date .
<id/register-event/GB-CHC-1/2> a civ:RegisterEvent ; civ:registerEventKind <def/k/a> ; dct:date "1995-01-02"^^xsd:date .
<def/k/a> skos:prefLabel "Amended" . <def/k/b> skos:prefLabel "Begun" .
<id/organisation/GB-CHC-1-3> a org:OrganizationalUnit ; skos:prefLabel "The Bay Fund" ;
  org:unitOf <id/organisation/GB-CHC-1> .
""",
    "oscr": """
<id/organisation/GB-CHC-1> a civ:Organisation, civ:Charity ; skos:prefLabel "Sheltered Bay" ;
  rov:orgStatus <def/registration-status/removed> ; rov:registration <id/registration/GB-SC-SC000001> ;
  civ:annualReturn <id/annual-return/GB-SC-SC000001/2020-03-31> .
<id/registration/GB-SC-SC000001> a civ:Registration ; skos:notation "SC000001" ; civ:register <id/register/GB-SC> ;
  civ:removedOn "2011-02-03"^^xsd:date .
<id/annual-return/GB-SC-SC000001/2020-03-31> a civ:AnnualReturn ; civ:yearEnd "2020-03-31"^^xsd:date ; civ:income 1100 .
<id/link/a> a civ:Link, civ:IdentityLink ; owl:annotatedSource <id/organisation/GB-SC-SC000001> ;
  owl:annotatedProperty skos:exactMatch ; owl:annotatedTarget <id/organisation/GB-CHC-1> ; civ:evidence "It says so" .
<id/link/b> a civ:Link, civ:IdentityLink ; owl:annotatedSource <id/organisation/GB-CHC-1> ;
  owl:annotatedProperty skos:exactMatch ; owl:annotatedTarget <id/organisation/GB-COH-09999999> .
<id/link/c> a civ:Link, civ:Hint ; owl:annotatedSource <id/organisation/GB-SC-SC000001> ;
  owl:annotatedProperty civ:possiblySameAs ; owl:annotatedTarget <id/organisation/GB-CHC-2> .
<id/organisation/GB-CHC-2> a civ:Charity ; skos:prefLabel "Harbour Fund" .
<id/event/m> a org:ChangeEvent ; civ:eventKind <def/event-kind/merger> ; dct:date "2010-05-03"^^xsd:date ;
  skos:prefLabel "Harbour Fund merged into Sheltered Bay" ;
  org:originalOrganization <id/organisation/GB-CHC-2> ; org:resultingOrganization <id/organisation/GB-CHC-1> .
<id/classification/1> a civ:Classification ; civ:classified <id/organisation/GB-CHC-1> ; civ:classifiedAs <def/icnp/A> ;
  civ:method <def/method/model> ; dct:date "2021-07-29"^^xsd:date .
""",
    "identity": """
<id/organisation/GB-CHC-1> civ:heading "Sheltered Bay" ; civ:headingStatus <def/registration-status/active> ;
  civ:headingRegistration <id/registration/GB-SC-SC000001> ; rov:registration <id/registration/GB-COH-00990123> .
<id/registration/GB-COH-00990123> a civ:Registration ; skos:notation "00990123" ; civ:register <id/register/GB-COH> .
<id/organisation/GB-SC-SC000001> owl:sameAs <id/organisation/GB-CHC-1> .
<id/organisation/GB-COH-00990123> owl:sameAs <id/organisation/GB-CHC-1> .
<id/link/b> civ:refusedBecause "two companies of that name" .
""",
}


@pytest.fixture
def told(tmp_path: Path) -> Page:
    return page_of(view_of(tmp_path, TOLD), BODY)


def values(page: Page, block: str, label: str) -> tuple[Value, ...]:
    return next(line.values for line in part(page, block, Facts).lines if line.label == label)


def test_the_heading_is_what_the_build_picked_and_no_row_of_its_own(told: Page) -> None:
    assert (told.title, told.status) == ("Sheltered Bay", ("Active", "active"))
    assert not {"other"} & {found.id for found in told.blocks}


def test_every_identifier_is_named_by_its_register_the_heading_one_first(told: Page) -> None:
    assert [(it.words, it.href.rsplit("/", 1)[-1]) for it in told.identifiers] == [
        ("Charity SC000001 (Scotland)", "GB-SC-SC000001"),
        ("Charity 1 (England and Wales)", "GB-CHC-1"),
        ("Company 00990123", "GB-COH-00990123"),
    ]


def test_a_dummy_number_at_companies_house_makes_no_company(tmp_path: Path) -> None:
    view = view_of(tmp_path, TOLD)
    assert in_words(view, f"{BASE}id/organisation/GB-COH-CE012345") == "Companies House CE012345"
    assert in_words(view, f"{BASE}id/organisation/GB-COH-SC012345") == "Company SC012345"
    assert in_words(view, f"{BASE}id/organisation/GB-XYZ-9") == "GB-XYZ 9"


def test_where_sources_differ_each_is_named_beside_its_value(told: Page) -> None:
    names = values(told, "identity", "Name")
    assert [(value.text, value.note) for value in names] == [("Sheltered Bay", "oscr"), ("SHELTERED BAY", "ccew")]
    statuses = values(told, "identity", "Status")
    assert {(value.text, value.note) for value in statuses} == {("Active", "ccew"), ("Removed", "oscr")}


def test_an_entry_known_only_from_a_link_is_shown_and_said_to_be(told: Page) -> None:
    entries = part(told, "registration", Entries).entries
    assert [entry.title for entry in entries] == [
        "Register of Scotland: SC000001",
        "Register of England: 1",
        "Companies House: 00990123",
    ]
    assert [bool(entry.note) for entry in entries] == [False, False, True]


def test_dates_name_their_register_where_there_are_several(told: Page) -> None:
    assert told.dates == ("Register of Scotland: removed 3 February 2011", "Register of England: registered 4 May 1970")


def test_one_column_a_year_holds_what_each_register_says(told: Page) -> None:
    money = part(told, "money", Accounts)
    assert [year.label for year in money.years] == ["Year to 31 March 2020", "Year to 31 March 2019"]
    assert [value.text for value in money.years[0].returns] == ["ccew", "oscr"]
    income = money.figures[0]
    assert [value.text for value in income.cells[0]] == ["£1,000", "£1,100"]
    assert income.cells[0][0].marks != income.cells[0][1].marks


def test_figures_come_in_parts_and_money_is_known_from_the_vocabulary(told: Page) -> None:
    money = part(told, "money", Accounts)
    rows = [(row.part, row.label, row.cells[0][0].text) for row in money.figures]
    assert rows == [
        ("", "Income", "£1,000"),
        ("In parts", "Cash", "£5"),
        ("People", "Employees", "3"),
        ("Answers", "Has government grants", "Yes"),
        ("The return", "Due on", "31 January 2021"),
    ]
    assert [value.text for line in money.remarks for value in line.values] == ["trustee benefits"]


def test_answers_of_no_share_one_quiet_line(told: Page) -> None:
    (line,) = (line for line in part(told, "identity", Facts).lines if line.label == "Not the case")
    assert [value.text for value in line.values] == ["insolvent"]
    assert [value.text for value in values(told, "governance", "Gift aid")] == ["Yes"]


def test_identity_and_history_stand_apart(told: Page) -> None:
    (same,) = part(told, "one", Entries).entries
    assert same.title == "Charity SC000001 (Scotland) and Charity 1 (England and Wales)"
    (refused,) = part(told, "refused", Entries).entries
    assert "09999999" in refused.title
    (before,) = part(told, "links", Entries).entries
    assert (before.title, before.things[0].text, before.after) == ("Took in", "Harbour Fund", "on 3 May 2010")
    (hint,) = part(told, "hints", Entries).entries
    assert (hint.title, hint.things[0].text) == ("May be the same as", "Harbour Fund")


def test_the_other_side_of_a_merger_reads_the_other_way(tmp_path: Path) -> None:
    (entry,) = part(page_of(view_of(tmp_path, TOLD), f"{BASE}id/organisation/GB-CHC-2"), "links", Entries).entries
    assert (entry.title, entry.things[0].text) == ("Merged into", "Sheltered Bay")


def test_things_inside_are_shown_by_what_they_say(told: Page) -> None:
    assert [value.text for value in values(told, "identity", "Former name")] == ["Old Bay (until 31 December 1999)"]
    events = values(told, "history", "Register event")
    assert [value.text for value in events] == ["Begun, 2 January 1990", "Amended, 2 January 1995"]
    (kind,) = values(told, "classified", "List of the UN")
    assert (kind.text, kind.note) == ("Arts", "By a model, 29 July 2021")


def test_a_unit_is_told_of_as_an_organisation_that_is_part_of_another(tmp_path: Path) -> None:
    page = page_of(view_of(tmp_path, TOLD), f"{BASE}id/organisation/GB-CHC-1-3")
    assert [value.text for value in values(page, "parent", "Unit of")] == ["Sheltered Bay"]


def test_an_event_is_called_by_its_name_and_day(tmp_path: Path) -> None:
    view = view_of(tmp_path, TOLD)
    assert title(view, f"{BASE}id/event/m") == "Harbour Fund merged into Sheltered Bay, 3 May 2010"
    assert title(view, f"{BASE}id/classification/1") == "Sheltered Bay classified as Arts"


def test_every_block_can_be_asked_again(tmp_path: Path) -> None:
    view = view_of(tmp_path, TOLD)
    for found in page_of(view, BODY).blocks:
        assert list(view.rows(found.query)), found.id
