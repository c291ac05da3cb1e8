"""Addresses of organisations: the identifier that comes first, and addresses that stay when a group registers."""

import time
from pathlib import Path

from graph.build.plan import read_plan
from graph.build.run import build
from graph.identity.rules import identifier, rank
from graph.model import iri
from graph.model.terms import CIV, SCHEMA, Iri
from tests.support.endpoint.serving import Server, serving
from tests.support.sources.groups import CHARITY, GROUP, HTML, groups_of, page, write_lists


def test_a_registers_identifier_stands_before_those_of_directories_and_of_funders() -> None:
    names = ["360G-glen-org:7", "DIR-GLEN-7", "GB-COH-CS001234", "GB-CASC-0b000001", "GB-SC-SC000001"]
    organisations = [str(iri.organisation(name.rsplit("-", 1)[0], name.rsplit("-", 1)[1])) for name in names]
    assert sorted(organisations, key=rank) == organisations[::-1]


FUNDED = iri.organisation("360G", "glen-org:lights")


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
