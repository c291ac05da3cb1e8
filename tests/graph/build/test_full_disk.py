"""Builds on a disk that is full: one line says so, what is served stays, nothing of the new release is left."""

import json
import os
import resource
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from graph.release.folder import Releases
from tests.support.builds.charities import write_build_file, write_register
from tests.support.builds.full_disk import STAGES
from tests.support.paths import ROOT


@pytest.fixture
def build_file(tmp_path: Path) -> Path:
    """A build of 300 charities into `out`."""
    return write_build_file(tmp_path / "build.toml", write_register(tmp_path / "register.csv", 300), 200)


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What such a build makes, with room to spare: in a process too, whose bytecode those without room find ready."""
    folder = tmp_path_factory.mktemp("released")
    build_file = write_build_file(folder / "build.toml", write_register(folder / "register.csv", 300), 200)
    assert _run(build_file).returncode == 0
    return folder / "out"


def _run(build_file: Path, largest_file: int | None = None) -> subprocess.CompletedProcess[str]:
    """Build in a process that may write no file larger than so many bytes: a full disk that needs no privilege."""
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (largest_file or -1, largest_file or -1))
    command = [sys.executable, "-m", "tests.support.builds.run_build", str(build_file)]
    return subprocess.run(command, cwd=ROOT, text=True, capture_output=True, preexec_fn=limit, check=False)


@pytest.mark.parametrize("largest_file", [1_000, 100_000, 1_000_000])
def test_a_file_that_cannot_grow_stops_the_build_and_changes_nothing(
    largest_file: int, build_file: Path, released: Path
) -> None:
    out = shutil.copytree(released, build_file.parent / "out", symlinks=True)
    served = Releases(out).find("current")
    refused = _run(build_file, largest_file)
    assert refused.returncode == 1
    assert "the disk is full (File too large); make room and build again" in refused.stdout.splitlines()[-1]
    assert refused.stderr == ""
    assert sorted(path.name for path in out.iterdir()) == ["build.lock", "current", "releases"]
    assert Releases(out).find("current") == served
    assert Releases(out).verify() == ()


@pytest.mark.prove
def test_a_disk_that_fills_up_at_any_stage_is_said_so_and_leaves_what_is_served(build_file: Path) -> None:
    out = build_file.parent / "out"
    out.mkdir()
    mount = f'mount -t tmpfs -o size=64m tmpfs "{out}" || exit 77; exec "$@"'
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, "sh"]
    if not shutil.which("unshare"):
        pytest.skip("no unshare here: the disk of its own that this test fills cannot be made")
    command += [sys.executable, "-m", "tests.support.builds.full_disk", str(build_file), str(out)]
    done = subprocess.run(command, cwd=ROOT, env=dict(os.environ), text=True, capture_output=True, check=False)
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip(f"this machine lets nobody mount a disk of their own: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
    found = {line["stage"]: line for line in map(json.loads, done.stdout.splitlines())}
    assert tuple(found) == STAGES
    for stage, line in found.items():
        assert line["faults"] == [], stage
        if line["code"]:
            assert line["said"].startswith("ReleaseError"), stage
            assert "No space left on device" in line["said"], stage
            assert line["left"][1:] == ["build.lock", "current", "releases"], stage
    # The last stage deletes the scratch files first, and so may find room again.
    assert [stage for stage, line in found.items() if not line["code"]] in ([], ["seal"])
