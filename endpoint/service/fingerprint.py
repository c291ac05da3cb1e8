"""What code is installed, in a few characters: the same request to the same release and code has the same answer."""

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

__all__ = ["fingerprint"]

PACKAGES = ("endpoint", "graph", "mappings", "ontology", "shapes")


@cache
def fingerprint() -> str:
    """Changes with every byte of the installed packages: code, templates, the design, the vocabulary."""
    found = hashlib.sha256()
    for path, file in _all((package, files(package)) for package in PACKAGES):
        content = file.read_bytes()
        found.update(f"{path} {len(content)}\n".encode())
        found.update(content)
    return found.hexdigest()[:10]


def _all(entries: Iterable[tuple[str, Traversable]]) -> Iterator[tuple[str, Traversable]]:
    """The files below some folders by path, without what Python itself writes there."""
    for path, entry in sorted(entries, key=lambda each: each[0]):
        if entry.is_file():
            yield path, entry
        elif entry.name != "__pycache__":
            yield from _all((f"{path}/{inner.name}", inner) for inner in entry.iterdir())
