"""The invented directories of the build of the real files are those that their generator writes."""

from pathlib import Path

import pytest

from tests.real import invented_lists
from tests.support.paths import DATA

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"the real data are not at {DATA}")


def test_the_lists_are_as_the_generator_writes_them(tmp_path: Path) -> None:
    invented_lists.write(tmp_path)
    kept = {file.name: file.read_text("utf-8") for file in invented_lists.FOLDER.iterdir()}
    assert {file.name: file.read_text("utf-8") for file in tmp_path.iterdir()} == kept
    assert sum(text.count("\n") - 1 for text in kept.values()) == 2076
