"""Invented registers, directories and grants in which groups are on no register."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

from graph.identity.rules import identifier
from graph.mapping.run import map_source
from graph.model import iri
from graph.model.node import Node
from graph.model.terms import CIV, RDF, Iri
from graph.sources.source import Source as Kind
from tests.support.builds.charities import write_register
from tests.support.endpoint.serving import Server
from tests.support.endpoint.site import read_html

HTML = {"Accept": "text/html"}
CHARITY, GROUP = iri.organisation("GB-SC", "SC000003"), iri.organisation("DIR-GLEN", "G7")


def groups_of(release: Path) -> set[str]:
    lines = gzip.decompress((release / "dumps" / "evidence.nq.gz").read_bytes()).decode().splitlines()
    return {identifier(line.split(" ")[0]) for line in lines if f" {RDF.type} {CIV.UnregisteredGroup} " in line}


def organisation(name: Iri = GROUP, listing: Iri | None = None) -> Node:
    node = Node(name, CIV.Organisation)
    node.add(CIV.listing, listing)
    return node


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


def page(server: Server, organisation: Iri) -> str:
    answer = server.client.get(f"/doc/organisation/{identifier(organisation)}", headers=HTML, follow_redirects=True)
    assert answer.status_code == 200
    return read_html(answer.text).text


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
