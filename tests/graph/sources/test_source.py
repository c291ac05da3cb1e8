"""Sources: their names, their metadata, the columns that they leave out."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import CivsocError, MappingError, UsageError
from graph.sources.source import Source
from tests.support.sources.new_source import SOURCE_PY, SOURCE_TOML, mapped


def test_an_unknown_source_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"source 'osrc': is not known; use one of .*oscr, oscr_former"):
        Source.named("osrc")


@pytest.fixture
def new_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in which files make a source, as they would in mappings/, and a file for it to map."""
    package = importlib.import_module("mappings")
    monkeypatch.setattr(package, "__path__", [str(tmp_path), *package.__path__])
    (tmp_path / "novel.csv").write_text("key,read,unread\n1,a,b\n2,,c\n")
    (tmp_path / "novel.toml").write_text(SOURCE_TOML.format(ignore=""))
    (tmp_path / "novel.py").write_text(SOURCE_PY.format(column="read"))
    yield tmp_path
    sys.modules.pop("mappings.novel", None)


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
