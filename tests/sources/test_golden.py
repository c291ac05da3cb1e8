"""Each source with its fixture: its statements are those of its golden file, from known rows, and nothing private."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from graph.model import iri
from graph.nquads.mapped import Mapped
from graph.sources.source import source_names
from tests.support.paths import fixture, golden, golden_problems
from tests.support.sources.new_source import mapped, problems


def problems_with_rules(run: Mapped) -> str:
    return "".join(f"{problem} [{problem.rule}]\n" for problem in run.problems)


@pytest.mark.parametrize("name", source_names())
def test_a_source_says_what_its_golden_file_says(name: str, tmp_path: Path, bless: bool) -> None:
    run = mapped(name, tmp_path / "out.nq")
    for file, text in (
        (golden(name), run.output.read_text("utf-8")),
        (golden_problems(name), problems_with_rules(run)),
    ):
        if bless:
            file.write_text(text, "utf-8")
        assert text.splitlines() == file.read_text("utf-8").splitlines(), (
            f"if right: pytest --bless ({name}/{file.name})"
        )


@pytest.mark.parametrize("name", source_names())
def test_output_is_sorted_unique_and_of_one_graph(name: str, tmp_path: Path) -> None:
    run = mapped(name, tmp_path / "out.nq")
    lines = run.output.read_bytes().splitlines()
    quads = list(parse(path=run.output, format=RdfFormat.N_QUADS))
    assert lines == sorted(set(lines))
    assert len(lines) == run.statements == len(quads)
    assert {str(quad.graph_name) for quad in quads} == {iri.source(name)}
    assert len({quad.subject for quad in quads}) == run.subjects
    assert not any("_:" in str(quad.subject) or "_:" in str(quad.object) for quad in quads)


@pytest.mark.parametrize("name", source_names())
def test_every_subject_knows_its_row(name: str, tmp_path: Path) -> None:
    run = mapped(name, tmp_path / "out.nq")
    noted = {line.split("\t")[0] for line in run.rows_file.read_text("utf-8").splitlines()}
    assert {line.split(" ")[0][1:-1] for line in run.output.read_text("utf-8").splitlines()} == noted - {""}


@pytest.mark.parametrize("name", source_names())
def test_no_address_and_no_contact_detail_gets_through(name: str, tmp_path: Path) -> None:
    run = mapped(name, tmp_path / "out.nq")
    assert "@" in fixture("oscr").read_text("utf-8")
    written = run.output.read_text("utf-8") + problems(run)
    assert [leak for leak in ("Fictional Street", "trust@", "secretary@", "496 0000") if leak in written] == []
