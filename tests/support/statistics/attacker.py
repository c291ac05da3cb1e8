"""The reader who wants to know what was withheld: solves exactly what the published figures leave open.

The unknowns are the withheld cells, none below nought; the equations are that every total is the sum of its parts. The
smallest and the largest value that a cell can have are found by the simplex method in whole fractions, so that nothing
is hidden by rounding.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from fractions import Fraction

from graph.statistics.tables import Key, Table

__all__ = ["Attacker", "Equation", "equations"]

Equation = tuple[Mapping[Hashable, int], int]
"""Coefficients of the unknowns, and what they come to."""

_Number = int | Fraction
_Row = dict[int, _Number]
"""What is not nought, by column."""
_CONSTANT = -1
"""The column of what a row comes to."""


def equations(table: Table, hidden: Collection[Key]) -> list[Equation]:
    """What is published of a table, as equations in the cells that are not."""
    found: list[Equation] = []
    for total, parts in table.sums():
        unknown: dict[Hashable, int] = {}
        constant = 0
        for key, sign in ((total, -1), *((part, 1) for part in parts)):
            if key in hidden:
                unknown[key] = sign
            else:
                constant -= sign * table.value(key)
        if unknown:
            found.append((unknown, constant))
    return found


class Attacker:
    """Works out the bounds of any unknown of some equations."""

    def __init__(self, system: Sequence[Equation]) -> None:
        self.unknowns = sorted({key for unknown, _ in system for key in unknown}, key=repr)
        self._place = {key: number for number, key in enumerate(self.unknowns)}
        self._rows: list[_Row] = []
        for number, (unknown, constant) in enumerate(system):
            flip = -1 if constant < 0 else 1
            row: _Row = {self._place[key]: flip * sign for key, sign in unknown.items()}
            self._rows.append(row | {len(self._place) + number: 1, _CONSTANT: flip * constant})
        self._basis = list(range(len(self._place), len(self._place) + len(system)))
        self._find_a_solution()

    def bounds(self, key: Hashable) -> tuple[Fraction, Fraction | None]:
        """The smallest and the largest value that an unknown can have; None: there is no largest."""
        low = self._largest(key, -1)
        assert low is not None, "an unknown is not below nought"
        return -low, self._largest(key, 1)

    def _find_a_solution(self) -> None:
        """Drive out the artificial unknowns that each equation begins with."""
        width = len(self.unknowns)
        left = _climb(self._rows, self._basis, dict.fromkeys(self._basis, -1))
        assert left == 0, "what is published contradicts itself"
        for at, column in enumerate(self._basis):
            real = min((place for place in self._rows[at] if 0 <= place < width), default=None)
            if column >= width and real is not None:
                _pivot([self._rows], self._basis, at, real)
        kept = [at for at, column in enumerate(self._basis) if column < width]
        self._rows = [{at: value for at, value in self._rows[row].items() if at < width} for row in kept]
        self._basis = [self._basis[row] for row in kept]

    def _largest(self, key: Hashable, sign: int) -> Fraction | None:
        """The solution that is found stands for the next question to begin with."""
        return _climb(self._rows, self._basis, {self._place[key]: sign})


def _climb(rows: list[_Row], basis: list[int], goal: Mapping[int, int]) -> Fraction | None:
    """Pivot by Bland's rule until the goal cannot rise, and give it; None if it can rise for ever."""
    costs: _Row = {column: -weight for column, weight in goal.items()}
    for column, row in zip(basis, rows, strict=True):
        if weight := costs.get(column):
            _take_away(costs, weight, row)
    while True:
        gain = min((column for column, cost in costs.items() if cost < 0 and column != _CONSTANT), default=None)
        if gain is None:
            return Fraction(costs.get(_CONSTANT, 0))
        rising = ((at, row, factor) for at, row in enumerate(rows) if (factor := row.get(gain, 0)) > 0)
        ratios = [(_divided(row.get(_CONSTANT, 0), factor), basis[at], at) for at, row, factor in rising]
        if not ratios:
            return None
        _pivot([rows, [costs]], basis, min(ratios)[2], gain)


def _pivot(tables: list[list[_Row]], basis: list[int], at: int, column: int) -> None:
    """Let a column enter the basis in a row, which is of the first of some tables."""
    scale = tables[0][at][column]
    pivot = tables[0][at] = {place: _divided(value, scale) for place, value in tables[0][at].items()}
    for row in (row for table in tables for row in table):
        if row is not pivot and (factor := row.get(column)):
            _take_away(row, factor, pivot)
    basis[at] = column


def _take_away(row: _Row, factor: _Number, pivot: _Row) -> None:
    """Take another row from a row, so many times."""
    for place, value in pivot.items():
        if left := row.get(place, 0) - factor * value:
            row[place] = left if isinstance(left, int) else _whole(left)
        else:
            row.pop(place, None)


def _divided(value: _Number, by: _Number) -> _Number:
    return value if by == 1 else _whole(Fraction(value) / by)


def _whole(value: Fraction) -> _Number:
    """Whole numbers as such: they are added up twenty times as fast."""
    return value.numerator if value.denominator == 1 else value
