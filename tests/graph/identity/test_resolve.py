"""Which identifiers become one organisation: links accepted and refused, statements rewritten, all of it undone."""

import csv
import datetime
import gzip
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store

from graph.build.plan import read_plan
from graph.build.run import build
from graph.errors import InputError, ReleaseError
from graph.identity.links import read_ties
from graph.identity.rewrite import aliases_in, restore
from graph.identity.rules import Rules, read_rejected
from graph.identity.stage import Resolved, resolve
from graph.model import iri
from graph.model.links import same_body
from graph.model.node import Node
from graph.model.query import select
from graph.model.terms import CIV, FOAF, ORG, OWL, ROV, SKOS, Iri
from graph.model.vocabulary import codes
from graph.nquads.lines import beginning_with, joined, without
from graph.release.manifest import Manifest
from tests.support.paths import fixture
from tests.support.proof import Prove

CHC, SC, SC2, COH = "GB-CHC-990001", "GB-SC-SC900001", "GB-SC-SC900002", "GB-COH-SC990001"
DAYS = {"one": datetime.date(2026, 1, 1), "two": datetime.date(2026, 2, 1), "list": datetime.date(2026, 3, 1)}


def org(name: str) -> Iri:
    code, _, number = name.partition("-")[2].partition("-")
    return iri.organisation(f"{name.partition('-')[0]}-{code}", number)


def charity(name: str, label: str, status: str = "active", *more: Node) -> list[Node]:
    """A charity with its registration, as a register states it."""
    node, entry = Node(org(name), CIV.Organisation, CIV.Charity), Node(registration(name), CIV.Registration)
    node.add(SKOS.prefLabel, label)
    node.add(ROV.orgStatus, iri.concept("registration-status", status))
    node.add(ROV.registration, entry.iri)
    entry.add(SKOS.notation, name.split("-", 2)[2])
    return [node, entry, *more]


def registration(name: str) -> Iri:
    return iri.registration(name.rsplit("-", 1)[0], name.rsplit("-", 1)[1])


def link(first: str, second: str, confidence: str = "0.95", kind: str = "company-number") -> Node:
    """A register's own statement."""
    return same_body(org(first), org(second), kind, confidence, "the number that the register states")


def compiled(first: str, second: str) -> Node:
    """The statement of a list that others compiled."""
    node = link(first, second)
    node.add(CIV.authority, iri.concept("link-authority", "compiled-list"))
    return node


def followed(before: str, after: str) -> Node:
    event = Node(iri.event(org(before), "merger", org(after)), ORG.ChangeEvent)
    event.add(ORG.originalOrganization, org(before))
    event.add(ORG.resultingOrganization, org(after))
    return event


@dataclass(frozen=True)
class Bench:
    """Graphs in a folder, and what resolving made of them."""

    folder: Path

    def graph(self, name: str) -> Path:
        return self.folder / f"{name}.nq"

    def write(self, **graphs: Sequence[Node]) -> None:
        for name, nodes in graphs.items():
            lines = {line for node in nodes for line in node.quads(iri.source(name)).encode().splitlines(True)}
            self.graph(name).write_bytes(b"".join(sorted(lines)))

    def resolve(self, rules: Rules | None = None) -> Resolved:
        unmerged = self.folder / "unmerged"
        unmerged.mkdir(exist_ok=True)
        names = sorted(path.stem for path in self.folder.glob("*.nq") if path.stem != "identity")
        graphs = [(name, self.graph(name)) for name in names]
        return resolve(graphs, rules or Rules(), DAYS, self.graph("identity"), unmerged)

    def store(self) -> Store:
        store = Store()
        for path in self.folder.glob("*.nq"):
            store.load(path=path, format=RdfFormat.N_QUADS)
        return store

    def table(self, query: str) -> list[tuple[str, ...]]:
        """The answer over all graphs together, IRIs without their base."""
        prefixes = (
            f"PREFIX civ: <{CIV.base}> PREFIX owl: <{OWL.base}> PREFIX skos: <{SKOS.base}> PREFIX rov: <{ROV.base}>"
        )
        found = select(self.store(), f"{prefixes} SELECT DISTINCT {query}")
        return sorted(tuple(str(term).strip('<>"').removeprefix(iri.base()) for term in row) for row in found)

    def aliases(self) -> dict[str, str]:
        named = self.table("?a ?b { GRAPH ?g { ?a owl:sameAs ?b } }")
        return {a.rsplit("/", 1)[1]: b.rsplit("/", 1)[1] for a, b in named}

    def bytes(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.folder.glob("*.nq")}


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def reasons(resolved: Resolved) -> list[str]:
    return [f"{problem.value}: {problem.fault}" for problem in resolved.problems]


