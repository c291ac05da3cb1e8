"""Groups on no register: how well each organisation is attested, and addresses that outlive a registration."""

import datetime
import gzip
import json
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from pyoxigraph import Store

from graph.build.plan import read_plan
from graph.build.run import build
from graph.identity.rules import Rules, identifier, rank
from graph.mapping.run import map_source
from graph.model import iri
from graph.model.links import same_body
from graph.model.node import Node
from graph.model.terms import CIV, RDF, ROV, SCHEMA, Iri, Literal
from graph.quality.evidence.grades import LINKED, graded
from graph.quality.evidence.reading import Source, read
from graph.sources.source import Source as Kind
from tests.support.builds.charities import write_register
from tests.support.endpoint.serving import Server, serving
from tests.support.endpoint.site import SAMPLE, read_html
from tests.support.proof import Prove
from tests.support.statistics.group_counts import Grades, grades, listed, rows, unregistered
from tests.support.statistics.sample_counts import AREA, cells, withheld

SOURCES = ("oscr", "oscr_former", "threesixty", "kingdom", "perth_milo")
DAY = datetime.date(2026, 11, 1)
HTML = {"Accept": "text/html"}
CHARITY, GROUP = iri.organisation("GB-SC", "SC000003"), iri.organisation("DIR-GLEN", "G7")
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


def groups_of(release: Path) -> set[str]:
    lines = gzip.decompress((release / "dumps" / "evidence.nq.gz").read_bytes()).decode().splitlines()
    return {identifier(line.split(" ")[0]) for line in lines if f" {RDF.type} {CIV.UnregisteredGroup} " in line}


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


def test_groups_are_counted_by_council_from_the_class_and_small_counts_are_withheld(sample_out: Path) -> None:
    councils = {"Fife": "S12000047", "Perth and Kinross": "S12000048"}
    places = {f"DIR-KINGDOM-{row['reference']}": row["area"] for row in rows("directories/kingdom-organisations.csv")}
    counted = Counter(
        councils.get(places.get(name, "Perth and Kinross"), "") for name, number, _, _ in listed() if not number
    )
    assert counted["S12000047"] > 5 > counted["S12000048"] > 0
    store = Store.read_only(str((sample_out / "current").resolve() / "store"))
    whole = counted["S12000047"] + counted["S12000048"]
    assert cells(store, "groups-in-no-register-by-area", (AREA,), CIV.organisations) == {("S92000003",): whole}
    assert withheld(store, "groups-in-no-register-by-area", (AREA,)) == {(code,) for code in councils.values()}


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


def organisation(name: Iri = GROUP, listing: Iri | None = None) -> Node:
    node = Node(name, CIV.Organisation)
    node.add(CIV.listing, listing)
    return node


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


def test_a_registers_identifier_stands_before_those_of_directories_and_of_funders() -> None:
    names = ["360G-glen-org:7", "DIR-GLEN-7", "GB-COH-CS001234", "GB-CASC-0b000001", "GB-SC-SC000001"]
    organisations = [str(iri.organisation(name.rsplit("-", 1)[0], name.rsplit("-", 1)[1])) for name in names]
    assert sorted(organisations, key=rank) == organisations[::-1]


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


# A group that registers, as a reader meets it

BUILD = """
[sources.oscr]
file = "{oscr}"
date = 2026-10-01
expect = {{ rows = 1, problems = 9.0 }}

[sources.glen]
source = "directory"
title = "Groups of Glen Example"
publisher = "Glen Example TSI"
homepage = "https://www.example.org/"
licence = "https://creativecommons.org/publicdomain/zero/1.0/"
attribution = "Invented."
files = ["organisations.csv", "services.csv"]
date = 2026-11-01
expect = {{ lost = 1.0 }}

[sources.threesixty]
file = "grants.json"
date = 2026-11-01
expect = {{ lost = 1.0 }}
"""
FUNDED = iri.organisation("360G", "glen-org:lights")


