"""Groups that lists have: they keep their addresses when they register, and when their list changes."""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Store

from graph.build.plan import read_plan
from graph.build.run import build
from graph.model import iri
from graph.model.query import select
from graph.model.terms import OWL
from tests.support.sources import milo_export
from tests.support.sources.milo_list import addresses, export, names_of, planned


def test_a_group_that_registers_keeps_its_old_address_as_an_alias(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for number in ("", "SC012345"):
        file = tmp_path / "list.csv"
        file.write_text(f"Id,title,charity_number,publish_to_strive_directory\n7,Glen Choir,{number},true\n", "utf-8")
        build(read_plan(planned(tmp_path, file)), out=out)
    store = Store.read_only(str((out / "current").resolve() / "store"))
    (row,) = select(store, f"SELECT ?body {{ {iri.organisation('DIR-MILO', '7')} {OWL.sameAs} ?body }}")
    assert row["body"] == NamedNode(iri.organisation("GB-SC", "SC012345").value)


def released(folder: Path, file: Path) -> Path:
    """The folder of a release of the list."""
    build(read_plan(planned(folder, file)), out=folder / "out")
    return (folder / "out" / "current").resolve()


@pytest.mark.parametrize("size", [100, pytest.param(5_000, marks=pytest.mark.prove)])
def test_a_list_keeps_its_addresses_when_it_is_shuffled_renamed_and_corrected(size: int, tmp_path: Path) -> None:
    records, _ = export(size)
    first = released(tmp_path, milo_export.write(records, tmp_path / "milo.json"))
    second = released(tmp_path, milo_export.write(milo_export.corrected(records), tmp_path / "later.json"))
    assert addresses(second) == addresses(first)
    before, after = names_of(first), names_of(second)
    assert before.keys() == after.keys()
    assert sum(before[body] != after[body] for body in before) == len(records[::10])
