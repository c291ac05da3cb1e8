"""The example queries of `endpoint/queries/`: each a file whose first line is its English title."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pyoxigraph import NamedNode

from endpoint.presentation.model.page import query_form_href
from endpoint.presentation.reading.kept import kept
from endpoint.presentation.reading.view import View
from endpoint.store.port import text
from graph.model.terms import PREFIXES

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
        return query_form_href(self.query)

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


@kept
def answerable(view: View) -> tuple[Example, ...]:
    """Those whose terms the release uses: the others would have an empty answer."""
    terms = sorted({term for example in examples() for term in example.terms()})
    classes = [term for term in terms if re.split("[/#]", term)[-1][:1].isupper()]
    used = _used(view, classes, "?it a ?term") | _used(view, sorted(set(terms) - set(classes)), "?it ?term ?value")
    return tuple(example for example in examples() if used.issuperset(example.terms()))


def _used(view: View, terms: Iterable[str], use: str) -> set[str]:
    """The classes of which there is a thing, or the properties of which there is a statement."""
    listed = " ".join(str(NamedNode(term)) for term in terms)
    query = f"SELECT ?term {{ VALUES ?term {{ {listed} }} FILTER EXISTS {{ {use} }} }}"
    return {text(row, "term") for row in view.rows(query)}
