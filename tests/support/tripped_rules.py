"""Small data that break the rules of problems which no golden file of a source breaks: what the tests of rules need."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from graph.acquisition.readers.threesixty.validation import faults, rule_of
from graph.build.plan import read_plan
from graph.build.run import build
from graph.checking.check import check
from graph.identity.clusters import weigh
from graph.identity.links import Link, Ties
from graph.identity.rules import Rules
from graph.identity.stage import resolve
from graph.mapping.run import map_source
from graph.model import iri
from graph.model.node import Node
from graph.model.terms import CIV, OWL, SKOS, SSSOM
from graph.model.values import orgid
from graph.model.vocabulary.files import list_file
from graph.quality.findings.duplicates import duplicate_entries
from graph.quality.findings.entries import gone_from_register
from graph.quality.findings.names import other_names
from graph.quality.findings.postcodes import Postcodes, faulty_postcodes
from graph.quality.problem_nodes import warning_nodes
from graph.release.fix_lists import read_problems
from graph.sources.source import Source
from graph.validation.results.result import Result
from tests.support.known import DATES, REGISTER, look_at
from tests.support.paths import SOURCES
from tests.support.sources.grants import grant, read

DAY = date(2026, 11, 1)
HEAD = (
    "reference,name,description,activities,area,charity_number,company_number,website,social_media,last_checked,status"
)
LIST = f"""{HEAD},
1,Glen Choir,#REF!,singing,S01000001,SC900001,01234567,https://example.org/?m=jo@example.org,my page,01/03/2026,active,
2,Glen Choir,,,,SC900001,01234567,,,2027-01-01,active,text
3,jo@example.org,,,,,,,,,active,
07700 900123,Strath,,,,,,,,2024-01-01,active,
Total,4,,,,,,,,,active,
4,Loch,,,,,,,,,active,
4,Other,,,,,,,,,active,,more
"""
OWN_COLUMNS = """[organisations]
epochs = ["when"]
[organisations.columns]
reference = "id"
name = "title"
last_checked = "when"
[organisations.only]
publish = ["yes"]
"""
OPPORTUNITIES = (
    "reference,organisation,title,minimum_age,maximum_age,starts,ends\n1,9,Help,40,16,2026-03-02,2026-03-01\n"
)
CHECKED = """reference,name,activities,area,company_number,last_checked
1,Glen Choir,,,01234567,01/03/26
2,Glen Choir,,,01234567,2027-01-01
3,Loch Band,,,,2024-01-01
4,Strath Band,,,,
"""
SERVICES = "reference,organisation,site,name\n1,1,P,T\n2,8,,T\n"
ENGAGEMENT = (
    "event,date,organisation,directory,reference\nFair,1 March 2026,Glen Growers,,G1\nFair,01/03/26,GLEN growers,,\n"
)
TOO_LONG = "x" * 101
CLUB = """<source/club> {
  <id/organisation/A> a civ:Organisation ; skos:prefLabel "Glen Old Name" .
  <id/organisation/B> a civ:Organisation ; skos:prefLabel "Strath Trust" .
  <id/organisation/C> a civ:Organisation ; skos:prefLabel "Loch Choir" ; civ:postcode <id/postcode/KY1-1AA> ;
    civ:listing <id/listing/1>, <id/listing/2> .
  <id/organisation/D> a civ:Organisation ; skos:prefLabel "Loch Choir" ; civ:postcode <id/postcode/KY1-1AA> ;
    civ:listing <id/listing/3> .
  <id/listing/1> civ:listedName "Loch Choir" ; skos:notation "1" .
  <id/listing/2> civ:listedName "Other Choir" ; skos:notation "2" .
  <id/listing/3> civ:listedName "Loch Choir" ; skos:notation "3" .
}
"""
GRANT = """<source/grants> { <id/organisation/B> a civ:Organisation ; civ:nameInGrants "Strath Trust" .
  <id/grant/1> civ:recipient <id/organisation/B> ; civ:recipientName "Strath Trust" ;
    civ:awardDate "2016-01-01"^^xsd:date . }
