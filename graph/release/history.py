"""`served.log` in the output folder: which releases were served one after another, so that going back finds its way.

It is written before the link is moved, and read from the served release backwards: what stands after that, such as a
release whose switch did not come about, or those that somebody went back from, counts for nothing.
"""

from collections.abc import Collection
from pathlib import Path

from graph.disk import sync

NAME = "served.log"
NEW = "served.log.new"


def served_before(out: Path, current: str, known: Collection[str]) -> list[str]:
    """The releases that were served before the current one, latest last; where nobody noted it, the older by name."""
    noted = _noted(out)
    before = noted[: noted.index(current)] if current in noted else []
    return [name for name in before if name in known] or sorted(name for name in known if name < current)


def remember(out: Path, current: str, following: str, known: Collection[str]) -> None:
    """Note that a release will be served after the current one; going back to an earlier one needs no note."""
    before = served_before(out, current, known)
    if following in (*before, current):
        return
    file = out / NEW
    file.write_text("".join(f"{name}\n" for name in (*before, current, following)), "ascii")
    sync(file)
    file.replace(out / NAME)
    sync(out)


def _noted(out: Path) -> list[str]:
    try:
        return (out / NAME).read_text("ascii").split()
    except (FileNotFoundError, UnicodeDecodeError):
        return []
