"""What leads to a private postcode is nowhere in a release, however the lookup tells of it and whatever becomes of its
entry."""

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.build.plan import read_plan
from graph.build.run import build
from graph.model import iri
from graph.release.fix_lists import read_problems
from tests.support.sources.directories import BUILD, POSTCODES, everything

HOME, ZONE = "KY11 2EY", b"/id/area/S01009377>"
COLUMNS = "reference,name,area,postcode,premises,activities"
HEAD, *ROWS = POSTCODES.read_text("utf-8").splitlines()
ROW = next(row for row in ROWS if row.startswith(HOME))
OBJECTIONS = "kind,what,reason,since\nidentifier,DIR-MILO-3,invented,2026-11-01\n"
SUPPRESS = """
[suppress]
file = "objections.csv"
"""


def planned(folder: Path, lookup: str, *entries: str, suppressed: bool = False) -> Path:
    """A directory with entries at home, and a lookup of postcodes that tells of that home."""
    (folder / "list.csv").write_text("\n".join([COLUMNS, *entries, ""]), "utf-8")
    (folder / "lookup.csv").write_text(f"{HEAD}\n{lookup}\n", "utf-8")
    text = BUILD.format(name="milo", columns="", file="list.csv", postcodes="lookup.csv")
    text = text.replace('columns = ""\n', "").replace("rows = 1", "rows = 1, problems = 1.0")
    if suppressed:
        (folder / "objections.csv").write_text(
            "kind,what,reason,since\nidentifier,DIR-MILO-3,invented,2026-11-01\n", "utf-8"
        )
    plan = folder / "build.toml"
    plan.write_text(text + (SUPPRESS if suppressed else ""), "utf-8")
    return plan


def held_by(plan: Path) -> bytes:
    build(read_plan(plan), out=plan.parent / "out")
    return everything((plan.parent / "out" / "current").resolve())


LOOKUPS: dict[str, Callable[[str], str]] = {
    "a row that stands twice": lambda row: f"{row}\n{row}",
    "two rows that differ": lambda row: f"{row}\n{row.replace('56.028828', '56.1')}",
    "a cell that cannot be right": lambda row: row.replace("56.028828", "nonsense"),
}


@pytest.mark.parametrize("suppressed", [False, True], ids=["an entry", "an entry that was objected to"])
@pytest.mark.parametrize("lookup", LOOKUPS)
def test_what_is_wrong_with_a_lookup_does_not_tell_whose_home_it_was_asked_for(
    lookup: str, suppressed: bool, tmp_path: Path
) -> None:
    plan = planned(tmp_path, LOOKUPS[lookup](ROW), f"3,Glen Example Choir,,{HOME},no,singing", suppressed=suppressed)
    held = held_by(plan)
    for trace in (b"KY11 2EY", b"KY11-2EY", b"KY112EY", ZONE, b"/id/problem/scottish_postcodes/", b"56.028828"):
        assert trace not in held
    assert (b"DIR-MILO-3" in held) != suppressed


def test_an_entry_that_stands_twice_and_was_objected_to_leaves_no_problem(tmp_path: Path) -> None:
    entry = f"3,Glen Example Choir,,{HOME},no,singing"
    plan = planned(tmp_path, ROW, entry, entry, "4,Glen Example Band,Fife,,,music", suppressed=True)
    held_by(plan)
    assert read_problems("milo", tmp_path / "out" / "current" / "problems" / "milo.csv") == ()


def test_the_problem_of_a_row_that_stands_twice_leads_to_what_it_is_about(tmp_path: Path) -> None:
    held_by(planned(tmp_path, ROW, *["4,Glen Example Band,Fife,,,music"] * 2))
    (problem,) = read_problems("milo", tmp_path / "out" / "current" / "problems" / "milo.csv")
    assert (problem.about, problem.reference) == (iri.organisation("DIR-MILO", "4"), "4")


def test_a_small_area_that_a_list_names_itself_is_left_out_with_a_problem(tmp_path: Path) -> None:
    assert ZONE not in held_by(planned(tmp_path, ROW, "4,Glen Example Band,Fife; S01009377,,,music"))
    (problem,) = read_problems("milo", tmp_path / "out" / "current" / "problems" / "milo.csv")
    assert problem.rule == "area-too-small"


def test_a_postcode_that_somebody_publishes_stays_though_it_is_the_home_of_another(tmp_path: Path) -> None:
    """The shop at home says where it is; the choir that meets there gets areas, and none that tells more."""
    shop, choir = f"4,Glen Example Shop,Fife,{HOME},yes,food", f"3,Glen Example Choir,,{HOME},no,singing"
    held = held_by(planned(tmp_path, ROW, shop, choir))
    assert b"/id/organisation/DIR-MILO-4> <https://w3id.org/civsoc/ns#postcode> " in held
    assert b"/id/organisation/DIR-MILO-3> <https://w3id.org/civsoc/ns#postcode> " not in held
    described = b"/id/postcode/KY11-2EY> <http://www.w3.org/2004/02/skos/core#notation> "
    assert described in held and ZONE in held


def test_a_small_area_in_which_a_published_postcode_lies_stays(tmp_path: Path) -> None:
    shop, choir = "4,Glen Example Shop,Fife,KY11 2EZ,yes,food", f"3,Glen Example Choir,,{HOME},no,singing"
    held = held_by(planned(tmp_path, f"{ROW}\n{ROW.replace(HOME, 'KY11 2EZ')}", shop, choir))
    assert b"KY11-2EY" not in held
    assert any(line.startswith(b"<http://localhost:8000" + ZONE + b" ") for line in held.splitlines())


def test_a_directory_mapped_alone_keeps_the_areas_of_its_private_postcodes(tmp_path: Path) -> None:
    plan = planned(tmp_path, ROW, f"3,Glen Example Choir,,{HOME},no,singing")
    held_by(plan)
    build(read_plan(plan), only=["milo"], out=tmp_path / "out")
    assert b"/id/area/S13002949>" in everything((tmp_path / "out" / "current").resolve())
    assert read_problems("milo", tmp_path / "out" / "current" / "problems" / "milo.csv") == ()
