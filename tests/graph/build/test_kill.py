"""Builds that are killed, at each stage and at any moment: what is served stays, and the next build clears up."""

import random
import time
from pathlib import Path

import pytest

from graph.build.plan import Plan, read_plan
from graph.build.run import build
from graph.release.folder import Releases
from tests.support.builds.charities import write_build_file, write_register
from tests.support.builds.running import Notes, RunningBuild

STAGES = (
    *("fetch", "map", "suppress", "locate", "check", "resolve", "grade", "merge", "compare", "store", "cubes"),
    *("quality", "validate", "search", "dumps", "seal", "switch"),
)
OFTEN = ("fetch", "map", "store", "validate")
"""Those of different kinds: before and after the first file, with and without a store; later ones have tests below."""
_SEED = 20261121


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """A register that is served already."""
    folder = tmp_path_factory.mktemp("killed")
    register = write_register(folder / "register.csv", 400)
    made = read_plan(write_build_file(folder / "build.toml", register, 300))
    build(made)
    return made


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return [int(child) for child in listed]


def _gone(pids: list[int]) -> bool:
    """Whether processes end within twenty seconds; one that is dead but not yet reaped has ended."""
    for _ in range(400):
        states = [_state(pid) for pid in pids]
        if all(state in ("", "Z") for state in states):
            return True
        time.sleep(0.05)
    return False


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(") ")[2][:1]
    except (FileNotFoundError, ProcessLookupError):
        return ""


@pytest.mark.parametrize(
    "stage", [stage if stage in OFTEN else pytest.param(stage, marks=pytest.mark.prove) for stage in STAGES]
)
def test_killed_as_a_stage_begins_a_build_leaves_what_is_served(stage: str, plan: Plan) -> None:
    releases = Releases(plan.out)
    before = releases.find("current")
    with RunningBuild(plan.path) as running:
        running.go_on_until(f"stage {stage}")
        workers = _children(running.process.pid)
        running.kill()
    assert releases.find("current") == before
    assert releases.verify() == ()
    assert _gone(workers)


def test_the_next_build_clears_what_the_killed_ones_left(plan: Plan) -> None:
    releases = Releases(plan.out)
    before = releases.find("current")
    with RunningBuild(plan.path) as killed:
        killed.go_on_until("stage dumps")
        killed.kill()
    (left,) = plan.out.glob("building-*")
    told = Notes()
    build(plan, progress=told)
    assert f"cleared {left.name}, left by a build that was stopped" in told.notes
    assert {path.name for path in plan.out.iterdir()} == {"releases", "current", "served.log", "build.lock"}
    assert releases.find("current") != before
    assert [releases.verify(path.name) for path in releases.list()] == [()] * len(releases.list())


def test_a_release_killed_between_its_acceptance_and_the_switch_is_whole_but_not_served(plan: Plan) -> None:
    releases = Releases(plan.out)
    before = releases.find("current")
    with RunningBuild(plan.path) as running:
        running.go_on_until("stage switch")
        running.kill()
    (finished,) = plan.out.glob("building-*")
    accepted = releases.accept(finished, finished.name.removeprefix("building-"))  # as far as the killed one got
    assert releases.clear_leftovers() == ()
    assert releases.find("current") == before
    assert releases.verify(accepted.name) == ()


@pytest.mark.prove
@pytest.mark.parametrize("moment", range(30))
def test_killed_at_any_moment_a_build_leaves_a_whole_release_served(moment: int, plan: Plan) -> None:
    releases = Releases(plan.out)
    length = random.Random(_SEED + moment).uniform(0.3, 3)
    with RunningBuild(plan.path) as running:
        for _ in range(40):  # enough for all stages and notes: it never waits
            running.go_on()
        time.sleep(length)
        running.kill()
    assert releases.verify() == ()
    assert (plan.out / "current").is_symlink()


def test_after_all_that_a_build_succeeds_and_nothing_lies_about(plan: Plan) -> None:
    manifest = build(plan)
    releases = Releases(plan.out)
    assert releases.find("current").name == manifest.id
    assert {path.name for path in plan.out.iterdir()} == {"releases", "current", "served.log", "build.lock"}
    assert len(releases.list()) <= plan.keep + 1
