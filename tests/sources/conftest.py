"""What tests of single sources share."""

from collections.abc import Generator
from functools import partial

import pytest

from graph.validation import run
from graph.validation.recheck import cross_check


@pytest.fixture(scope="module", autouse=True)
def few_nodes_validated_again() -> Generator[None]:
    """The reference engine is given one node of each class: it sees hundreds of each in the build of all real files."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "cross_check", partial(cross_check, sample_size=0, at_least=1))
        yield
