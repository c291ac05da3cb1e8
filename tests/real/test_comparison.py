"""The release of all real files says what the files say, counted by means that share nothing with the mappings."""

import pytest

from tests.real.verify.compare import COLUMNS, Release, compare, table
from tests.real.verify.files import raw_sources
from tests.support.real_build import BUILD_FILE, Built


def test_every_source_says_what_its_files_say(real_build: Built) -> None:
    release = Release.at(real_build.out)
    outcomes = list(compare(release, raw_sources(BUILD_FILE)))
    assert [outcome for outcome in outcomes if outcome.differs] == [], table(release, outcomes)


def test_the_build_prints_the_table_of_sources_that_the_release_keeps(real_build: Built) -> None:
    kept = Release.at(real_build.out).entries
    assert all(
        {"rows", "subjects", "statements", "problems", "seconds", "megabytes"} <= entry.keys()
        for entry in kept.values()
    )
    if real_build.cost is None:
        pytest.skip("built before: nobody heard what it said")
    lines = {line.split()[0]: line for line in real_build.said.splitlines() if line.strip()}
    assert lines["source"].split() == list(COLUMNS[:-1])
    for name, entry in kept.items():
        counts = [f"{entry[count]:,}" for count in ("rows", "subjects", "statements", "problems")]
        assert lines[name].split()[1:5] == counts
