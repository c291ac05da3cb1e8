"""Groups on no register: how well each organisation is attested, and addresses that outlive a registration."""

import datetime
import gzip
import json
import time
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.build.plan import read_plan
from graph.build.run import build
from graph.identity.rules import Rules, identifier
from graph.model import iri
from graph.model.links import same_body
from graph.model.node import Node
from graph.model.terms import CIV, ROV, SCHEMA, Iri, Literal
from graph.quality.evidence.grades import LINKED, graded
from graph.quality.evidence.reading import Source, read
from tests.support.endpoint.serving import Server
from tests.support.endpoint.site import SAMPLE
from tests.support.proof import Prove
from tests.support.sources.groups import CHARITY, GROUP, groups_of, organisation, write_lists
from tests.support.statistics.group_counts import Grades, grades, unregistered

SOURCES = ("oscr", "oscr_former", "threesixty", "kingdom", "perth_milo")
DAY = datetime.date(2026, 11, 1)
LISTING = iri.listing("DIR-GLEN", "G7")


def stated(release: Path) -> Grades:
    """What a release says of how well organisations are attested."""
    grade, evidence = dict[str, str](), defaultdict[str, set[str]](set)
    for line in gzip.decompress((release / "dumps" / "evidence.nq.gz").read_bytes()).decode().splitlines():
        subject, predicate, value, _ = line.split(" ", 3)
        if predicate == CIV.evidenceGrade:
            grade[identifier(subject)] = identifier(value)
        elif predicate == CIV.gradeEvidence:
            evidence[identifier(subject)].add(identifier(value))
    return {name: (code, frozenset(evidence[name])) for name, code in grade.items()}


# The sample, counted again


def part_of_the_sample(folder: Path) -> Path:
    """A build file for some sources of the sample."""
    plan = tomllib.loads(SAMPLE.read_text("utf-8"))
    text = ""
    for name in SOURCES:
        settings = dict(plan["sources"][name])
        for key in ("file", "files", "columns"):
            paths = settings.get(key, [])
            whole = [str(SAMPLE.parent / path) for path in ([paths] if isinstance(paths, str) else paths)]
            settings |= {key: whole[0] if isinstance(paths, str) else whole} if whole else {}
        settings["date"] = str(settings["date"])
        settings.pop("expect", None)
        said = "".join(f"{key} = {json.dumps(value)}\n" for key, value in settings.items() if key != "date")
        text += f"[sources.{name}]\n{said}date = {settings['date']}\nexpect = {{ rows = 1, problems = 9.0 }}\n\n"
    file = folder / "build.toml"
    file.write_text(text, "utf-8")
    return file


def test_the_grades_of_the_sample_are_what_its_raw_files_give(tmp_path: Path) -> None:
    build(read_plan(part_of_the_sample(tmp_path)), out=tmp_path / "out")
    release = (tmp_path / "out" / "current").resolve()
    assert stated(release) == grades()
    assert groups_of(release) == unregistered()
    assert len({code for code, _ in grades().values()}) == 7


def test_every_organisation_of_the_whole_sample_has_one_grade_and_each_grade_is_shown(site: Server) -> None:
    query = f"""SELECT ?it (COUNT(?grade) AS ?n) {{
        ?it a {CIV.Organisation} OPTIONAL {{ ?it {CIV.evidenceGrade} ?grade }} }} GROUP BY ?it"""
    counts = Counter(line.rpartition(",")[2] for line in site.ask(query, "text/csv").text.splitlines()[1:])
    assert counts.keys() == {"1"} and counts["1"] > 300
    query = f"SELECT DISTINCT ?grade {{ ?it {CIV.evidenceGrade} ?grade }}"
    assert len(site.ask(query, "text/csv").text.splitlines()) == 1 + 7


# The rule


@dataclass(frozen=True)
class Bench:
    """Graphs in a folder, and what grading makes of them."""

    folder: Path

    def source(self, name: str, *nodes: Node, day: datetime.date | None = DAY) -> Source:
        lines = {line for node in nodes for line in node.quads(iri.source(name)).encode().splitlines(keepends=True)}
        path = self.folder / f"{name}.nq"
        path.write_bytes(b"".join(sorted(lines)))
        return name, day, path

    def grades(self, *sources: Source, rules: Rules | None = None) -> dict[str, list[str]]:
        """The statements of each organisation, with the last parts of IRIs alone."""
        found = graded(read(sources, rules or Rules(), {}))
        return {identifier(node.iri): [_short(line) for line in node.triples()] for node in found}


def _short(line: str) -> str:
    value = line.split(" ", 2)[2].removesuffix(" .")
    return value.split('"')[1] if value.startswith('"') else value.replace("#", "/").rsplit("/", 1)[1][:-1]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def entry(checked: datetime.date | None, status: str = "active") -> Node:
    node = Node(LISTING, CIV.Listing)
    node.add(CIV.lastChecked, checked)
    node.add(CIV.listingStatus, iri.concept("listing-status", status))
    return node


