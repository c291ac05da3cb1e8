"""Suppression: what is withheld stays unknown to a reader who solves all published sums, whatever the table."""

from collections import Counter
from collections.abc import Collection, Mapping
from itertools import product
from math import ceil, floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.statistics.disclosure_control import (
    is_dominated,
    is_small,
    room_of_count,
    room_of_money,
    withheld,
)
from graph.statistics.tables import Key, Table, Tree
from tests.support.statistics.attacker import Attacker, equations

RANGE = 10
"""What a reader must be left with of a count: the threshold of docs/suppression.md, five, either way."""

COUNTS = st.one_of(st.sampled_from((0, 0, 1, 2, 4)), st.integers(0, 40))
POUNDS = st.one_of(st.sampled_from((0, 500, 20_000)), st.integers(0, 5_000_000))


def summed(trees: tuple[Tree, ...], leaves: Mapping[Key, int]) -> dict[Key, int]:
    """All totals over all dimensions."""
    values: Counter[Key] = Counter()
    for key, value in leaves.items():
        for total in product(*(tree.up(code) for tree, code in zip(trees, key, strict=True))):
            values[total] += value
    return dict(values)


def one_way(tree: Tree, **parts: int) -> dict[Key, int]:
    """The values of a table of one dimension."""
    return summed((tree,), {(part,): value for part, value in parts.items()})


def leaves_of(tree: Tree) -> list[str]:
    return [code for code in tree.codes if not tree.children.get(code)]


@st.composite
def tables(draw: st.DrawFn, numbers: st.SearchStrategy[int] = COUNTS) -> Table:
    """Tables of one to three dimensions, flat or of two levels, their row totals known or not."""
    shape = draw(st.sampled_from(((3,), (6,), (2, 3), (3, 4), (2, 2, 2))))
    trees = [Tree.flat("all", tuple(f"{place}{number}" for number in range(size))) for place, size in enumerate(shape)]
    if draw(st.booleans()):
        trees[0] = Tree("all", {"all": ("n", "s"), "n": ("n1", "n2"), "s": ("s1", "s2", "s3")})
    keys = product(*map(leaves_of, trees))
    values = summed(tuple(trees), {key: draw(numbers) for key in keys})
    rows = {(code, *("all" for _ in shape[1:])) for code in trees[0].codes} if len(shape) > 1 else {("all",)}
    return Table(tuple(trees), values, frozenset(rows) if draw(st.booleans()) else frozenset())


def left_open(table: Table, hidden: Collection[Key], key: Key) -> tuple[int, int | None]:
    """The whole numbers between which a reader finds a withheld cell."""
    low, high = Attacker(equations(table, hidden)).bounds(key)
    return ceil(low), None if high is None else floor(high)


def small(table: Table) -> list[Key]:
    return [key for key, count in table.values.items() if 1 <= count <= 4]


