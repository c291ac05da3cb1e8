"""Sources: their names, their metadata, the columns that they leave out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import CivsocError, MappingError, UsageError
from graph.sources.source import Source
from tests.support.sources.new_source import SOURCE_TOML, mapped, new_source_in


def test_an_unknown_source_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"source 'osrc': is not known; use one of .*oscr, oscr_former"):
        Source.named("osrc")


@pytest.fixture
def new_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with new_source_in(tmp_path, monkeypatch):
        yield tmp_path


def test_a_column_that_is_left_out_for_a_reason_does_not(new_source: Path) -> None:
    (new_source / "novel.toml").write_text(SOURCE_TOML.format(ignore='ignore = { unread = "says nothing" }'))
    run = mapped("novel", new_source / "out.nq", new_source / "novel.csv")
    assert (run.rows, run.subjects) == (2, 2)


def test_a_column_can_be_left_out_of_one_table_alone(new_source: Path) -> None:
    """The metadata calls the only table ''; a column of another table of that name would still have to be read."""
    (new_source / "novel.toml").write_text(SOURCE_TOML.format(ignore='ignore = { ".unread" = "says nothing" }'))
    assert mapped("novel", new_source / "out.nq", new_source / "novel.csv").rows == 2
    (new_source / "novel.toml").write_text(SOURCE_TOML.format(ignore='ignore = { "other.unread" = "says nothing" }'))
    with pytest.raises(MappingError, match="does not name column 'unread'"):
        mapped("novel", new_source / "out.nq", new_source / "novel.csv")


def test_metadata_that_lacks_a_key_is_named(new_source: Path) -> None:
    (new_source / "novel.toml").write_text(
        'title = "T"\n[file]\ncolumns = ["a"]\nkey = ["a"]\n[expect]\nrows = 1\nproblems = 1'
    )
    with pytest.raises(CivsocError, match=r"mappings/novel\.toml: does not fit: .*publisher"):
        Source.named("novel")
