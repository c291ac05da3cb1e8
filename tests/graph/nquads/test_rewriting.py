"""A sorted file that is rewritten in place: whole or not at all, sorted, each line once, and counted."""

import io
import os
import signal
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.nquads.rewriting import counts, rewriting

TERMS = st.sampled_from(["a", "ab", "b", "c"])
GRAPHS = st.sets(st.tuples(TERMS, TERMS, TERMS).map(lambda it: "<x:{}> <x:{}> <x:{}> <x:g> .\n".format(*it).encode()))


def written(folder: Path, *lines: bytes) -> Path:
    (folder / "graph.nq").write_bytes(b"".join(sorted(lines)))
    return folder / "graph.nq"


def quads(*subjects: str) -> list[bytes]:
    return [f"<x:{subject}> <x:p> <x:{number}> <x:g> .\n".encode() for number, subject in enumerate(subjects)]


@given(GRAPHS, GRAPHS, GRAPHS)
def test_lines_taken_out_and_put_in_leave_what_sets_would_leave(
    tmp_path_factory: pytest.TempPathFactory, before: set[bytes], gone: set[bytes], new: set[bytes]
) -> None:
    path, twice = written(tmp_path_factory.mktemp("graph"), *before), io.BytesIO()
    with rewriting(path, twice) as lines:
        lines.keep_all(line for line in lines if line not in gone)
        lines.add_all(new)
    after = before - gone | new
    assert path.read_bytes() == b"".join(sorted(after))
    assert lines.counts in (None, (len({line.split()[0] for line in after}), len(after)))
    assert lines.changed or after == before
    assert twice.getvalue() == b"".join(sorted((before - gone) & new))
    assert [*path.parent.iterdir()] == [path]


def test_counts_are_those_of_subjects_and_statements(tmp_path: Path) -> None:
    path = written(tmp_path, *quads("a", "a", "ab", "b"))
    assert counts(path) == (3, 4)
    with rewriting(path) as lines:
        lines.keep_all(line for line in lines if b"x:ab" not in line)
    assert lines.counts == (2, 3)


def test_a_graph_may_become_empty(tmp_path: Path) -> None:
    path = written(tmp_path, *quads("a", "b"))
    with rewriting(path) as lines:
        pass
    assert lines.counts == (0, 0)
    assert path.read_bytes() == b""


def test_an_empty_graph_may_be_filled(tmp_path: Path) -> None:
    path = written(tmp_path)
    with rewriting(path) as lines:
        lines.add_all(quads("b", "a"))
    assert lines.counts == (2, 2)
    assert path.read_bytes() == b"".join(sorted(quads("b", "a")))


def test_a_file_of_which_every_line_is_kept_is_not_touched(tmp_path: Path) -> None:
    path = written(tmp_path, *quads("a", "b"))
    before = path.stat().st_ino
    with rewriting(path) as lines:
        lines.keep_all(lines)
    assert (lines.changed, lines.counts, path.stat().st_ino) == (False, None, before)


def test_a_failure_midway_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = written(tmp_path, *quads("a", "b"))
    with pytest.raises(ZeroDivisionError), rewriting(path) as lines:
        lines.keep(next(iter(lines)))
        raise ZeroDivisionError
    assert path.read_bytes() == b"".join(sorted(quads("a", "b")))
    assert [*tmp_path.iterdir()] == [path]


def test_a_process_killed_midway_leaves_the_old_file(tmp_path: Path) -> None:
    path = written(tmp_path, *quads("a", "b"))
    process = get_context("fork").Process(target=_die_midway, args=(path,))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert path.read_bytes() == b"".join(sorted(quads("a", "b")))


def _die_midway(path: Path) -> None:
    with rewriting(path) as lines:
        lines.keep(next(iter(lines)))
        os.kill(os.getpid(), signal.SIGKILL)
