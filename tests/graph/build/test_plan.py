"""Reading a build file: what is right is read, what is wrong is named with its place and a remedy."""

import datetime
from pathlib import Path

import pytest

from graph.build.plan import DEFAULT_KEEP, read_plan
from graph.errors import CivsocError, InputError, UsageError
from graph.model import iri
from graph.sources.source import Expect, Source
from tests.support.builds.plans import GLEN, plan_of
from tests.support.paths import ROOT


def test_paths_are_relative_to_the_build_file(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, 'out = "made"\n[sources.oscr]\nfile = "charities.csv"\ndate = 2021-07-01')
    assert plan.out == tmp_path / "made"
    assert plan.sources[0].files == (tmp_path / "charities.csv",)
    assert plan.sources[0].date == datetime.date(2021, 7, 1)


def test_what_is_left_out_has_a_default(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, '[sources.oscr]\nurl = "https://example.org/a.csv"')
    assert (plan.base, plan.keep, plan.out.name) == (iri.base(), DEFAULT_KEEP, "out")
    assert plan.sources[0].date is None


def test_a_build_file_overrides_only_the_expectations_it_gives(tmp_path: Path) -> None:
    text = '[sources.oscr]\nfile = "charities.csv"\ndate = 2021-07-01\nexpect = { rows = 5, lost = 0.5 }'
    expect = plan_of(tmp_path, text).sources[0].source.expect
    usual = plan_of(tmp_path, '[sources.oscr]\nurl = "https://example.org/a.csv"').sources[0].source.expect
    assert (expect.rows, expect.lost) == (5, 0.5)
    assert expect.problems == usual.problems


def test_the_build_file_in_the_documentation_can_be_read(tmp_path: Path) -> None:
    page = ROOT / "docs" / "builds.md"
    text = page.read_text("utf-8").partition("```toml\n")[2].partition("```")[0]
    (tmp_path / "charity-register.csv").touch()
    plan = plan_of(tmp_path, text)
    assert (plan.keep, plan.out.name) == (DEFAULT_KEEP, "out")
    assert plan.sources[0].source.expect == Expect(rows=25_000, problems=0.05, lost=0.1)


def test_sources_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    text = '[sources.oscr_former]\nurl = "https://x.org/a"\n[sources.oscr]\nurl = "https://x.org/b"'
    plan = plan_of(tmp_path, text)
    assert [source.name for source in plan.sources] == ["oscr", "oscr_former"]
    assert [source.name for source in plan.only({"oscr_former"})] == ["oscr_former"]
    assert len(plan.only(set())) == 2


def test_only_names_sources_of_the_plan(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, '[sources.oscr]\nurl = "https://example.org/a.csv"')
    with pytest.raises(UsageError, match=r"has no source 'oscar'; use one of oscr"):
        plan.only({"oscar"})


def test_a_source_is_an_instance_of_another_under_its_own_name(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, GLEN + 'columns = "more.csv"\n' + _OSCR)
    glen, oscr = plan.sources
    assert (glen.name, glen.source.kind, glen.source.mapping) == ("glen_tsi", "directory", "directory")
    assert (glen.source.title, glen.source.publisher) == ("Groups of Glen Example", "Glen Example TSI")
    assert glen.source.homepage == "https://tsi.example.org/"
    assert glen.source.column_mapping == tmp_path / "more.csv"
    assert glen.source.tables == Source.named("directory").tables
    assert (oscr.name, oscr.source.column_mapping) == ("oscr", None)


