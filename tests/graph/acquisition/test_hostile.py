"""Hostile files end in an error that names the file, within 60 seconds and 1.5 GB, or are read for what they are."""

import re
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.support.endpoint.forks import Forks, Limits, forks
from tests.support.sources.hostile import CASES, Hostile

SECONDS, KILOBYTES = 60, 1_500_000
"""Of CPU time, as tests of one machine share it, and of the process or the child of it that took most."""

LIMITS = Limits(address_bytes=KILOBYTES * 2048, cpu_seconds=SECONDS * 2)
"""Twice of all that is allowed, so that a machine survives a test that fails."""


@pytest.fixture(scope="module")
def civsoc() -> Generator[Forks]:
    with forks() as found:
        yield found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hostile_file_does_no_harm(case: Hostile, civsoc: Forks, tmp_path: Path) -> None:
    file, out = tmp_path / case.file, tmp_path / "out"
    case.make(file)
    out.mkdir()
    named = ["--name", "glen_tsi"] if case.source == "directory" else []
    ended = civsoc.run(["map", case.source, str(file), "-o", str(out / "out.nq"), *named], tmp_path, LIMITS)
    said, lines = ended.said, ended.said.splitlines()
    assert ended.seconds < SECONDS, said[-2000:]
    assert ended.kilobytes < KILOBYTES, said[-2000:]
    assert "Traceback" not in said, said[-2000:]
    assert len(said) < 4000
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted((file.name, "out", "said"))
    if case.error:
        assert ended.code in (1, 2), said
        assert re.search(case.error, lines[-1]), lines[-1]
        assert file.name in lines[-1], lines[-1]
        assert [*out.iterdir()] == []
    else:
        assert ended.code == 0, said
        assert (out / "out.nq").stat().st_size > 0
