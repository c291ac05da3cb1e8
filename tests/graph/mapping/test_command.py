"""`civsoc map` writes where it is told: never over its input, never half, and never under a name that misleads."""

import os
from pathlib import Path

import pytest

from graph.errors import CivsocError, InputError, UsageError
from graph.mapping.command import map_command
from graph.model import iri
from graph.nquads.mapped import Mapped
from graph.sources.source import Source
from tests.support.paths import fixture, golden

OSCR = fixture("oscr").read_bytes()
GOOD, BAD = OSCR, OSCR.replace(b"Charity Status,", b"State,")


def run(output: Path, *files: Path) -> Mapped:
    return map_command(Source.named("oscr"), files, output, iri.DEFAULT_BASE, lambda _: None)


def file(path: Path, content: bytes = GOOD) -> Path:
    path.write_bytes(content)
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("content", [GOOD, BAD])
@pytest.mark.parametrize(
    ("input_name", "output_name"),
    [
        ("out.nq", "out.nq"),
        ("out.rows.tsv", "out.nq"),
        ("out.problems.csv", "out.nq"),
        ("out.csv", "same.nq"),
    ],
)
def test_an_input_is_never_written_over(tmp_path: Path, content: bytes, input_name: str, output_name: str) -> None:
    path = file(tmp_path / input_name, content)
    (tmp_path / "same.nq").symlink_to(tmp_path / "out.csv")
    before = contents(tmp_path)
    with pytest.raises(UsageError, match=f"{input_name}: would be overwritten by what is made of it; name another"):
        run(tmp_path / output_name, path)
    assert contents(tmp_path) == before


def test_the_file_that_tells_of_columns_is_an_input_too(tmp_path: Path) -> None:
    columns = file(tmp_path / "columns.toml")
    source = Source.named("directory").instance("glen_tsi").with_columns(columns)
    with pytest.raises(UsageError, match="would be overwritten"):
        map_command(source, [file(tmp_path / "list.csv")], columns, iri.DEFAULT_BASE, lambda _: None)


@pytest.mark.parametrize("name", ["out.nq", "out.rows.tsv", "out.problems.csv"])
def test_what_is_no_regular_file_is_neither_written_nor_deleted(tmp_path: Path, name: str) -> None:
    path = file(tmp_path / "oscr.csv")
    os.mkfifo(tmp_path / name)
    with pytest.raises(UsageError, match=f"{name}: is not a file that could be written again"):
        run(tmp_path / "out.nq", path)
    assert sorted(found.name for found in tmp_path.iterdir()) == sorted(["oscr.csv", name])


def test_a_folder_as_output_is_refused_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = file(tmp_path / "oscr.csv")
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError, match="is not a file"):
        run(tmp_path / "folder", path)
    assert sorted(found.name for found in tmp_path.iterdir()) == ["folder", "oscr.csv"]


def test_a_failed_run_leaves_all_three_files_of_the_run_before(tmp_path: Path) -> None:
    run(tmp_path / "out.nq", file(tmp_path / "good.csv"))
    bad = file(tmp_path / "bad.csv", BAD)
    before = contents(tmp_path)
    assert before.keys() == {"good.csv", "bad.csv", "out.nq", "out.rows.tsv", "out.problems.csv"}
    with pytest.raises(InputError, match="has the unknown column"):
        run(tmp_path / "out.nq", bad)
    assert contents(tmp_path) == before


def test_a_run_takes_the_place_of_the_one_before_and_keeps_a_link_to_it(tmp_path: Path) -> None:
    (tmp_path / "link.nq").symlink_to(file(tmp_path / "out.nq", b"old"))
    run(tmp_path / "link.nq", file(tmp_path / "oscr.csv"))
    assert (tmp_path / "link.nq").is_symlink()
    assert (tmp_path / "out.nq").read_bytes() == golden("oscr").read_bytes()
    assert (tmp_path / "out.rows.tsv").is_file()


def test_a_link_that_leads_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out.nq").symlink_to(tmp_path / "out.nq")
    with pytest.raises(UsageError, match="is a link that leads to itself"):
        run(tmp_path / "out.nq", file(tmp_path / "oscr.csv"))


@pytest.mark.parametrize(
    ("output", "message"),
    [("out.nq.gz", "name it out.nq, and pack it afterwards"), ("no/out.nq", "lies in no folder that exists")],
)
def test_an_output_that_cannot_be_meant_is_refused(tmp_path: Path, output: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        run(tmp_path / output, file(tmp_path / "oscr.csv"))
    assert [found.name for found in tmp_path.iterdir()] == ["oscr.csv"]


@pytest.mark.parametrize("name", ["A b<>", "Glen", "", "1st", "a" * 41, "quality", "ccni"])
def test_a_list_is_named_as_a_build_file_would_name_it(name: str) -> None:
    with pytest.raises(CivsocError, match=r"is not a name for a source|has the name of another source"):
        Source.named("directory").instance(name)
