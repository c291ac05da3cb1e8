"""References that lead to no organisation."""

from pathlib import Path

from graph.build.plan import read_plan
from graph.build.run import build
from graph.release.fix_lists import read_problems
from tests.support.sources.directories import everything

STRAYS = """
[sources.glen]
source = "directory"
title = "A directory"
publisher = "Example Interface"
homepage = "https://www.example.org/"
licence = "https://creativecommons.org/publicdomain/zero/1.0/"
attribution = "Invented."
files = ["bodies.csv", "sites.csv", "services.csv", "opportunities.csv"]
date = 2026-11-01

[sources.courses]
source = "engagement"
title = "Who came"
publisher = "Example Interface"
homepage = "https://www.example.org/"
licence = "https://creativecommons.org/publicdomain/zero/1.0/"
attribution = "Invented."
file = "courses.csv"
date = 2026-11-01
"""
STRAY_ROWS = {
    "bodies.csv": "reference,name\nG1,Glen Choir\nG3,\n",
    "sites.csv": "reference,organisation,name\nP1,G1,The hall\nP2,G98,The hut\n",
    "services.csv": "reference,organisation,site,name\nS1,G1,P1,Songs\nS2,G1,T9,Teas\nS3,G99,,Walks\nS4,G3,,Talks\n",
    "opportunities.csv": "reference,organisation,title\nV1,G77,Helper\nV2,G1,Singer\n",
    "courses.csv": "event,date,organisation,charity_number,directory,reference\nFair,2026-03-05,Glen,,glen,G1\n"
    "Fair,2026-03-05,Esk,,glen,G404\nFair,2026-03-05,Loch,,nolist,G2\nFair,2026-03-05,Ash,SC900001,glen,G5\n",
}


def test_what_points_to_no_organisation_is_left_out_and_told_of(tmp_path: Path) -> None:
    for name, text in STRAY_ROWS.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "build.toml").write_text(STRAYS, "utf-8")
    build(read_plan(tmp_path / "build.toml"), out=tmp_path / "out")
    release = (tmp_path / "out" / "current").resolve()
    problems = [it for name in ("courses", "glen") for it in read_problems(name, release / "problems" / f"{name}.csv")]
    pointing = ("organisation", "reference", "site")
    aside = "is not the reference of an organisation in the list, so the row was set aside"
    away = "is not the reference of an organisation in that directory of this build"
    assert [(it.place, it.reference, it.column, it.value, it.fault) for it in problems if it.column in pointing] == [
        ("courses.csv:3", "", "reference", "G404", f"{away}, so the row was set aside"),
        ("courses.csv:4", "", "reference", "G2", f"{away}, so the row was set aside"),
        ("courses.csv:5", "", "reference", "G5", away),  # its number says who took part
        ("opportunities.csv:2", "V1", "organisation", "G77", aside),
        ("services.csv:3", "S2", "site", "T9", "is not the reference of a site of that organisation"),
        ("services.csv:4", "S3", "organisation", "G99", aside),
        ("services.csv:5", "S4", "organisation", "G3", aside),
        ("sites.csv:3", "P2", "organisation", "G98", aside),
    ]
    held = everything(release)
    for stray in ("DIR-GLEN-G3", "DIR-GLEN-G77", "DIR-GLEN-G9", "DIR-GLEN-G404", "DIR-NOLIST", "/T9>"):
        assert stray.encode() not in held
    for kept in (
        "service/DIR-GLEN-S1>",
        "service/DIR-GLEN-S2>",
        "opportunity/DIR-GLEN-V2>",
        "fair/2026-03-05/DIR-GLEN-G1>",
    ):
        assert kept.encode() in held
