"""What is read of hand-written graphs for the findings: a small register that tests compare lists with."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import RdfFormat, parse

from graph.model.terms import CIV
from graph.nquads.sorted_graph import SortedGraph
from graph.quality.findings.finding import Known
from graph.quality.profiling import read_profiles
from graph.quality.registers import read_registers
from graph.statistics.places import Places
from tests.support.endpoint.site import PREFIXES

BASE = "http://localhost:8000/"


def look_at(turtle: str, dates: dict[str, date]) -> Known:
    """What is read of hand-written graphs, one a source: `source { … }`."""
    lines: dict[str, set[str]] = {name: set() for name in ("identity", "merged", *dates)}
    for quad in parse(PREFIXES + turtle, RdfFormat.TRIG, base_iri=BASE):
        for name in (str(quad.graph_name).rpartition("/")[2].rstrip(">"), "merged"):
            lines[name].add(f"{quad.triple} .\n")
    with TemporaryDirectory() as folder:
        for name, triples in lines.items():
            (Path(folder) / f"{name}.nt").write_text("".join(sorted(triples)), "utf-8")
        graphs = {name: SortedGraph(Path(folder) / f"{name}.nt") for name in lines}
        profiles = read_profiles(graphs, set(graphs["merged"].of_class(CIV.Organisation)), dates)
        return Known(profiles, read_registers(graphs, graphs["merged"], profiles, dates), Places({}, {}, {}), dates)


REGISTER = """
<source/register> {
  <id/organisation/A> a civ:Organisation ; skos:prefLabel "Glen New Name" ; skos:altLabel "Glen Old Name" ;
    rov:orgStatus <def/registration-status/active> ; rov:registration <id/registration/A> ;
    civ:formerName <id/former-name/A/1> .
  <id/former-name/A/1> skos:prefLabel "Glen Old Name" .
  <id/registration/A> civ:registeredOn "2001-01-01"^^xsd:date ; skos:notation "A" .
  <id/organisation/B> a civ:Organisation ; skos:prefLabel "Strath Trust" ; rov:registration <id/registration/B> .
  <id/registration/B> civ:registeredOn "2001-01-01"^^xsd:date ; skos:notation "B" ;
    civ:removedOn "2015-05-05"^^xsd:date .
}
"""
DATES = {"register": date(2026, 1, 1), "club": date(2026, 1, 1), "grants": date(2026, 1, 1)}