def test_what_two_registers_say_of_one_charity_becomes_one_subject(bench: Bench) -> None:
    bench.write(one=[*charity(SC, "Glen Hall")], two=[*charity(CHC, "GLEN HALL")], list=[compiled(SC, CHC)])
    assert bench.resolve().problems == ()
    assert bench.aliases() == {SC: CHC}
    assert bench.table(
        "?name { GRAPH ?g { <http://localhost:8000/id/organisation/GB-CHC-990001> skos:prefLabel ?name } }"
    ) == [
        ("GLEN HALL",),
        ("Glen Hall",),
    ]
    assert bench.table("?s { GRAPH ?g { ?s a civ:Charity } }") == [(f"id/organisation/{CHC}",)]


def test_both_registrations_stay_under_their_own_numbers(bench: Bench) -> None:
    bench.write(one=[*charity(SC, "Glen Hall")], two=[*charity(CHC, "GLEN HALL")], list=[compiled(SC, CHC)])
    bench.resolve()
    assert bench.table("?o ?r { GRAPH ?g { ?o rov:registration ?r } }") == [
        (f"id/organisation/{CHC}", f"id/registration/{CHC}"),
        (f"id/organisation/{CHC}", f"id/registration/{SC}"),
    ]


def test_a_number_that_no_source_describes_is_kept_as_a_registration(bench: Bench) -> None:
    bench.write(one=[*charity(SC, "Glen Hall")], list=[compiled("GB-CHC-990001", SC)])
    bench.resolve()
    assert bench.table("?number { GRAPH ?g { ?r a civ:Registration ; skos:notation ?number } }") == [
        ("990001",),
        ("SC900001",),
    ]


def test_the_ends_of_links_stay_as_they_were_stated(bench: Bench) -> None:
    bench.write(one=[*charity(SC, "Glen Hall"), link(SC, COH)], list=[compiled(SC, CHC)])
    bench.resolve()
    ends = bench.table("?a ?b { GRAPH ?g { ?l owl:annotatedSource ?a ; owl:annotatedTarget ?b } }")
    assert ends == [(f"id/organisation/{SC}", f"id/organisation/{other}") for other in (CHC, COH)]


def test_objects_are_rewritten_too(bench: Bench) -> None:
    grant = Node(Iri("<http://localhost:8000/id/grant/1>"), CIV.Grant)
    grant.add(CIV.recipient, org(COH))
    bench.write(one=[*charity(SC, "Glen Hall"), link(SC, COH)], two=[grant])
    bench.resolve()
    assert bench.table("?o { GRAPH ?g { ?grant civ:recipient ?o } }") == [(f"id/organisation/{SC}",)]
    assert bench.aliases() == {COH: SC}


@pytest.mark.parametrize(
    ("members", "canonical"),
    [
        ((SC, CHC), CHC),
        ((SC, COH), SC),
        (("GB-NIC-100001", SC), SC),
        (("GB-MPR-9001", COH), "GB-MPR-9001"),
        (("GB-SHPE-9001", COH), COH),
        (("GB-SHPE-9001", "GB-CASC-X1"), "GB-SHPE-9001"),
        (("GB-COH-CE990001", "GB-ZZZ-1"), "GB-ZZZ-1"),
    ],
)
def test_the_identifier_that_stands_for_a_body_follows_the_order_of_registers(
    bench: Bench, members: tuple[str, str], canonical: str
) -> None:
    bench.write(one=[*charity(members[0], "Glen Hall"), link(*members)])
    bench.resolve()
    assert set(bench.aliases().values()) == {canonical}


