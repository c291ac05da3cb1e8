"""The catalogue of a build with several instances of a source."""

from pathlib import Path

import pytest

from graph.build.catalogue import catalogue
from graph.errors import UsageError
from graph.model import iri
from graph.model.own_graphs import OWN_GRAPHS
from graph.model.terms import DCAT, DCT
from graph.nquads.mapped import Mapped
from graph.sources.source import Source
from graph.sources.source_graph import mapped_graph
from tests.support.builds.plans import GLEN, plan_of


def test_the_catalogue_tells_of_each_instance_as_the_build_file_does(tmp_path: Path) -> None:
    planned = plan_of(tmp_path, GLEN).sources[0]
    mapped = Mapped(planned.name, tmp_path / "charities.csv", 1, 1, 1, (), 0, 0, 0)
    said = {line for node in catalogue([(planned, mapped_graph(planned, mapped).entry)]) for line in node.triples()}
    glen = iri.source("glen_tsi")
    assert f'{glen} {DCT.title} "Groups of Glen Example" .' in said
    assert f'{glen} {DCT.publisher} "Glen Example TSI" .' in said
    assert f"{glen} {DCT.license} <https://creativecommons.org/licenses/by/4.0/> ." in said
    assert f"{glen} {DCAT.landingPage} <https://tsi.example.org/> ." in said


@pytest.mark.parametrize("name", OWN_GRAPHS)
def test_no_instance_can_take_the_name_of_a_graph_that_the_build_makes(name: str) -> None:
    with pytest.raises(UsageError, match="has the name of another source"):
        Source.named("directory").instance(name)
