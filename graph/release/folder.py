"""The output folder: `releases/<id>/`, `current`, the link to the one that is served, and what was served before.

Nothing here writes inside a release, and nothing elsewhere moves, switches or deletes one.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.disk import checksum, files_under, remove_tree, sync
from graph.errors import ReleaseError, UsageError
from graph.release import history, manifest
from graph.release.lock import sole_writer
from graph.release.manifest import Manifest
from graph.release.names import CURRENT, PREVIOUS

_NEW_LINK = "current.new"
_BUILDING = "building-"


@dataclass(frozen=True)
class Listed:
    """One line of `civsoc releases`."""

    manifest: Manifest
    served: bool


@dataclass(frozen=True)
class Switched:
    """What a rollback did: which release was served (None: none was), and which is now."""

    before: str | None
    after: str


@dataclass(frozen=True)
class Releases:
    """The releases in an output folder; reading needs no lock, because a release never changes."""

    out: Path

    @property
    def folder(self) -> Path:
        """Where whole releases stand."""
        return self.out / "releases"

    def current(self) -> Path | None:
        """The served release's own folder, not the link, so that it stays the same while a reader uses it."""
        release = (self.out / CURRENT).resolve()
        return release if _whole(release) and (self.out / CURRENT).is_symlink() else None

    def list(self) -> tuple[Path, ...]:
        """Whole releases, oldest first."""
        return tuple(sorted(path for path in self.folder.glob("*") if _whole(path)))

    def listing(self) -> tuple[Listed, ...]:
        """Releases with their manifests, newest first; a damaged one is in `unreadable` instead."""
        current = self.current()
        served = current.name if current else None
        readable = (path for path in reversed(self.list()) if path.name not in self.unreadable())
        return tuple(Listed(Manifest.read(path), path.name == served) for path in readable)

    def unreadable(self) -> tuple[str, ...]:
        """Releases whose manifest is damaged: to be deleted, or restored from a backup."""
        return tuple(path.name for path in self.list() if not _readable(path))

    def find(self, name: str) -> Path:
        """A release by its id, `current` or `previous`; UsageError names those there are."""
        current = self.current()
        known = {path.name: path for path in self.list()}
        if current and name == CURRENT:
            return current
        if current and name == PREVIOUS:
            name = [name, *history.served_before(self.out, current.name, known)][-1]
        if name not in known:
            there = ", ".join(known) or "none"
            raise UsageError(str(self.out), f"holds no {name} release", f"it holds: {there}")
        return known[name]

    def building(self, release_id: str) -> Path:
        """Where a release stands until it is whole."""
        return self.out / f"{_BUILDING}{release_id}"

    def accept(self, building: Path, release_id: str) -> Path:
        """Move a finished, synced release to its place; it is not served yet."""
        self.folder.mkdir(exist_ok=True)
        release = self.folder / release_id
        building.rename(release)
        sync(self.folder)
        sync(self.out)
        return release

    def discard(self, release_id: str) -> None:
        """Delete what there is of a release that was never served, whole or not."""
        current = self.current()
        if current is None or current.name != release_id:
            remove_tree(self.building(release_id))
            remove_tree(self.folder / release_id)

    def switch(self, release_id: str) -> None:
        """Serve a release: one atomic rename of a link, on the disk before we return."""
        if not _whole(self.folder / release_id):
            raise ReleaseError(str(self.folder / release_id), "is not a whole release", "see `civsoc releases`")
        if current := self.current():
            history.remember(self.out, current.name, release_id, [path.name for path in self.list()])
        link = self.out / _NEW_LINK
        link.unlink(missing_ok=True)
        link.symlink_to(Path(self.folder.name) / release_id)
        link.replace(self.out / CURRENT)
        sync(self.out)

    def rollback(self, name: str = PREVIOUS) -> Switched:
        """Serve another release, once its bytes are checked; ReleaseError if they are not as built."""
        current = self.current()
        target = self.find(name)
        if faults := self.verify(target.name):
            raise ReleaseError(str(target), f"is damaged: {faults[0]}", "choose another of `civsoc releases`")
        if target in self.unlawful():
            fact = "was built without an entry of the present suppression list"
            raise ReleaseError(str(target), fact, "choose another of `civsoc releases`, or build again")
        with sole_writer(self.out):
            self.switch(target.name)
        return Switched(current.name if current else None, target.name)

    def prune(self, keep: int, spare: Collection[Path] = ()) -> tuple[str, ...]:
        """Delete all but the newest `keep`; never the served one nor those spared."""
        kept = {path.name for path in (*self.list()[-keep:], self.current(), *spare) if path}
        return self._delete([path for path in self.list() if path.name not in kept])

    def unlawful(self) -> tuple[Path, ...]:
        """Releases that were built without some entry of a suppression list that any of them was built with.

        One whose manifest is damaged counts as one of them: nobody can tell.
        """
        readable = [path for path in self.list() if _readable(path)]
        present = {entry for path in readable for entry in Manifest.read(path).suppressed}
        lawful = [path for path in readable if present <= Manifest.read(path).suppressed.keys()]
        return tuple(path for path in self.list() if present and path not in lawful)

    def withdraw(self) -> tuple[str, ...]:
        """Delete the releases that must no longer be served, even if they are open; returns which."""
        served = self.current()
        return self._delete([path for path in self.unlawful() if path != served])

    def _delete(self, gone: Sequence[Path]) -> tuple[str, ...]:
        for release in gone:
            # Without its manifest it is not a release: if we are killed here, the next build deletes the rest.
            (release / manifest.NAME).unlink()
            remove_tree(release)
        return tuple(path.name for path in gone)

    def clear_leftovers(self) -> tuple[str, ...]:
        """Delete what a killed build left; only for the holder of the lock. Says what went."""
        served = (self.out / CURRENT).resolve()  # even damaged, what is served is not ours to delete
        broken = [path for path in self.folder.glob("*") if not _whole(path) and path.resolve() != served]
        leftovers = sorted([*self.out.glob(f"{_BUILDING}*"), *broken])
        for folder in leftovers:
            remove_tree(folder)
        for name in (_NEW_LINK, history.NEW):
            (self.out / name).unlink(missing_ok=True)
        return tuple(str(folder.relative_to(self.out)) for folder in leftovers)

    def verify(self, name: str = CURRENT) -> tuple[str, ...]:
        """Compare every byte of a release with its checksums; the faults in words, none if it is as built."""
        return tuple(_faults(self.find(name)))


def _whole(release: Path) -> bool:
    return (release / manifest.NAME).is_file()


def _readable(release: Path) -> bool:
    try:
        Manifest.read(release)
    except ReleaseError:
        return False
    return True


def _faults(release: Path) -> list[str]:
    there = {str(path.relative_to(release)): path for path in files_under(release)}
    seal = there.pop(manifest.CHECKSUM_NAME, None)
    there.pop(manifest.NAME)
    if seal is None:
        return [f"{manifest.CHECKSUM_NAME} is missing"]
    if seal.read_bytes() != manifest.checksum_line(release).encode("ascii"):
        return [f"{manifest.NAME} does not have the checksum that {manifest.CHECKSUM_NAME} states"]
    built = Manifest.read(release).files
    missing = [f"{name} is missing" for name in built if name not in there]
    extra = [f"{name} was not there when the release was built" for name in there if name not in built]
    changed = [
        f"{name} does not have the checksum it was built with"
        for name, path in there.items()
        if name in built and (path.is_symlink() or checksum(path) != built[name])
    ]
    return [*missing, *extra, *changed]