def test_a_placeholder_number_may_stand_beside_a_real_company_number(bench: Bench) -> None:
    bench.write(one=[*charity(SC, "Glen Hall"), link(SC, COH), link("GB-COH-CS990001", SC, kind="cio-number")])
    bench.resolve()
    assert bench.aliases() == {COH: SC, "GB-COH-CS990001": SC}


def test_two_identifiers_of_one_register_never_become_one_body(bench: Bench) -> None:
    bench.write(one=[*charity(SC, "A"), *charity(SC2, "B"), link(SC, COH), link(SC2, COH)])
    before = bench.bytes()
    resolved = bench.resolve()
    assert reasons(resolved) == [
        f"{name} = {COH}: would make {SC} and {SC2}, entries of one register, one body" for name in (SC, SC2)
    ]
    assert bench.graph("one").read_bytes() == before["one.nq"]
    assert bench.aliases() == {}


def listed(directory: str, reference: str) -> Node:
    """What a directory says of an entry: that it is the charity SC."""
    entry = iri.organisation(f"DIR-{directory}", reference)
    return same_body(entry, org(SC), "directory-number", "0.93", "charity_number: SC900001")


def test_a_double_in_a_directory_takes_nothing_from_what_others_say(bench: Bench) -> None:
    glen, strath = [listed("GLEN", "1"), listed("GLEN", "2")], [listed("STRATH", "1")]
    bodies = [Node(iri.organisation("DIR-GLEN", number), CIV.Organisation) for number in "12"]
    bench.write(one=[*charity(SC, "A"), *charity(CHC, "A"), link(SC, COH)], list=[compiled(SC, CHC)])
    bench.write(glen=[*bodies, *glen], strath=strath)
    refused = [reason.partition(":")[0] for reason in reasons(bench.resolve())]
    assert refused == [f"DIR-GLEN-{number} = {SC}" for number in "12"]
    assert bench.aliases() == {SC: CHC, COH: CHC, "DIR-STRATH-1": CHC}


@pytest.mark.parametrize("publisher", ["GLEN", "glen"])
def test_two_references_of_a_funder_may_be_one_body(bench: Bench, publisher: str) -> None:
    first, second = (iri.organisation("360G", f"{publisher}-{number}") for number in (7, 8))
    links = [same_body(each, org(CHC), "number-in-grant", "0.92", "charityNumber: 990001") for each in (first, second)]
    bench.write(one=[*charity(CHC, "A")], two=[Node(first, CIV.Organisation), Node(second, CIV.Organisation), *links])
    assert bench.resolve().problems == ()
    assert bench.aliases() == {f"360G-{publisher}-7": CHC, f"360G-{publisher}-8": CHC}


def test_a_chain_of_links_cannot_merge_two_entries_of_one_register_either(bench: Bench) -> None:
    chain = [link(SC, COH), link(COH, CHC), link(CHC, "GB-MPR-9001"), link("GB-MPR-9001", SC2)]
    bench.write(one=[*charity(SC, "A"), *charity(SC2, "B"), *chain])
    assert len(bench.resolve().problems) == 4
    assert bench.aliases() == {}


def test_a_body_of_more_identifiers_than_the_cap_is_refused_and_listed(bench: Bench) -> None:
    chain = [link(SC, f"GB-Z{letter}-1") for letter in "ABC"]
    bench.write(one=[*charity(SC, "A"), *chain])
    resolved = bench.resolve(Rules(cap=3))
    assert len(resolved.problems) == 3
    assert "would make 4 identifiers one body, more than the 3 allowed" in resolved.problems[0].fault
    assert bench.aliases() == {}
    bench.resolve(Rules(cap=4))
    assert len(bench.aliases()) == 3


