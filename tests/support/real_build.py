"""One build of all real files, by the command itself and watched from outside, for every test that asks it something.

`CIVSOC_REAL_OUT` names the output folder of a build made before, which is then asked instead of building again.
"""

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.model import iri
from graph.model.terms import PREFIXES as VOCABULARIES
from graph.release.folder import Releases
from graph.release.manifest import Manifest
from tests.support.paths import DATA, ROOT
from tests.support.real_files import BUILD_FILE

SCOTTISH_REGISTER = ROOT / "tests" / "real" / "oscr.toml"

REUSE = "CIVSOC_REAL_OUT"

__all__ = [
    "BUILD_FILE",
    "PREFIXES",
    "SCOTTISH_REGISTER",
    "Built",
    "Cost",
    "real_release",
    "text",
    "watched",
]

PREFIXES = {
    **VOCABULARIES,
    "qb": "http://purl.org/linked-data/cube#",
    "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "uom": "http://www.opengis.net/def/uom/OGC/1.0/",
    "id": f"{iri.DEFAULT_BASE}id/",
    "def": f"{iri.DEFAULT_BASE}def/",
    "source": f"{iri.DEFAULT_BASE}id/source/",
}


@dataclass(frozen=True)
class Cost:
    """What a build took: `most_bytes` is the resident memory of all processes together."""

    seconds: float
    most_bytes: int


@dataclass(frozen=True)
class Built:
    """A release of the real files, what the build said, and what it took unless it was made before."""

    out: Path
    manifest: Manifest
    store: ox.Store
    said: str
    cost: Cost | None

    def rows(self, query: str) -> list[tuple[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None, ...]]:
        """The answer to a SELECT."""
        answer = self.store.query(query, prefixes=PREFIXES)
        assert isinstance(answer, ox.QuerySolutions)
        names = answer.variables
        return [tuple(row[name] for name in names) for row in answer]

    def table(self, query: str) -> list[tuple[str, ...]]:
        """The answer to a SELECT, as texts; unbound is ''."""
        return [tuple(text(term) for term in row) for row in self.rows(query)]

    def pairs(self, query: str) -> dict[str, str]:
        """The answer to a SELECT of two variables, of which the first is never twice the same."""
        table = self.table(query)
        answer = {row[0]: row[1] for row in table}
        assert len(answer) == len(table)
        return answer

    def number(self, query: str) -> int:
        """The answer to a query for one number."""
        return int(self.table(query)[0][0])


def text(term: object) -> str:
    """An IRI or a literal without its marks."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""


def real_release(folder: Path, plan: Path = BUILD_FILE) -> Built:
    """Build into a folder, or open what is there or `CIVSOC_REAL_OUT` names; skips, loudly, without the real files."""
    if not DATA.is_dir():
        pytest.skip(f"THE REAL REGISTERS ARE NOT HERE ({DATA.resolve()}): nothing of the real build was tested")
    if plan == BUILD_FILE and (before := os.environ.get(REUSE)):
        return _opened(Path(before), "", None)
    if (folder / "current").exists():
        return _opened(folder, "", None)
    command = [str(Path(sys.executable).with_name("civsoc")), "build", str(plan), "--out", str(folder)]
    code, said, cost = watched(command)
    assert code == 0, said
    return _opened(folder, said, cost)


def _opened(out: Path, said: str, cost: Cost | None) -> Built:
    release = Releases(out).find("current")
    return Built(out, Manifest.read(release), ox.Store.read_only(str(release / "store")), said, cost)


def watched(command: list[str]) -> tuple[int, str, Cost]:
    """Run a command: its exit code, what it said, and what it and its descendants took."""
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        watch = _Watch(process.pid)
        watch.start()
        said, _ = process.communicate()
        seconds = time.perf_counter() - started
        watch.join()
    return process.returncode, said, Cost(seconds, watch.most_bytes)


class _Watch(threading.Thread):
    """Adds up the memory of a process and its descendants, ten times a second, until it ends."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.most_bytes = pid, 0

    def run(self) -> None:
        while Path(f"/proc/{self.pid}").exists():
            self.most_bytes = max(self.most_bytes, _resident(self.pid))
            time.sleep(0.1)


def _resident(pid: int) -> int:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") + sum(_resident(int(child)) for child in children)