def write_lists(folder: Path, choir: str, lights: str) -> Path:
    """A directory and a file of grants, with the charity numbers that they state of a choir and of some lights."""
    listed_as = f"reference,name,charity_number,last_checked\nG7,Glen Choir,{choir},2026-09-01\n"
    (folder / "organisations.csv").write_text(listed_as, "utf-8")
    (folder / "services.csv").write_text("reference,organisation,name,cost\nS1,G7,Singing for all,Free\n", "utf-8")
    recipients = (
        {"id": "360G-glen-org:lights", "name": "Glen Lights", "charityNumber": lights},
        {"id": "360G-glen-org:choir", "name": "Glen Choir", "charityNumber": choir},
    )
    grants = [
        {
            "id": f"360G-glen-{number}",
            "title": "Costs",
            "description": "Costs of a year.",
            "currency": "GBP",
            "amountAwarded": 500,
            "awardDate": "2026-05-01",
            "recipientOrganization": [{key: value for key, value in recipient.items() if value}],
            "fundingOrganization": [{"id": "GB-SC-SC000001", "name": "Fictitious Society of 1"}],
        }
        for number, recipient in enumerate(recipients, start=1)
    ]
    (folder / "grants.json").write_text(json.dumps({"grants": grants}), "utf-8")
    plan = folder / "build.toml"
    plan.write_text(BUILD.format(oscr=write_register(folder / "register.csv", 5)), "utf-8")
    return plan


def build_and_wait(server: Server | None, plan: Path) -> dict[str, bytes]:
    """Build, wait until pages and queries are answered from the release, and give its dumps."""
    before = server.workers() if server else []
    release = build(read_plan(plan)).id
    limit = time.monotonic() + 60
    while server and (server.health()["release"] != release or not set(server.workers()).isdisjoint(before)):
        assert time.monotonic() < limit
        time.sleep(0.1)
    dumps = (plan.parent / "out" / "releases" / release / "dumps").iterdir()
    return {dump.name: dump.read_bytes() for dump in dumps if dump.name != "catalogue.nq.gz"}


def leads_to(server: Server, organisation: Iri) -> tuple[int, str]:
    """Status and target of the address of an organisation."""
    answer = server.client.get(f"/id/organisation/{identifier(organisation)}", headers=HTML)
    return answer.status_code, answer.headers["location"].rpartition("/")[2]


def page(server: Server, organisation: Iri) -> str:
    answer = server.client.get(f"/doc/organisation/{identifier(organisation)}", headers=HTML, follow_redirects=True)
    assert answer.status_code == 200
    return read_html(answer.text).text


def hangs_on(server: Server, body: Iri) -> set[str]:
    """The entries, services and grants of an organisation."""
    query = f"""SELECT ?it {{ {{ {body} {CIV.listing} ?it }} UNION {{ ?it {SCHEMA.provider} {body} }}
        UNION {{ ?it {CIV.recipient} {body} }} }}"""
    return {line.rpartition("/")[2] for line in server.ask(query, "text/csv").text.split()[1:]}


def test_a_group_that_registers_keeps_its_address_and_all_that_hangs_on_it_and_this_can_be_undone(
    tmp_path: Path,
) -> None:
    first = build_and_wait(None, write_lists(tmp_path, "", ""))
    with serving(tmp_path / "out", workers=2, long_queries=1) as server:
        assert leads_to(server, GROUP) == (303, "DIR-GLEN-G7")
        assert hangs_on(server, GROUP) == {"DIR-GLEN-G7", "DIR-GLEN-S1"}
        assert hangs_on(server, FUNDED) == {"360G-glen-1"}
        shown = page(server, GROUP)
        assert "Group on no register" in shown and "checked on 1 September 2026" in shown
        assert "Funded" in page(server, FUNDED)

        build_and_wait(server, write_lists(tmp_path, "SC000003", "SC000004"))
        assert leads_to(server, GROUP) == (301, "GB-SC-SC000003")
        assert hangs_on(server, CHARITY) == {"DIR-GLEN-G7", "DIR-GLEN-S1", "360G-glen-2"}
        assert hangs_on(server, GROUP) == set()
        shown = page(server, GROUP)
        assert "Fictitious Society of 3" in shown and "Registered" in shown and "Group on no register" not in shown
        assert leads_to(server, FUNDED) == (301, "GB-SC-SC000004")
        assert "360G-glen-1" in hangs_on(server, iri.organisation("GB-SC", "SC000004"))
        assert not groups_of((tmp_path / "out" / "current").resolve())

        assert build_and_wait(server, write_lists(tmp_path, "", "")) == first
        assert leads_to(server, GROUP) == (303, "DIR-GLEN-G7")
        assert hangs_on(server, GROUP) == {"DIR-GLEN-G7", "DIR-GLEN-S1"}
        assert hangs_on(server, CHARITY) == set()


