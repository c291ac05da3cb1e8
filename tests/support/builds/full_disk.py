"""`python -m tests.support.builds.full_disk BUILD.toml OUT`: builds on a disk that fills up at each stage in turn.

OUT must be a small file system of its own. Prints a JSON object a line: stage, what the build said, what is left.
"""

import json
import subprocess
import sys
from pathlib import Path

from graph.release.folder import Releases
from tests.support.builds.running import RunningBuild

STAGES = (
    "fetch",
    "map",
    "check",
    "merge",
    "compare",
    "store",
    "cubes",
    "quality",
    "validate",
    "search",
    "dumps",
    "seal",
)


def main(plan: Path, out: Path) -> None:
    """Build once with room to spare, then once for each stage."""
    subprocess.run(
        [sys.executable, "-m", "tests.support.builds.run_build", str(plan)], check=True, stdout=subprocess.DEVNULL
    )
    for stage in STAGES:
        with RunningBuild(plan) as build:
            build.go_on_until(f"stage {stage}")
            filler = _fill(out)
            said = build.go_on_to_the_end()
        left = sorted(path.name for path in (*out.iterdir(), *(out / "releases").iterdir()) if path != filler)
        faults = Releases(out).verify()
        filler.unlink()
        line = {"stage": stage, "said": said[-1], "code": build.process.returncode, "left": left, "faults": faults}
        sys.stdout.write(json.dumps(line) + "\n")


def _fill(out: Path) -> Path:
    """A file that takes all the room there is."""
    filler = out / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    return filler


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
