"""What a piece of code asks of the disk, call by call and in order: what is written, moved, linked, deleted, synced.

A disk that loses its power keeps the calls before the last `fsync` and any of the others, so their order is a promise.
"""

import io
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

PASSED = ("rename", "replace", "symlink", "unlink", "rmdir")
"""Calls of `os` that are noted with the names of what they change."""

Call = tuple[str, ...]
"""The name of a call, and the paths that it is about, from the folder that is watched."""


@dataclass
class Calls:
    """The calls about what is in one folder."""

    folder: Path
    made: list[Call] = field(default_factory=list[Call])

    def note(self, name: str, *paths: str) -> None:
        """Add a call, if it is about the folder."""
        inside = [Path(path) for path in paths if Path(path).is_relative_to(self.folder)]
        if inside:
            self.made.append((name, *(str(path.relative_to(self.folder)) for path in inside)))

    def place(self, *call: str) -> int:
        """Where the only call of this kind is; it fails if there is none, or another."""
        places = [number for number, each in enumerate(self.made) if each == call]
        assert len(places) == 1, f"{call}: {len(places)} of {self.made[-60:]}"
        return places[0]

    def of(self, name: str) -> list[Call]:
        """All calls of a name."""
        return [call for call in self.made if call[0] == name]


def watch(folder: Path, patch: pytest.MonkeyPatch) -> Calls:
    """Note the calls of this process until the patches are undone."""
    calls = Calls(folder.resolve())
    for name in PASSED:
        patch.setattr(os, name, _noting(calls, name))
    fsync, opening = os.fsync, io.open

    def synced(descriptor: int) -> None:
        calls.note("fsync", str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        fsync(descriptor)

    def opened(file: str | Path | int, mode: str = "r", *rest: object, **more: object) -> object:
        if not isinstance(file, int) and set(mode) & set("wax+"):
            calls.note("write", os.fspath(file))
        return opening(file, mode, *rest, **more)  # type: ignore[call-overload]  # as it was called

    patch.setattr(os, "fsync", synced)
    patch.setattr(io, "open", opened)
    return calls


def _noting(calls: Calls, name: str) -> Callable[..., None]:
    original: Callable[..., None] = getattr(os, name)

    def noting(*arguments: str | Path | bool, **rest: int | None) -> None:
        paths = [os.fspath(each) for each in arguments if not isinstance(each, bool)]
        if rest.get("dir_fd") is None:
            calls.note(name, *(paths[1:] if name == "symlink" else paths))
        original(*arguments, **rest)

    return noting
