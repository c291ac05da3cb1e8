"""Which cells of a table are withheld: those that could identify somebody, and those that would give them away.

The rule, its reasons, and the cubes that it applies to are in docs/suppression.md. This is how it is kept. For every
cell that is withheld, changes of the withheld cells are found that keep every published figure and every total true,
and that move the cell by as much as the rule demands. So a reader who works out all that can be worked out is still
left with a range at least so wide. Where there are no such changes yet, further cells are withheld, the least
informative ones.
"""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from graph.statistics.tables import Key, Table

THRESHOLD = 5
"""The smallest number of organisations that may be counted together (k)."""
FEWEST_CONTRIBUTORS = 3
"""The smallest number of organisations whose money may be added up."""
DOMINANCE = 85
"""The hundredths of a sum of money above which one organisation dominates it."""
MONEY_MARGIN = 15
"""Nobody may tell a withheld sum of money more exactly than to so many hundredths of it."""
SMALLEST_MARGIN = 1000
"""Pounds; for sums so small that a share of them is nothing."""

Room = Callable[[int], int]
"""How wide a range a reader must be left with for a cell of this value."""


def is_small(count: int) -> bool:
    """Whether a count of organisations could identify one; zero is about nobody."""
    return 0 < count < THRESHOLD


def is_dominated(contributors: int, largest: int, total: int) -> bool:
    """Whether a sum of money shows too much of one of the organisations that it is made of, given the largest amount.

    >>> is_dominated(3, 90, 100), is_dominated(3, 40, 100), is_dominated(2, 40, 100)
    (True, False, True)
    """
    return 0 < contributors < FEWEST_CONTRIBUTORS or 100 * largest > DOMINANCE * total


def room_of_count(_count: int) -> int:
    """A count must not be known to within the threshold, either way."""
    return 2 * THRESHOLD


def room_of_money(pounds: int) -> int:
    """A sum of money must not be known to within the margin, either way."""
    return 2 * max(MONEY_MARGIN * abs(pounds) // 100, SMALLEST_MARGIN)


def withheld(table: Table, unsafe: Iterable[Key], room: Room) -> frozenset[Key]:
    """The cells to withhold: the unsafe ones, and whatever would give these away."""
    hiding = _Hiding(table, room, _worked_out(table))
    waiting = deque(sorted(key for key in unsafe if key not in hiding.known))
    hiding.hidden.update(waiting)
    while waiting:
        waiting.extend(hiding.protect(waiting.popleft()))
    return frozenset(hiding.hidden)


def _worked_out(table: Table) -> frozenset[Key]:
    """The cells that are public, because all others of a total are public."""
    known = set(table.known)
    open_sums = [(total, *parts) for total, parts in table.sums()]
    while True:
        found = {hidden[0] for cells in open_sums if len(hidden := [key for key in cells if key not in known]) == 1}
        if not found:
            return frozenset(known)
        known |= found


@dataclass(frozen=True, order=True)
class _Change:
    """A change that keeps all totals true. The least is the best: what it loses for what is needed, then its length."""

    loss: int
    minus_step: int
    rising: tuple[Key, ...]
    falling: tuple[Key, ...]

    @property
    def step(self) -> int:
        return -self.minus_step


class _Hiding:
    """A table with the cells that are withheld so far."""

    def __init__(self, table: Table, room: Room, known: frozenset[Key]) -> None:
        self.table, self.room, self.known = table, room, known
        self.hidden: set[Key] = set()

    def protect(self, key: Key) -> list[Key]:
        """Withhold what it takes to leave a reader in doubt about a cell; gives the cells newly withheld, in order."""
        before = set(self.hidden)
        for free in (True, False):  # what is withheld already costs nothing
            rise = self._moved(key, 1, self._room(key), free)
            if rise + self._moved(key, -1, self._room(key) - rise, free) >= self._room(key):
                return sorted(self.hidden - before)
        for reach in (self.table.lines(key), self.table.all_keys()):  # no way by small changes: the lines, then all
            self.hidden.update(other for other in reach if other not in self.known)
            rise = self._moved(key, 1, self._room(key), True)
            if rise + self._moved(key, -1, self._room(key) - rise, True) >= self._room(key):
                break
        return sorted(self.hidden - before)

    def _room(self, key: Key) -> int:
        """The room that is demanded, as far as public totals leave so much."""
        above = [max(self.table.value(total), 0) for total in self.table.totals(key) if total in self.known]
        return min((self.room(self.table.value(key)), *above))

    def _moved(self, key: Key, direction: int, need: int, free: bool) -> int:
        """How far a cell can be moved up or down, withholding more cells for it unless `free`; at most `need`."""
        values = {hidden: max(self.table.value(hidden), 0) for hidden in self.hidden}
        done: int = 0
        while done < need:
            left = need - done
            change = _best(self._changes(key, direction, values, left, free), left)
            if change is None:
                break
            for cells, sign in ((change.rising, 1), (change.falling, -1)):
                for cell in cells:
                    values[cell] = values.get(cell, max(self.table.value(cell), 0)) + sign * change.step
                self.hidden.update(cells)
            done += change.step
        return done

    def _changes(self, key: Key, direction: int, values: dict[Key, int], left: int, free: bool) -> Iterable[_Change]:
        """The changes of a cell that are open; a cell falls to zero at the lowest."""
        for change in self.table.changes(key):
            if free and not change.keys() <= values.keys():
                continue
            fresh = [cell for cell in change if cell not in values]
            if not self.known.isdisjoint(fresh):
                continue
            falling = tuple(cell for cell, sign in change.items() if sign != direction)
            step = min((left, *(values.get(cell, max(self.table.value(cell), 0)) for cell in falling)))
            if step > 0:
                rising = tuple(cell for cell, sign in change.items() if sign == direction)
                cost = sum(map(self._cost, fresh))
                yield _Change(cost * -(-left // step), -step, rising, falling)

    def _cost(self, key: Key) -> int:
        """What is lost by withholding a cell: its figure; a zero is a figure too."""
        return max(abs(self.table.value(key)), THRESHOLD)


def _best(changes: Iterable[_Change], need: int) -> _Change | None:
    """The best of some changes; one that costs nothing and is all that is needed is not looked beyond."""
    best: _Change | None = None
    for change in changes:
        if best is None or change < best:
            best = change
        if best.loss == 0 and best.step == need:
            break
    return best
