"""What is on the disk when the power fails: the calls by which a release is written, accepted, served and deleted."""

import threading
from pathlib import Path

import pytest

from graph.build.plan import read_plan
from graph.build.run import build
from graph.release.folder import Releases
from tests.support.builds.charities import write_build_file, write_register
from tests.support.disk_calls import Calls, watch


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    """Three releases of a file each, the first of them served."""
    made = Releases(tmp_path / "out")
    for name in ("r1", "r2", "r3"):
        folder = made.building(name)
        folder.mkdir(parents=True)
        (folder / "a.nq.gz").write_text(name)
        (folder / "release.json").write_text("{}")
        made.accept(folder, name)
    made.switch("r1")
    return made


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Calls, str]:
    """The calls of a build of three charities, which replaces the release of an earlier one; with the id of its own."""
    folder = tmp_path_factory.mktemp("order")
    plan = read_plan(write_build_file(folder / "build.toml", write_register(folder / "register.csv", 3), 1))
    build(plan)
    with pytest.MonkeyPatch.context() as patch:
        calls = watch(plan.out, patch)
        return calls, build(plan).id


def test_a_switch_notes_what_was_served_then_moves_a_new_link_over_the_old_one_and_syncs(
    releases: Releases, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = watch(releases.out, monkeypatch)
    releases.switch("r2")
    assert [call for call in calls.made if call != ("unlink", "current.new")] == [
        ("write", "served.log.new"),
        ("fsync", "served.log.new"),
        ("replace", "served.log.new", "served.log"),
        ("fsync", "."),
        ("symlink", "current.new"),
        ("replace", "current.new", "current"),
        ("fsync", "."),
    ]


def test_an_accepted_release_is_moved_and_both_folders_are_synced(
    releases: Releases, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = releases.building("r4")
    folder.mkdir()
    calls = watch(releases.out, monkeypatch)
    releases.accept(folder, "r4")
    assert calls.made == [("rename", "building-r4", "releases/r4"), ("fsync", "releases"), ("fsync", ".")]


def test_a_deleted_release_loses_its_manifest_before_anything_else(
    releases: Releases, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = watch(releases.out, monkeypatch)
    assert releases.prune(1) == ("r2",)
    assert calls.made[0] == ("unlink", "releases/r2/release.json")
    assert not (releases.folder / "r2").exists()


def test_through_any_number_of_switches_there_is_always_a_whole_release(releases: Releases) -> None:
    seen, over = set[str](), threading.Event()

    def resolve() -> None:
        while not over.is_set():
            current = releases.current()
            seen.add(current.name if current else "")

    reader = threading.Thread(target=resolve)
    reader.start()
    try:
        for number in range(300):
            releases.switch(f"r{1 + number % 3}")
    finally:
        over.set()
        reader.join()
    assert seen == {"r1", "r2", "r3"}


def test_a_build_syncs_all_files_before_it_writes_the_manifest_which_vouches_for_them(built: tuple[Calls, str]) -> None:
    calls, name = built
    folder = f"building-{name}/"
    manifest = calls.place("write", f"{folder}release.json")
    synced = {path for _, path in calls.of("fsync") if calls.made.index(("fsync", path)) < manifest}
    dumps = {path for _, path in calls.of("write") if path.startswith(f"{folder}dumps/")}
    assert len(dumps) >= 5
    assert dumps <= synced
    assert {f"{folder}dumps", f"{folder}store", f"{folder}search"} <= synced


def test_a_build_syncs_the_manifest_before_it_moves_the_release_and_moves_it_before_it_is_served(
    built: tuple[Calls, str],
) -> None:
    calls, name = built
    folder = f"building-{name}"
    moved = calls.place("rename", folder, f"releases/{name}")
    for file in ("release.json", "release.json.sha256"):
        assert calls.place("write", f"{folder}/{file}") < calls.place("fsync", f"{folder}/{file}") < moved
    last = max(place for place, call in enumerate(calls.made) if call == ("fsync", folder))
    assert calls.place("fsync", f"{folder}/release.json.sha256") < last < moved
    assert moved < calls.place("fsync", "releases") < calls.place("replace", "current.new", "current")
    assert ("fsync", ".") in calls.made[calls.place("replace", "current.new", "current") :]


def test_a_build_never_deletes_the_link_to_what_is_served(built: tuple[Calls, str]) -> None:
    calls, _ = built
    assert [call for call in calls.made if call[0] in ("unlink", "rename") and "current" in call[1:]] == []
    assert len(calls.of("symlink")) == 1