"""
PLANNED = """
[sources.{name}]
source = "{source}"
title = "A list"
publisher = "Example Interface"
homepage = "https://www.example.org/"
licence = "https://creativecommons.org/publicdomain/zero/1.0/"
attribution = "Invented."
files = ["{file}"]
date = 2026-11-01
expect = {{ problems = 2.0 }}
"""


def _defined(file: str, scheme: str) -> dict[str, str]:
    """The definitions of the entries of a code list."""
    start = f"{iri.DEFAULT_BASE}def/{scheme}/"
    quads = parse(list_file(file), RdfFormat.TURTLE, base_iri=iri.DEFAULT_BASE)
    wanted = (quad for quad in quads if quad.predicate == NamedNode(SKOS.definition.value))
    found = ((str(quad.subject)[1:-1], quad.object) for quad in wanted)
    return {
        name.removeprefix(start): text.value
        for name, text in found
        if name.startswith(start) and isinstance(text, Literal)
    }


KINDS = _defined("quality.ttl", "problem-kind")
OUTCOMES = _defined("problem_rules.ttl", "problem-outcome")


def of_goldens() -> set[str]:
    """The rules that the golden files of the sources name."""
    files = SOURCES.glob("*/golden.problems.txt")
    return {code for file in files for code in re.findall(r"\[([a-z0-9-]+)\]$", file.read_text("utf-8"), re.MULTILINE)}


def of_release(out: Path) -> set[str]:
    """The rules that the fix lists of a release name."""
    lists = (out / "current" / "problems").glob("*.csv")
    return {problem.rule for file in lists for problem in read_problems(file.stem, file)}


def mapped(source: Source, folder: Path, **files: str) -> set[str]:
    """The rules that files of a source break; names of files have `_` for the dot."""
    paths = [folder / name.replace("_", ".") for name in files]
    for path, text in zip(paths, files.values(), strict=True):
        path.write_text(text, "utf-8")
    found = map_source(source, paths, folder / "out.nq", iri.DEFAULT_BASE)
    return {problem.rule for problem in found.problems}


def checked(folder: Path, columns: Path | None = None, /, **files: str) -> set[str]:
    """The rules that the check of a list reports."""
    paths = [folder / name.replace("_", ".") for name in files]
    for path, text in zip(paths, files.values(), strict=True):
        path.write_text(text, "utf-8")
    return {finding.rule for finding in check(paths, columns, DAY).findings}


def of_lists(folder: Path) -> set[str]:
    """Of directories, by mapping and by checking them."""
    directory = Source.named("directory").instance("list")
    own = folder / "own.toml"
    own.write_text(OWN_COLUMNS, "utf-8")
    book = Workbook()
    (sheet,) = book.worksheets
    for row in (("reference", "name"), ("1", "Glen Choir")):
        sheet.append(row)
    book.create_sheet("Notes").append(["call them back"])
    book.save(folder / "list.xlsx")
    own_rows = "id,title,when,publish\n1,Choir,soon,yes\n2,Band,,no\n"
    return {
        *mapped(directory, folder, list_csv=LIST),
        *mapped(directory, folder, opportunities_csv=OPPORTUNITIES),
        *mapped(replace(directory, column_mapping=own), folder, own_csv=own_rows),
        *mapped(Source.named("engagement").instance("fair"), folder, fair_csv=ENGAGEMENT),
        *checked(folder, list_csv=CHECKED),
        *checked(folder, names_csv="reference,name,name,E-mail,Notes\n1,Choir,Choir,,\n"),
        *checked(folder, few_csv="reference,name\n1,Choir\n"),
        *checked(folder, none_csv="reference,name\n"),
        *checked(folder, wrong_csv="reference,name,postcode,status\n1,Choir,none,dormant\n"),
        *checked(folder, a_csv="reference,name\n1,Choir\n", s_csv=SERVICES),
        *{finding.rule for finding in check([folder / "list.xlsx"], None, DAY).findings},
    }


def of_identifiers() -> set[str]:
    """Of identifiers of organisations."""
    written = ("GB-CHC-90 0001", "GB-CHC-12", "GB-COH-Ltd", "QQ-FOO-1", "GB-COH-SC1", "GB-COH-900001", "here")
    return {orgid.read(text).rule for text in written}


def of_grants(folder: Path) -> set[str]:
    """Of grants: what the schema says, what their files hold, what the mapping reads."""
    broken = {
        **grant("1"),
        "fundingOrganization": [],
        "plannedDates": [{"duration": -1}],
        "dateModified": "soon",
    }
    nameless = [{**grant("2"), "id": None}] * 102
    run = read(folder, [grant("1", {"id": "GB-CHC-900001", "name": "H", "charityNumber": "ask Jean"}), *nameless])
    table = folder / "grants.csv"
    table.write_bytes("Identifier,Title,Currency,Amount Awarded\n360G-glen-1,Caf\u00e9,GBP,1\n".encode("cp1252"))
    encoded = map_source(Source.named("threesixty"), [table], folder / "out.nq", iri.DEFAULT_BASE)
    head, row = "Title;Identifier;Currency;Amount Awarded;Title", "Roof;360G-glen-1;GBP;"
    table.write_text(f"Our grants\n{head}\n{row}1;Roof\0\n{row}2;Roof\n", "utf-8")
    sheet = map_source(Source.named("threesixty"), [table], folder / "out.nq", iri.DEFAULT_BASE)
    return {
        *{fault.rule for fault in faults(broken)},
        rule_of("unforeseen"),
        *{problem.rule for problem in (*run.problems, *encoded.problems, *sheet.problems)},
    }


def of_open_referral(folder: Path) -> set[str]:
    """Of objects of Open Referral UK."""
    body = {"id": TOO_LONG, "name": "Glen", "description": "d"}
    place = {"id": "l", "location_type": "physical", "latitude": "north", "longitude": "west"}
    service = {
        "id": "s",
        "name": "Soup",
        "organization_id": "other",
        "organization": {**body, "id": "b"},
        "service_at_locations": [{"id": "x", "location": place}, {"id": TOO_LONG}],
    }
    source = Source.named("oruk").instance("feed")
    return mapped(source, folder, organizations_json=json.dumps([body]), services_json=json.dumps([service]))


def link(first: str, second: str, confidence: str = "0.95", kind: str = "same-charity") -> Link:
    """A link between two identifiers."""
    one, other = (iri.organisation(*name.split(" ")) for name in (first, second))
    return Link(iri.link(one, kind, other), "list", one, other, kind, Decimal(confidence), "0")


def of_links(folder: Path) -> set[str]:
    """Of links between identifiers that are refused, and of what ties a body to itself."""
    one, other, third = "GB-CHC 900001", "GB-SC SC900001", "GB-CHC 900002"
    pair, event = frozenset(("GB-CHC-900001", "GB-SC-SC900001")), iri.source("event")
    chain = [link(one, other), link(other, "GB-COH 09000001")]
    ends = frozenset(("GB-CHC-900001", "GB-COH-09000001"))
    refused = (
        weigh(Ties([link(one, other)], {}), Rules(rejected={pair: "two bodies"})).refused,
        weigh(Ties([link(one, other)], {}), Rules(kinds=("else",))).refused,
        weigh(Ties([link(one, other, "0.1")], {}), Rules()).refused,
        weigh(Ties([link(one, other)], {pair: event}), Rules()).refused,
        weigh(Ties([link(one, other), link(other, third)], {}), Rules()).refused,
        weigh(Ties(chain, {}), Rules(cap=2)).refused,
        weigh(Ties(chain, {ends: event}), Rules()).refused,
    )
    return {each.rule for found in refused for each in found} | _to_itself(folder)


def _to_itself(folder: Path) -> set[str]:
    one, other = iri.organisation("GB-CHC", "900001"), iri.organisation("GB-SC", "SC900001")
    tie = Node(iri.link(one, "same", other), CIV.Link, CIV.IdentityLink)
    for term, value in ((OWL.annotatedSource, one), (OWL.annotatedTarget, other), (OWL.annotatedProperty, OWL.sameAs)):
        tie.add(term, value)
    tie.add(SSSOM.confidence, Decimal("0.95"))
    tie.add(CIV.linkKind, iri.concept("link-kind", "same-charity"))
    tie.add(CIV.authority, iri.concept("link-authority", "register-statement"))
    body = Node(one, CIV.Organisation)
    body.add(SKOS.prefLabel, "Glen Hall")
    body.add(CIV.parentOrganisation, other)
    graph = folder / "ties.nq"
    lines = {line for node in (tie, body) for line in node.quads(iri.source("ties")).encode().splitlines(True)}
    graph.write_bytes(b"".join(sorted(lines)))
    (folder / "unmerged").mkdir()
    found = resolve([("ties", graph)], Rules(), {"ties": None}, folder / "identity.nq", folder / "unmerged")
    return {problem.rule for problem in found.problems}


def of_findings() -> set[str]:
    """Of what a look across a register and lists shows."""
    successor = """<source/club> { <id/link/1> a civ:SuccessionLink ;
        owl:annotatedSource <id/organisation/B> ; owl:annotatedTarget <id/organisation/A> . }"""
    known, later = look_at(REGISTER + CLUB + GRANT, DATES), look_at(REGISTER + CLUB + GRANT + successor, DATES)
    ended = Postcodes({f"{iri.base()}id/postcode/KY1-1AA": "2015-11"})
    found = (
        *other_names(known, "club"),
        *(each for seen in (known, later) for name in ("club", "grants") for each in gone_from_register(seen, name)),
        *duplicate_entries(known, "club", {}, ()),
        *faulty_postcodes(known, "club", ended),
    )
    return {each.rule for each in found}


def of_strays(folder: Path) -> set[str]:
    """Of rows that point to organisations which no list of the build has."""
    (folder / "bodies.csv").write_text("reference,name\nG1,Glen Choir\n", "utf-8")
    rows = "Fair,2026-03-05,Esk,glen,G404\n"
    (folder / "courses.csv").write_text(f"event,date,organisation,directory,reference\n{rows}", "utf-8")
    plan = folder / "build.toml"
    plan.write_text(
        "".join(
            PLANNED.format(name=name, source=source, file=file)
            for name, source, file in (("glen", "directory", "bodies.csv"), ("courses", "engagement", "courses.csv"))
        ),
        "utf-8",
    )
    build(read_plan(plan), out=folder / "out")
    return of_release(folder / "out")


def of_warnings() -> set[str]:
    """Of what the shapes warn of."""
    warned = Result("<x:a>", None, None, "<x:s>", "MinCountConstraintComponent", "Warning", "The value is odd.")
    (node,) = warning_nodes([warned])
    return _rules(node.triples())


def _rules(triples: Iterable[str]) -> set[str]:
    start = f"{CIV.rule} <{iri.base()}def/problem-rule/"
    return {line.split(start)[1].split(">")[0] for line in triples if start in line}


def of_older_releases(folder: Path) -> set[str]:
    """Of what a release without rules listed."""
    (folder / "old.csv").write_text(older_list("is no date, so the row was set aside", "mend it"), "utf-8")
    return {problem.rule for problem in read_problems("old", folder / "old.csv")}


def older_list(fault: str, remedy: str) -> str:
    """A fix list as releases had them before there were rules."""
    head = "file,row,reference,column,value,fault,remedy,kind,severity,evidence,about"
    return f'{head}\nlist.csv,2,,day,soon,"{fault}",{remedy},no-website,,,\n'
