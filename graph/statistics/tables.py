"""Tables of figures whose totals are published too: trees of codes, cells, and the changes that leave all totals true.

A key names a cell: one code of each dimension. A blank cell of a table with totals can be worked out if the total and
the other parts are published.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

Key = tuple[str, ...]


@dataclass(frozen=True)
class Tree:
    """A dimension: the root is the total of its children, and so on down."""

    root: str
    children: Mapping[str, tuple[str, ...]]

    @classmethod
    def flat(cls, root: str, parts: tuple[str, ...]) -> "Tree":
        """A total and its parts."""
        return cls(root, {root: parts})

    @cached_property
    def parent(self) -> Mapping[str, str]:
        """The total that each code is a part of; the root is a part of none."""
        return {part: total for total, parts in self.children.items() for part in parts}

    def up(self, code: str) -> tuple[str, ...]:
        """A code and the totals that it is in, the root last."""
        chain = [code]
        while chain[-1] in self.parent:
            chain.append(self.parent[chain[-1]])
        return tuple(chain)

    @property
    def codes(self) -> Iterator[str]:
        """All codes, the root first."""
        yield self.root
        yield from self.parent

    def paths(self, code: str) -> Iterator[tuple[str, ...]]:
        """Each way down from a code to a code without parts, the code included."""
        parts = self.children.get(code, ())
        if not parts:
            yield (code,)
        for part in parts:
            yield from ((code, *rest) for rest in self.paths(part))

    def changes(self, code: str) -> Iterator[dict[str, int]]:
        """Each simple change that makes a code larger by one and keeps every total true; the nearest codes first.

        >>> tree = Tree.flat("all", ("a", "b"))
        >>> list(tree.changes("a"))
        [{'a': 1, 'b': -1}, {'a': 1, 'all': 1}]
        """
        chain = self.up(code)
        for down in self.paths(code):
            for place, total in enumerate(chain[1:], 1):
                rising = dict.fromkeys((*down, *chain[1:place]), 1)
                for other in self.children[total]:
                    if other != chain[place - 1]:
                        yield from (rising | dict.fromkeys(path, -1) for path in self.paths(other))
            yield dict.fromkeys((*down, *chain[1:]), 1)


@dataclass(frozen=True)
class Table:
    """Figures by the codes of some dimensions, totals included; a key that is missing from `values` is zero."""

    dimensions: tuple[Tree, ...]
    values: Mapping[Key, int]
    known: frozenset[Key] = frozenset()
    """Cells that are public, whatever is done here: published elsewhere, or zero for a reason that anybody can see."""

    def value(self, key: Key) -> int:
        return self.values.get(key, 0)

    def all_keys(self) -> Iterator[Key]:
        """All cells."""
        yield from product(*(tuple(tree.codes) for tree in self.dimensions))

    def sums(self) -> Iterator[tuple[Key, tuple[Key, ...]]]:
        """Each total with its parts: all that a reader can work out is based on these."""
        for place, tree in enumerate(self.dimensions):
            others = [tuple(other.codes) if at != place else ("",) for at, other in enumerate(self.dimensions)]
            for key in product(*others):
                for total, parts in tree.children.items():
                    yield _with(key, place, total), tuple(_with(key, place, part) for part in parts)

    def totals(self, key: Key) -> Iterator[Key]:
        """The totals, over any dimensions, that a cell is in."""
        yield from (above for above in product(*map(Tree.up, self.dimensions, key)) if above != key)

    def lines(self, key: Key) -> Iterator[Key]:
        """The cells that share a total with a cell, along any one dimension."""
        for place, tree in enumerate(self.dimensions):
            total = tree.parent.get(key[place])
            yield from (_with(key, place, part) for part in tree.children.get(total or "", ()))

    def changes(self, key: Key) -> Iterator[dict[Key, int]]:
        """Each simple change that makes a cell larger by one and keeps every total true."""
        for parts in product(*(tuple(tree.changes(code)) for tree, code in zip(self.dimensions, key, strict=True))):
            change: dict[Key, int] = {(): 1}
            for part in parts:
                items = tuple(part.items())
                change = {(*codes, code): sign * more for codes, sign in change.items() for code, more in items}
            yield change


def _with(key: Key, place: int, code: str) -> Key:
    return (*key[:place], code, *key[place + 1 :])
