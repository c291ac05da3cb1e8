"""The reader who wants to know what was withheld: solves exactly what the published figures leave open.

The unknowns are the withheld cells, none below nought; the equations are that every total is the sum of its parts. The
smallest and the largest value that a cell can have are found by the simplex method in whole fractions, so that nothing
is hidden by rounding; for tables too large for that, bounds are passed on from sum to sum until nothing changes.
"""

from collections.abc import Collection, Sequence
from fractions import Fraction

from graph.pipeline.cubes.tables import Key, Table

__all__ = ["bounds", "narrowed"]

Equation = tuple[dict[Key, int], int]
"""Coefficients of the unknowns, and what they come to."""


def equations(table: Table, hidden: Collection[Key]) -> list[Equation]:
    """What is published of a table, as equations in the cells that are not."""
    found: list[Equation] = []
    for total, parts in table.sums():
        unknown: dict[Key, int] = {}
        constant = 0
        for key, sign in ((total, -1), *((part, 1) for part in parts)):
            if key in hidden:
                unknown[key] = sign
            else:
                constant -= sign * table.value(key)
        if unknown:
            found.append((unknown, constant))
    return found


def bounds(table: Table, hidden: Collection[Key], key: Key) -> tuple[int, int | None]:
    """The smallest and the largest value that a withheld cell can have (rounded outwards); None: no largest."""
    system = equations(table, hidden)
    unknowns = sorted(hidden)
    low, high = _largest(system, unknowns, key, -1), _largest(system, unknowns, key, 1)
    assert low is not None, "a cell is not below nought"
    return int(-low // 1), None if high is None else -int(-high // 1)


def narrowed(table: Table, hidden: Collection[Key]) -> dict[Key, tuple[int, int | None]]:
    """Bounds of each withheld cell by passing on what each sum says of each of its cells."""
    found: dict[Key, tuple[int, int | None]] = dict.fromkeys(hidden, (0, None))
    system = equations(table, hidden)
    for _ in range(200):
        before = dict(found)
        for unknown, constant in system:
            for key in unknown:
                found[key] = _tightened(found, unknown, constant, key)
        if found == before:
            break
    return found


def _tightened(
    found: dict[Key, tuple[int, int | None]], unknown: dict[Key, int], constant: int, key: Key
) -> tuple[int, int | None]:
    """The bounds of one cell by one equation: sign * cell = constant - all others."""
    least, most = constant, constant
    endless_least = endless_most = False
    for other, sign in unknown.items():
        if other == key:
            continue
        low, high = found[other]
        if sign > 0:
            most -= low
            endless_least, least = endless_least or high is None, least - (high or 0)
        else:
            least += low
            endless_most, most = endless_most or high is None, most + (high or 0)
    if unknown[key] < 0:
        least, most, endless_least, endless_most = -most, -least, endless_most, endless_least
    low, high = found[key]
    low = low if endless_least else max(low, least)
    return low, high if endless_most else (most if high is None else min(high, most))


def _largest(system: Sequence[Equation], unknowns: Sequence[Key], key: Key, sign: int) -> Fraction | None:
    """The largest value of sign * cell; None if there is none. Two phases, Bland's rule."""
    width = len(unknowns)
    rows: list[list[Fraction]] = []
    for number, (unknown, constant) in enumerate(system):
        flip = -1 if constant < 0 else 1
        row = [Fraction(flip * unknown.get(each, 0)) for each in unknowns]
        row += [Fraction(int(at == number)) for at in range(len(system))]
        rows.append([*row, Fraction(flip * constant)])
    basis = list(range(width, width + len(system)))
    _climb(rows, basis, [Fraction(0)] * width + [Fraction(-1)] * len(system), width + len(system))
    for at, column in enumerate(basis):  # artificial unknowns at nought go out where a real one can come in
        if column >= width and (real := next((j for j in range(width) if rows[at][j]), None)) is not None:
            _pivot(rows, basis, at, real)
    goal = [Fraction(sign * int(each == key)) for each in unknowns] + [Fraction(0)] * len(system)
    return _climb(rows, basis, goal, width)


def _climb(rows: list[list[Fraction]], basis: list[int], goal: list[Fraction], columns: int) -> Fraction | None:
    """Pivot until the goal cannot rise; its value, None if it can rise for ever. Only the first columns may come in."""
    while True:
        gain = next(
            (
                column
                for column in range(columns)
                if column not in basis
                and goal[column] > sum(goal[basis[at]] * row[column] for at, row in enumerate(rows) if row[column])
            ),
            None,
        )
        if gain is None:
            return sum((goal[basis[at]] * row[-1] for at, row in enumerate(rows)), Fraction(0))
        ratios = [(row[-1] / row[gain], basis[at], at) for at, row in enumerate(rows) if row[gain] > 0]
        if not ratios:
            return None
        _pivot(rows, basis, min(ratios)[2], gain)


def _pivot(rows: list[list[Fraction]], basis: list[int], at: int, column: int) -> None:
    scale = rows[at][column]
    rows[at] = [value / scale for value in rows[at]]
    for other, row in enumerate(rows):
        if other != at and row[column]:
            factor = row[column]
            rows[other] = [value - factor * pivot for value, pivot in zip(row, rows[at], strict=True)]
    basis[at] = column
