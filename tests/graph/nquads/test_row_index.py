"""The index of the rows that things came from: written, read, thinned out, and kept with a release."""

import gzip
from pathlib import Path

import pytest

from graph.errors import InputError
from graph.model import iri
from graph.model.terms import Iri
from graph.nquads.row_index import (
    RowWriter,
    add_aliases,
    first_rows,
    forget_rows,
    forget_things,
    keep_rows,
    restore_rows,
    rows_file,
    rows_of,
)

CHARITY, OTHER, POSTCODE = iri.organisation("GB-SC", "SC1"), iri.organisation("GB-SC", "SC2"), iri.postcode("EH1 1AA")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    path = rows_file(tmp_path / "oscr.nq")
    with path.open("wb") as out:
        rows = RowWriter(out)
        rows.begin("one.csv")
        rows.add([CHARITY, POSTCODE], 2)
        rows.begin("two.csv")
        rows.add([CHARITY], 7)
        rows.add([OTHER], 8)
    return path


def rows(index: Path, *things: Iri) -> list[tuple[str, int]]:
    return [(file, row) for _, file, row in rows_of(index, {thing.value for thing in things})]


def test_the_index_stands_beside_its_graph_and_is_a_table_of_thing_row_and_file(index: Path) -> None:
    assert index.name == "oscr.rows.tsv"
    lines = [f"{CHARITY.value}\t2\t0", f"{POSTCODE.value}\t2\t0", f"{CHARITY.value}\t7\t1", f"{OTHER.value}\t8\t1"]
    assert index.read_text("utf-8").splitlines() == ["\tone.csv", *lines[:2], "\ttwo.csv", *lines[2:]]


def test_a_thing_leads_to_each_of_its_rows_and_an_entry_to_its_first(index: Path) -> None:
    assert rows(index, CHARITY) == [("one.csv", 2), ("two.csv", 7)]
    assert first_rows(index) == {CHARITY.value: ("one.csv", 2), OTHER.value: ("two.csv", 8)}


def test_where_there_is_no_index_there_are_no_rows(tmp_path: Path) -> None:
    index = tmp_path / "none.rows.tsv"
    assert first_rows(index) == {}
    forget_things(index, lambda _: True)
    forget_rows(index, {b"x:a"})
    add_aliases(index, {})
    keep_rows(index, tmp_path / "rows" / "none.tsv.gz")
    assert [*tmp_path.iterdir()] == []


def test_a_thing_is_forgotten_with_all_its_rows_and_files_keep_their_numbers(index: Path) -> None:
    forget_things(index, {CHARITY.value.encode()}.__contains__)
    assert rows(index, CHARITY, POSTCODE, OTHER) == [("one.csv", 2), ("two.csv", 8)]


def test_a_row_is_forgotten_with_all_that_came_from_it(index: Path) -> None:
    forget_rows(index, {POSTCODE.value.encode()})
    assert rows(index, CHARITY, POSTCODE, OTHER) == [("two.csv", 7), ("two.csv", 8)]


def test_what_stands_for_a_thing_leads_to_its_rows_too(index: Path) -> None:
    body = iri.organisation("GB-CHC", "1")
    add_aliases(index, {OTHER.encode(): body.encode(), body.encode(): body.encode()})
    assert rows(index, body) == rows(index, OTHER) == [("two.csv", 8)]


def test_a_release_keeps_the_first_rows_of_entries_and_no_postcode(index: Path, tmp_path: Path) -> None:
    kept, restored = tmp_path / "rows" / "oscr.tsv.gz", tmp_path / "restored.rows.tsv"
    keep_rows(index, kept)
    before = kept.read_bytes()
    keep_rows(index, kept)
    assert kept.read_bytes() == before
    assert POSTCODE.value.encode() not in gzip.decompress(before)
    restore_rows(kept, restored)
    assert first_rows(restored) == first_rows(index)
    assert rows(restored, CHARITY, POSTCODE) == [("one.csv", 2)]


def test_of_an_index_without_entries_nothing_is_kept(index: Path, tmp_path: Path) -> None:
    forget_things(index, lambda thing: b"/organisation/" in thing)
    keep_rows(index, tmp_path / "kept.tsv.gz")
    assert not (tmp_path / "kept.tsv.gz").exists()


def test_a_row_that_is_no_number_is_refused_where_it_stands(index: Path) -> None:
    with index.open("a", encoding="utf-8") as more:
        more.write(f"{OTHER.value}\tlast\t1\n")
    with pytest.raises(InputError, match=r"oscr\.rows\.tsv:7: row 'last' is not a number"):
        rows(index, OTHER)
