"""Reading files: every form a publisher writes them in, and every way they can be broken."""

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.acquisition.tables.json_bytes import LARGEST_CELL
from graph.acquisition.tables.table import read_table
from graph.errors import InputError
from graph.sources.dialect import Dialect

HEADER = "number,name\r\n"


def table(path: Path, encoding: str = "utf-8", delimiter: str = ",") -> list[list[str]]:
    return [record for _, record in read_table(path, Dialect(encoding, delimiter)) if record]


def file(folder: Path, content: bytes | str, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def zipped(folder: Path, *members: tuple[str, str]) -> Path:
    path = folder / "file.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"number,name\nSC1,Caf\xc3\xa9\n", "utf-8"),
        (b"\xef\xbb\xbfnumber,name\r\nSC1,Caf\xc3\xa9\r\n", "utf-8"),
        (b"number,name\rSC1,Caf\xc3\xa9\r", "utf-8"),
        (b"number,name\nSC1,Caf\xe9", "cp1252"),
        (b'number,name\n\n"SC1","Caf\xc3\xa9"\n\n', "utf-8"),
    ],
)
def test_encodings_and_line_ends_do_not_matter(tmp_path: Path, content: bytes, encoding: str) -> None:
    assert table(file(tmp_path, content), encoding) == [["number", "name"], ["SC1", "Café"]]


def test_line_breaks_in_cells_are_kept_and_rows_are_counted_as_a_spreadsheet_does(tmp_path: Path) -> None:
    path = file(tmp_path, 'number,name\r\nSC1,"two\r\nlines"\r\nSC2,x\r\n')
    assert list(read_table(path, Dialect())) == [
        (1, ["number", "name"]),
        (2, ["SC1", "two\r\nlines"]),
        (3, ["SC2", "x"]),
    ]


def test_a_json_array_reads_as_the_table_it_is(tmp_path: Path) -> None:
    first, second = (
        '{"number":22,"name":"Café","open":true,"note":null}',
        '{"number":23,"name":"b","open":false,"note":"x"}',
    )
    text = f"\ufeff[{first}\r\n,{second}]"
    assert table(file(tmp_path, text, "file.json")) == [
        ["number", "name", "open", "note"],
        ["22", "Café", "True", ""],
        ["23", "b", "False", "x"],
    ]


def test_an_object_with_other_keys_is_a_ragged_row(tmp_path: Path) -> None:
    assert table(file(tmp_path, '[{"a":1},{"b":2}]', "file.json"))[2] == ["", ""]


def test_quotes_are_characters_where_the_publisher_does_not_quote(tmp_path: Path) -> None:
    path = file(tmp_path, 'number\tname\r\n1\tThe "Wee" Hall\r\n2\t"Half\r\n')
    rows = [record for _, record in read_table(path, Dialect(delimiter="\t", quoted=False))]
    assert rows[1:] == [["1", 'The "Wee" Hall'], ["2", '"Half']]


def test_a_table_is_read_out_of_gzip_and_zip(tmp_path: Path) -> None:
    expected = [["number", "name"], ["SC1", "x"]]
    assert table(file(tmp_path, gzip.compress(b"number,name\nSC1,x\n"), "file.csv.gz")) == expected
    assert table(zipped(tmp_path, ("folder/file.csv", "number,name\nSC1,x\n"), ("readme.md", "?"))) == expected


def test_what_macos_packs_beside_a_table_is_no_table(tmp_path: Path) -> None:
    attributes = ("__MACOSX/._file.csv", "\0\5\x16\7"), ("._file.csv", "\0\5\x16\7")
    assert table(zipped(tmp_path, ("file.csv", "number\nSC1\n"), *attributes)) == [["number"], ["SC1"]]


