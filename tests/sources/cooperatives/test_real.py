"""The list of co-operatives, counted from the raw file by the csv module and compared with what the mapping says."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.support.sources.counted import ORG, Counted, raw

NAME = "coops-uk-organisations-2023-03-02.csv"


class Run(Counted):
    """The list, with its rows."""

    def __init__(self, data: Path, folder: Path) -> None:
        file = data / "registers" / "co-operatives" / NAME
        self.rows = raw(file)
        super().__init__("cooperatives", [file], folder)


@pytest.fixture(scope="module")
def run(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return Run(real_data, tmp_path_factory.mktemp("cooperatives"))


def test_every_row_is_one_cooperative_by_its_name(run: Run) -> None:
    names = {f"{ORG}GB-COOPUK-{row['Identifier']}": " ".join(row["Name"].split()) for row in run.rows}
    assert run.mapped.rows == len(run.rows) == len(names)
    assert set(run.table("?body ?name { ?body a civ:Cooperative ; skos:prefLabel ?name }")) == set(names.items())


@pytest.mark.parametrize(
    ("column", "term"),
    [
        ("Organisational Structure", "organisationalStructure"),
        ("Membership Type", "membershipType"),
        ("Ownership Classification", "ownership"),
    ],
)
def test_codes(run: Run, column: str, term: str) -> None:
    expected = Counter(row[column] for row in run.rows if row[column])
    found = Counter(code for _, code in run.table(f"?body ?code {{ ?body civ:{term} ?code }}"))
    assert sorted(found.values()) == sorted(expected.values())


def test_fields_of_work(run: Run) -> None:
    expected = Counter(row[column] for row in run.rows for column in ("Primary Activity", "Sector") if row[column])
    found = Counter(code for _, code in run.table("?body ?code { ?body civ:fieldOfWork ?code }"))
    assert sorted(found.values()) == sorted(expected.values())


def test_legal_forms(run: Run) -> None:
    expected = Counter(row["Legal Form"] for row in run.rows if row["Legal Form"])
    found = Counter(code for _, code in run.table("?body ?code { ?body rov:orgType ?code }"))
    assert sorted(found.values()) == sorted(expected.values())


def test_industries_and_websites(run: Run) -> None:
    numbers = sorted(row["SIC Code"] for row in run.rows if row["SIC Code"])
    assert sorted(number for _, number in run.table("?body ?number { ?body civ:industryNumber ?number }")) == numbers
    typed = sum(bool(row["Website"]) for row in run.rows)
    refused = sum(problem.column == "Website" for problem in run.mapped.problems)
    assert len(run.table("?body ?site { ?body foaf:homepage ?site }")) == typed - refused
    assert refused <= 1


def test_companies_by_their_whole_numbers(run: Run) -> None:
    expected = {
        (f"{ORG}GB-COOPUK-{row['Identifier']}", f"{ORG}GB-COH-{row['Companies House Number']}")
        for row in run.rows
        if len(row["Companies House Number"]) == 8
    }
    ends = "owl:annotatedSource ?body ; owl:annotatedTarget ?company"
    assert set(run.table(f"?body ?company {{ ?link a civ:IdentityLink ; {ends} }}")) == expected
    assert len(expected) == 914


def test_postcodes(run: Run) -> None:
    typed = {(row["Identifier"], re.sub(r"\s", "", row["Postcode"])) for row in run.rows if row["Postcode"]}
    found = run.table("?body ?code { ?body civ:postcode ?place . ?place skos:notation ?code }")
    assert {(body.removeprefix(f"{ORG}GB-COOPUK-"), code.replace(" ", "")) for body, code in found} == typed


def test_nothing_breaks_the_shapes(run: Run) -> None:
    assert run.violations() == []
