"""The invented files of full size, in small: that they are whole, and that mapping them keeps to its memory."""

from pathlib import Path

import pytest

from graph.mapping.run import map_source
from graph.model import iri
from graph.sources.source import Source
from tests.support.proof import Prove
from tests.support.scale.generate import postcode
from tests.support.scale.measure import MOST_BYTES, STEEPEST, SUBJECTS, faults, measure

SMALL = {"ccew": 300, "companies_house": 3000, "postcodes": 3000}


@pytest.mark.parametrize("name", SUBJECTS)
def test_invented_files_are_files_of_their_source_without_any_problem(name: str, tmp_path: Path) -> None:
    files = SUBJECTS[name].write(SMALL[name], tmp_path)
    run = map_source(Source.named(name), files, tmp_path / "out.nq", iri.DEFAULT_BASE)
    assert run.problems == ()
    assert run.rows >= SMALL[name]
    assert run.statements > run.subjects > 0


@pytest.mark.parametrize("name", SUBJECTS)
def test_the_same_size_is_the_same_file(name: str, tmp_path: Path) -> None:
    texts: list[list[bytes]] = []
    for turn in ("one", "two"):
        (tmp_path / turn).mkdir()
        texts.append([file.read_bytes() for file in SUBJECTS[name].write(50, tmp_path / turn)])
    assert texts[0] == texts[1]


def test_no_two_numbers_have_one_postcode() -> None:
    numbers = [*range(20_000), *range(2_690_000, 2_700_000)]
    assert len({postcode(number) for number in numbers}) == len(numbers)


@pytest.mark.parametrize("name", SUBJECTS)
def test_memory_is_measured_and_far_below_its_limit(name: str, tmp_path: Path) -> None:
    run = measure(name, SMALL[name], tmp_path)
    assert 20_000_000 < run.most_bytes < MOST_BYTES / 4
    assert faults([run, run]) == []
    assert list(tmp_path.iterdir()) == []


def test_all_thirteen_tables_have_the_header_that_is_published(tmp_path: Path) -> None:
    source = Source.named("ccew")
    files = SUBJECTS["ccew"].write(20, tmp_path)
    headers = [file.read_text("utf-8").splitlines()[0].split("\t") for file in files]
    assert {source.table_of(header) for header in headers} == set(source.tables)


@pytest.mark.prove
@pytest.mark.parametrize("name", SUBJECTS)
def test_files_of_full_size_keep_to_their_memory_and_take_time_by_their_rows(
    name: str, tmp_path: Path, prove: Prove
) -> None:
    small, full = (measure(name, int(SUBJECTS[name].full * share), tmp_path) for share in (0.1, 1))
    prove(f"Mapping `{name}` of full size: memory", full.most_bytes / 1e6, MOST_BYTES / 1e6, "MB")
    steep = full.per_million / small.per_million
    prove(f"Mapping `{name}` of full size: time for a row, of that in a tenth", steep, STEEPEST, "times")
