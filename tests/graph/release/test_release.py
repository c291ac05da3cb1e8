"""The output folder: switching, going back, pruning, and finding what was changed behind our back."""

import datetime
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pytest

from graph.disk import checksum, files_under, remove_tree
from graph.errors import ReleaseError, UsageError
from graph.release import history
from graph.release.folder import Releases
from graph.release.manifest import Manifest, SourceEntry, StageTime
from graph.release.store import write_dump

_ENTRY = SourceEntry(
    "oscr", "Register", datetime.date(2021, 7, 1), "https://x.org/l", 3, 2, 9, 1, {"a.csv": "00"}, 1, 2
)


def _release(releases: Releases, release_id: str, dump: bytes = b"statements") -> Path:
    """A small release, accepted but not served."""
    folder = releases.building(release_id)
    (folder / "dumps").mkdir(parents=True)
    (folder / "dumps" / "oscr.nq.gz").write_bytes(dump)
    files = {str(path.relative_to(folder)): checksum(path) for path in files_under(folder)}
    built = datetime.datetime(2026, 11, 21, tzinfo=datetime.UTC)
    stages = {"map": StageTime(1.5, 2.5)}
    Manifest(release_id, built, "http://x.org/", "0.1.0", 9, 0, (_ENTRY,), stages, files).write(folder)
    return releases.accept(folder, release_id)


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    """Three releases, the last of them served."""
    made = Releases(tmp_path)
    for number in (1, 2, 3):
        _release(made, f"2026112{number}T000000Z")
    made.switch("20261123T000000Z")
    return made


def test_a_manifest_says_the_same_after_writing_and_reading(releases: Releases) -> None:
    release = releases.find("current")
    manifest = Manifest.read(release)
    assert manifest.sources == (_ENTRY,)
    assert manifest.source("oscr") == _ENTRY
    assert manifest.source("none") is None
    assert manifest.stages == {"map": StageTime(1.5, 2.5)}
    manifest.write(release)
    assert releases.verify() == ()


def test_the_link_is_relative_so_that_the_folder_can_be_moved(releases: Releases) -> None:
    moved = releases.out.with_name("moved")
    releases.out.rename(moved)
    current = Releases(moved).current()
    assert current and current == moved / "releases" / "20261123T000000Z"


def test_nothing_is_served_before_the_first_switch(tmp_path: Path) -> None:
    made = Releases(tmp_path)
    _release(made, "20261121T000000Z")
    assert made.current() is None
    with pytest.raises(UsageError, match="holds no current release; it holds: 20261121T000000Z"):
        made.find("current")


def test_rollback_serves_the_release_before_and_says_so(releases: Releases) -> None:
    switched = releases.rollback()
    assert (switched.before, switched.after) == ("20261123T000000Z", "20261122T000000Z")
    assert [each.manifest.id for each in releases.listing() if each.served] == ["20261122T000000Z"]
    assert releases.rollback("20261123T000000Z").after == "20261123T000000Z"


def test_rollback_past_the_oldest_release_is_refused(releases: Releases) -> None:
    releases.switch("20261121T000000Z")
    with pytest.raises(UsageError, match="holds no previous release"):
        releases.rollback()


def test_rollback_goes_to_what_was_served_before_and_not_to_the_next_older(releases: Releases) -> None:
    first, second, third, fourth = (f"2026112{number}T000000Z" for number in (1, 2, 3, 4))
    releases.rollback(first)
    _release(releases, fourth)
    releases.switch(fourth)
    assert releases.find("previous").name == first
    assert releases.rollback().after == first
    with pytest.raises(UsageError, match="holds no previous release"):
        releases.rollback()
    releases.switch(third)
    releases.switch(second)
    assert [releases.rollback().after for _ in range(2)] == [third, first]


def test_rollback_after_rollback_goes_further_back(releases: Releases) -> None:
    _release(releases, "20261124T000000Z")
    releases.switch("20261124T000000Z")
    assert [releases.rollback().after[:8] for _ in range(3)] == ["20261123", "20261122", "20261121"]
    assert releases.rollback("20261124T000000Z").before == "20261121T000000Z"
    assert releases.rollback().after == "20261121T000000Z"


def test_a_switch_that_did_not_come_about_is_not_gone_back_to(releases: Releases) -> None:
    first, third, fourth, fifth = (f"2026112{number}T000000Z" for number in (1, 3, 4, 5))
    releases.rollback(first)
    for name in (fourth, fifth):
        _release(releases, name)
    history.remember(releases.out, first, fourth, [first, third, fourth])  # and then it was killed
    assert releases.find("current").name == first
    with pytest.raises(UsageError, match="holds no previous release"):
        releases.find("previous")
    releases.switch(fifth)
    assert releases.find("previous").name == first


def test_a_release_that_is_gone_is_not_gone_back_to(releases: Releases) -> None:
    for name in ("20261124T000000Z", "20261125T000000Z"):
        _release(releases, name)
        releases.switch(name)
    remove_tree(releases.folder / "20261124T000000Z")
    assert releases.find("previous").name == "20261123T000000Z"


@pytest.mark.parametrize("noted", [b"", b"\xff\n", b"20200101T000000Z\n"])
def test_without_a_note_of_it_the_release_before_is_the_next_older(releases: Releases, noted: bytes) -> None:
    (releases.out / "served.log").write_bytes(noted)
    assert releases.find("previous").name == "20261122T000000Z"