def test_unchanged_lists_give_the_same_grades_when_only_one_of_them_is_built(tmp_path: Path) -> None:
    plan = read_plan(write_lists(tmp_path, "SC000003", ""))
    build(plan)
    evidence = tmp_path / "out" / "current" / "dumps" / "evidence.nq.gz"
    first = evidence.read_bytes()
    build(plan, only=["glen"])
    assert evidence.read_bytes() == first


# A recipient that is known by its name alone


def recipients(folder: Path, names: Sequence[str]) -> list[str]:
    """The addresses of recipients without an identifier, by their names in a file of grants."""
    grants = [{"id": f"360G-glen-{n}", "recipientOrganization": [{"name": name}]} for n, name in enumerate(names, 1)]
    file = folder / "grants.json"
    file.write_text(json.dumps({"grants": grants}), "utf-8")
    output = map_source(Kind.named("threesixty"), [file], folder / "out.nq", iri.DEFAULT_BASE).output
    given: dict[str, str] = {}
    for line in output.read_text("utf-8").splitlines():
        subject, predicate, value, _ = line.split(" ", 3)
        if predicate == CIV.recipient:
            given[identifier(subject)] = identifier(value)
    return [given[f"360G-glen-{number}"] for number in range(1, len(names) + 1)]


def test_trivial_corrections_of_a_name_change_no_address(tmp_path: Path) -> None:
    spellings = ("St. Andrew's Café & Hall", "ST ANDREWS CAFE AND HALL", "St Andrew’s  Cafe & Hall.")
    assert set(recipients(tmp_path, spellings)) == {"360G-glen-st-andrews-cafe-and-hall"}


def test_names_that_differ_in_a_word_or_in_other_letters_are_of_others(tmp_path: Path) -> None:
    names = ("Glen Choir", "The Glen Choir", "Glen Choirs", "Хор", "合唱団")
    assert len(set(recipients(tmp_path, names))) == len(names)


def test_recipients_without_a_name_are_not_taken_for_one(tmp_path: Path) -> None:
    assert recipients(tmp_path, ["", "?", "-"]) == [f"360G-glen-unnamed-360G-glen-{number}" for number in (1, 2, 3)]


# Pages


def test_the_page_of_a_group_says_in_plain_words_how_it_is_known_of_and_why(site: Server) -> None:
    answer = site.client.get("/doc/organisation/DIR-KINGDOM-KVA-003", headers=HTML)
    html = read_html(answer.text)
    assert "the people who maintain it checked the entry within a year" in html.text
    assert "none states the number of a register for it" in html.text
    assert "/doc/listing/DIR-KINGDOM-KVA-003" in html.links and "/def/evidence-grade/checked" in html.links
    registered = site.client.get("/doc/organisation/GB-SC-SC900055", headers=HTML).text
    assert "A register has it" in registered and "none states the number" not in registered


def test_a_page_of_evidence_does_not_repeat_that_it_is_evidence(site: Server) -> None:
    page = site.client.get("/doc/listing/DIR-KINGDOM-KVA-003", headers=HTML).text
    assert "Old Station Growers" in page and "Graded so because of" not in page


def test_results_of_a_search_say_which_are_on_no_register(site: Server) -> None:
    found = site.client.get("/search", params={"q": "Old Station Growers"}, headers={"Accept": "application/json"})
    first = found.json()["results"][0]
    assert (first["name"], first["status"]) == ("Old Station Growers of Lathrisk", "On no register")
    shown = site.client.get("/search", params={"q": "Old Station Growers"}, headers=HTML).text
    assert '<span class="badge on-no-register">On no register</span>' in shown


def test_the_front_page_counts_groups_on_no_register(site: Server) -> None:
    count = site.ask(f"SELECT (COUNT(?it) AS ?n) {{ ?it a {CIV.UnregisteredGroup} }}", "text/csv").text.split()[1]
    assert f"{count} on no register" in read_html(site.client.get("/", headers=HTML).text).text