def grant(number: int, amount: int, day: str = "2025-01-01", recipient: Iri = GROUP) -> Node:
    node = Node(iri.grant(f"360G-glen-{number}"), CIV.Grant)
    node.add(CIV.recipient, recipient)
    node.add(CIV.amountAwarded, amount)
    node.add(CIV.awardDate, datetime.date.fromisoformat(day))
    return node


def charity(status: str, name: Iri = CHARITY) -> list[Node]:
    node = Node(name, CIV.Organisation)
    node.add(ROV.registration, Iri(name.replace("/organisation/", "/registration/")))
    node.add(ROV.orgStatus, iri.concept("registration-status", status))
    return [node]


@pytest.mark.parametrize(
    ("checked", "code"),
    [
        (datetime.date(2026, 11, 1), "checked"),
        (datetime.date(2025, 11, 1), "checked"),
        (datetime.date(2025, 10, 31), "listed"),
        (datetime.date(2026, 11, 2), "listed"),  # after the day of the data: a slip
        (None, "listed"),
    ],
)
def test_a_check_counts_for_a_year_before_the_day_of_the_directorys_data(
    bench: Bench, checked: datetime.date | None, code: str
) -> None:
    found = bench.grades(bench.source("glen", organisation(listing=LISTING), entry(checked)))
    assert found["DIR-GLEN-G7"] == ["UnregisteredGroup", code, "DIR-GLEN-G7"]


def test_a_directory_without_a_day_has_nothing_checked_and_a_closed_entry_is_a_mention(bench: Bench) -> None:
    nodes = organisation(listing=LISTING), entry(DAY)
    assert bench.grades(bench.source("glen", *nodes, day=None))["DIR-GLEN-G7"][1] == "listed"
    closed = organisation(listing=LISTING), entry(DAY, "closed")
    assert bench.grades(bench.source("glen", *closed))["DIR-GLEN-G7"][1:] == ["mentioned", "DIR-GLEN-G7"]


def test_what_is_only_spoken_of_rests_on_the_sources_that_do(bench: Bench) -> None:
    found = bench.grades(bench.source("one", organisation()), bench.source("two", organisation()))
    assert found["DIR-GLEN-G7"] == ["UnregisteredGroup", "mentioned", "one", "two"]


def test_a_grant_is_better_than_a_check_unless_it_awards_nothing(bench: Bench) -> None:
    listed_there = bench.source("glen", organisation(listing=LISTING), entry(DAY))
    found = bench.grades(listed_there, bench.source("grants", grant(1, 500)))
    assert found["DIR-GLEN-G7"][1:] == ["funded", "360G-glen-1"]
    withdrawn = bench.source("grants", grant(1, 0), grant(2, -5))
    assert bench.grades(listed_there, withdrawn)["DIR-GLEN-G7"][1] == "checked"
    alone = bench.source("glen", organisation())
    assert bench.grades(alone, withdrawn)["DIR-GLEN-G7"][1:] == ["mentioned", "360G-glen-1", "360G-glen-2"]


def test_who_only_gives_grants_is_mentioned_by_them(bench: Bench) -> None:
    given = grant(1, 500, recipient=CHARITY)
    given.add(SCHEMA.funder, GROUP)
    assert bench.grades(bench.source("grants", given, organisation()))["DIR-GLEN-G7"][1:] == [
        "mentioned",
        "360G-glen-1",
    ]


def test_the_newest_five_are_linked_and_all_are_counted(bench: Bench) -> None:
    grants = [grant(number, 100, f"20{10 + number}-03-01") for number in range(1, 9)]
    found = bench.grades(bench.source("grants", organisation(), *grants), bench.source("again", *grants))
    assert found["DIR-GLEN-G7"] == ["UnregisteredGroup", "funded", *(f"360G-glen-{n}" for n in range(8, 3, -1)), "8"]
    assert LINKED == 5


@pytest.mark.parametrize(
    ("older", "newer", "code"),
    [("active", "removed", "formerly-registered"), ("removed", "active", "registered")],
)
def test_the_latest_data_about_an_entry_say_whether_it_goes_on(bench: Bench, older: str, newer: str, code: str) -> None:
    sources = [
        bench.source("new", *charity(newer)),
        bench.source("old", *charity(older), day=datetime.date(2020, 1, 1)),
    ]
    for given in (sources, sources[::-1]):
        assert bench.grades(*given)["GB-SC-SC000003"] == [code, "GB-SC-SC000003"]


def test_a_body_that_one_register_still_has_is_registered(bench: Bench) -> None:
    company = Node(CHARITY, CIV.Organisation)
    company.add(ROV.registration, iri.registration("GB-COH", "SC123456"))
    company.add(ROV.orgStatus, iri.concept("registration-status", "active"))
    found = bench.grades(bench.source("oscr", *charity("removed")), bench.source("companies", company))
    assert found["GB-SC-SC000003"] == ["registered", "GB-COH-SC123456"]


