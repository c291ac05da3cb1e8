"""A private postcode is nowhere in a release, and its council is."""

from pathlib import Path

import pytest

from graph.build.plan import read_plan
from graph.build.run import build
from tests.support.sources.directories import BUILD, POSTCODES, everything
from tests.support.sources.milo_list import planned


@pytest.mark.parametrize("number", ["", "SC012345"], ids=["no number", "a number, which may be mistyped"])
def test_a_private_postcode_is_nowhere_and_its_council_is(tmp_path: Path, number: str) -> None:
    file = tmp_path / "list.csv"
    head = "Id,title,postcode,charity_number,publish_to_strive_directory"
    file.write_text(f"{head}\n1,Glen Example Choir,KY11 2EY,{number},true\n", "utf-8")
    out = tmp_path / "out"
    build(read_plan(planned(tmp_path, file)), out=out)
    release = (out / "current").resolve()
    held = everything(release)
    for postcode in (b"KY11 2EY", b"KY11-2EY", b"KY112EY"):
        assert postcode not in held
    assert b"/id/area/S12000047>" in held  # Fife
    assert b"/id/area/S13002949>" in held  # its ward
    assert b"/id/area/S01" not in held  # no data zone, be it of the organisation or only met in looking up the postcode
    found = next(row for row, line in enumerate(POSTCODES.read_text("utf-8").splitlines(), 1) if "KY11 2EY" in line)
    assert f"scottish_postcodes:{found}" not in (release / "report.txt").read_text("utf-8")
    build(read_plan(planned(tmp_path, file)), only=["scottish_postcodes"], out=out)  # the directory is taken over
    assert b"KY11 2EY" not in everything((out / "current").resolve())


def test_a_postcode_that_becomes_private_leaves_no_small_area_behind(tmp_path: Path) -> None:
    file, out = tmp_path / "list.csv", tmp_path / "out"
    for premises in ("yes", "no"):
        file.write_text(f"reference,name,postcode,premises\n1,Glen Example Choir,KY11 2EY,{premises}\n", "utf-8")
        plan = tmp_path / "build.toml"
        text = BUILD.format(name="milo", columns="", file=file, postcodes=POSTCODES)
        plan.write_text(text.replace('columns = ""\n', ""), "utf-8")
        build(read_plan(plan), only=["milo"] if premises == "no" else (), out=out)  # the lookup is taken over
        held = everything((out / "current").resolve())
        assert (b"/id/area/S01" in held, b"KY11 2EY" in held) == (premises == "yes", premises == "yes")
        assert b"/id/area/S13002949>" in held
