"""The extract of the register of England and Wales in all its forms: the same statements, or a clear refusal."""

import csv
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import InputError
from graph.mapping.run import map_source
from graph.model import iri
from graph.nquads.mapped import Mapped
from graph.sources.source import Source
from tests.support.paths import ROOT, fixture_folder

TABLES = sorted((ROOT / "sample" / "ccew").iterdir())
FIXTURE = fixture_folder("ccew")


def mapped(target: Path, files: list[Path]) -> Mapped:
    return map_source(Source.named("ccew"), files, target, iri.DEFAULT_BASE)


def zipped(file: Path, folder: Path) -> Path:
    path = folder / f"{file.stem}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(file, file.name)
    return path


def as_json(file: Path, folder: Path) -> Path:
    """The table as the Commission writes JSON: a byte order mark, the comma first, numbers as numbers."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    records = [json.dumps({column: value(column, cell) for column, cell in row.items()}) for row in rows]
    path = folder / f"{file.stem}.json"
    path.write_bytes(("\ufeff[" + "\r\n,".join(records) + "]").encode())
    return path


def value(column: str, cell: str) -> str | int | bool | None:
    """A cell as a JSON value."""
    if cell in ("True", "False"):
        return cell == "True"
    if "date" in column and cell:
        return cell.removesuffix(".0000000").replace(" ", "T")
    return int(cell) if cell.isdigit() else cell or None


@pytest.mark.parametrize("form", [zipped, as_json])
def test_zip_and_json_say_what_the_text_says(tmp_path: Path, form: Callable[[Path, Path], Path]) -> None:
    plain = mapped(tmp_path / "plain.nq", TABLES)
    other = mapped(tmp_path / "other.nq", [form(file, tmp_path) for file in TABLES])
    assert other.output.read_bytes() == plain.output.read_bytes()
    assert other.problems == plain.problems == ()


def test_the_order_of_the_files_does_not_matter(tmp_path: Path) -> None:
    forth, back = mapped(tmp_path / "forth.nq", TABLES), mapped(tmp_path / "back.nq", TABLES[::-1])
    assert forth.output.read_bytes() == back.output.read_bytes()


@pytest.mark.parametrize("missing", TABLES, ids=lambda file: file.stem)
def test_an_extract_without_one_of_its_tables_is_refused(tmp_path: Path, missing: Path) -> None:
    with pytest.raises(InputError, match="source ccew: lacks the table"):
        mapped(tmp_path / "out.nq", [file for file in TABLES if file != missing])
    assert list(tmp_path.iterdir()) == []


def test_a_person_who_is_a_trustee_is_named_nowhere(tmp_path: Path) -> None:
    run = mapped(tmp_path / "out.nq", sorted(FIXTURE.iterdir()))
    assert "Fictional Person" in (FIXTURE / "publicextract.charity_trustee.txt").read_text("utf-8")
    written = run.output.read_text("utf-8") + "".join(map(str, run.problems))
    assert "Fictional Person" not in written
    assert '"Example Trustees Limited"' in written


def test_a_table_cut_off_in_its_last_row_is_refused(tmp_path: Path) -> None:
    cut = tmp_path / "publicextract.charity_trustee.txt"
    whole = next(file for file in TABLES if file.name == cut.name).read_bytes()
    cut.write_bytes(whole[: whole.rstrip().rindex(b"\t")])
    with pytest.raises(InputError, match="ends in the middle of a row: the file is cut off"):
        mapped(tmp_path / "out.nq", [cut if file.name == cut.name else file for file in TABLES])