def test_an_entry_without_a_status_goes_on_until_it_is_said_to_be_gone(bench: Bench) -> None:
    club = Node(iri.organisation("GB-CASC", "0b000001"), CIV.Organisation)
    club.add(ROV.registration, iri.registration("GB-CASC", "0b000001"))
    gone = Node(iri.registration("GB-CASC", "0b000001"), CIV.Registration)
    assert bench.grades(bench.source("casc", club))["GB-CASC-0b000001"][0] == "registered"
    gone.add(CIV.listed, Literal.of("false", Iri.of("http://www.w3.org/2001/XMLSchema#boolean")))
    assert bench.grades(bench.source("casc", club, gone))["GB-CASC-0b000001"][0] == "formerly-registered"


def test_a_formerly_registered_body_is_no_unregistered_group_even_if_it_is_listed_and_funded(bench: Bench) -> None:
    (former,) = charity("removed")
    former.add(CIV.listing, LISTING)
    found = bench.grades(bench.source("oscr", former, entry(DAY), grant(1, 500, recipient=CHARITY)))
    assert found["GB-SC-SC000003"] == ["formerly-registered", "GB-SC-SC000003"]


def test_a_number_that_no_source_has_the_entry_of_is_a_number_stated(bench: Bench) -> None:
    named = bench.source("grants", organisation(CHARITY), grant(1, 500, recipient=CHARITY))
    assert bench.grades(named)["GB-SC-SC000003"] == ["number-stated", "360G-glen-1"]


def test_a_link_that_is_not_acted_on_still_states_a_number_but_a_rejected_one_does_not(bench: Bench) -> None:
    link = same_body(GROUP, CHARITY, "directory-number", "0.93", "charity_number: SC000003")
    source = bench.source("glen", organisation(listing=LISTING), entry(DAY), link)
    assert bench.grades(source)["DIR-GLEN-G7"] == ["number-stated", "GB-SC-SC000003"]
    rules = Rules(rejected={frozenset(("DIR-GLEN-G7", "GB-SC-SC000003")): "another choir"})
    assert bench.grades(source, rules=rules)["DIR-GLEN-G7"][:2] == ["UnregisteredGroup", "checked"]
    unsure = bench.source("glen", organisation(), same_body(GROUP, CHARITY, "directory-number", "0.5", "a guess"))
    assert bench.grades(unsure)["DIR-GLEN-G7"][0] == "UnregisteredGroup"


@pytest.mark.parametrize(("form", "group"), [("unincorporated-association", True), ("registered-society", False)])
def test_a_federations_list_is_a_directory_and_a_society_on_it_no_group(bench: Bench, form: str, group: bool) -> None:
    name = iri.organisation("GB-COOPUK", "R000001")
    node = Node(name, CIV.Organisation)
    node.add(ROV.registration, iri.registration("GB-COOPUK", "R000001"))
    node.add(ROV.orgType, iri.concept("legal-form", form))
    found = bench.grades(bench.source("cooperatives", node))["GB-COOPUK-R000001"]
    assert found == [*(["UnregisteredGroup"] if group else []), "listed", "GB-COOPUK-R000001"]


def test_a_public_body_is_no_group_whatever_list_it_is_on(bench: Bench) -> None:
    council = Node(GROUP, CIV.Organisation, CIV.LocalAuthority)
    assert bench.grades(bench.source("glen", council))["DIR-GLEN-G7"][0] == "mentioned"


@pytest.mark.prove
def test_600000_statements_are_graded_in_less_than_five_seconds_of_cpu(bench: Bench, prove: Prove) -> None:
    def lines(number: int) -> str:
        (node,) = charity("active", iri.organisation("GB-SC", f"SC{number:06}"))
        node.add_all(CIV.objectives, (f"Object {each} of {number}" for each in range(9)))
        return node.quads(iri.source("oscr"))

    text = "".join(lines(number) for number in range(50_000))
    path = bench.folder / "oscr.nq"
    path.write_text("".join(sorted(text.splitlines(keepends=True))), "utf-8")
    started = time.process_time()
    found = sum(1 for _ in graded(read([("oscr", DAY, path)], Rules(), {})))
    taken = time.process_time() - started
    assert found == 50_000
    prove("Evidence: 600,000 statements are graded", taken, 5, "s of CPU")


def test_unchanged_lists_give_the_same_grades_when_only_one_of_them_is_built(tmp_path: Path) -> None:
    plan = read_plan(write_lists(tmp_path, "SC000003", ""))
    build(plan)
    evidence = tmp_path / "out" / "current" / "dumps" / "evidence.nq.gz"
    first = evidence.read_bytes()
    build(plan, only=["glen"])
    assert evidence.read_bytes() == first
