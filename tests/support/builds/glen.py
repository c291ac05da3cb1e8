"""Two invented directories of a glen beside registers, in which each kind of finding is seeded."""

import csv
from pathlib import Path

from graph.build.plan import Plan, read_plan
from tests.support.builds.charities import write_former, write_register
from tests.support.paths import ROOT

HEAD = "reference,name,activities,postcode,premises,charity_number,status,last_checked,website"
FIRST = """
G1,"fictitious society of 1, LTD.",Sports,,,SC000001,active,2026-09-01,
G2,Fictitious Society of 901,Sports,,,SC000901,active,2026-09-01,
G3,Fictitious Society of 902,Sports,,,SC000902,active,2026-09-01,
G4,Glen Elsewhere Choir,Sports,,,SC000003,active,2026-09-01,
G5,Glen Silent Group,,,,,active,2026-09-01,
G6,Glen Serving Group,,,,,active,2026-09-01,
G7,Glen Dusty Club,Sports,,,,active,2025-10-31,
G8,Glen Yearly Club,Sports,,,,active,2025-11-01,
G9,Glen Closed Band,,,,,closed,2019-01-01,
G10,Glen Twin Players,Sports,KW17 2LQ,yes,,active,2026-09-01,
G11,Glen Nowhere Hall,Sports,KW1 9ZZ,yes,,active,2026-09-01,
G12,Glen Hidden Hall,Sports,ZE1 9ZZ,,,active,2026-09-01,
G13,Glen Moved Hall,Sports,HS1 2AA,yes,,active,2026-09-01,
G14,Glen Hushed Hall,Sports,KW1 4AD,,,active,2026-09-01,
G15,Glen Namesakes,Sports,KW15 1PZ,yes,,active,2026-09-01,
G16,Glen Namesakes,Sports,KW16 3AX,yes,,active,2026-09-01,
G17,Glen Unwoven Club,Sports,KW11 6UB,yes,,active,2026-09-01,none
"""
SECOND = """
G20,The Glen Twin-Players,Sports,KW17 2LQ,yes,,active,2026-09-01,
G21,Fictitious Society of 1,Sports,,,SC000001,active,2026-09-01,
G22,Glen Northern Hall,Sports,ZE1 0PN,yes,,active,2026-09-01,
G23,Glen Farther Hall,Sports,ZE2 9HZ,yes,,active,2026-09-01,
G24,Glen Farthest Hall,Sports,ZE2 9NZ,yes,,active,2026-09-01,
"""
SERVICES = "reference,organisation,name,activities,last_checked\nS1,G6,Glen Lunches,Sports,2024-01-01\n"
PLAN = """
[sources.oscr]
file = "register.csv"
date = 2026-10-01
expect = {{ rows = 1 }}

[sources.oscr_former]
file = "former.csv"
date = 2026-10-01
expect = {{ rows = 1, problems = 1.0 }}

[sources.postcodes]
file = "{sample}/nspl.csv"
date = 2026-10-01
expect = {{ rows = 1, problems = 1.0 }}

[sources.glen]
source = "directory"
title = "Directory of Glen Example"
publisher = "Glen Example"
homepage = "https://www.example.org/"
licence = "https://creativecommons.org/publicdomain/zero/1.0/"
attribution = "Invented."
files = ["first.csv", "second.csv", "services.csv"]
date = {day}
expect = {{ problems = 2.0 }}
"""


def planned(folder: Path, day: str = "2026-11-01") -> Plan:
    """A register, those that left it, and a directory with a fault of each kind."""
    write_register(folder / "register.csv", 9)
    former = write_former(folder / "former.csv", 2, first=901)
    lines = list(csv.DictReader(former.read_text("utf-8").splitlines()))
    lines[1]["Reason For Removal"] = "Wound up; it has transferred its assets to SC000002."
    with former.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(lines[0]))
        table.writeheader()
        table.writerows(lines)
    (folder / "first.csv").write_text(HEAD + FIRST, "utf-8")
    (folder / "second.csv").write_text(HEAD + SECOND, "utf-8")
    (folder / "services.csv").write_text(SERVICES, "utf-8")
    plan = folder / "build.toml"
    plan.write_text(PLAN.format(sample=ROOT / "sample", day=day), "utf-8")
    return read_plan(plan)