def test_a_list_that_contradicts_a_register_gives_way_to_it(bench: Bench) -> None:
    bench.write(one=[*charity(SC, "A"), link(SC, COH)], list=[compiled(SC, "GB-COH-SC990002")])
    resolved = bench.resolve()
    assert [problem.file for problem in resolved.problems] == ["list"]
    assert bench.aliases() == {COH: SC}


def test_a_link_that_an_event_contradicts_is_refused(bench: Bench) -> None:
    bench.write(one=[*charity(SC, "A")], list=[compiled(SC, CHC), followed(SC, CHC)])
    (reason,) = reasons(bench.resolve())
    assert reason.startswith(f"{SC} = {CHC}: is contradicted by http://localhost:8000/id/event/{SC}/merger/{CHC}")
    assert bench.aliases() == {}


def test_an_event_between_two_of_a_chain_keeps_the_chain_apart(bench: Bench) -> None:
    bench.write(one=[*charity(SC, "A"), link(SC, COH), link(COH, CHC), followed(CHC, SC)])
    assert [f"one body, which {iri.base()}id/event/" in reason for reason in reasons(bench.resolve())] == [True, True]


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        (Rules(threshold=Decimal("0.96")), "has confidence 0.95, less than the 0.96 that a merger takes"),
        (Rules(kinds=("dual-registration",)), "is of kind 'company-number', which this build does not act on"),
        (Rules(rejected={frozenset((COH, SC)): "two halls"}), "is on the list of rejected links: two halls"),
    ],
)
def test_a_link_that_the_rules_do_not_accept_is_refused_and_published(bench: Bench, rules: Rules, reason: str) -> None:
    bench.write(one=[*charity(SC, "A"), link(SC, COH)])
    assert reasons(bench.resolve(rules)) == [f"{SC} = {COH}: {reason}"]
    refused = bench.table(
        "?link ?why { GRAPH <http://localhost:8000/id/source/identity> { ?link civ:refusedBecause ?why } }"
    )
    assert refused == [(f"id/link/{SC}/same-as/{COH}", reason)]


def test_hints_are_never_acted_on(bench: Bench) -> None:
    hint = link(SC, COH, "0.99")
    guess = Node(Iri(hint.iri.replace("same-as", "possibly-same-as")), CIV.Link, CIV.Hint)
    guess.add(OWL.annotatedSource, org(SC))
    guess.add(OWL.annotatedTarget, org(COH))
    bench.write(one=[*charity(SC, "A"), guess])
    bench.resolve()
    assert bench.aliases() == {}


def test_bodies_that_no_source_speaks_of_are_left_alone(bench: Bench) -> None:
    bench.write(one=[*charity(SC2, "B")], list=[compiled(SC, COH)])
    bench.resolve()
    assert bench.graph("identity").read_bytes() == b""


def test_deleting_a_link_undoes_a_merger(bench: Bench) -> None:
    nodes = [*charity(SC, "A")]
    bench.write(one=nodes, list=[compiled(SC, CHC)])
    bench.resolve()
    merged = bench.bytes()
    bench.write(one=nodes, list=[])
    bench.resolve()
    assert bench.aliases() == {}
    assert bench.graph("one").read_bytes() != merged["one.nq"]
    bench.write(one=nodes, list=[compiled(SC, CHC)])
    bench.resolve()
    assert bench.bytes() == merged


def test_resolving_what_is_resolved_changes_nothing(bench: Bench) -> None:
    bench.write(one=[*charity(SC, "A"), link(SC, COH)], two=[*charity(CHC, "A")], list=[compiled(SC, CHC)])
    bench.resolve()
    once = bench.bytes()
    assert bench.resolve().rewritten == {}
    assert {name: text for name, text in bench.bytes().items() if name != "identity.nq"} == {
        name: text for name, text in once.items() if name != "identity.nq"
    }


