"""What a release asks of the disk: checksums, bytes that are really down, folders that go away whole."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path


def files_under(folder: Path) -> Iterator[Path]:
    """Every file and link below a folder, by name, so that listings are the same each time."""
    return (path for path in sorted(folder.rglob("*")) if path.is_symlink() or not path.is_dir())


def checksum(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sync_tree(folder: Path) -> None:
    """Wait until every file, then every folder, is on the disk: what follows may then point to it."""
    folders = [folder]
    for path in folder.rglob("*"):
        if path.is_dir():
            folders.append(path)
        else:
            sync(path)
    for path in sorted(folders, reverse=True):
        sync(path)


def sync(path: Path) -> None:
    """Wait until one file's bytes, or one folder's entries, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_tree(folder: Path) -> None:
    """Delete a folder and all in it; one that is not there is no fault."""
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():  # a process that was just killed may have written while we deleted: once more, aloud
        shutil.rmtree(folder)
