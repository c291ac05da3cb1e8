"""The bundled sample: in the register's format, fictitious throughout, and as dirty as its README says."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.build.plan import read_plan
from graph.mapping.run import map_source
from graph.model.values import cells

SAMPLE = Path(__file__).parent.parent / "sample"
FILES = {"oscr": "oscr-charity-register.csv", "oscr_former": "oscr-former-charities.csv"}

# What the README's dirt table says, as a pattern of the cell at that row and column.
LISTED_APART = ("threesixty", "kingdom", "perth_milo", "aliss", "fife_oruk", "kingdom_engagement")
"""Sources whose problems stand in tables of their own."""

DIRT = {
    ("oscr", 8, "Website"): r"http://\w+ .*",
    ("oscr", 10, "Objectives"): r"(?s).*\r\n.*",
    ("oscr", 21, "Registered Date"): r"01/01/1992",
    ("oscr", 29, "Charity Name"): r".*\S  \S.* ",
    ("oscr", 32, "Charity Number"): r"SC900030",
    ("oscr", 34, "Registered Date"): r"01/01/1970",
    ("oscr", 50, "Principal Office/Trustees Address"): r"-, -",
    ("oscr", 55, "Postcode"): r"[A-Z0-9]{5,7}",
    ("oscr", 56, "Postcode"): r"[a-z0-9]+ [a-z0-9]+",
    ("oscr", 63, "Website"): r"\w+@example\.org",
    ("oscr", 92, "Objectives"): r"-",
    ("oscr", 92, "Parent charity number"): r"",
    ("oscr", 101, "Registered Date"): r"30/02/2020",
    ("oscr", 110, "Principal Office/Trustees Address"): r"1 Fictional Street, Anytown",
    ("oscr", 125, "Postcode"): r"XX0 0XX",
    ("oscr", 129, "Parent charity country of registration"): r"",
    ("oscr", 132, "Parent charity number"): r"CHY9999",
    ("oscr", 136, "Purposes"): r".*'The promotion of the voluntary sector'.*",
    ("oscr", 145, "Parent charity number"): r"SC900143",
    ("oscr", 149, "Charity Name"): r".*\(subject to insolvency proceedings\)",
    ("oscr_former", 2, "Reason For Removal"): r".*SC910001.*SC900005.*",
    ("oscr_former", 7, "Reason For Removal"): r".*SC910006, SC910007 and SC910008.*",
    ("oscr_former", 9, "Parent charity country of registration"): r"",
    ("oscr_former", 10, "Reason For Removal"): r"[^\d]*SC910009[^\d]*",
    ("oscr_former", 12, "Reason For Removal"): r".*\. ",
    ("oscr_former", 30, "Registered Date"): r"01/01/1992 00:00",
    ("oscr_former", 30, "Ceased Date"): r"02/06/2012 \d\d:\d\d",
    ("oscr_former", 30, "Objectives"): r"-",
    ("oscr_former", 47, "Charity Name"): r"Deleted",
}


def rows(source: str) -> list[dict[str, str]]:
    with (SAMPLE / FILES[source]).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def readme_rows() -> Iterator[tuple[str, int, str, str, bool]]:
    source = ""
    for line in (SAMPLE / "README.md").read_text("utf-8").splitlines():
        if line.startswith("### "):
            source = next(name for name, file in FILES.items() if file == line[4:])
        elif source and re.match(r"\| \d", line):
            row, number, column, _, problem = (cell.strip() for cell in line.strip("|").split("|"))
            yield source, int(row), number, column, problem == "yes"


@pytest.mark.parametrize("source", FILES)
def test_the_files_are_written_as_the_register_writes_them(source: str) -> None:
    raw = (SAMPLE / FILES[source]).read_bytes()
    planned = next(each for each in read_plan(SAMPLE / "civsoc.toml").sources if each.name == source)
    assert raw.split(b"\r\n", 1)[0].decode() == ",".join(planned.source.tables[""].columns)
    assert b"\n" not in raw.replace(b"\r\n", b"")
    with (SAMPLE / FILES[source]).open(encoding="utf-8", newline="") as file:
        header, *records = csv.reader(file)
    quoted = "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in record) + "\r\n" for record in records)
    assert raw.decode() == ",".join(header) + "\r\n" + quoted


@pytest.mark.parametrize(("source", "row", "column"), DIRT)
def test_the_dirt_is_in_the_row_that_the_readme_names(source: str, row: int, column: str) -> None:
    assert re.fullmatch(DIRT[source, row, column], rows(source)[row - 2][column])


def test_the_readme_lists_all_dirt_and_every_problem(tmp_path: Path) -> None:
    listed = list(readme_rows())
    assert {(source, row, column) for source, row, _, column, _ in listed} == set(DIRT)
    for source, row, number, _, _ in listed:
        assert rows(source)[row - 2]["Charity Number"] == number
    found: set[tuple[str, int, str]] = set()
    for planned in read_plan(SAMPLE / "civsoc.toml").sources:
        if planned.name in LISTED_APART:
            continue
        mapped = map_source(planned.source, planned.files, tmp_path / f"{planned.name}.nq", "http://localhost:8000/")
        found |= {(planned.name, problem.row, problem.column) for problem in mapped.problems}
    assert found == {(source, row, column) for source, row, _, column, problem in listed if problem}


@pytest.mark.parametrize("source", LISTED_APART)
def test_the_readme_lists_every_problem_of_other_sources(source: str, tmp_path: Path) -> None:
    planned = next(each for each in read_plan(SAMPLE / "civsoc.toml").sources if each.name == source)
    mapped = map_source(planned.source, planned.files, tmp_path / "out.nq", "http://localhost:8000/")
    readme = (SAMPLE / "README.md").read_text("utf-8").partition(f"## Dirt of `{source}`")[2].partition("\n#")[0]
    rows = re.findall(r"^\| `(.+?)` \| (\d+) \| (.*?) \|", readme, re.MULTILINE)
    assert rows
    assert {(file, int(row), column) for file, row, column in rows} == {
        (problem.file, problem.row, problem.column) for problem in mapped.problems
    }


def test_one_row_is_doubled_exactly_and_no_other_number_repeats() -> None:
    current = rows("oscr")
    assert current[32 - 2] == current[31 - 2]
    numbers = [row["Charity Number"] for source in FILES for row in rows(source)]
    assert len(numbers) == len(set(numbers)) + 1
    assert all(re.fullmatch(r"SC9[01]\d{4}", number) for number in numbers)


def test_nobody_can_be_reached_by_the_sample() -> None:
    for source, file in FILES.items():
        text = (SAMPLE / file).read_text("utf-8")
        assert set(re.findall(r"[\w.+-]+@[\w.-]+", text)) <= {"stitchers@example.org"}
        hosts = {match.split("/")[0] for match in re.findall(r"https?://([^\",\s]+\.[^\",\s]+)", text)}
        assert all(host == "example.org" or host.endswith(".example.org") for host in hosts)
        assert not re.search(r"(?:\+44|\b0\d{2,4}) ?\d{3} ?\d{4}", text)
        addresses = {row["Principal Office/Trustees Address"] for row in rows(source)}
        assert addresses <= {"", "-, -", "1 Fictional Street, Anytown"}


@pytest.mark.parametrize(
    ("column", "number"),
    [
        ("Main Operating Location", 32 + 1),  # and outwith Scotland
        ("Geographical Spread", 8),
        ("Constitutional Form", 10),
        ("Purposes", 16 + 1),  # and one that the register does not list
        ("Beneficiaries", 7),
        ("Activities", 4),
        ("Regulatory Type", 3),
    ],
)
def test_the_current_charities_show_every_code_of_the_register(column: str, number: int) -> None:
    assert len({item for row in rows("oscr") for item in cells.items(row[column])}) == number
