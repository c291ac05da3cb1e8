"""Grants as 360Giving again: what was mapped comes back equal and valid."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import cast

import pytest
from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse

from graph.acquisition.readers.threesixty.validation import faults
from graph.export.threesixty import grants, package
from graph.mapping.run import map_source
from graph.model import iri
from graph.model.values import orgid
from graph.nquads.mapped import Mapped
from graph.standards.field import Kind
from graph.standards.threesixty.fields import FORMS
from tests.support.paths import fixture_folder, fixtures
from tests.support.sources.threesixty_files import FIXTURES, GRANTS, PUBLISHED, SOURCE, needs_data

Fields = Mapping[str, object]
_NUMBER = re.compile(r"[A-Z]{0,2}[0-9]{5,8}")


def test_what_was_mapped_comes_back_and_keeps_to_the_standard(tmp_path: Path) -> None:
    fixture = fixture_folder("threesixty") / "exampletrust.json"
    published = json.loads(fixture.read_text("utf-8"))["grants"]
    back = {str(grant["id"]): grant for grant in _round_trip([fixture], tmp_path)}
    assert _normal(published[0], "Grant") == _normal(back["360G-example-1"], "Grant")
    assert faults(back["360G-example-1"]) == []
    assert "360G-example-5" not in back  # a person's


@needs_data
@pytest.mark.parametrize(
    "name", ["ab-charitable-trust/abct-2021-03.json", "power-to-change/power-to-change-2019-05.json"]
)
def test_a_valid_file_comes_back_equal_and_valid(name: str, tmp_path: Path) -> None:
    every = json.loads((PUBLISHED / name).read_text("utf-8"), parse_float=Decimal)["grants"]
    published = [it for it in every if it["recipientOrganization"][0].get("organisationType") != "Individual"]
    assert len(every) - len(published) in (0, 2)
    assert not any(faults(grant) for grant in published)
    back = list(_round_trip([PUBLISHED / name], tmp_path))
    assert not [fault for grant in back for fault in faults(grant)]
    assert len(back) == len(published)
    assert {str(grant["id"]): _normal(grant, "Grant") for grant in back} == {
        grant["id"]: _normal(grant, "Grant") for grant in published
    }


@needs_data
@pytest.mark.parametrize("name", ["additional_fields.json", "multiple_funder_names_org_ids.json", "dei_extension.xlsx"])
def test_a_valid_fixture_comes_back_valid(name: str, tmp_path: Path) -> None:
    back = list(_round_trip([FIXTURES / name], tmp_path))
    assert len(back) == GRANTS[name]
    assert not [fault for grant in back for fault in faults(grant)]


@needs_data
def test_valid_grants_of_partly_valid_files_come_back_equal(tmp_path: Path) -> None:
    files = [FIXTURES / name for name in GRANTS if name.endswith(".json")]
    for number, file in enumerate(files):
        valid = [grant for grant in json.loads(file.read_text("utf-8"))["grants"] if not faults(grant)]
        back = {str(grant["id"]): grant for grant in _round_trip([file], tmp_path / str(number))}
        for grant in valid:
            assert _normal(back[grant["id"]], "Grant") == _normal(grant, "Grant")


def test_a_package_is_written_a_grant_at_a_time(tmp_path: Path) -> None:
    store = _store(map_(fixtures("threesixty"), tmp_path))
    whole = json.loads("".join(package(store, "All grants")))
    assert [grant["id"] for grant in whole["grants"]] == [grant["id"] for grant in grants(store)]
    funder = iri.organisation("GB-SC", "SC090009").value
    assert [grant["id"] for grant in grants(store, funder)] == ["360G-strath-1", "360G-strath-2"]


def map_(files: Sequence[Path], folder: Path) -> Mapped:
    folder.mkdir(exist_ok=True)
    return map_source(SOURCE, files, folder / "grants.nq", iri.DEFAULT_BASE)


def _store(run: Mapped) -> Store:
    store = Store()
    said = parse(path=run.output, format=RdfFormat.N_QUADS)
    store.extend(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in said)
    return store


def _round_trip(files: Sequence[Path], folder: Path) -> Iterator[Fields]:
    yield from grants(_store(map_(files, folder)))


def _normal(value: Fields, form: str) -> Fields:
    """An object with what may differ made equal: blanks, the spelling of numbers and times, empty fields, their order.

    Left out are personal fields, fields that the standard does not know, the places of parties on no register, and
    remarks that stand where a charity or company number should.
    """
    known = {field.name: field for field in FORMS[form].fields}
    if form == "Organization":
        numbers = {name for name in ("charityNumber", "companyNumber") if _NUMBER.fullmatch(str(value.get(name)))}
        known = {name: field for name, field in known.items() if name in numbers or not name.endswith("Number")}
        if not orgid.read(str(value.get("id")), units=True).registered:
            del known["postalCode"], known["location"]
    found: dict[str, object] = {}
    for name, field in known.items():
        given = value.get(name)
        if given in (None, "", []):
            continue
        match field.kind:
            case Kind.PARTS:
                found[name] = [_normal(cast(Fields, part), field.of) for part in cast("list[object]", given)]
            case Kind.NUMBER:
                found[name] = Decimal(str(given)).normalize()
            case Kind.TEXTS:
                found[name] = Counter(cast("list[str]", given))
            case Kind.DATE:
                found[name] = _instant(str(given))
            case _:
                found[name] = " ".join(str(given).split())
    return found


def _instant(text: str) -> object:
    return datetime.fromisoformat(text).astimezone(UTC) if "T" in text else text
