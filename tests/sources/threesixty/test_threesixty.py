"""360Giving in and out: every fixture has the outcome that its name says, and what is valid comes back as it was."""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import cast

import openpyxl
import pytest
from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse

from graph.acquisition.readers import sheets
from graph.acquisition.readers.threesixty.standard import PERSONAL, schema
from graph.acquisition.readers.threesixty.validation import faults
from graph.errors import InputError
from graph.export.threesixty import grants, package
from graph.mapping.run import map_source
from graph.model import iri
from graph.model.rows.sheet import Item
from graph.model.values import orgid
from graph.nquads.mapped import Mapped
from graph.sources.source import Source
from graph.standards.field import Kind
from graph.standards.threesixty.fields import FORMS
from tests.support.paths import DATA, fixture_folder, fixtures

FIXTURES = DATA / "grants" / "validator-fixtures"
PUBLISHED = DATA / "grants" / "360giving"
SOURCE = Source.named("threesixty")
Fields = Mapping[str, object]

needs_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"the real data are not at {DATA}")

REFUSED = {
    "bad.xlsx": "is empty",
    "fundingproviders-grants_malformed.json": "is not JSON",
    "tenders_releases_2_releases.xlsx": "holds no field of 360Giving grants",
    "fundingtrust-grants_dc.txt": "'awardDate' but it should be",
}
"""Files that are refused as a whole, and what is said of them."""

GRANTS = {
    "additional_fields.json": 1,
    "badfile_all_validation_errors.json": 1,
    "badfile_all_validation_errors.xlsx": 1,
    "badfile_too_many_rows.xlsx": 0,
    "bom.csv": 1,
    "codelist.csv": 0,
    "decimal_amounts.csv": 0,
    "dei_extension.xlsx": 9,
    "fundingproviders-grants-email.json": 2,
    "fundingproviders-grants_2_grants.xlsx": 2,
    "fundingproviders-grants_2_grants_cp1252.csv": 2,
    "fundingproviders-grants_fixed_2_grants.json": 2,
    "fundingproviders_grants_2_grants.csv": 2,
    "geocodepostcode.xlsx": 3,
    "multiple_funder_names_org_ids.json": 2,
    "nulls.json": 0,
    "oneof.csv": 0,
    "recipientinddei.json": 0,
}
"""Grants that are read from each of the other files; the rest are set aside, each with a fault."""

SAID = {
    "badfile_all_validation_errors.json": {"title", "description", "currency", "amountAwarded", "awardDate"},
    "badfile_all_validation_errors.xlsx": {"description", "currency", "amountAwarded", "awardDate"},
    "bom.csv": {"title", "description", "amountAwarded", "awardDate", "recipientOrganization", "fundingOrganization"},
    "codelist.csv": {"id"},
    "nulls.json": {"id"},
}
"""Fields of which faults must be told, where the name of the file says which."""

_NUMBER = re.compile(r"[A-Z]{0,2}[0-9]{5,8}")

LISTED = {*GRANTS, *REFUSED}


@needs_data
def test_every_fixture_has_an_outcome_here() -> None:
    assert {file.name for file in FIXTURES.iterdir()} == LISTED


@needs_data
@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_none_is_refused_by_name(name: str) -> None:
    with pytest.raises(InputError) as refusal:
        _read(FIXTURES / name)
    assert refusal.value.place.startswith(name)
    assert REFUSED[name] in str(refusal.value)


@needs_data
@pytest.mark.parametrize("name", GRANTS)
def test_a_fixture_gives_the_outcome_that_its_name_says_and_loses_nothing(name: str) -> None:
    items = _read(FIXTURES / name)
    assert sum(1 for item in items if item.fields) == GRANTS[name]
    told = [fault for item in items for fault in item.faults]
    assert SAID.get(name, set()) <= {fault.path for fault in told}
    set_aside = sum(1 for item in items if not item.fields and item.faults[0].path == "id")
    of_many = [it for it in told if it.rule in ("grants-without-identifier", "grants-to-individuals")]
    counted = sum(int(dict(it.parameters)["count"].replace(",", "")) for it in of_many)
    assert GRANTS[name] + set_aside + counted == _grants_in(FIXTURES / name)
    assert not [fault for fault in told if "{" in fault.value or "@" in fault.value]  # what may be about a person


