"""The register of England and Wales, counted from the raw files by other means and compared with what the mapping says.

The text tables hold real numbers and invented names; the three JSON tables are as published.
"""

import csv
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from graph.validation.run import validate_command
from tests.support.sources.ccew_files import ORG, Cells, Run, subject


@pytest.fixture(scope="module")
def run(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    del real_data  # skips, where there is nothing to read
    return Run(tmp_path_factory.mktemp("ccew"))


def test_charities_and_their_units_by_name(run: Run) -> None:
    rows = run.rows("")
    main = {
        (subject(row), " ".join(row["charity_name"].split())) for row in rows if row["linked_charity_number"] == "0"
    }
    assert set(run.table("?c ?name { ?c a civ:Charity ; skos:prefLabel ?name }")) == main
    units = {(subject(row), f"{ORG}{row['registered_charity_number']}") for row in rows} - {(c, c) for c, _ in main}
    assert set(run.table("?u ?c { ?u a org:OrganizationalUnit ; org:unitOf ?c }")) == units
    assert (len(main), len(units)) == (200, 372)
    assert not run.table("?u { ?u a org:OrganizationalUnit, civ:Charity }")


def test_every_row_was_read_and_the_broken_one_is_a_problem(run: Run) -> None:
    lines = sum(file.read_bytes().count(b"\r\n") - 1 for file in run.text)
    assert run.mapped.rows == lines + sum(len(run.real(name)) for name in REAL)
    ragged = [problem.row for problem in run.mapped.problems if problem.rule == "row-ragged"]
    assert ragged == [3, 4]
    others = Counter(problem.rule for problem in run.mapped.problems if problem.row not in ragged)
    assert set(others) <= {"key-repeated"}  # the text tables and the JSON tables overlap, a year apart


REAL = ("other_names", "other_regulators", "published_report")


def test_statuses_and_dates_of_registration(run: Run) -> None:
    found = Counter(status.rsplit("/")[-1] for (status,) in run.table("?s { ?c rov:orgStatus ?s }"))
    assert found == {"active": 397, "removed": 175}
    for column, term in (("date_of_registration", "registeredOn"), ("date_of_removal", "removedOn")):
        days = {(subject(row), row[column][:10]) for row in run.rows("") if row[column]}
        assert set(run.table(f"?c ?day {{ ?c rov:registration/civ:{term} ?day }}")) == days


def year(row: Cells, end: str = "fin_period_end_date") -> tuple[str, str]:
    return subject(row), row[end][:10]


@pytest.mark.parametrize(
    ("table", "column", "term"),
    [
        ("_annual_return_history", "total_gross_income", "income"),
        ("_annual_return_history", "total_gross_expenditure", "expenditure"),
        ("_annual_return_parta", "income_from_government_grants", "incomeFromGovernmentGrants"),
        ("_annual_return_parta", "count_volunteers", "volunteers"),
        ("_annual_return_partb", "gain_loss_investment", "gainOnInvestments"),
        ("_annual_return_partb", "expenditure_raising_funds", "spendingOnRaisingFunds"),
        ("_annual_return_partb", "funds_total", "totalFunds"),
        ("_annual_return_partb", "count_employees", "employees"),
    ],
)
def test_figures_of_each_year(run: Run, table: str, column: str, term: str) -> None:
    stated = {year(row): Decimal(row[column]) for row in run.rows(table) if row[column]}
    if table == "_annual_return_history":  # which lacks years that other tables have
        latest = {"total_gross_income": "latest_income", "total_gross_expenditure": "latest_expenditure"}[column]
        end = "latest_acc_fin_period_end_date"
        stated |= {year(row): Decimal(row[column]) for row in run.rows("_annual_return_parta") if row[column]}
        stated |= {year(row, end): Decimal(row[latest]) for row in run.rows("") if row[latest]}
    found = run.table(f"?c ?end ?value {{ ?c civ:annualReturn ?y . ?y civ:yearEnd ?end ; civ:{term} ?value }}")
    assert {(charity, end): Decimal(value) for charity, end, value in found} == stated
    assert len(found) == len(stated) > 100


def test_answers_of_part_a(run: Run) -> None:
    answers = (row["charity_raises_funds_from_public"].lower() for row in run.rows("_annual_return_parta"))
    found = Counter(value for _, value in run.table("?y ?v { ?y civ:raisesFundsFromPublic ?v }"))
    assert found == Counter(filter(None, answers))


def test_staff_by_pay_band(run: Run) -> None:
    bands: Counter[str] = Counter()
    for row in run.rows("_annual_return_parta"):
        for column, cell in row.items():
            if column.startswith("count_salary_band_") and cell:
                bands[column.removeprefix("count_salary_band_").replace("_", "-")] += int(cell)
    found: Counter[str] = Counter()
    for _, band, staff in run.table("?n ?band ?staff { ?n civ:payBand ?band ; civ:staffCount ?staff }"):
        found[band.rsplit("/")[-1]] += int(staff)
    assert found == bands
    assert sum(bands.values()) > 1000


def test_classes_by_the_commissions_numbers(run: Run) -> None:
    stated = {(subject(row), row["classification_code"]) for row in run.rows("_classification")}
    found = run.table("?c ?class { ?c civ:purpose|civ:beneficiaryGroup|civ:activity ?class }")
    assert {(charity, code.rsplit("/")[-1]) for charity, code in found} == stated
    assert len(stated) == 1278


def test_every_area_of_operation_has_its_code(run: Run, real_data: Path) -> None:
    crosswalk = real_data / "classification" / "crosswalks" / "ccew-area-of-operation-gss-iso-2026-07.csv"
    with crosswalk.open(encoding="utf-8-sig", newline="") as lines:
        codes = {row["geographic_area_description"]: row["GSS"] or row["ISO3166-1"] for row in csv.DictReader(lines)}
    codes |= {"Hertfordshire": "E10000015", "Cumbria": "E10000006", "Northamptonshire": "E10000021"}
    stated = {
        (subject(row), codes[row["geographic_area_description"]].lower()) for row in run.rows("_area_of_operation")
    }
    found = {(charity, place.rsplit("/")[-1].lower()) for charity, place in run.table("?c ?p { ?c civ:operatesIn ?p }")}
    assert found == stated


def test_events_by_kind_and_reason(run: Run) -> None:
    rows = run.rows("_event_history")
    found = run.table("?e ?kind { ?c civ:registerEvent ?e . ?e civ:registerEventKind ?kind }")
    kinds = Counter(kind.rsplit("/")[-1] for _, kind in found)
    assert kinds == Counter(row["event_type"].lower().replace(" ", "-") for row in rows)
    reasons = run.table("?e ?r { ?e civ:registerEventReason ?r }")
    assert len(reasons) == sum(bool(row["reason"]) for row in rows) == 296
    removed = {(subject(row), row["reason"]) for row in rows if row["event_type"] == "Removed" and row["reason"]}
    assert set(run.table("?c ?why { ?c rov:registration/civ:removalReason ?why }")) == removed
    assert len(run.table("?r ?why { ?r civ:removalReason ?why }")) == len(removed)


def test_governing_documents_keep_their_objects(run: Run) -> None:
    rows = run.rows("_governing_document")
    assert len(run.table("?c ?text { ?c civ:objectives ?text }")) == len(rows) == 572
    stated = {(subject(row), row["area_of_benefit"].strip()) for row in rows if row["area_of_benefit"].strip()}
    assert set(run.table("?c ?text { ?c civ:areaOfBenefit ?text }")) == stated


def test_policies(run: Run) -> None:
    stated = Counter(row["policy_name"] for row in run.rows("_policy"))
    found = Counter(policy.rsplit("/")[-1] for _, policy in run.table("?c ?p { ?c civ:policy ?p }"))
    assert found == {name.lower().replace(" ", "-"): times for name, times in stated.items()}


def test_trustees_are_counted_and_persons_not_named(run: Run) -> None:
    rows = run.rows("_trustee")
    stated = Counter(subject(row) for row in rows)
    assert {charity: int(n) for charity, n in run.table("?c ?n { ?c civ:trusteeCount ?n }")} == stated
    assert sum(stated.values()) == 1270
    corporate = {(subject(row), row["trustee_name"]) for row in rows if row["individual_or_organisation"] == "O"}
    assert set(run.table("?c ?name { ?c civ:corporateTrustee ?name }")) == corporate
    assert written(run).isdisjoint(row["trustee_id"] for row in rows)


def written(run: Run) -> set[str]:
    """Every literal of the output."""
    return set(re.findall(r' "(.*)"[\^ ]', run.mapped.output.read_text("utf-8")))


def test_no_address_is_in_the_output(run: Run) -> None:
    cells = {row[f"charity_contact_address{line}"] for row in run.rows("") for line in range(1, 6)} - {""}
    assert len(cells) > 200
    assert written(run).isdisjoint(cells)


def test_company_numbers_are_links(run: Run) -> None:
    typed = {
        (subject(row), row["charity_company_registration_number"])
        for row in run.rows("")
        if row["charity_company_registration_number"]
    }
    found = run.table("?c ?company { ?l a civ:IdentityLink ; owl:annotatedSource ?c ; owl:annotatedTarget ?company }")
    assert {(charity, company.rsplit("GB-COH-")[-1]) for charity, company in found} == typed
    assert len(typed) == 63


def test_real_names_are_other_names_and_former_ones_things(run: Run) -> None:
    rows = run.real("other_names") + run.rows("_other_names")
    names = {(subject(row), " ".join(row["charity_name"].split())) for row in rows}
    assert set(run.table("?c ?name { ?c skos:altLabel ?name }")) == names
    former = {
        (subject(row), " ".join(row["charity_name"].split()))
        for row in rows
        if row["charity_name_type"] == "Previous name"
    }
    assert set(run.table("?c ?name { ?c civ:formerName/skos:prefLabel ?name }")) == former
    assert len(former) > 9000


def test_real_regulators(run: Run) -> None:
    rows = run.real("other_regulators") + run.rows("_other_regulators")
    found = run.table("?c ?r { ?c civ:otherRegulator ?r }")
    assert len(found) == len({(subject(row), row["regulator_name"]) for row in rows})
    ofsted = {subject(row) for row in rows if row["regulator_name"].startswith("Ofsted")}
    assert {charity for charity, regulator in found if regulator.endswith("/ofsted")} == ofsted


def test_real_reports_lead_to_their_pages(run: Run) -> None:
    rows = run.real("published_report") + run.rows("_published_report")
    reports = {(subject(row), row["date_published"][:10], row["report_name"]) for row in rows}
    found = run.table("?c ?day ?r { ?c civ:regulatorReport ?r . ?r dct:issued ?day }")
    assert {(charity, day) for charity, day, _ in found} == {(charity, day) for charity, day, _ in reports}
    assert len({report for _, _, report in found}) == len(reports) > 130
    pages = {page for (page,) in run.table("?page { ?r <http://xmlns.com/foaf/0.1/page> ?page }")}
    assert {page.lower() for page in pages} == {
        row["report_location"].strip().lower() for row in rows if row["report_location"]
    }
    assert all(re.fullmatch(r"https?://\S+", page) and not page.isupper() for page in pages)


def test_nothing_violates_the_shapes(run: Run) -> None:
    assert validate_command([run.mapped.output]).results == ()
