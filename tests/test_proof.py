"""The table of proof: what a run of `make prove` measures replaces what was measured before, and nothing else."""

import re
from collections import Counter

import pytest

from tests.support.paths import ROOT
from tests.support.proof import HEAD, Record, with_rows

PAGE = (ROOT / "docs" / "proof.md").read_text("utf-8")


def test_a_figure_replaces_the_one_before_and_leaves_the_others_with_their_dates() -> None:
    page = f"# Proof\n\n{HEAD}| a | 1 s | 5 s | 2026-01-01 | x |\n| b | 2 s | 5 s | 2026-01-01 | x |\n"
    record = Record(figures={"b": ("3 s", "5 s")})
    changed = with_rows(page, record.rows("2026-02-02", "y"))
    assert changed == page.replace("| b | 2 s | 5 s | 2026-01-01 | x |", "| b | 3 s | 5 s | 2026-02-02 | y |")


def test_a_test_without_a_figure_counts_its_cases_and_one_that_did_not_run_has_no_row() -> None:
    outcomes = {"test_it_holds": Counter(passed=5, failed=1), "test_it_is_skipped": Counter(skipped=1)}
    assert Record(outcomes=outcomes).rows("d", "m") == {"It holds": "| It holds | 5 of 6 cases | all | d | m |"}


@pytest.mark.parametrize("failed", [0, 1])
def test_a_test_with_a_figure_has_a_row_of_its_own_only_if_it_fails(failed: int) -> None:
    outcomes = {"test_it_is_quick": Counter(passed=1, failed=failed)}
    rows = Record({"Time": ("1 s", "2 s")}, outcomes, {"test_it_is_quick"}).rows("d", "m")
    assert len(rows) == 1 + failed


def test_a_test_that_failed_before_loses_that_row_when_it_passes() -> None:
    page = f"{HEAD}| It is quick | 0 of 1 cases | all | 2026-01-01 | x |\n"
    assert with_rows(page, {}, {"It is quick"}) == HEAD


def test_every_row_of_the_page_has_a_figure_a_limit_and_a_day() -> None:
    rows = PAGE.partition(HEAD)[2].splitlines()
    assert HEAD in PAGE
    assert [row for row in rows if not re.fullmatch(r"\|( [^|]+ \|){3} \d{4}-\d\d-\d\d \| [^|]+ \|", row)] == []
