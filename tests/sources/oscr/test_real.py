"""The real registers, built as anyone would build them, counted again from the CSV files by other means.

Nothing here uses the mapping: cells are read with the csv module and interpreted by the few lines below. It has a build
of its own; the same files are in the build of all real files, whose counts are compared at each change.
"""

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from graph.build.plan import read_plan
from graph.release.folder import Releases
from tests.support.paths import DATA
from tests.support.proof import Prove
from tests.support.real_build import SCOTTISH_REGISTER, Built, real_release

CURRENT = DATA / "registers/oscr/charity-register-real-rows.csv"
FORMER = DATA / "registers/oscr/former-charities-2020-07-06.csv"

MOST_SECONDS = 60
MOST_BYTES = 1_500_000_000

pytestmark = pytest.mark.prove

ORG = "http://localhost:8000/id/organisation/GB-SC-"
Cells = dict[str, str]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A release of the Scottish register alone, whose cost has a limit of its own."""
    return real_release(tmp_path_factory.mktemp("scottish-register"), SCOTTISH_REGISTER)


def _rows(path: Path) -> Iterator[Cells]:
    """The rows of a file as published, doubles included."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


@pytest.fixture(scope="module")
def charities(built: Built) -> dict[str, Cells]:
    """Every charity once, by number: doubled rows are alike, so the last is as good as the first."""
    del built  # skips, where there is nothing to read
    return {row["Charity Number"]: row for path in (CURRENT, FORMER) for row in _rows(path)}


def _day(cell: str) -> datetime:
    return datetime.strptime(cell.partition(" ")[0], "%d/%m/%Y")


def test_the_build_keeps_to_its_time_and_memory(built: Built, prove: Prove) -> None:
    assert built.cost
    prove("Build of the Scottish register: time", built.cost.seconds, MOST_SECONDS, "s")
    prove(
        "Build of the Scottish register: memory of all processes", built.cost.most_bytes / 1e6, MOST_BYTES / 1e6, "MB"
    )
    stages = ", ".join(f"{name} {each.seconds:.1f} s" for name, each in built.manifest.stages.items())
    sys.stdout.write(f"{built.cost.seconds:.1f} s, {built.cost.most_bytes / 1e6:.0f} MB; {stages}\n")


def test_the_release_is_as_built_and_nothing_else_lies_about(built: Built) -> None:
    assert Releases(built.out).verify() == ()
    assert {path.name for path in built.out.iterdir()} == {"releases", "current", "build.lock"}
    assert [entry.name for entry in built.manifest.sources] == [
        each.name for each in read_plan(SCOTTISH_REGISTER).sources
    ]


def test_every_charity_is_a_subject_exactly_once(built: Built, charities: dict[str, Cells]) -> None:
    assert len(charities) == 25_257 + 550
    found = built.table("SELECT ?o { ?o a civ:Charity ; rov:registration ?r }")
    assert Counter(iri for (iri,) in found) == Counter(f"{ORG}{number}" for number in charities)
    assert built.number("SELECT (COUNT(*) AS ?n) { ?o a civ:Organisation }") == len(charities)


@pytest.mark.parametrize(("source", "path", "rows"), [("oscr", CURRENT, 561), ("oscr_former", FORMER, 25_257)])
def test_each_source_states_its_own_charities(source: str, path: Path, rows: int, built: Built) -> None:
    read = list(_rows(path))
    entry = built.manifest.source(source)
    assert entry and entry.rows == len(read) == rows
    found = built.table(
        f"SELECT ?number {{ GRAPH source:{source} {{ ?r a civ:Registration ; skos:notation ?number }} }}"
    )
    assert sorted(found) == sorted({(row["Charity Number"],) for row in read})


def test_the_default_graph_holds_each_statement_once(built: Built) -> None:
    total = built.number("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    named = built.number("SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } }")
    assert total == named == built.manifest.triples


def test_statuses(built: Built, charities: dict[str, Cells]) -> None:
    found = built.pairs(
        "SELECT ?label (COUNT(*) AS ?n) { ?o rov:orgStatus ?s . ?s skos:prefLabel ?label } GROUP BY ?label"
    )
    assert found == {
        status: str(n) for status, n in Counter(row["Charity Status"] for row in charities.values()).items()
    }


