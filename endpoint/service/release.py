"""The release that is being served, and its exchange for a newer one while requests go on."""

import logging
import threading
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from graph.errors import ReleaseError
from graph.release.manifest import Manifest
from graph.release.search import Search

__all__ = ["Current", "Served", "open_release"]

log = logging.getLogger("civsoc.current")


@dataclass(frozen=True)
class Served:
    """One opened release. A request takes it once and keeps it, so that its answer is of one release only."""

    id: str
    folder: Path
    manifest: Manifest
    store: ox.Store
    search: Search
    graphs: frozenset[str]


def open_release(folder: Path) -> Served:
    """Opens a release for reading. Never opened for writing: a release does not change."""
    try:
        store = ox.Store.read_only(str(folder / "store"))
    except OSError as error:
        raise ReleaseError(str(folder), f"its store cannot be opened ({error})", "build it again") from error
    graphs = frozenset(name.value for name in store.named_graphs() if isinstance(name, ox.NamedNode))
    return Served(folder.name, folder, Manifest.read(folder), store, Search(folder / "search"), graphs)


class Current:
    """What `OUT/current` points to. `refresh` follows the link; `release` is whole at any moment."""

    def __init__(self, out: Path) -> None:
        self._link = out / "current"
        self._exchange = threading.Lock()
        self._refused: Path | None = None
        self._release = open_release(self._target())

    @property
    def release(self) -> Served:
        return self._release

    def refresh(self) -> bool:
        """True when a new release has been taken up. One that cannot be opened is logged once, the old one stays."""
        with self._exchange:
            try:
                folder = self._target()
                if folder in (self._release.folder, self._refused):
                    return False
                self._refused = folder
                # Requests under way hold the old Served; its store closes when the last of them lets go.
                self._release = open_release(folder)
            except ReleaseError as error:
                log.error("still serving %s: %s", self._release.id, error)
                return False
            self._refused = None
            log.info("now serving %s", self._release.id)
            return True

    def _target(self) -> Path:
        try:
            return self._link.parent / self._link.readlink()
        except OSError as error:
            remedy = "run `civsoc build BUILD.toml` first"
            raise ReleaseError(str(self._link), "there is no release to serve", remedy) from error