def _read(file: Path) -> list[Item]:
    with closing(sheets(SOURCE, [file])) as read:
        return [item for sheet in read for item in sheet.items]


def _grants_in(file: Path) -> int:
    """How many grants a file holds, counted without the form."""
    if file.suffix == ".json":
        return len(json.loads(file.read_text("utf-8"))["grants"])
    if file.suffix == ".xlsx":
        with closing(openpyxl.load_workbook(file, read_only=True, data_only=True)) as book:
            sheet = book["grants"] if "grants" in book.sheetnames else book.worksheets[0]
            cells = (row for row in sheet.iter_rows(min_row=2, values_only=True))
            rows = [row for row in cells if any(cell not in (None, "") for cell in row)]
        return len({str(row[0]) for row in rows if row[0]}) + sum(1 for row in rows if not row[0])
    text = file.read_bytes().decode("cp1252" if "cp1252" in file.name else "utf-8-sig")
    return len(list(csv.reader(text.splitlines()))) - 1


@needs_data
def test_json_and_spreadsheet_of_one_funder_are_the_same_grants() -> None:
    folder = PUBLISHED / "ab-charitable-trust"
    package_, book = _read(folder / "abct-2021-03.json"), _read(folder / "abct-2021-03.xlsx")
    assert {item.fields["id"] for item in package_} == {item.fields["id"] for item in book}
    assert len(package_) == len(book) == 783


def test_every_field_of_the_standard_is_a_term_or_left_out_with_a_reason() -> None:
    forms = cast("Mapping[str, Mapping[str, Mapping[str, object]]]", schema()["$defs"])
    given = {"Grant": cast("Mapping[str, object]", schema()["properties"])}
    given |= {
        name.removesuffix("s") if name == "Documents" else name: form["properties"]
        for name, form in forms.items()
        if "properties" in form
    }
    left_out = {field.rpartition(".")[2] for field in SOURCE.ignore}
    for form, fields in given.items():
        if form != "Person":
            assert {field.name for field in FORMS[form].fields} | (left_out & set(fields)) == set(fields), form
    assert {"contactName", "email", "telephone", "streetAddress"} == set(PERSONAL) <= left_out


def test_the_metadata_declare_what_the_standard_has() -> None:
    for form, standard in FORMS.items():
        declared = SOURCE.tables["grant"].columns if form == "Grant" else SOURCE.parts[form]
        wanted = {f"{field.name}: {field.of}" if field.kind is Kind.PARTS else field.name for field in standard.fields}
        assert wanted <= set(declared)


# The way back


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
    published = json.loads((PUBLISHED / name).read_text("utf-8"), parse_float=Decimal)["grants"]
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


def test_the_prefix_of_a_publisher_without_a_number_is_no_identifier() -> None:
    assert orgid.read("360G-glen-org:7").number == "glen-org:7"
    assert {orgid.read(text).rule for text in ("360G-glen-org:", "360G-glen-")} == {"identifier-placeholder"}


def test_a_dataset_in_two_formats_is_named_once(tmp_path: Path) -> None:
    grant = {
        "id": "360G-example-1",
        "title": "A hall",
        "description": "A roof",
        "currency": "GBP",
        "amountAwarded": 100,
        "awardDate": "2021-01-01",
        "recipientOrganization": [{"id": "GB-CHC-900001", "name": "Glen Example Hall"}],
        "fundingOrganization": [{"id": "GB-CHC-900002", "name": "Example Trust"}],
    }
    files = [tmp_path / name for name in ("new/glen.json", "old/glen.json", "other.json")]
    for file in files:
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps({"grants": [grant]}), "utf-8")
    run = map_source(SOURCE, files, tmp_path / "out.nq", iri.DEFAULT_BASE)
    said = run.output.read_text("utf-8")
    held = re.findall(r"ns#(publishedIn|alsoPublishedIn)> <[^>]*/id/grant-file/([^>]*)>", said)
    assert sorted(held) == [("alsoPublishedIn", "other"), ("publishedIn", "glen")]