_OSCR = '[sources.oscr]\nfile = "charities.csv"\ndate = 2021-07-01\n'
WRONG = {
    "no TOML": ("out = ", InputError, r"is not TOML"),
    "no sources": ("[sources]", InputError, "names no source"),
    "no table of sources": ('out = "a"', InputError, "lacks 'sources'"),
    "an unknown key": (f'output = "a"\n{_OSCR}', InputError, "unknown key 'output'; .* base, out, keep"),
    "an unknown key of a source": (f'{_OSCR}path = "a"', InputError, "unknown key 'sources.oscr.path'; .*file"),
    "an unknown expectation": (f"{_OSCR}expect = {{ row = 1 }}", InputError, "expect.row'; .* rows, problems"),
    "a number for a text": (f"out = 3\n{_OSCR}", InputError, "'out' is 3; it should be a valid string"),
    "a text for a number": (f'keep = "3"\n{_OSCR}', InputError, "'keep' is '3'; it should be a valid integer"),
    "a text for a date": (_OSCR.replace("2021-07-01", '"July"'), InputError, "'sources.oscr.date' is 'July'"),
    "one release kept": (f"keep = 1\n{_OSCR}", InputError, "'keep' is 1; it should be greater than or equal to 2"),
    "a share above one": (f"{_OSCR}expect = {{ lost = 20 }}", InputError, "'sources.oscr.expect.lost' is 20"),
    "an unknown source": ('[sources.oscar]\nurl = "https://x.org/a"', UsageError, "'oscar': is not known; use"),
    "a missing file": (_OSCR.replace("charities", "charges"), InputError, r"oscr: there is no file .*charges.csv"),
    "file and url": (f'{_OSCR}url = "https://x.org/a"', InputError, "gives file and url; give one"),
    "no data": ("[sources.oscr]", InputError, "gives no data"),
    "no date": ('[sources.oscr]\nfile = "charities.csv"', InputError, "has no date; add date = YYYY-MM-DD"),
    "a url of another kind": (
        '[sources.oscr]\nurl = "ftp://example.org/a.csv"',
        InputError,
        "'sources.oscr.url' is 'ftp://example.org/a.csv'; it should be an address that begins with https:// or http://$",
    ),
    "the name of another source": (GLEN.replace("glen_tsi", "ccni"), InputError, "has the name of another source"),
    "the name of a graph": (GLEN.replace("glen_tsi", "quality"), InputError, "has the name of another source"),
    "no name for a source": (GLEN.replace("glen_tsi", "Glen-TSI"), InputError, "is not a name for a source; use small"),
    "an instance of nothing": (GLEN.replace('"directory"', '"oscar"'), UsageError, "'oscar': is not known; use"),
    "columns that are not there": (f'{GLEN}columns = "none.toml"', InputError, "there is no file .*none.toml"),
    "columns of a source that knows them": (
        f'{_OSCR}columns = "more.csv"',
        InputError,
        r"oscr: is given .*more.csv for its columns, and knows them itself",
    ),
    "no licence's address": (GLEN.replace("https://creative", "creative"), InputError, "'sources.glen_tsi.licence' is"),
    "names that differ in underscores": (
        GLEN + GLEN.replace("glen_tsi", "glen_t_si"),
        InputError,
        "sources.glen_tsi: differs from 'glen_t_si' in underscores",
    ),
    "two files alike": (
        _OSCR.replace('file = "charities.csv"', 'files = ["more.csv", "more.csv"]'),
        InputError,
        "alike",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_build_file_is_refused_in_one_line(name: str, tmp_path: Path) -> None:
    text, kind, message = WRONG[name]
    with pytest.raises(CivsocError, match=message) as refused:
        plan_of(tmp_path, text)
    assert isinstance(refused.value, kind)
    assert "\n" not in str(refused.value)


def test_files_of_sources_that_are_not_mapped_need_not_be_there(tmp_path: Path) -> None:
    plan_of(tmp_path, _OSCR)
    text = f'{_OSCR}{GLEN.replace("charities", "gone")}columns = "gone.toml"\n'
    (tmp_path / "build.toml").write_text(text, encoding="utf-8")
    assert len(read_plan(tmp_path / "build.toml", ["oscr"]).sources) == 2
    for only in ([], ["glen_tsi"], ["oscr", "glen_tsi"]):
        with pytest.raises(InputError, match=r"sources\.glen_tsi: there is no file .*gone\.csv"):
            read_plan(tmp_path / "build.toml", only)


def test_a_build_file_that_is_not_there_is_a_wrong_argument(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist; name a build file"):
        read_plan(tmp_path / "none.toml")
    with pytest.raises(UsageError, match="is a folder"):
        read_plan(tmp_path)
