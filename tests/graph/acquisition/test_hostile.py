"""Hostile files end in an error that names the file, within 60 seconds and 1.5 GB, or are read for what they are."""

import os
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tests.support.sources.hostile import CASES, Hostile

SECONDS, KILOBYTES = 60, 1_500_000
"""Of CPU time, as tests of one machine share it, and of the process or the child of it that took most."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hostile_file_does_no_harm(case: Hostile, tmp_path: Path) -> None:
    file, out = tmp_path / case.file, tmp_path / "out"
    case.make(file)
    out.mkdir()
    command = [sys.executable, "-m", "endpoint.cli.commands", "map", case.source, str(file), "-o", str(out / "out.nq")]
    if case.source == "directory":
        command += ["--name", "glen_tsi"]
    code, said, seconds, kilobytes = watched(command, tmp_path)
    lines = said.splitlines()
    assert seconds < SECONDS, said[-2000:]
    assert kilobytes < KILOBYTES, said[-2000:]
    assert "Traceback" not in said, said[-2000:]
    assert len(said) < 4000
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted((file.name, "out", "said"))
    if case.error:
        assert code in (1, 2), said
        assert re.search(case.error, lines[-1]), lines[-1]
        assert file.name in lines[-1], lines[-1]
        assert [*out.iterdir()] == []
    else:
        assert code == 0, said
        assert (out / "out.nq").stat().st_size > 0


def watched(command: list[str], folder: Path) -> tuple[int, str, float, int]:
    """Run a command: its exit code, what it said, its CPU seconds, the most memory that it or a child of it took."""
    environment = {**os.environ, "TMPDIR": str(folder)}
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said, env=environment, preexec_fn=_limits)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    text = (folder / "said").read_text("utf-8", "replace")
    return process.returncode, text, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def _limits() -> None:
    """Twice of all that is allowed, so that a machine survives a test that fails."""
    resource.setrlimit(resource.RLIMIT_AS, (KILOBYTES * 2048, KILOBYTES * 2048))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS * 2, SECONDS * 2))