BROKEN: dict[str, tuple[Callable[[Path], Path], str]] = {
    "missing": (lambda folder: folder / "none.csv", "does not exist"),
    "folder": (lambda folder: folder, "is a folder"),
    "empty": (lambda folder: file(folder, b""), "file.csv: is empty"),
    "a byte order mark alone": (lambda folder: file(folder, b"\xef\xbb\xbf"), "file.csv: is empty"),
    "a byte order mark alone in gzip": (
        lambda folder: file(folder, gzip.compress(b"\xef\xbb\xbf"), "file.gz"),
        "file.gz: is empty",
    ),
    "blank lines alone": (lambda folder: file(folder, "\r\n \r\n"), "file.csv: is empty"),
    "an empty array": (lambda folder: file(folder, "[]"), "file.csv: is an empty array"),
    "utf-16": (lambda folder: file(folder, HEADER.encode("utf-16")), "is in UTF-16"),
    "utf-16 without mark": (lambda folder: file(folder, HEADER.encode("utf-16-le")), "holds NUL bytes"),
    "late NUL": (lambda folder: file(folder, HEADER + "SC1,x\n" * 9000 + "SC2,a\0b\n"), "file.csv:9002: holds a NUL"),
    "cp1252 as utf-8": (
        lambda folder: file(folder, b"number,name\nSC1,Caf\xe9\n"),
        "file.csv:2: holds bytes that are not utf-8; save it as",
    ),
    "a wrong byte far down": (
        lambda folder: file(folder, HEADER.encode() + b'SC1,"two\nlines"\n' * 999 + b"SC2,Caf\xe9\n" + b"SC3,x\n" * 9),
        "file.csv:1001: holds bytes that are not utf-8",
    ),
    "a wrong byte in the header": (lambda folder: file(folder, b"num\xe9ro\n1\n"), "file.csv:1: holds bytes"),
    "10 MB cell": (
        lambda folder: file(folder, f'{HEADER}SC1,"{"x" * 10_000_000}"\n'),
        f"file.csv:2: holds a cell of more than {LARGEST_CELL:,}",
    ),
    "cut off in quotes": (lambda folder: file(folder, HEADER + 'SC1,"half a na'), "csv:2: ends inside a quoted cell"),
    "10 MB cell of many lines, after cells of several": (
        lambda folder: file(folder, HEADER + 'SC1,"two\nlines"\n' * 9 + 'SC2,"' + "line\n" * 2_000_000),
        "file.csv:11: holds a cell of more than",
    ),
    "stray quote": (lambda folder: file(folder, HEADER + 'SC1,"a"b\n'), "file.csv:2: is not well-formed CSV"),
    "cut off gzip": (
        lambda folder: file(folder, gzip.compress(HEADER.encode() * 500)[:-12], "f.csv.gz"),
        "cannot be read",
    ),
    "cut off zip": (
        lambda folder: file(folder, zipped(folder, ("file.csv", HEADER)).read_bytes()[:-30], "f.zip"),
        "cannot be read",
    ),
    "json cut off": (lambda folder: file(folder, '[{"a": 1}, {"a"'), "after item 1: is cut off, or is not JSON"),
    "json of arrays": (lambda folder: file(folder, "[[1]]"), "is not an array of flat objects"),
    "json that nests": (lambda folder: file(folder, '[{"a": {"b": 1}}]'), "is not an array of flat objects"),
    "json bomb": (lambda folder: file(folder, "[" * 1_000_000), "is not an array of flat objects"),
    "zip of nothing": (lambda folder: zipped(folder, ("readme.md", "?")), "holds 0 tables"),
    "zip of nothing at all": (zipped, "file.zip: holds 0 tables"),
    "zip of two": (lambda folder: zipped(folder, ("a.csv", HEADER), ("b.csv", HEADER)), "holds 2 tables"),
    "zip that leaves its folder": (
        lambda folder: zipped(folder, ("../evil.csv", HEADER)),
        "leaves its folder, '../evil.csv'",
    ),
    "zip with an absolute path": (lambda folder: zipped(folder, ("/etc/evil.csv", HEADER)), "leaves its folder"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_named_with_its_fault_and_a_remedy_on_one_line(tmp_path: Path, case: str) -> None:
    make, message = BROKEN[case]
    with pytest.raises(InputError) as caught:
        table(make(tmp_path))
    assert message in str(caught.value)
    assert "; " in str(caught.value)
    assert "\n" not in str(caught.value)


def test_nothing_is_unpacked_from_a_zip(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    with pytest.raises(InputError):
        table(zipped(inner, ("../evil.csv", HEADER)))
    assert [path.name for path in tmp_path.iterdir()] == ["inner"]
