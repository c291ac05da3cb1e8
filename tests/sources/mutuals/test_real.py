"""No full list of mutual societies is at hand: its rules are tried on a list of societies and their company numbers."""

import csv
import re
from pathlib import Path

import pytest

from graph.sources.source import Source
from tests.support.sources.counted import ORG, Counted, raw

TWINS = "identifiers/crosswalks/mutual-companies-2026-07.csv"


@pytest.fixture(scope="module")
def twins(real_data: Path) -> set[tuple[str, str]]:
    """Each society's number at Companies House, as a list compiled by others has it."""
    rows = raw(real_data / TWINS)
    return {(f"{ORG}{row['org_id_a']}", f"{ORG}{row['org_id_b']}") for row in rows}


@pytest.fixture(scope="module")
def run(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Counted:
    """The same societies written as the register writes them; numbers without letters are those given since 2014."""
    folder = tmp_path_factory.mktemp("mutuals")
    file = folder / "SocietyList.csv"
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, Source.named("mutuals").tables[""].columns, restval="")
        writer.writeheader()
        for row in raw(real_data / TWINS):
            number = row["org_id_a"].removeprefix("GB-MPR-")
            kind = "Co-operative Society" if number.isdigit() else "Registered Society"
            cells = {"Full Registation Number": number, "Society Name": row["org_name"], "Registered As": kind}
            writer.writerow({**cells, "Society Suffix": re.sub(r"\d", "", number), "Society Status": "Registered"})
    return Counted("mutuals", [file], folder)


def links(run: Counted, kind: str) -> set[tuple[str, str]]:
    ends = "owl:annotatedSource ?society ; owl:annotatedTarget ?company"
    return {(first, second) for first, second in run.table(f"?society ?company {{ ?link a civ:{kind} ; {ends} }}")}


def test_every_society_is_mapped_with_its_series(run: Counted, twins: set[tuple[str, str]]) -> None:
    societies = {society for society, _ in twins}
    assert {society for (society,) in run.table("?society { ?society a civ:Mutual }")} == societies
    lettered = {society for society in societies if not society.rpartition("-")[2].isdigit()}
    assert len(run.table("?entry ?series { ?entry civ:numberSeries ?series }")) == len(lettered)


def test_the_rule_for_societies_since_2014_holds(run: Counted, twins: set[tuple[str, str]]) -> None:
    stated = links(run, "IdentityLink")
    assert len(stated) > 3000
    assert len(stated & twins) > 0.98 * len(stated)


def test_the_rule_for_older_societies_is_too_weak_for_more_than_a_hint(
    run: Counted, twins: set[tuple[str, str]]
) -> None:
    hinted = links(run, "Hint")
    assert len(hinted) > 6000
    assert 0.65 < len(hinted & twins) / len(hinted) < 0.8


def test_nothing_breaks_the_shapes(run: Counted) -> None:
    assert run.violations() == []
