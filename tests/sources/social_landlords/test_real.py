"""The real list of registered providers, counted from the CSV by other means, against what the mapping makes of it."""

import csv
import re
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

FILE = "registers/rsh/registered-providers-2023-06.csv"


@pytest.fixture(scope="module")
def rows(real_data: Path) -> list[dict[str, str]]:
    with (real_data / FILE).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def run(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapped:
    target = tmp_path_factory.mktemp("landlords") / "out.nq"
    return map_source(Source.named("social_landlords"), [real_data / FILE], target, iri.DEFAULT_BASE)


def said(run: Mapped, predicate: str) -> Iterator[tuple[str, str]]:
    """Subject and object of each statement with a predicate."""
    for line in run.output.read_text("utf-8").splitlines():
        subject, stated, rest = line.split(" ", 2)
        if stated == predicate:
            yield subject, rest.rsplit(" ", 2)[0]


def test_every_landlord_is_there_once_under_its_name(rows: list[dict[str, str]], run: Mapped) -> None:
    assert run.rows == len(rows) == 1612
    start = f"<{iri.DEFAULT_BASE}id/organisation/GB-SHPE-"
    expected = {f"{start}{row['registration_number']}>": row["organisation_name"] for row in rows}
    found = [(subject, name[1:-1]) for subject, name in said(run, SKOS.prefLabel)]
    assert sorted(found) == sorted(expected.items())
    kinds = Counter(kind for _, kind in said(run, RDF.type))
    assert kinds[CIV.SocialLandlord] == kinds[CIV.Organisation] == 1612
    assert kinds[CIV.LocalAuthority] == sum(row["designation"] == "Local authority" for row in rows) == 221


@pytest.mark.parametrize(("column", "term"), [("designation", CIV.landlordDesignation)])
def test_codes(column: str, term: str, rows: list[dict[str, str]], run: Mapped) -> None:
    expected = sorted(Counter(row[column] for row in rows).values())
    assert sorted(Counter(code for _, code in said(run, term)).values()) == expected


def test_forms(rows: list[dict[str, str]], run: Mapped) -> None:
    expected = Counter(row["corporate_form"] for row in rows)
    found = Counter(form.rpartition("/")[2][:-1] for _, form in said(run, ROV.orgType))
    assert found.pop("company") == expected.pop("Company") + expected.pop("Charitable company")
    assert sorted(found.values()) == sorted(expected.values())


def test_days_and_series(rows: list[dict[str, str]], run: Mapped) -> None:
    days = Counter("-".join(reversed(row["registration_date"].split("/"))) for row in rows)
    assert Counter(day[1:11] for _, day in said(run, CIV.registeredOn)) == days
    letters = Counter(
        "council-code" if row["registration_number"][2:].isalpha() else re.sub(r"\d", "", row["registration_number"])
        for row in rows
    )
    found = Counter(code.rpartition("/")[2][:-1] for _, code in said(run, CIV.landlordNumberSeries))
    assert {code: found[code.lower() or "plain"] for code in letters} == letters


def test_nothing_in_it_is_a_violation(run: Mapped) -> None:
    assert run.problems == ()
    assert validate_command([run.output]).results == ()
