"""How a release remembers which entries it was built with: by hashes under a key, which no release contains.

Identifiers are few enough to try them all, so a hash without a secret would not be secret.
"""

import hmac
import os
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.disk import sync
from graph.errors import ReleaseError
from graph.privacy.suppression.list import Objections
from graph.privacy.suppression.matching import Rows

KEY = "objections.key"
"""The key's file in the output folder, readable by its owner alone."""

_BYTES = 32

Suppressed = Mapping[str, Sequence[str]]
"""The hash of each entry, with those of the other identifiers that the entry took out, for a manifest."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """Hashes under the key of an output folder, and what the served release was built with."""

    key: bytes
    served: Suppressed = field(default_factory=dict[str, Sequence[str]])
    entries: Mapping[int, str] = field(default_factory=dict[int, str])
    """The hash of each entry of the present list, by its row."""

    @classmethod
    def of(cls, out: Path, objections: Objections, served: Suppressed) -> "Keyed":
        """With the key of the output folder, made if there is none yet."""
        bare = cls(_key(out))
        return cls(bare.key, served, {row: bare.hash(entry) for row, entry in objections.entries.items()})

    def hash(self, text: str) -> str:
        """The hash of a text."""
        return hmac.digest(self.key, text.encode(), "sha256").hex()

    @property
    def aliases(self) -> Mapping[str, Rows]:
        """The entries of the present list by the hashes of the other identifiers that they took out before."""
        found: dict[str, set[int]] = {}
        for row, entry in self.entries.items():
            for alias in self.served.get(entry, ()):
                found.setdefault(alias, set()).add(row)
        return found

    def known(self, row: int) -> bool:
        """Whether the served release was built with an entry."""
        return self.entries[row] in self.served

    def suppressed(self, aliases: Mapping[int, Collection[str]], carried: bool) -> dict[str, list[str]]:
        """What the new release remembers, also of the parts that it carried over from the served one."""
        remembered: dict[str, list[str]] = {}
        for row, entry in self.entries.items():
            before = self.served.get(entry, ()) if carried else ()
            hashes = {*map(self.hash, aliases.get(row, ())), *before, *remembered.get(entry, ())}
            remembered[entry] = sorted(hashes)
        return dict(sorted(remembered.items()))


def _key(out: Path) -> bytes:
    path = out / KEY
    if not path.exists():
        new = out / f"{KEY}.new"
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(_BYTES))
        sync(new)
        new.replace(path)
        sync(out)
    key = path.read_bytes()
    if len(key) != _BYTES:
        raise ReleaseError(str(path), "is not a key", "restore it, or delete it and build all sources, without --only")
    return key