@pytest.mark.parametrize("name", ["20200101T000000Z", "../releases", "", "."])
def test_a_release_that_is_not_there_is_refused_with_those_that_are(name: str, releases: Releases) -> None:
    with pytest.raises(UsageError, match="it holds: 20261121T000000Z, 20261122T000000Z, 20261123T000000Z"):
        releases.find(name)


def test_rollback_to_a_damaged_release_is_refused(releases: Releases) -> None:
    (releases.find("previous") / "dumps" / "oscr.nq.gz").write_bytes(b"statement5")
    with pytest.raises(ReleaseError, match=r"is damaged: dumps/oscr.nq.gz does not have the checksum"):
        releases.rollback()
    assert releases.find("current").name == "20261123T000000Z"


def test_any_flipped_bit_is_found(releases: Releases) -> None:
    release = releases.find("current")
    for path in files_under(release):
        whole = path.read_bytes()
        for place in {0, len(whole) // 2, len(whole) - 1}:
            for bit in (0, 7):
                path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :])
                assert releases.verify(), f"{path.name}: byte {place}, bit {bit}"
        path.write_bytes(whole)
    assert releases.verify() == ()


def test_missing_and_extra_files_are_found(releases: Releases) -> None:
    release = releases.find("current")
    (release / "dumps" / "oscr.nq.gz").rename(release / "dumps" / "other.nq.gz")
    assert releases.verify() == (
        "dumps/oscr.nq.gz is missing",
        "dumps/other.nq.gz was not there when the release was built",
    )


def test_a_link_in_place_of_a_file_is_found(releases: Releases) -> None:
    dump = releases.find("current") / "dumps" / "oscr.nq.gz"
    twin = releases.find("previous") / "dumps" / "oscr.nq.gz"
    dump.unlink()
    dump.symlink_to(twin)
    assert len(releases.verify()) == 1


def test_a_missing_checksum_of_the_manifest_is_found(releases: Releases) -> None:
    (releases.find("current") / "release.json.sha256").unlink()
    assert releases.verify() == ("release.json.sha256 is missing",)


def test_pruning_keeps_the_newest_the_served_and_the_spared(releases: Releases) -> None:
    releases.switch("20261121T000000Z")
    assert releases.prune(1, spare=[releases.folder / "20261122T000000Z"]) == ()
    assert releases.prune(1) == ("20261122T000000Z",)
    assert [path.name for path in releases.list()] == ["20261121T000000Z", "20261123T000000Z"]


def test_leftovers_go_and_whole_releases_stay(releases: Releases) -> None:
    (releases.out / "building-20261124T000000Z" / "store").mkdir(parents=True)
    (releases.folder / "20261124T000000Z").mkdir()
    (releases.out / "current.new").symlink_to("releases/20261121T000000Z")
    gone = releases.clear_leftovers()
    assert gone == ("building-20261124T000000Z", "releases/20261124T000000Z")
    assert {path.name for path in releases.out.iterdir()} == {"releases", "current"}
    assert len(releases.list()) == 3


def test_what_is_served_is_never_cleared_even_without_its_manifest(releases: Releases) -> None:
    served = releases.find("current")
    (served / "release.json").unlink()
    assert releases.clear_leftovers() == ()
    assert (served / "dumps" / "oscr.nq.gz").exists()
    assert releases.current() is None


def test_a_release_that_is_not_whole_is_never_served(releases: Releases) -> None:
    (releases.folder / "20261124T000000Z").mkdir()
    with pytest.raises(ReleaseError, match="is not a whole release"):
        releases.switch("20261124T000000Z")


def test_a_damaged_manifest_is_named_and_hides_no_other_release(releases: Releases) -> None:
    manifest = releases.find("previous") / "release.json"
    manifest.write_text(manifest.read_text("utf-8").replace('"triples": 9', '"triples": "x"'), "utf-8")
    with pytest.raises(ReleaseError, match=r"release.json: is damaged \(triples: .*civsoc rollback"):
        Manifest.read(manifest.parent)
    assert releases.unreadable() == (manifest.parent.name,)
    assert [each.manifest.id for each in releases.listing()] == ["20261123T000000Z", "20261121T000000Z"]


@pytest.mark.parametrize(
    ("entries", "unlawful"),
    [
        (((), (), ()), ()),
        ((("a",), ("a",), ("a",)), ()),
        (((), ("a",), ("a", "b")), (1, 2)),
        ((("a", "b"), ("b",), ("a",)), (2, 3)),
        ((("a", "b", "c"), ("a", "b"), ("a", "b")), (2, 3)),
    ],
)
def test_a_release_without_an_entry_that_any_other_knows_is_unlawful(
    entries: tuple[Collection[str], ...], unlawful: tuple[int, ...], releases: Releases
) -> None:
    for release, hashes in zip(releases.list(), entries, strict=True):
        replace(Manifest.read(release), suppressed={name: [] for name in hashes}).write(release)
    assert [path.name for path in releases.unlawful()] == [f"2026112{number}T000000Z" for number in unlawful]


def test_a_dump_is_the_same_whenever_it_is_written(tmp_path: Path) -> None:
    graph = tmp_path / "graph.nq"
    graph.write_text("<x:a> <x:b> <x:c> <x:d> .\n", "utf-8")
    write_dump(graph, tmp_path / "dump.nq.gz")
    header = (tmp_path / "dump.nq.gz").read_bytes()[:10]
    assert header[:4] == b"\x1f\x8b\x08\x00"  # deflate, and no name
    assert header[4:8] == bytes(4)  # no time
