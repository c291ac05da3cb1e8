"""The Northern Irish register, counted from the raw files by the csv module and compared with what the mapping says."""

import re
from collections import Counter
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.sources.counted import ORG, Cells, Counted, raw

FILES = {"ccni": "charitydetails-2024-04.csv", "ccni_2020": "roc-2020-06-30.csv"}


class Run(Counted):
    """One layout of the register, with its rows."""

    def __init__(self, name: str, data: Path, folder: Path) -> None:
        file = data / "registers" / "ccni" / FILES[name]
        self.rows = raw(file, "cp1252")
        super().__init__(name, [file], folder)


@pytest.fixture(scope="module", params=FILES)
def run(request: pytest.FixtureRequest, real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return Run(request.param, real_data, tmp_path_factory.mktemp("ccni"))


def told(row: Cells) -> bool:
    return (row["Total income"], row["Total spending"]) != ("0", "0")


def test_every_row_is_one_charity_by_its_name(run: Run) -> None:
    names = {f"{ORG}GB-NIC-{row['Reg charity number']}": " ".join(row["Charity name"].split()) for row in run.rows}
    assert run.mapped.rows == len(run.rows) == len(names)
    assert set(run.table("?c ?name { ?c a civ:Charity ; skos:prefLabel ?name }")) == set(names.items())


def test_statuses_and_days(run: Run) -> None:
    removed = sum(row["Status"] == "Removed" for row in run.rows)
    found = Counter(status.rsplit("/")[-1] for (status,) in run.table("?s { ?c rov:orgStatus ?s }"))
    assert found == {"active": len(run.rows) - removed, "removed": removed}
    days = sum(int(number) for row in run.rows for number in re.findall(r"(\d+) days", row["Status"]))
    assert sum(int(late) for (late,) in run.table("?late { ?r civ:daysLate ?late }")) == days


@pytest.mark.parametrize(("column", "term"), [("Total income", "income"), ("Total spending", "expenditure")])
def test_money(run: Run, column: str, term: str) -> None:
    amounts = [Decimal(row[column]) for row in run.rows if told(row)]
    found = [Decimal(amount) for (_, amount) in run.table(f"?r ?a {{ ?r civ:{term} ?a }}")]
    assert (len(found), sum(found)) == (len(amounts), sum(amounts))


def test_parts_of_income_add_up_to_what_the_file_says(run: Run) -> None:
    columns = [name for name in run.rows[0] if name.startswith("Income from")]
    terms = "civ:incomeFromDonations|civ:incomeFromCharitableActivities|civ:incomeFromTrading|civ:incomeFromInvestments"
    found = run.table(f"?r ?p ?a {{ ?r {terms}|civ:otherIncome ?a . ?r ?p ?a . FILTER(?p != civ:income) }}")
    parts = {(r, p): Decimal(a) for r, p, a in found if "ncomeFrom" in p or p.endswith("otherIncome")}
    assert sum(parts.values()) == sum(Decimal(row[name]) for row in run.rows for name in columns if told(row))


@pytest.mark.parametrize(
    ("column", "term"),
    [
        ("What the charity does", "purpose"),
        ("Who the charity helps", "beneficiaryGroup"),
        ("How the charity works", "activity"),
    ],
)
def test_lists(run: Run, column: str, term: str) -> None:
    expected = Counter(item for row in run.rows for item in set(re.split(r",(?=\S)", row[column])))
    found = Counter(concept for _, concept in run.table(f"?c ?x {{ ?c civ:{term} ?x }}"))
    assert sorted(found.values()) == sorted(expected.values())


def test_registration_days(run: Run) -> None:
    expected = sorted(datetime.strptime(row["Date registered"], "%d/%m/%Y").date().isoformat() for row in run.rows)
    assert sorted(day for _, day in run.table("?r ?day { ?r civ:registeredOn ?day }")) == expected


def test_postcodes_are_the_last_words_of_addresses(run: Run) -> None:
    typed = {row["Reg charity number"]: row["Public address"].replace(" ", "").upper() for row in run.rows}
    found = run.table("?c ?code { ?c civ:postcode ?p . ?p skos:notation ?code }")
    assert {(c, code.replace(" ", "")) for c, code in found} == {
        (f"{ORG}GB-NIC-{number}", code) for number, code in typed.items() if code
    }


def test_companies(run: Run) -> None:
    numbers = {row["Reg charity number"]: row["Company number"] for row in run.rows}
    expected = {
        (f"{ORG}GB-NIC-{number}", f"{ORG}GB-COH-NI{company.zfill(6)}")
        for number, company in numbers.items()
        if 4 <= len(company) <= 6 and company not in ("999999", "111111")
    }
    ends = "owl:annotatedSource ?c ; owl:annotatedTarget ?company"
    assert set(run.table(f"?c ?company {{ ?l a civ:IdentityLink ; {ends} }}")) == expected
    doubtful = {number for number, company in numbers.items() if len(company) in (1, 2, 3) and company != "0"}
    hints = {c.removeprefix(f"{ORG}GB-NIC-") for c, _ in run.table(f"?c ?company {{ ?l a civ:Hint ; {ends} }}")}
    assert hints == doubtful


def test_nothing_breaks_the_shapes(run: Run) -> None:
    assert run.violations() == []
    assert len(run.mapped.problems) < len(run.rows) * 0.03
