"""The real register of care services, counted from the CSV by other means, against what the mapping makes of it."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.mapping.run import map_source
from graph.model import iri
from graph.model.terms import CIV, RDF, ROV, SCHEMA, SKOS
from graph.nquads.mapped import Mapped
from graph.sources.source import Source
from graph.validation.run import validate_command

FILE = "registers/care-inspectorate/mdsf-2026-05-31.csv"
Cells = dict[str, str]


@pytest.fixture(scope="module")
def rows(real_data: Path) -> list[Cells]:
    with (real_data / FILE).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def run(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapped:
    target = tmp_path_factory.mktemp("care") / "out.nq"
    return map_source(Source.named("care_inspectorate"), [real_data / FILE], target, iri.DEFAULT_BASE)


def said(run: Mapped, predicate: str) -> Iterator[tuple[str, str]]:
    """Subject and object of each statement with a predicate."""
    for line in run.output.read_text("utf-8").splitlines():
        subject, stated, rest = line.split(" ", 2)
        if stated == predicate:
            yield subject, rest.rsplit(" ", 2)[0]


def bodies(rows: list[Cells]) -> dict[str, str]:
    """Providers that are told of, by number."""
    return {
        row["SP_number"]: row["ServiceProvider"]
        for row in rows
        if row["ServiceType"] in ("Voluntary or Not for Profit", "Local Authority")
        and not row["ServiceProvider"].startswith("[individual]")
    }


def test_every_service_is_there_once(rows: list[Cells], run: Mapped) -> None:
    assert run.rows == len(rows) == 7784
    kinds = Counter(kind for _, kind in said(run, RDF.type))
    assert kinds[SCHEMA.Service] == len({row["CSNumber"] for row in rows}) == 7784


def test_only_voluntary_bodies_and_councils_are_organisations(rows: list[Cells], run: Mapped) -> None:
    kinds, told = Counter(kind for _, kind in said(run, RDF.type)), bodies(rows)
    assert kinds[CIV.Organisation] == len(told) == 784
    assert kinds[CIV.LocalAuthority] == kinds[CIV.IdentityLink] == 32
    provided = Counter(row["SP_number"] for row in rows if row["SP_number"] in told)
    assert Counter(provider[-13:-1] for _, provider in said(run, SCHEMA.provider)) == provided
    assert len({council for _, council in said(run, "<http://www.w3.org/2002/07/owl#annotatedTarget>")}) == 32


def test_a_providers_name_begins_what_the_register_calls_it(rows: list[Cells], run: Mapped) -> None:
    published = bodies(rows)
    names = {subject[-13:-1]: name[1:-1] for subject, name in said(run, SKOS.prefLabel) if "GB-CIS-SP" in subject}
    assert names.keys() == published.keys()
    for number, name in names.items():
        assert " ".join(published[number].split()).startswith(name), number
    shortened = [number for number, name in names.items() if name != " ".join(published[number].split())]
    endings = (
        "incorporated organisation",
        " scio",
        "(scio)",
        " cio",
        " guarantee",
        "charitable incorporated association",
    )
    within = (" trading as ", " known as ", " an association", ", an association", ", an unincorporated association")
    folded = {number: name.casefold() for number, name in published.items()}
    expected = [
        number for number, name in folded.items() if name.endswith(endings) or any(words in name for words in within)
    ]
    assert sorted(shortened) == sorted(expected)
    forms = Counter(form.rpartition("/")[2][:-1] for _, form in said(run, ROV.orgType))
    assert forms["scio"] > 60
    assert forms["company-limited-by-guarantee"] == 7


def test_no_stand_in_for_a_person_is_anywhere(run: Mapped) -> None:
    assert "[individual" not in run.output.read_text("utf-8")
    assert not [problem for problem in run.problems if "individual" in problem.value]


@pytest.mark.parametrize(
    ("column", "term"),
    [("Registered_Places", CIV.registeredPlaces), ("MinGrade", CIV.lowestGrade), ("MaxGrade", CIV.highestGrade)],
)
def test_sums(column: str, term: str, rows: list[Cells], run: Mapped) -> None:
    expected = [int(float(row[column])) for row in rows if row[column]]
    found = [int(value.split('"')[1]) for _, value in said(run, term)]
    assert (len(found), sum(found)) == (len(expected), sum(expected))


@pytest.mark.parametrize(
    ("column", "term"),
    [("Client_group", CIV.clientGroup), ("ServiceType", CIV.providerType), ("ServiceStatus", CIV.serviceStatus)],
)
def test_codes(column: str, term: str, rows: list[Cells], run: Mapped) -> None:
    expected = sorted(Counter(row[column] for row in rows).values())
    assert sorted(Counter(code for _, code in said(run, term)).values()) == expected


def test_places(rows: list[Cells], run: Mapped) -> None:
    zones = Counter(row["Datazone"] for row in rows if row["Datazone"])
    areas = Counter(area[-10:-1] for _, area in said(run, CIV.within))
    assert {area: number for area, number in areas.items() if area.startswith("S01")} == zones
    councils = Counter(row["Council_Area_Name"] for row in rows if row["Council_Area_Name"] != "outside Scotland")
    assert sorted(n for area, n in areas.items() if area.startswith("S12")) == sorted(councils.values())
    postcodes = Counter(row["Service_Postcode"].replace(" ", "") for row in rows if row["Service_Postcode"])
    found = Counter(code.rpartition("/")[2][:-1].replace("-", "") for _, code in said(run, CIV.postcode))
    assert found == postcodes


def test_nothing_in_it_is_a_violation(run: Mapped) -> None:
    assert run.problems == ()
    assert validate_command([run.output]).results == ()
