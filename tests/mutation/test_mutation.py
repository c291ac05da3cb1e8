"""Faults planted by hand in the rules of identity, privacy, suppression, money and release: the tests notice them."""

from pathlib import Path

import pytest

from tests.support.mutation import copied, fails, faults, noticed
from tests.support.paths import ROOT
from tests.support.proof import Prove

FEWEST = 60
MOST_UNNOTICED = 10
"""In a hundred."""


def test_the_text_of_each_fault_stands_once_in_its_file_and_its_tests_are_there() -> None:
    listed = faults()
    times = {fault.name: (ROOT / fault.file).read_text("utf-8").count(fault.before) for fault in listed}
    assert {name: count for name, count in times.items() if count != 1} == {}
    assert [fault.name for fault in listed if fault.before == fault.after or not fault.tests] == []
    assert [test for fault in listed for test in fault.tests if not (ROOT / test).exists()] == []
    assert len(times) == len(listed) >= FEWEST


@pytest.mark.prove
def test_faults_planted_by_hand_are_noticed(tmp_path: Path, prove: Prove) -> None:
    checkout, listed = copied(tmp_path / "checkout"), faults()
    modules = sorted({test for fault in listed for test in fault.tests})
    assert not fails(modules, checkout), "without a fault, all of their tests pass"
    missed = [fault.name for fault in listed if not noticed(fault, checkout)]
    (tmp_path / "unnoticed.txt").write_text("\n".join(missed), "utf-8")
    prove(f"Of {len(listed)} faults planted by hand, unnoticed", 100 * len(missed) / len(listed), MOST_UNNOTICED, "%")
