"""The example queries of `endpoint/queries/`: each a file whose first line is its English title."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from endpoint.presentation.page import ask_again
from endpoint.presentation.view import View
from graph.model.terms import PREFIXES, Iri

__all__ = ["Example", "answerable", "examples"]

DISPENSABLE = re.compile(r"(?:OPTIONAL|MINUS|NOT EXISTS) \{[^{}]*\}|^(?:#|PREFIX).*$|\"[^\"]*\"", re.MULTILINE)
"""Parts of a query without which it has an answer too, and those that name no terms."""
NAME = re.compile(r"(?<![\w^:])([a-z][a-z-]*):(\w+)")
FUNCTIONS = ("geof", "uom", "xsd")


@dataclass(frozen=True)
class Example:
    """A query with its title, and the address of the form filled in with it."""

    name: str
    title: str
    query: str

    @property
    def href(self) -> str:
        return ask_again(self.query)

    def terms(self) -> Iterator[str]:
        """The classes and properties that it cannot do without."""
        needed = DISPENSABLE.sub("", self.query)
        for prefix, local in NAME.findall(needed):
            if prefix in PREFIXES and prefix not in FUNCTIONS:
                yield PREFIXES[prefix] + local


@cache
def examples() -> tuple[Example, ...]:
    """All of them, in the order of their file names."""
    folder = files("endpoint") / "queries"
    found = sorted(file.name for file in folder.iterdir() if file.name.endswith(".rq"))
    texts = ((name, (folder / name).read_text(encoding="utf-8")) for name in found)
    return tuple(Example(name.removesuffix(".rq"), text.splitlines()[0].lstrip("# "), text) for name, text in texts)


def answerable(view: View) -> tuple[Example, ...]:
    """Those whose terms the release uses: the others would have an empty answer."""
    return view.once("answerable", lambda: tuple(it for it in examples() if all(_used(view, to) for to in it.terms())))


def _used(view: View, term: str) -> bool:
    """Whether there is a thing of a class, or a statement with a property."""
    is_class = re.split("[/#]", term)[-1][:1].isupper()
    return view.any_of(Iri.of(term)) if is_class else view.is_property(term)
