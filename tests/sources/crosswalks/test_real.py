"""The lists of identifiers, counted from the raw files by the csv module and compared with what the mappings say."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.support.sources.counted import ORG, Cells, Counted, raw

FILES = {
    "dual": "dual-registered-uk-charities-2026-07.csv",
    "companies": "charity-company-numbers-2026-07.csv",
    "cio": "cio-company-numbers-2026-07.subset.csv",
    "mutuals": "mutual-companies-2026-07.csv",
    "reregistrations": "charity-reregistrations-2026-07.csv",
    "mergers": "ccew-register-of-mergers-2026-07.csv",
    "parents": "federated-parents-2026-07.subset.csv",
}
Pairs = list[tuple[str, str]]


class Run(Counted):
    """All lists, with their rows."""

    def __init__(self, data: Path, folder: Path) -> None:
        place = data / "identifiers" / "crosswalks"
        self.rows = {name: raw(place / file) for name, file in FILES.items()}
        super().__init__("crosswalks", [place / file for file in FILES.values()], folder)

    def pairs(self, name: str) -> Pairs:
        return [(row["org_id_a"], row["org_id_b"]) for row in self.rows[name]]

    def linked(self, kind: str) -> Pairs:
        pattern = f"?a ?b {{ ?l civ:linkKind <http://localhost:8000/def/link-kind/{kind}> ;"
        ends = self.table(f"{pattern} owl:annotatedSource ?a ; owl:annotatedTarget ?b }}")
        return [(a.removeprefix(ORG), b.removeprefix(ORG)) for a, b in ends]

    def events(self, kind: str) -> Pairs:
        pattern = f"?a ?b {{ ?e civ:eventKind <http://localhost:8000/def/event-kind/{kind}> ;"
        ends = self.table(f"{pattern} org:originalOrganization ?a ; org:resultingOrganization ?b }}")
        return [(a.removeprefix(ORG), b.removeprefix(ORG)) for a, b in ends]


@pytest.fixture(scope="module")
def run(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return Run(real_data, tmp_path_factory.mktemp("crosswalks"))


def test_every_row_is_read(run: Run) -> None:
    assert run.mapped.rows == sum(map(len, run.rows.values())) == 54_260


@pytest.mark.parametrize(
    ("name", "kind"), [("dual", "dual-registration"), ("companies", "charity-company"), ("mutuals", "mutual-company")]
)
def test_every_pair_of_a_list_is_one_link(run: Run, name: str, kind: str) -> None:
    assert sorted(run.linked(kind)) == sorted(run.pairs(name))


def test_placeholder_numbers_lead_to_charities_of_their_own_register(run: Run) -> None:
    good = [
        (a, b)
        for a, b in run.pairs("cio")
        if re.fullmatch(r"GB-CHC-\d{6,7}" if a.startswith("GB-COH-CE") else r"GB-SC-SC\d{6}", b)
    ]
    assert len(run.rows["cio"]) - len(good) == 19  # 18 of the wrong register, one with eight digits
    assert sorted(run.linked("cio-number")) == sorted(good)


def test_reregistrations_are_events(run: Run) -> None:
    pairs = {(a, b) for a, b in run.pairs("reregistrations") if a != b and b.startswith("GB-CHC-")}
    assert sorted(run.events("re-registration")) == sorted(pairs)


def side(row: Cells, role: str, letter: str) -> str:
    unit = row[f"{role}_subno"].lstrip("0")
    number = row[f"{role}_regno"]
    if not number:
        named = re.findall(r"\(\s*(\d{6,7})\s*\)", row[f"org_name_{letter}"])
        number = named[0] if len(named) == 1 else ""
    return f"GB-CHC-{number}{f'-{unit}' if unit else ''}" if number else ""


def test_mergers_are_events_with_their_days(run: Run) -> None:
    rows = [(side(row, "transferor", "a"), side(row, "transferee", "b"), row) for row in run.rows["mergers"]]
    pairs = {(a, b) for a, b, _ in rows if a and b and a != b}
    assert sorted(run.events("merger")) == sorted(pairs)
    days = {(a, b, row["valid_from"][:10]) for a, b, row in rows if (a, b) in pairs}
    assert len(run.table("?e ?day { ?e a org:ChangeEvent ; dct:issued ?day }")) == len(days)


def test_no_merger_is_an_identity(run: Run) -> None:
    kinds = ("dual-registration", "charity-company", "cio-number", "mutual-company")
    linked = {frozenset(pair) for kind in kinds for pair in run.linked(kind)}
    assert not linked & {frozenset(pair) for pair in run.events("merger") + run.events("re-registration")}


def test_parents_are_hints_with_the_names_the_right_way_round(run: Run) -> None:
    assert sorted(run.linked("name-match")) == sorted((b, a) for a, b in run.pairs("parents"))
    link = "http://localhost:8000/id/link/GB-NIC-106288/possible-parent/GB-CHC-200719"
    ((text,),) = run.table(f"?text {{ <{link}> a civ:Hint ; civ:evidence ?text }}")
    (swapped,) = (row for row in run.rows["parents"] if row["org_id_b"] == "GB-NIC-106288")
    assert text == f"Federated Charities: '{swapped['org_name_a']}' may belong to '{swapped['org_name_b']}'"


def test_problems_are_the_known_dirt(run: Run) -> None:
    found = Counter(problem.column for problem in run.mapped.problems)
    assert found["relationship"] == found["source"] == 0
    sides = sum(not row[f"org_id_{each}"] for row in run.rows["mergers"] for each in "ab")
    assert found["org_name_a"] + found["org_name_b"] == sides


def test_the_shapes_hold(run: Run) -> None:
    assert run.violations() == []