def range_of_money(pounds: int) -> int:
    """What a reader must be left with of a sum: fifteen hundredths of it either way, and a thousand pounds at least."""
    return 2 * max(15 * abs(pounds) // 100, 1_000)


def asked(table: Table, key: Key, room: int) -> int:
    """The range that a reader must be left with, as far as the totals that are no secret leave so much."""
    return min((room, *(table.value(total) for total in table.totals(key) if total in table.known)))


def given_away(table: Table, hidden: frozenset[Key]) -> list[tuple[Key, int]]:
    """Cells that are known from the totals that are no secret alone, whatever is withheld."""
    attacker = Attacker(equations(table, set(table.all_keys()) - table.known))
    bounds = {key: attacker.bounds(key) for key in hidden}
    return [(key, int(high - low) if high is not None else 10**12) for key, (low, high) in bounds.items()]


@settings(max_examples=80, deadline=None)
@given(tables())
def test_no_withheld_count_can_be_worked_out_to_within_the_threshold(table: Table) -> None:
    hidden = withheld(table, small(table), room_of_count)
    attacker = Attacker(equations(table, hidden))
    least = dict(given_away(table, hidden))
    for key in hidden:
        low, high = attacker.bounds(key)
        assert low <= table.value(key) and (high is None or table.value(key) <= high)
        assert high is None or high - low >= min(asked(table, key, RANGE), least[key]), key
        assert high is None or high > low or least[key] == 0, key


@settings(max_examples=40, deadline=None)
@given(tables(POUNDS))
def test_no_withheld_sum_of_money_can_be_worked_out_to_within_the_margin(table: Table) -> None:
    unsafe = [key for key in table.values if sum(map(len, key)) % 3 == 0]
    hidden = withheld(table, unsafe, room_of_money)
    attacker = Attacker(equations(table, hidden))
    least = dict(given_away(table, hidden))
    for key in hidden:
        low, high = attacker.bounds(key)
        assert high is None or high - low >= min(asked(table, key, range_of_money(table.value(key))), least[key]), key


@settings(max_examples=60, deadline=None)
@given(tables())
def test_a_small_count_is_published_only_where_it_is_no_secret(table: Table) -> None:
    hidden = withheld(table, small(table), room_of_count)
    shown = [key for key in small(table) if key not in hidden]
    attacker = Attacker(equations(table, set(table.all_keys()) - table.known)) if shown else None
    for key in shown:
        assert attacker is not None
        assert key in table.known or set(attacker.bounds(key)) == {table.value(key)}


@settings(max_examples=60, deadline=None)
@given(tables())
def test_the_same_table_always_withholds_the_same_cells(table: Table) -> None:
    turned = Table(table.dimensions, dict(sorted(table.values.items(), reverse=True)), table.known)
    assert withheld(table, small(table), room_of_count) == withheld(turned, reversed(small(turned)), room_of_count)


def test_a_table_without_small_counts_is_published_whole() -> None:
    tree = Tree.flat("all", ("a", "b", "c"))
    table = Table((tree,), one_way(tree, a=5, b=0, c=700))
    assert withheld(table, small(table), room_of_count) == frozenset()


def test_the_smallest_cells_that_will_do_are_withheld_with_a_small_one() -> None:
    tree = Tree.flat("all", ("a", "b", "c", "d"))
    table = Table((tree,), one_way(tree, a=3, b=12, c=90, d=800))
    assert withheld(table, small(table), room_of_count) == {("a",), ("b",)}


def test_in_two_dimensions_a_small_cell_takes_three_others_with_it() -> None:
    trees = (Tree.flat("all", ("a", "b", "c")), Tree.flat("all", ("x", "y", "z")))
    cells: dict[Key, int] = {
        ("a", "x"): 2,
        ("a", "y"): 15,
        ("a", "z"): 90,
        ("b", "x"): 20,
        ("b", "y"): 30,
        ("b", "z"): 80,
    }
    table = Table(trees, summed(trees, {**cells, ("c", "x"): 70, ("c", "y"): 60, ("c", "z"): 50}))
    assert withheld(table, small(table), room_of_count) == {("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")}


def test_a_total_is_withheld_where_it_would_give_its_only_part_away() -> None:
    tree = Tree.flat("all", ("a", "b"))
    table = Table((tree,), one_way(tree, a=4, b=0))
    assert {("a",), ("all",)} <= withheld(table, small(table), room_of_count)


def test_a_nought_is_withheld_where_it_would_tell_that_all_are_in_one_place() -> None:
    tree = Tree.flat("all", ("a", "b", "c"))
    table = Table((tree,), one_way(tree, a=3, b=0, c=0), known=frozenset({("all",)}))
    hidden = withheld(table, small(table), room_of_count)
    assert ("a",) in hidden and hidden & {("b",), ("c",)}
    assert left_open(table, hidden, ("a",)) == (0, 3)


def test_withheld_cells_do_not_tell_which_of_them_are_small() -> None:
    """A mark for the small ones would bound each of them by the threshold."""
    tree = Tree.flat("all", ("a", "b"))
    table = Table((tree,), one_way(tree, a=4, b=60))
    hidden: frozenset[Key] = withheld(table, small(table), room_of_count)
    low, high = left_open(table, hidden, ("a",))
    assert low == 0 and (high is None or high >= RANGE)


@pytest.mark.parametrize(
    ("contributors", "largest", "total", "unsafe"),
    [
        (0, 0, 0, False),
        (1, 10, 10, True),
        (2, 5, 10, True),
        (3, 85, 100, False),
        (3, 86, 100, True),
        (2, 50, 100, True),
        (3, 34, 100, False),
        (40, 1, 40, False),
    ],
)
def test_money_is_unsafe_if_few_made_it_or_one_made_most(
    contributors: int, largest: int, total: int, unsafe: bool
) -> None:
    assert is_dominated(contributors, largest, total) is unsafe


def test_counts_of_one_to_four_are_small_and_others_are_not() -> None:
    assert [count for count in range(12) if is_small(count)] == [1, 2, 3, 4]


@pytest.mark.parametrize("count", [0, 1, 4, 5, 1_000])
def test_a_count_must_not_be_known_to_within_five_either_way(count: int) -> None:
    assert room_of_count(count) == RANGE


@pytest.mark.parametrize(
    ("pounds", "room"),
    [(0, 2_000), (6_666, 2_000), (6_680, 2_004), (100_000, 30_000), (-100_000, 30_000), (1_000_000, 300_000)],
)
def test_a_sum_must_not_be_known_to_within_fifteen_hundredths_or_a_thousand_pounds(pounds: int, room: int) -> None:
    assert room_of_money(pounds) == room


def test_the_attacker_finds_what_was_withheld_carelessly() -> None:
    tree = Tree.flat("all", ("a", "b", "c"))
    table = Table((tree,), one_way(tree, a=3, b=12, c=90))
    assert left_open(table, {("a",)}, ("a",)) == (3, 3)
    assert left_open(table, {("a",), ("b",)}, ("a",)) == (0, 15)
    assert left_open(table, {("a",), ("all",)}, ("a",)) == (0, None)


def test_a_country_of_councils_is_protected_in_seconds() -> None:
    trees = (Tree.flat("S", tuple(f"c{n}" for n in range(32))), Tree.flat("all", tuple(f"q{n}" for n in range(5))))
    leaves: dict[Key, int] = {
        (c, q): (7 * i * i + 13 * j) % 97
        for i, c in enumerate(leaves_of(trees[0]))
        for j, q in enumerate(leaves_of(trees[1]))
    }
    known = frozenset((code, "all") for code in trees[0].codes)
    table = Table(trees, summed(trees, leaves), known)
    hidden = withheld(table, small(table), room_of_count)
    assert small(table) and len(hidden) < 80
    attacker = Attacker(equations(table, hidden))
    for key in sorted(hidden)[::7]:
        low, high = attacker.bounds(key)
        assert high is not None and high - low >= RANGE
