"""The minimum data set, as it is described for the Web: its columns are those of the mapping."""

import csv
import json
from pathlib import Path

from graph.checking.check import check
from graph.model.vocabulary.codes import labels
from graph.model.vocabulary.rules import Outcome
from graph.sources.source import Source
from graph.standards.directory import description, folded, metadata
from tests.support.sources.lists import DAY, mapped, said


def test_the_description_tells_of_the_columns_of_the_mapping_in_their_order() -> None:
    source = Source.named("directory")
    told = {name: [column.name for column in it.columns] for name, it in description().tables.items()}
    assert told == {name: list(it.columns) for name, it in source.tables.items()}
    keys = {it["url"]: it["tableSchema"]["primaryKey"] for it in json.loads(metadata())["tables"]}
    assert keys == {f"{name}.csv": it.key[0] for name, it in source.tables.items()}


def test_every_title_stands_for_its_column_and_every_code_list_has_words() -> None:
    for column in (column for it in description().listed for column in it.columns):
        assert {folded(title) for title in column.titles} == {column.name}
        assert column.explanation.endswith(".") and column.example, column.name
        assert bool(column.term) != column.unpublished, column.name
        assert not column.code_list or labels(column.code_list)


def test_what_the_description_calls_required_the_mapping_cannot_do_without(tmp_path: Path) -> None:
    for name, it in description().tables.items():
        full = {column.name: column.example or "x" for column in it.columns}
        for column in it.columns:
            row = {**full, column.name: ""}
            file = tmp_path / f"{name}.csv"
            file.write_text(",".join(row) + "\n" + ",".join(f'"{cell}"' for cell in row.values()) + "\n", "utf-8")
            problems = mapped(file, tmp_path / "out.nq").problems
            aside = [one.column for one in problems if one.outcome == Outcome.ROW_SET_ASIDE]
            assert aside == ([column.name] if column.required else []), (name, column.name)


def test_the_examples_are_a_list_without_fault_and_become_the_terms_that_the_description_names(tmp_path: Path) -> None:
    files = [tmp_path / it.url for it in description().listed]
    for file, it in zip(files, description().listed, strict=True):
        rows = [[column.title for column in it.columns], [column.example for column in it.columns]]
        with file.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(rows)
        stated = {
            line.split(" ")[1] for line in mapped(file, tmp_path / "out.nq").output.read_text("utf-8").splitlines()
        }
        assert {f"<{column.term}>" for column in it.columns if column.term} <= stated
    report = check(files, today=DAY)
    assert said(report.findings) == []
    assert [tally.rows for tally in report.tallies.values()] == [1, 1, 1, 1]