def test_a_statement_that_a_body_would_make_about_itself_becomes_a_problem(bench: Bench) -> None:
    hall = Node(org(SC), CIV.Organisation)
    hall.add_all(CIV.parentOrganisation, (org(CHC), org(SC2)))
    bench.write(one=[hall], list=[compiled(SC, CHC)])
    (reason,) = reasons(bench.resolve())
    assert reason == f"{CHC}: is given as parentOrganisation of {SC}, which is the same body under another number"
    assert bench.table("?parent { GRAPH ?g { ?o civ:parentOrganisation ?parent } }") == [(f"id/organisation/{SC2}",)]


def test_the_heading_is_that_of_an_active_entry_before_the_order_of_registers(bench: Bench) -> None:
    bench.write(one=[*charity(SC, "Glen Hall")], two=[*charity(CHC, "GLEN HALL", "removed")], list=[compiled(SC, CHC)])
    bench.resolve()
    heading = "civ:heading ?name ; civ:headingStatus ?status ; civ:headingRegistration ?registration"
    assert bench.table(f"?name ?status ?registration {{ GRAPH ?g {{ ?o {heading} }} }}") == [
        ("Glen Hall", "def/registration-status/active", f"id/registration/{SC}")
    ]


def test_of_two_active_entries_the_order_of_registers_gives_the_heading(bench: Bench) -> None:
    bench.write(one=[*charity(SC, "Glen Hall")], two=[*charity(CHC, "GLEN HALL")], list=[compiled(SC, CHC)])
    bench.resolve()
    assert bench.table("?name { GRAPH ?g { ?o civ:heading ?name } }") == [("GLEN HALL",)]


def test_of_two_sources_about_one_entry_the_later_gives_the_heading(bench: Bench) -> None:
    bench.write(one=[*charity(SC, "Old Name")], two=[*charity(SC, "New Name")], list=[compiled(SC, CHC)])
    bench.resolve()
    assert bench.table("?name { GRAPH ?g { ?o civ:heading ?name } }") == [("New Name",)]


NAMES = st.sampled_from([CHC, SC, SC2, COH, "GB-COH-CS990001", "GB-NIC-100001", "GB-MPR-9001"])


@given(st.lists(st.tuples(NAMES, NAMES, st.booleans()).filter(lambda each: each[0] != each[1]), max_size=8))
def test_no_body_ever_has_two_entries_of_one_register_and_all_can_be_taken_back(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str, bool]]
) -> None:
    bench = Bench(tmp_path_factory.mktemp("any"))
    stated = {frozenset(pair[:2]): link(*pair[:2]) if pair[2] else compiled(*pair[:2]) for pair in pairs}
    facts = [node for name in (CHC, SC, SC2, COH) for node in charity(name, "A hall")]
    both = Node(org(SC), CIV.Organisation)
    both.add_all(CIV.parentOrganisation, (org(SC2), org(CHC)))
    bench.write(one=[*facts, both], list=list(stated.values()))
    before = bench.bytes()
    resolved = bench.resolve()
    bodies: dict[str, set[str]] = {}
    for alias, canonical in bench.aliases().items():
        bodies.setdefault(canonical, {canonical}).add(alias)
    assert not [body for body in bodies.values() if {SC, SC2} <= body]
    assert len({alias for body in bodies.values() for alias in body}) == sum(map(len, bodies.values()))
    for name in resolved.rewritten:
        restore(bench.graph(name), bench.folder / "unmerged" / f"{name}.nq", aliases_in(bench.graph("identity")))
    assert {name: bench.bytes()[name] for name in before} == before