def test_names(built: Built, charities: dict[str, Cells]) -> None:
    names = {number: " ".join(row["Charity Name"].split()) for number, row in charities.items()}
    kept = {f"{ORG}{number}": name for number, name in names.items() if name not in ("Deleted", "-", "")}
    assert built.pairs("SELECT ?o ?name { ?o a civ:Charity ; skos:prefLabel ?name }") == kept
    deleted = built.table("SELECT ?o { ?o civ:nameStatus <http://localhost:8000/def/name-status/deleted> }")
    assert {iri for (iri,) in deleted} == {f"{ORG}{number}" for number, name in names.items() if name == "Deleted"}


@pytest.mark.parametrize(
    ("column", "term"), [("Most recent year income", "income"), ("Most recent year expenditure", "expenditure")]
)
def test_money(column: str, term: str, built: Built, charities: dict[str, Cells]) -> None:
    amounts = [Decimal(row[column]) for row in charities.values() if row[column] and row["Year End"]]
    ((count, total),) = built.table(
        f"SELECT (COUNT(?a) AS ?n) (SUM(?a) AS ?sum) {{ ?r a civ:AnnualReturn ; civ:{term} ?a }}"
    )
    assert (int(count), Decimal(total)) == (len(amounts), sum(amounts))


@pytest.mark.parametrize(
    ("column", "term", "scheme"),
    [
        ("Purposes", "purpose", "oscr-purpose"),
        ("Beneficiaries", "beneficiaryGroup", "oscr-beneficiary"),
        ("Activities", "activity", "oscr-activity"),
    ],
)
def test_lists(column: str, term: str, scheme: str, built: Built, charities: dict[str, Cells]) -> None:
    cells = [row[column] for row in charities.values() if row[column]]
    expected = Counter(item for cell in cells for item in set(re.findall(r"'(.+?)'(?=,'|$)", cell)))
    wordings = built.table(
        f"SELECT ?c ?text {{ ?c skos:inScheme def:{scheme} ; skos:prefLabel|skos:altLabel|skos:hiddenLabel ?text }}"
    )
    codes = {text: code for code, text in wordings}
    found = built.pairs(f"SELECT ?c (COUNT(*) AS ?n) {{ ?o civ:{term} ?c }} GROUP BY ?c")
    assert {codes[item]: str(number) for item, number in expected.items()} == found


@pytest.mark.parametrize(
    ("column", "term", "scheme"),
    [
        ("Constitutional Form", "rov:orgType", "legal-form"),
        ("Previous Constitutional Form 1", "civ:previousLegalForm", "legal-form"),
        ("Geographical Spread", "civ:geographicalSpread", "oscr-geographical-spread"),
        ("Regulatory Type", "rov:registration/civ:regulatoryType", "oscr-regulatory-type"),
    ],
)
def test_codes(column: str, term: str, scheme: str, built: Built, charities: dict[str, Cells]) -> None:
    expected = Counter(row[column] for row in charities.values() if row[column])
    wordings = built.table(
        f"SELECT ?c ?text {{ ?c skos:inScheme def:{scheme} ; skos:prefLabel|skos:altLabel|skos:hiddenLabel ?text }}"
    )
    codes = {text: code for code, text in wordings}
    found = built.pairs(f"SELECT ?c (COUNT(*) AS ?n) {{ ?o a civ:Charity ; {term} ?c }} GROUP BY ?c")
    assert {codes[text]: str(number) for text, number in expected.items()} == found


def test_removals_by_year(built: Built, charities: dict[str, Cells]) -> None:
    expected = Counter(str(_day(row["Ceased Date"]).year) for row in charities.values() if row.get("Ceased Date"))
    found = built.pairs("SELECT ?year (COUNT(*) AS ?n) { ?r civ:removedOn ?d BIND(YEAR(?d) AS ?year) } GROUP BY ?year")
    assert found == {year: str(number) for year, number in expected.items()}
    assert sum(expected.values()) == 25_257


def test_registrations_by_year(built: Built, charities: dict[str, Cells]) -> None:
    days = [_day(row["Registered Date"]) for row in charities.values() if row["Registered Date"]]
    expected = Counter(str(day.year) for day in days if day != datetime(1970, 1, 1))  # how the register says unknown
    found = built.pairs(
        "SELECT ?year (COUNT(*) AS ?n) { ?r civ:registeredOn ?d BIND(YEAR(?d) AS ?year) } GROUP BY ?year"
    )
    assert found == {year: str(number) for year, number in expected.items()}


