"""The real registers of councils and public bodies, counted by other means, against what the mapping makes of them."""

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

REGISTERS = {
    "GB-LAE": "registers/local-authorities/local-authority-eng-2022-01.csv",
    "GB-LANI": "registers/local-authorities/local-authority-nir-2022-01.csv",
    "GB-LAS": "registers/local-authorities/local-authority-sct-2022-01.csv",
    "GB-PLA": "registers/local-authorities/principal-local-authority-2022-01.csv",
    "GB-GOR": "registers/local-authorities/government-organisation-2022-01.csv",
}
AREAS = "geography/lookups/local-authority-org-id-to-gss-2026-06.csv"
ORG = f"<{iri.DEFAULT_BASE}id/organisation/"
Cells = dict[str, str]


def read(path: Path) -> list[Cells]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def registers(real_data: Path) -> dict[str, Cells]:
    """Every entry of the five registers, by identifier."""
    return {f"{code}-{row['key']}": row for code, path in REGISTERS.items() for row in read(real_data / path)}


@pytest.fixture(scope="module")
def areas(real_data: Path) -> list[Cells]:
    return read(real_data / AREAS)


@pytest.fixture(scope="module")
def run(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapped:
    target = tmp_path_factory.mktemp("authorities") / "out.nq"
    files = [real_data / path for path in (*REGISTERS.values(), AREAS)]
    return map_source(Source.named("local_authorities"), files, target, iri.DEFAULT_BASE)


def said(run: Mapped, predicate: str) -> Iterator[tuple[str, str]]:
    """Identifier and object of each statement about an organisation with a predicate."""
    for line in run.output.read_text("utf-8").splitlines():
        subject, stated, rest = line.split(" ", 2)
        if stated == predicate and subject.startswith(ORG):
            yield subject.removeprefix(ORG)[:-1], rest.rsplit(" ", 2)[0]


def test_every_body_is_there_once(registers: dict[str, Cells], areas: list[Cells], run: Mapped) -> None:
    assert run.rows == len(registers) + len(areas) == 1446 + 459
    kinds = Counter(kind for _, kind in said(run, RDF.type))
    councils = {row["org_id"] for row in areas}
    assert kinds[CIV.LocalAuthority] == len(councils) == 459
    assert kinds[CIV.PublicBody] == kinds[CIV.Organisation] == len(councils | registers.keys()) == 1448
    assert {body for body, _ in said(run, ROV.registration)} == registers.keys()


def test_names_are_the_official_ones(registers: dict[str, Cells], areas: list[Cells], run: Mapped) -> None:
    expected = {body: row.get("official-name") or row["name"] for body, row in registers.items()}
    expected |= {row["org_id"]: row["name"] for row in areas if row["org_id"] not in registers}
    names = sorted((body, f'"{" ".join(name.split())}"') for body, name in expected.items())
    assert sorted(said(run, SKOS.prefLabel)) == names


def test_councils_govern_the_areas_of_the_list(areas: list[Cells], run: Mapped) -> None:
    expected = {(row["org_id"], f"<{iri.DEFAULT_BASE}id/area/{row['gss_code']}>") for row in areas if row["gss_code"]}
    assert set(said(run, CIV.administers)) == expected
    assert len(expected) == 434


def test_beginnings_ends_and_statuses(registers: dict[str, Cells], run: Mapped) -> None:
    for column, term in (("start-date", SCHEMA.foundingDate), ("end-date", SCHEMA.dissolutionDate)):
        expected = Counter((body, row[column]) for body, row in registers.items() if row[column])
        assert Counter((body, value.split('"')[1]) for body, value in said(run, term)) == expected
    statuses = Counter(status.rpartition("/")[2][:-1] for _, status in said(run, ROV.orgStatus))
    ended = sum(bool(row["end-date"]) for row in registers.values())
    assert statuses == {"dissolved": ended, "active": len(registers) - ended}


def test_types(registers: dict[str, Cells], run: Mapped) -> None:
    expected = Counter(row["local-authority-type"] for row in registers.values() if row.get("local-authority-type"))
    assert sorted(Counter(kind for _, kind in said(run, CIV.localAuthorityType)).values()) == sorted(expected.values())


def test_nothing_in_it_is_a_violation(run: Mapped) -> None:
    assert run.problems == ()
    assert validate_command([run.output]).results == ()