def test_rows_lead_from_the_merged_body_to_the_file(bench: Bench) -> None:
    bench.write(one=[*charity(SC, "A")], list=[compiled(SC, CHC)])
    rows = bench.folder / "one.rows.tsv"
    rows.write_text(f"{org(SC).value}\t7\n", "utf-8")
    bench.resolve()
    assert rows.read_text("utf-8").splitlines() == [f"{org(SC).value}\t7", f"{org(CHC).value}\t7"]


def test_a_refused_link_is_said_to_be_in_its_row(bench: Bench) -> None:
    bench.write(one=[*charity(SC, "A"), link(SC, COH, "0.3")])
    (bench.folder / "one.rows.tsv").write_text(f"{link(SC, COH).iri.value}\t12\n", "utf-8")
    (problem,) = bench.resolve().problems
    assert (problem.source, problem.file, problem.row, problem.about) == ("identity", "one", 12, org(SC))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b,c\n", "has the columns a, b, c"),
        ("org_id_a,org_id_b,reason\nGB-SC-1,GB-SC-2,\n", "reject.csv:2: does not hold two identifiers and a reason"),
        ("org_id_a,org_id_b,reason\nGB-SC-1,GB-SC-1,same\n", "does not hold two identifiers"),
    ],
)
def test_a_list_of_rejected_links_is_checked(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "reject.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=message):
        read_rejected(path)


def test_every_kind_of_link_is_in_the_code_list() -> None:
    wordings = ("Registered with two regulators", "Charitable company", "Company number stated by the register")
    assert all(codes.code(wording, ("link-kind",)) for wording in wordings)


DUAL = "Charity Registered in Scotland and England & Wales"
CROSSWALK = f"org_id_a,org_id_b,org_name_b,relationship,source\nGB-SC-SC999999,GB-CHC-9999999,Other,sameas,{DUAL}\n"
BUILD = """
out = "out"
[identity]
reject = "rejected.csv"
[sources.oscr]
file = "{oscr}"
date = 2026-01-31
expect = {{ rows = 1, problems = 9.0 }}
[sources.crosswalks]
file = "dual.csv"
date = 2026-01-31
expect = {{ rows = 0, problems = 9.0, lost = 1.0 }}
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build file of a release of the register's fixture and one list that says a charity of it is on another too.

    For tests that change nothing of it.
    """
    path = write_project(tmp_path_factory.mktemp("built"))
    build(read_plan(path))
    return path


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """The same, to change."""
    shutil.copytree(built.parent / "out", tmp_path / "out", symlinks=True)
    return write_project(tmp_path)


def write_project(folder: Path) -> Path:
    row = f"GB-SC-SC900101,GB-CHC-9900101,Glen,sameas,{DUAL}\n"
    (folder / "dual.csv").write_text(CROSSWALK + row, "utf-8")
    (folder / "rejected.csv").write_text("org_id_a,org_id_b,reason\n", "utf-8")
    path = folder / "build.toml"
    path.write_text(BUILD.format(oscr=fixture("oscr")), "utf-8")
    return path


def dump(project: Path, name: str) -> str:
    return gzip.decompress((project.parent / "out" / "current" / "dumps" / f"{name}.nq.gz").read_bytes()).decode()


def test_a_release_holds_the_merged_body_and_says_what_was_refused(built: Path) -> None:
    assert f"<{iri.base()}id/organisation/GB-CHC-9900101> <{SKOS.base}prefLabel>" in dump(built, "oscr")
    assert f"{org('GB-SC-SC900101')} {OWL.sameAs} {org('GB-CHC-9900101')}" in dump(built, "identity")
    with (built.parent / "out" / "current" / "problems" / "identity.csv").open(encoding="utf-8-sig") as file:
        assert list(csv.DictReader(file)) == []


def rejected(project: Path) -> None:
    text = "org_id_a,org_id_b,reason\nGB-CHC-9900101,GB-SC-SC900101,two halls of one name\n"
    (project.parent / "rejected.csv").write_text(text, "utf-8")


def deleted(project: Path) -> None:
    (project.parent / "dual.csv").write_text(CROSSWALK, "utf-8")


@pytest.mark.parametrize("undo", [rejected, deleted])
def test_a_build_of_the_list_alone_undoes_a_merger_in_the_register_too(
    project: Path, undo: Callable[[Path], None]
) -> None:
    merged, counted = dump(project, "oscr"), statements(project)
    undo(project)
    build(read_plan(project), only=["crosswalks"])
    apart = dump(project, "oscr")
    assert f"{org('GB-SC-SC900101')} <{SKOS.base}prefLabel>" in apart
    assert apart.replace("GB-SC-SC900101", "GB-CHC-9900101").count("\n") == merged.count("\n")
    assert statements(project) == counted
    build(read_plan(project))
    assert dump(project, "oscr") == apart


def test_a_merger_of_which_nothing_is_kept_cannot_be_taken_over(project: Path) -> None:
    (project.parent / "out" / "current" / "unmerged" / "oscr.nq.gz").unlink()
    with pytest.raises(ReleaseError, match=r"unmerged/oscr\.nq\.gz: is missing; build all sources"):
        build(read_plan(project), only=["crosswalks"])


def statements(project: Path) -> int:
    entry = Manifest.read((project.parent / "out" / "current").resolve()).source("oscr")
    assert entry is not None
    return entry.statements


LINES = st.lists(st.binary(min_size=1, max_size=3).filter(lambda line: b"\n" not in line)).map(
    lambda lines: sorted({line + b"\n" for line in lines})
)


@given(LINES, LINES)
def test_sorted_streams_join_and_part_as_sets_do(first: list[bytes], second: list[bytes]) -> None:
    union = list(joined(first, second))
    assert [line for line, _ in union] == sorted({*first, *second})
    assert [line for line, both in union if both] == sorted({*first} & {*second})
    assert list(without(first, second)) == sorted({*first} - {*second})


@given(LINES, st.binary(max_size=2).filter(lambda prefix: b"\n" not in prefix))
def test_the_lines_of_a_prefix_are_found(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], prefix: bytes
) -> None:
    path = tmp_path_factory.mktemp("lines") / "lines"
    path.write_bytes(b"".join(sorted(lines)))
    assert list(beginning_with(path, prefix)) == [line for line in sorted(lines) if line.startswith(prefix)]


