"""What is made from a release once and kept for as long as it is served, as a release never changes."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec, Protocol, TypeVar
from weakref import WeakKeyDictionary

from endpoint.service.release import Served
from endpoint.store.reader import Reader

__all__ = ["kept"]

MOST = 20_000
"""Results of one function: the labels of a whole register; only a crawler reads all of them, and memory is limited."""


class OfRelease(Protocol):
    """What looks at one release."""

    @property
    def served(self) -> Served: ...
    @property
    def reader(self) -> Reader: ...


P = ParamSpec("P")
It = TypeVar("It", bound=OfRelease)
Made = TypeVar("Made")


def kept(make: Callable[Concatenate[It, P], Made]) -> Callable[Concatenate[It, P], Made]:
    """Keeps each result of a function by its other arguments; not one that was made without all answers."""
    memos: WeakKeyDictionary[Served, dict[object, Made]] = WeakKeyDictionary()

    def keeping(it: It, /, *args: P.args, **kwargs: P.kwargs) -> Made:
        memo = memos.setdefault(it.served, {})
        key = (args, tuple(kwargs.items()))
        if (held := memo.get(key)) is not None:
            return held
        gaps = it.reader.gaps
        made = make(it, *args, **kwargs)
        if it.reader.gaps == gaps:
            if len(memo) >= MOST:
                memo.clear()
            memo[key] = made
        return made

    update_wrapper(keeping, make)
    return keeping