def test_days_of_bulk_loads_are_kept_and_marked(built: Built, charities: dict[str, Cells]) -> None:
    loaded = {
        "start-of-index": sum(_starts(row, "Registered Date", "01/01/1992") for row in charities.values()),
        "bulk-removal": sum(_starts(row, "Ceased Date", "02/06/2012") for row in charities.values()),
    }
    found = built.pairs("SELECT ?c (COUNT(*) AS ?n) { ?r civ:dateCaveat ?c } GROUP BY ?c")
    assert {code.rpartition("/")[2]: int(number) for code, number in found.items()} == loaded


def _starts(row: Cells, column: str, day: str) -> bool:
    return (row.get(column) or "").startswith(day)


def test_parents(built: Built, charities: dict[str, Cells]) -> None:
    typed = {f"{ORG}{number}": row["Parent charity number"].strip() for number, row in charities.items()}
    expected = {
        (child, f"{ORG}{parent}")
        for child, parent in typed.items()
        if re.fullmatch(r"SC\d{6}", parent) and child != f"{ORG}{parent}"
    }
    found = set(built.table(f'SELECT ?o ?p {{ ?o civ:parentOrganisation ?p FILTER STRSTARTS(STR(?p), "{ORG}") }}'))
    assert found == expected
    assert len(expected) > 1500


def test_postcodes(built: Built, charities: dict[str, Cells]) -> None:
    typed = {number: row["Postcode"].replace(" ", "").upper() for number, row in charities.items()}
    expected = {(f"{ORG}{number}", code) for number, code in typed.items() if code and code != "XX00XX"}
    query = "SELECT ?o ?code { ?o civ:postcode ?p . ?p skos:notation ?code }"
    found = {(iri, code.replace(" ", "")) for iri, code in built.table(query)}
    listed = {f"{ORG}{number}" for number in _numbers_with_problem(built, "Postcode")}
    assert found == {(iri, code) for iri, code in expected if iri not in listed}


def _numbers_with_problem(built: Built, column: str) -> set[str]:
    found = built.table(f'SELECT ?o {{ ?p a civ:Problem ; civ:column "{column}" ; civ:about ?o }}')
    return {iri.removeprefix(ORG) for (iri,) in found}


@pytest.mark.parametrize(("source", "path"), [("oscr", CURRENT), ("oscr_former", FORMER)])
def test_every_problem_stands_where_it_says(source: str, path: Path, built: Built) -> None:
    rows = list(_rows(path))
    with (built.out / "current" / "problems" / f"{source}.csv").open(encoding="utf-8-sig", newline="") as file:
        problems = list(csv.DictReader(file))
    for problem in problems:
        row = rows[int(problem["row"]) - 2]  # the header is row 1
        shown = problem["value"].removeprefix("'")
        assert problem["about"] in ("", f"{ORG}{row['Charity Number']}"), problem
        assert not shown or "removed]" in shown or shown in " ".join(row[problem["column"]].split()), problem
        assert problem["fault"] and problem["remedy"], problem
    entry = built.manifest.source(source)
    assert entry and entry.problems == len(problems) > 0
    stated = (
        f"SELECT (COUNT(*) AS ?n) {{ ?p a civ:Problem ; civ:inSource source:{source} MINUS {{ ?p civ:severity ?s }} }}"
    )
    assert built.number(stated) == len(problems)


def test_each_doubled_row_is_a_problem(built: Built) -> None:
    seen: set[str] = set()
    doubled: list[int] = []
    for number, row in enumerate(_rows(CURRENT), start=2):
        if row["Charity Number"] in seen:
            doubled.append(number)
        seen.add(row["Charity Number"])
    query = """SELECT ?row { ?p civ:inSource source:oscr ; civ:row ?row ;
        civ:rule/skos:notation "row-repeated" }"""
    assert sorted(int(row) for (row,) in built.table(query)) == doubled
    assert len(doubled) == 11


def test_websites(built: Built, charities: dict[str, Cells]) -> None:
    typed = {f"{ORG}{number}" for number, row in charities.items() if row["Website"].strip()}
    refused = {f"{ORG}{number}" for number in _numbers_with_problem(built, "Website")}
    found = {iri for (iri,) in built.table("SELECT ?o { ?o a civ:Charity ; <http://xmlns.com/foaf/0.1/homepage> ?w }")}
    assert found == typed - refused
    assert found.isdisjoint(refused)


def test_no_address_is_in_any_file(built: Built) -> None:
    secret = {
        line
        for path in (CURRENT, FORMER)
        for row in _rows(path)
        if (line := row["Principal Office/Trustees Address"].strip())
    }
    for (text,) in built.table("SELECT DISTINCT ?o { ?s ?p ?o FILTER isLiteral(?o) }"):
        assert text not in secret