@pytest.mark.prove
def test_600000_statements_are_rewritten_in_less_than_five_seconds_of_cpu(bench: Bench, prove: Prove) -> None:
    def lines(name: str, number: int) -> str:
        node = Node(org(name), CIV.Organisation, CIV.Charity)
        node.add(SKOS.prefLabel, f"Charity of {number}")
        node.add(FOAF.homepage, Iri(f"<https://www.example.org/{number}>"))
        node.add_all(CIV.objectives, (f"Object {each} of {number}" for each in range(8)))
        return node.quads(iri.source("one"))

    text = "".join(lines(f"GB-SC-SC{number:06}", number) for number in range(50_000))
    bench.graph("one").write_text("".join(sorted(text.splitlines(keepends=True))), "utf-8")
    bench.write(list=[compiled(f"GB-SC-SC{number:06}", f"GB-CHC-{number + 100000}") for number in range(0, 50_000, 10)])
    started = time.process_time()
    resolved = bench.resolve()
    taken = time.process_time() - started
    assert resolved.rewritten["one"].statements == 600_000
    assert resolved.rewritten["one"].subjects == 50_000
    assert len(bench.aliases()) == 5_000
    prove("Identity: 600,000 statements are rewritten", taken, 5, "s of CPU")


def test_links_are_read_in_the_same_order_whatever_the_order_of_graphs(bench: Bench) -> None:
    bench.write(one=[link(SC, COH)], list=[compiled(SC, CHC), link(SC2, COH)])
    graphs = [("one", bench.graph("one")), ("list", bench.graph("list"))]
    assert read_ties(graphs).links == read_ties(graphs[::-1]).links
    assert len(read_ties(graphs).links) == 3
