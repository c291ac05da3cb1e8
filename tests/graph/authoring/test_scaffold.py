"""The start of a new source: types guessed, persons left out, nothing overwritten, and it maps at once."""

import importlib
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.authoring.columns import Kind, guessed
from graph.authoring.scaffold import new_source
from graph.errors import InputError, UsageError
from graph.mapping.run import map_source
from graph.model import iri
from graph.sources.source import Source
from graph.validation.run import validate_command

HEADER = (
    *("Ref", "Organisation Name", "Opened", "Closed on", "Annual income", "Members", "Is active", "Postcode"),
    *("Website", "Status", "Contact Name", "Enquiries", "Founding year", "About"),
)
KINDS = (
    *(Kind.IDENTIFIER, Kind.NAME, Kind.DATE, Kind.DATE, Kind.MONEY, Kind.COUNT, Kind.FLAG, Kind.POSTCODE),
    *(Kind.WEBSITE, Kind.CODES, Kind.PERSONAL, Kind.PERSONAL, Kind.YEAR, Kind.TEXT),
)
ROWS = [
    (
        *(f"GT-{number:04}", f"Glen Hall {number}", f"{number + 1:02}/02/2019", f"2020-03-{number + 1:02}"),
        *(f"£{number},500.50", str(number * 7), "Yes" if number % 2 else "No", "eh1 1aa"),
        *("www.example.org/hall", "Open" if number % 3 else "Shut", "A. Person", "jo@example.org", f"19{number + 50}"),
        *(f"What hall {number} does",),
    )
    for number in range(1, 13)
]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A checkout whose mappings are found beside ours."""
    folder = tmp_path / "checkout"
    (folder / "mappings").mkdir(parents=True)
    package = importlib.import_module("mappings")
    monkeypatch.setattr(package, "__path__", [str(folder / "mappings"), *package.__path__])
    yield folder
    for name in [name for name in sys.modules if name in ("mappings.halls", "mappings.clubs")]:
        sys.modules.pop(name)


def published(folder: Path, sign: str = ",", encoding: str = "utf-8", header: tuple[str, ...] = HEADER) -> Path:
    file = folder / "published.csv"
    lines = [header, *ROWS]
    file.write_text("\n".join(sign.join(f'"{cell}"' for cell in line) for line in lines) + "\n", encoding)
    return file


def test_the_type_of_each_column_is_guessed() -> None:
    found = guessed(HEADER, ROWS)
    assert tuple(column.kind for column in found) == KINDS
    assert [column.form for column in found if column.form] == ["%d/%m/%Y", "%Y-%m-%d"]
    assert [column.codes for column in found if column.kind is Kind.CODES] == [["Open", "Shut"]]


def test_dirt_does_not_change_a_guess_and_an_empty_column_is_a_text() -> None:
    dirty = [("1", "01/02/2020", ""), *((str(n), f"{n:02}/03/2020", "") for n in range(2, 25)), ("25", "soon", "")]
    assert [column.kind for column in guessed(("id", "Seen", "Empty"), dirty)] == [
        *(Kind.IDENTIFIER, Kind.DATE, Kind.TEXT)
    ]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_new_source_maps_at_once_and_its_golden_file_is_what_its_fixture_becomes(
    checkout: Path, tmp_path: Path, sign: str, encoding: str
) -> None:
    file = published(tmp_path, sign, encoding)
    written = new_source("halls", file)
    assert sorted(str(path.relative_to(checkout)) for path in written) == [
        "mappings/halls.py",
        "mappings/halls.toml",
        "tests/sources/halls/fixture/halls.csv",
        "tests/sources/halls/golden.nq",
        "tests/sources/halls/golden.problems.txt",
    ]
    folder = checkout / "tests" / "sources" / "halls"
    assert sorted(path for path in checkout.rglob("*") if path.is_file() and path.suffix != ".pyc") == sorted(written)
    again = map_source(Source.named("halls"), [folder / "fixture" / "halls.csv"], tmp_path / "a.nq", iri.DEFAULT_BASE)
    assert again.output.read_bytes() == (folder / "golden.nq").read_bytes()
    assert (folder / "golden.problems.txt").read_text("utf-8") == "" and again.rows == 3
    real = map_source(Source.named("halls"), [file], tmp_path / "real.nq", iri.DEFAULT_BASE)
    assert (real.rows, real.problems) == (12, ())


def test_what_it_states_keeps_to_the_shapes_and_the_vocabulary(checkout: Path, tmp_path: Path) -> None:
    new_source("halls", published(tmp_path))
    report = validate_command([checkout / "tests" / "sources" / "halls" / "golden.nq"])
    assert report.exit_code == 0, report.table()


def test_personal_columns_are_left_out_with_the_reason_and_no_row_is_copied(checkout: Path, tmp_path: Path) -> None:
    written = new_source("halls", published(tmp_path))
    metadata = tomllib.loads((checkout / "mappings" / "halls.toml").read_text("utf-8"))
    assert set(metadata["ignore"]) == {"Contact Name", "Enquiries"}
    assert metadata["file"] == {"key": ["Ref"], "columns": list(HEADER)}
    text = "".join(path.read_text("utf-8") for path in written)
    assert not [cell for row in ROWS for cell in (row[0], row[1], row[10], row[11], row[13]) if cell in text]


def test_nothing_is_overwritten(checkout: Path, tmp_path: Path) -> None:
    file = published(tmp_path)
    (checkout / "mappings" / "clubs.py").write_text("# mine")
    with pytest.raises(UsageError, match=r"clubs\.py: is there already"):
        new_source("clubs", file)
    assert [path.name for path in checkout.rglob("*") if path.is_file()] == ["clubs.py"]
    new_source("halls", file)
    with pytest.raises(UsageError, match="has the name of another source"):
        new_source("halls", file)


@pytest.mark.parametrize(("name", "words"), [("Halls", "is not a name for a source"), ("oscr", "the name of another")])
def test_a_name_that_no_source_can_have_is_refused(checkout: Path, tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        new_source(name, published(tmp_path))
    assert not [path for path in checkout.rglob("*") if path.is_file()]


@pytest.mark.parametrize("header", [("", *HEADER[1:]), ("About", *HEADER[1:])])
def test_a_file_without_a_header_for_each_column_is_refused_and_leaves_nothing(
    checkout: Path, tmp_path: Path, header: tuple[str, ...]
) -> None:
    with pytest.raises(InputError, match="has no header with a name of its own for each column"):
        new_source("halls", published(tmp_path, header=header))
    assert not [path for path in checkout.rglob("*") if path.is_file()]
