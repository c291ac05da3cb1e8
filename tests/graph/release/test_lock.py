"""Only one build writes into a folder at a time."""

from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from graph.errors import ReleaseError
from graph.release.lock import sole_writer


def _hold(out: Path, held: Event, done: Event) -> None:
    with sole_writer(out):
        held.set()
        done.wait(20)


def test_the_second_writer_is_turned_away_with_the_number_of_the_first(tmp_path: Path) -> None:
    context = get_context("spawn")
    held, done = context.Event(), context.Event()
    first = context.Process(target=_hold, args=(tmp_path, held, done))
    first.start()
    assert held.wait(20)
    with (
        pytest.raises(ReleaseError, match=rf"another build is writing there, process {first.pid};"),
        sole_writer(tmp_path),
    ):
        pytest.fail("two at once")
    first.kill()
    first.join()
    with sole_writer(tmp_path):  # a lock goes with its process
        assert (tmp_path / "build.lock").read_text("ascii").strip().isdecimal()
