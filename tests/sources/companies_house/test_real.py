"""Real rows of Companies House, counted from the CSV by other means than the mapping, against what it makes of them."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.mapping.run import map_source
from graph.model import iri
from graph.model.terms import CIV, RDF, ROV, SKOS
from graph.nquads.mapped import Mapped
from graph.sources.source import Source
from graph.validation.run import validate_command

FILE = "registers/companies-house/basic-company-data-2020-06-01-part6-7.csv"
SOCIETIES = ("Registered Society", "Industrial and Provident Society")
ORG = f"<{iri.DEFAULT_BASE}id/organisation/GB-COH-"


@pytest.fixture(scope="module")
def rows(real_data: Path) -> list[dict[str, str]]:
    with (real_data / FILE).open(encoding="utf-8", newline="") as file:
        return [{column.strip(): cell for column, cell in row.items()} for row in csv.DictReader(file)]


def mapped(data: Path, folder: Path, referenced: set[str] | None = None) -> Mapped:
    references = None
    if referenced is not None:
        references = folder / "mentions.txt"
        references.write_text("".join(f"{iri.organisation('GB-COH', each).value}\n" for each in sorted(referenced)))
    return map_source(
        Source.named("companies_house"), [data / FILE], folder / "out.nq", iri.DEFAULT_BASE, references=references
    )


def said(run: Mapped, predicate: str) -> Iterator[tuple[str, str]]:
    """Subject and object of each statement with a predicate."""
    for line in run.output.read_text("utf-8").splitlines():
        subject, stated, rest = line.split(" ", 2)
        if stated == predicate:
            yield subject, rest.rsplit(" ", 2)[0]


def of_kind(rows: list[dict[str, str]], *kinds: str) -> set[str]:
    return {row["CompanyNumber"] for row in rows if row["CompanyCategory"] in kinds}


def guaranteed(rows: list[dict[str, str]]) -> set[str]:
    return {row["CompanyNumber"] for row in rows if row["CompanyCategory"].startswith("PRI/")}


def test_the_bodies_are_those_of_civil_society(real_data: Path, rows: list[dict[str, str]], tmp_path: Path) -> None:
    run = mapped(real_data, tmp_path)
    assert run.rows == len(rows) == 87
    kinds = Counter(kind for _, kind in said(run, RDF.type))
    cics, societies = of_kind(rows, "Community Interest Company"), of_kind(rows, *SOCIETIES)
    organisations = cics | societies | guaranteed(rows) | of_kind(rows, "Royal Charter Company")
    placeholders = {row["CompanyNumber"] for row in rows if row["CompanyNumber"].startswith(("CE", "CS"))}
    assert kinds[CIV.Organisation] == kinds[ROV.RegisteredOrganization] == len(organisations) == 57
    assert kinds[CIV.CommunityInterestCompany] == len(cics)
    assert kinds[CIV.Company] == len(cics | guaranteed(rows))
    assert {subject for subject, _ in said(run, ROV.registration)} == {
        f"{ORG}{number}>" for number in organisations | placeholders
    }


def test_of_guarantee_companies_and_placeholders_only_the_mentioned_are_told(
    real_data: Path, rows: list[dict[str, str]], tmp_path: Path
) -> None:
    referenced = {sorted(guaranteed(rows))[0], "CS000686", sorted(of_kind(rows, "Private Limited Company"))[0]}
    run = mapped(real_data, tmp_path, referenced)
    always = of_kind(rows, "Community Interest Company", "Royal Charter Company", *SOCIETIES)
    told = always | referenced - of_kind(rows, "Private Limited Company")
    assert {subject for subject, _ in said(run, ROV.registration)} == {f"{ORG}{number}>" for number in told}
    assert (f"{ORG}CS000686>", CIV.Organisation) not in set(said(run, RDF.type))


def test_names_industries_and_days_are_those_of_the_file(
    real_data: Path, rows: list[dict[str, str]], tmp_path: Path
) -> None:
    run = mapped(real_data, tmp_path)
    kept = [row for row in rows if row["CompanyCategory"] != "Private Limited Company"]
    industries = Counter(
        row[f"SICCode.SicText_{place}"][:5]
        for row in kept
        for place in range(1, 5)
        if row[f"SICCode.SicText_{place}"] not in ("", "None Supplied")
    )
    assert Counter(code[-6:-1] for _, code in said(run, CIV.sicCode)) == industries
    days = Counter("-".join(reversed(row["IncorporationDate"].split("/"))) for row in kept)
    assert Counter(day[1:11] for _, day in said(run, CIV.registeredOn)) == days
    names = Counter(
        " ".join(row["CompanyName"].split()) for row in kept if row["CompanyNumber"][:2] not in ("CE", "CS")
    )
    bodies = [(subject, name) for subject, name in said(run, SKOS.prefLabel) if subject.startswith(ORG)]
    assert Counter(name[1:-1] for _, name in bodies) == names
    former = {row[f"PreviousName_{place}.CompanyName"] for row in kept for place in range(1, 11)} - {""}
    assert {name[1:-1] for name_node, name in said(run, SKOS.prefLabel) if "/former-name/" in name_node} == former


def test_nothing_in_it_is_a_violation(real_data: Path, tmp_path: Path) -> None:
    run = mapped(real_data, tmp_path)
    assert [problem.rule for problem in run.problems] == ["postcode-invalid"]
    assert validate_command([run.output]).results == ()
