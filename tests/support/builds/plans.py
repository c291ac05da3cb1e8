"""Build files, written into a folder."""

from pathlib import Path

from graph.build.plan import Plan, read_plan


def plan_of(folder: Path, text: str) -> Plan:
    (folder / "charities.csv").write_text("a\n", encoding="utf-8")
    (folder / "more.csv").write_text("a\n", encoding="utf-8")
    (folder / "build.toml").write_text(text, encoding="utf-8")
    return read_plan(folder / "build.toml")


GLEN = """
[sources.glen_tsi]
source = "directory"
title = "Groups of Glen Example"
publisher = "Glen Example TSI"
homepage = "https://tsi.example.org/"
licence = "https://creativecommons.org/licenses/by/4.0/"
attribution = "Groups of Glen Example, Glen Example TSI"
file = "charities.csv"
date = 2026-11-01
"""
