"""The list of sports clubs, counted from the raw files by the csv module and compared with what the mapping says."""

import re
from collections import Counter
from hashlib import md5
from pathlib import Path

import pytest

from tests.support.sources.counted import ORG, Cells, Counted, raw

CLUBS, COMPANIES = "hmrc-cascs-2026-08-22.csv", "casc-company-house-2026-08-22.csv"
NO_POSTCODE = ("", "\u2014", "No data", "NA")
POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")


class Run(Counted):
    """Both tables of the source, with their rows."""

    def __init__(self, data: Path, folder: Path) -> None:
        files = [data / "registers" / "casc" / name for name in (CLUBS, COMPANIES)]
        self.clubs, self.companies = map(raw, files)
        super().__init__("casc", files, folder)


@pytest.fixture(scope="module")
def run(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return Run(real_data, tmp_path_factory.mktemp("casc"))


def test_every_row_is_an_entry_with_its_published_id(run: Run) -> None:
    assert run.mapped.rows == len(run.clubs) + len(run.companies)
    ids = {row["id"].removeprefix("GB-CASC-"): row["active"].lower() for row in run.clubs}
    assert set(run.table("?id ?listed { ?entry skos:notation ?id ; civ:listed ?listed }")) == set(ids.items())


def test_a_club_with_a_postcode_is_known_by_its_id_and_one_without_by_its_name(run: Run) -> None:
    placed = {row["id"] for row in run.clubs if row["postcode"] not in NO_POSTCODE}
    names = {" ".join(re.findall("[a-z0-9]+", row["name"].lower())) for row in run.clubs if row["id"] not in placed}
    found = {club.removeprefix(ORG) for (club,) in run.table("?club { ?club rov:registration ?entry }")}
    assert {club for club in found if "-name-" not in club} == placed
    assert len({club for club in found if "-name-" in club}) == len(names) == 357


def test_ids_outlive_a_move_but_not_a_new_word_for_no_postcode(run: Run) -> None:
    """Why clubs are known as they are: an id is the hash of name and first postcode, and stays when a club moves."""
    now = {row["id"]: row for row in run.clubs}
    moved = [
        row
        for row in run.companies
        if (club := now.get(row["casc_orgid"])) and club["postcode"] != row["casc_postcode"]
    ]
    assert len(moved) > 300
    hashed = [row for row in run.companies if hashed_id(row["casc_name"] + row["casc_postcode"]) == row["casc_orgid"]]
    assert len(hashed) > 0.9 * len(run.companies)


def hashed_id(text: str) -> str:
    return f"GB-CASC-{md5(text.encode(), usedforsecurity=False).hexdigest()[:8]}"


def test_statuses(run: Run) -> None:
    def known_as(row: Cells) -> str:
        name = "-".join(re.findall("[a-z0-9]+", row["name"].lower()))
        return f"{ORG}{row['id']}" if row["postcode"] not in NO_POSTCODE else f"{ORG}GB-CASC-name-{name}"

    active = {known_as(row) for row in run.clubs if row["active"] == "True"}
    gone = {known_as(row) for row in run.clubs if row["active"] == "False" and row["postcode"] not in NO_POSTCODE}
    found = Counter(status.rsplit("/")[-1] for _, status in run.table("?club ?status { ?club rov:orgStatus ?status }"))
    assert found == {"active": len(active), "removed": len(gone)}
    assert not active & gone


def test_postcodes(run: Run) -> None:
    typed = {
        row["id"]: row["postcode"].replace(" ", "").upper() for row in run.clubs if row["postcode"] not in NO_POSTCODE
    }
    found = run.table("?club ?code { ?club civ:postcode ?place . ?place skos:notation ?code }")
    assert {(club.removeprefix(ORG), code.replace(" ", "")) for club, code in found} == {
        (club, code) for club, code in typed.items() if POSTCODE.fullmatch(code)
    }
    assert len(run.mapped.problems) == sum(not POSTCODE.fullmatch(code) for code in typed.values()) == 9


def test_companies_are_hints_and_nothing_more(run: Run) -> None:
    expected = {(f"{ORG}{row['casc_orgid']}", f"{ORG}{row['ch_orgid']}") for row in run.companies}
    ends = "owl:annotatedSource ?club ; owl:annotatedTarget ?company"
    assert set(run.table(f"?club ?company {{ ?hint a civ:Hint ; {ends} }}")) == expected
    assert run.table("?link { ?link a civ:IdentityLink }") == []


def test_nothing_breaks_the_shapes(run: Run) -> None:
    assert run.violations() == []
