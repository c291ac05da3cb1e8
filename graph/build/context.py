"""A release in the context, as all stages of a build know it."""

from dataclasses import dataclass
from pathlib import Path

from graph.build.plan import Plan
from graph.release.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Context:
    """A release in the context: what it is made of, and the folder that it is made in."""

    plan: Plan
    named: set[str]
    """The sources to map; the others of the plan are carried over from the served release."""
    again: frozenset[str]
    """Those of them that were not named, but describe what others refer to."""
    served: Path | None
    before: Manifest | None
    """What the served release says of itself; None if nothing is served, or the manifest is damaged."""
    folder: Path
    id: str

    @property
    def scratch(self) -> Path:
        """Files that the release does not keep."""
        return self.folder / "work"

    @property
    def raw(self) -> Path:
        """What was fetched, which outlives the build."""
        return self.folder.parent / "raw"

    @property
    def default(self) -> Path:
        """The sorted N-Triples of the default graph, less the warnings that validating them gives."""
        return self.scratch / "default.nt"

    def graph(self, name: str) -> Path:
        """The sorted N-Quads of a named graph."""
        return self.scratch / f"{name}.nq"
