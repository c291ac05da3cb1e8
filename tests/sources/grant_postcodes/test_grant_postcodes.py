"""Where the postcodes of grants lie: whatever its codes look like, a row is kept."""

from pathlib import Path

import pytest

from graph.mapping.run import map_source
from graph.model import iri
from graph.sources.source import Source

HEAD = "pcds,lat,long,small_area_2011,ltla24_code,ltla24_name,sources"


@pytest.mark.parametrize("small_area", ["", "-", "L99999999", "M83000003", "s01006506", "95AA01S1"])
def test_a_code_of_another_kind_costs_no_more_than_itself(small_area: str, tmp_path: Path) -> None:
    file, target = tmp_path / "postcodes.csv", tmp_path / "out.nq"
    file.write_text(f"{HEAD}\nBT1 1FF,54.60236,-5.93096,{small_area},N09000003,Belfast,1\n", "utf-8")
    map_source(Source.named("grant_postcodes"), [file], target, iri.DEFAULT_BASE)
    said = target.read_text("utf-8")
    assert "/id/area/N09000003>" in said
    assert "/id/area/N92000002>" in said
