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

_Row = list[Fraction]


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
        place = {key: number for number, key in enumerate(self.unknowns)}
        self._rows: list[_Row] = []
        for number, (unknown, constant) in enumerate(system):
            flip = -1 if constant < 0 else 1
            row = [Fraction(0)] * (len(place) + len(system) + 1)
            for key, sign in unknown.items():
                row[place[key]] = Fraction(flip * sign)
            row[len(place) + number], row[-1] = Fraction(1), Fraction(flip * constant)
            self._rows.append(row)
        self._basis = list(range(len(place), len(place) + len(system)))
        self._find_a_solution()

    def bounds(self, key: Hashable) -> tuple[Fraction, Fraction | None]:
        """The smallest and the largest value that an unknown can have; None: there is no largest."""
        low = self._largest(key, -1)
        assert low is not None, "an unknown is not below nought"
        return -low, self._largest(key, 1)

    def _find_a_solution(self) -> None:
        """Drive out the artificial unknowns that each equation begins with."""
        width = len(self.unknowns)
        goal = [Fraction(0)] * width + [Fraction(-1)] * len(self._rows)
        left = _climb(self._rows, self._basis, goal, width + len(self._rows))
        assert left == 0, "what is published contradicts itself"
        for at, column in enumerate(self._basis):
            if column >= width and (real := next((j for j in range(width) if self._rows[at][j]), None)) is not None:
                _pivot(self._rows, self._basis, at, real)
        kept = [at for at, column in enumerate(self._basis) if column < width]
        self._rows = [[*self._rows[at][:width], self._rows[at][-1]] for at in kept]
        self._basis = [self._basis[at] for at in kept]

    def _largest(self, key: Hashable, sign: int) -> Fraction | None:
        goal = [Fraction(sign * (each == key)) for each in self.unknowns]
        return _climb([list(row) for row in self._rows], list(self._basis), goal, len(self.unknowns))


def _climb(rows: list[_Row], basis: list[int], goal: _Row, columns: int) -> Fraction | None:
    """Pivot by Bland's rule until the goal cannot rise, and give it; None if it can rise for ever."""
    while True:
        weights = [(goal[column], row) for column, row in zip(basis, rows, strict=True) if goal[column]]
        gain = next(
            (
                column
                for column in range(columns)
                if goal[column] > sum((weight * row[column] for weight, row in weights), Fraction(0))
            ),
            None,
        )
        if gain is None:
            return sum((weight * row[-1] for weight, row in weights), Fraction(0))
        ratios = [(row[-1] / row[gain], basis[at], at) for at, row in enumerate(rows) if row[gain] > 0]
        if not ratios:
            return None
        _pivot(rows, basis, min(ratios)[2], gain)


def _pivot(rows: list[_Row], basis: list[int], at: int, column: int) -> None:
    scale = rows[at][column]
    pivot = rows[at] = [value / scale if value else value for value in rows[at]]
    used = [place for place, value in enumerate(pivot) if value]
    for other, row in enumerate(rows):
        if other != at and (factor := row[column]):
            for place in used:
                row[place] -= factor * pivot[place]
    basis[at] = column
