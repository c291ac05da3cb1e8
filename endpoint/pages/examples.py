"""The example queries of `endpoint/queries/`: each a file whose first line is its English title."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from endpoint.facts.shown import ask_again

__all__ = ["Example", "examples"]


@dataclass(frozen=True)
class Example:
    """A query with its title, and the address of the form filled in with it."""

    name: str
    title: str
    query: str

    @property
    def href(self) -> str:
        return ask_again(self.query)


@cache
def examples() -> tuple[Example, ...]:
    """All of them, in the order of their file names."""
    folder = files("endpoint") / "queries"
    found = sorted(file.name for file in folder.iterdir() if file.name.endswith(".rq"))
    texts = ((name, (folder / name).read_text(encoding="utf-8")) for name in found)
    return tuple(Example(name.removesuffix(".rq"), text.splitlines()[0].lstrip("# "), text) for name, text in texts)
