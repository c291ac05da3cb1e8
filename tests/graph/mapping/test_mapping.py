"""Mapping a source: each has a fixture and a golden file, and the runner loses nothing without a word."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import InputError, MappingError
from graph.mapping.run import map_source
from graph.model import iri
from graph.model.terms import CIV
from graph.nquads.row_index import rows_file
from graph.sources.source import Source
from tests.support.paths import fixture
from tests.support.sources.new_source import SOURCE_PY, SOURCE_TOML, mapped, new_source_in, problems


def fixture_with(folder: Path, old: str, new: str) -> Path:
    text = fixture("oscr").read_bytes().decode()
    assert old in text
    path = folder / "changed.csv"
    path.write_bytes(text.replace(old, new).encode())
    return path


WRONG_FILES = {
    "a renamed column": (
        "Charity Status,",
        "State,",
        r"changed\.csv:1: lacks column 'Charity Status' and has the unknown column",
    ),
    "a new column": ("Charity Number,", "Extra,Charity Number,", "has the unknown column 'Extra'"),
    "a column twice": (
        "Known As,",
        "Charity Name,",
        r"lacks column 'Known As' and names column 'Charity Name' twice",
    ),
    "a column once more": ("Known As,", "Known As,Known As,", r"changed\.csv:1: names column 'Known As' twice"),
    "cut off in a row": ('"SC900104","Doubled","","","Active"', '"SC900104","Doubled","","","Active"\x00', "NUL"),
}


@pytest.mark.parametrize("case", WRONG_FILES)
def test_a_file_of_another_layout_stops_the_run_and_leaves_no_output(tmp_path: Path, case: str) -> None:
    old, new, message = WRONG_FILES[case]
    with pytest.raises(InputError, match=message):
        mapped("oscr", tmp_path / "out.nq", fixture_with(tmp_path, old, new))
    assert [path.name for path in tmp_path.iterdir()] == ["changed.csv"]


def test_a_file_of_another_source_is_recognised(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"oscr_former\.csv:1: is a file of source 'oscr_former', not of 'oscr'"):
        mapped("oscr", tmp_path / "out.nq", fixture("oscr_former"))


def test_a_file_cut_off_between_cells_is_an_error_and_leaves_no_output(tmp_path: Path) -> None:
    whole = fixture("oscr").read_bytes()
    path = tmp_path / "cut.csv"
    path.write_bytes(whole[: whole.rindex(b'"Standard"') - 1])
    with pytest.raises(InputError, match=r"cut\.csv:8: ends in the middle of a row"):
        mapped("oscr", tmp_path / "out.nq", path)
    assert [found.name for found in tmp_path.iterdir()] == ["cut.csv"]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], r"bare\.csv: has no row that could be read; get the file again"),
        (["", '"",a,b', ",,"], r"no row that could be read; the first fault is at bare\.csv:3: 'key' is empty"),
        (["1,a"], r"no row that could be read; the first fault is at bare\.csv:2: has 2 cells where the header has 3"),
    ],
)
def test_a_file_without_a_row_to_read_is_at_fault_itself_and_not_its_mapping(
    new_source: Path, rows: list[str], message: str
) -> None:
    (new_source / "bare.csv").write_text("\n".join(["key,read,unread", *rows, ""]))
    with pytest.raises(InputError, match=message):
        mapped("novel", new_source / "out.nq", new_source / "bare.csv")


def test_a_failed_run_leaves_what_stood_at_its_target(tmp_path: Path) -> None:
    path = fixture_with(tmp_path, "Charity Status,", "State,")
    before = path.read_bytes()
    with pytest.raises(InputError):
        mapped("oscr", path, path)
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["changed.csv"]


def test_a_broken_row_at_the_end_of_a_whole_file_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    path.write_bytes(fixture("oscr").read_bytes() + b'"SC900199","Broken\r\n"\r\n')
    run = mapped("oscr", tmp_path / "out.nq", path)
    assert "broken.csv:9: has 2 cells where the header has 36, so the row was set aside" in problems(run)


def test_a_ragged_row_is_set_aside_and_told(tmp_path: Path) -> None:
    path = fixture_with(tmp_path, '"SC900103","Dirt Trust"', '"SC900103","Dirt","Trust"')
    run = mapped("oscr", tmp_path / "out.nq", path)
    assert "changed.csv:4: has 37 cells where the header has 36, so the row was set aside" in problems(run)
    assert "SC900103" not in run.output.read_text("utf-8")


@pytest.fixture
def new_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with new_source_in(tmp_path, monkeypatch):
        yield tmp_path


def test_a_column_that_nothing_reads_stops_the_run(new_source: Path) -> None:
    with pytest.raises(MappingError, match=r"mappings/novel\.toml: does not name column 'unread'.*\[ignore\]"):
        mapped("novel", new_source / "out.nq", new_source / "novel.csv")
    assert not (new_source / "out.nq").exists()


def test_rows_can_count_for_a_thing_and_a_doubled_row_counts_once(new_source: Path) -> None:
    (new_source / "novel.toml").write_text(SOURCE_TOML.format(ignore='ignore = { read = "x", unread = "x" }'))
    counting = SOURCE_PY.replace('thing.add(SKOS.prefLabel, row.text("{column}"))', "thing.count(CIV.trusteeCount)")
    (new_source / "novel.py").write_text(counting.replace('row.need("key")', 'row.need("key")[0]'))
    for name, text in (("a", "key,read,unread\n1a,,\n1b,,\n2a,,\n"), ("b", "key,read,unread\n1c,,\n1b,,\n")):
        (new_source / f"{name}.csv").write_text(text)
    run = mapped("novel", new_source / "out.nq", new_source / "a.csv", new_source / "b.csv")
    counts = re.findall(rf'GB-X-(.)> {CIV.trusteeCount} "(\d)"', run.output.read_text("utf-8"))
    assert counts == [("1", "3"), ("2", "1")]
    assert "b.csv:3: 'key' '1b' repeats row 3 of a.csv, cell for cell" in problems(run)


def test_a_mapping_that_reads_a_column_which_is_not_there_is_at_fault_itself(new_source: Path) -> None:
    (new_source / "novel.py").write_text(SOURCE_PY.format(column="raed"))
    with pytest.raises(MappingError, match=r"reads column 'raed', which novel\.csv lacks"):
        mapped("novel", new_source / "out.nq", new_source / "novel.csv")


def test_a_mapping_that_looks_for_what_is_not_there_is_told_at_which_row(new_source: Path) -> None:
    late = SOURCE_PY.replace('row.text("{column}")', 'row.text("read") if row.number < 3 else row.text("late")')
    (new_source / "novel.toml").write_text(SOURCE_TOML.format(ignore='ignore = { unread = "x" }'))
    (new_source / "novel.py").write_text(late)
    (new_source / "novel.csv").write_text("key,read,unread\n1,a,\n2,b,\n")
    with pytest.raises(MappingError, match=r"looks for 'late' at novel\.csv:3, which is not there"):
        mapped("novel", new_source / "out.nq", new_source / "novel.csv")


def test_the_base_of_the_build_is_the_base_of_every_iri(tmp_path: Path) -> None:
    try:
        run = map_source(Source.named("oscr"), [fixture("oscr")], tmp_path / "out.nq", "https://data.example.org/g/")
        text = run.output.read_text("utf-8")
    finally:
        iri.use_base(iri.DEFAULT_BASE)
    assert "localhost" not in text
    assert "<https://data.example.org/g/def/registration-status/active>" in text


def test_rows_are_reported_as_they_are_mapped(tmp_path: Path) -> None:
    reports: list[int] = []
    map_source(Source.named("oscr"), [fixture("oscr")], tmp_path / "out.nq", iri.DEFAULT_BASE, reports.append)
    assert sum(reports) == 7
    assert rows_file(tmp_path / "out.nq").exists()
