"""What tests of single sources share."""

from collections.abc import Generator

import pytest

from graph.validation import run
from tests.support.builds.running import cross_check_of_few


@pytest.fixture(scope="module", autouse=True)
def few_nodes_validated_again() -> Generator[None]:
    """The reference engine is given one node of each class: it sees hundreds of each in the build of all real files."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "cross_check", cross_check_of_few)
        yield
