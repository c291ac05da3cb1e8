"""Files given to validation: merged, broken, and traced back to rows."""

import gzip
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.errors import InputError, MappingError, UsageError
from graph.validation.inputs import merged
from graph.validation.results.rows import RowIndex
from graph.validation.run import validate_command
from tests.support.shacl_examples import GOOD, PREFIXES, SHAPES, report_on, turtle


def test_a_result_names_the_row_that_its_node_came_from(tmp_path: Path) -> None:
    file = tmp_path / "oscr.nq"
    file.write_text(
        "<http://example.org/bad> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://example.org/Charity>"
        " <http://example.org/g> .\n"
    )
    (tmp_path / "oscr.rows.tsv").write_text("http://example.org/a\t2\nhttp://example.org/bad\t212\n")
    (tmp_path / "other.rows.tsv").write_text("http://example.org/bad\t9\n")
    [result] = report_on([file], rows=RowIndex.beside([file])).results
    assert (result.source, result.row, result.place) == ("oscr", 212, "oscr:212")
    both = RowIndex((tmp_path / "other.rows.tsv", tmp_path / "oscr.rows.tsv", tmp_path / "oscr.rows.tsv"))
    assert both.locate({"http://example.org/bad", "http://example.org/none"}) == {
        "http://example.org/bad": ("oscr", 212, "")
    }


@pytest.mark.parametrize("name", ["bad.nq", "w.2026.nq", "w.2026.nq.gz"])
def test_a_result_names_the_source_of_its_graph_and_the_file_of_its_row(tmp_path: Path, name: str) -> None:
    type_ = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://example.org/Charity>"
    line = f"<http://example.org/bad> {type_} <https://data.example.org/id/source/ccew> .\n".encode()
    (tmp_path / name).write_bytes(gzip.compress(line) if name.endswith(".gz") else line)
    rows = "\tcharity.csv\nhttp://example.org/a\t2\t0\n\tnames.csv\nhttp://example.org/bad\t7\t1\n"
    (tmp_path / f"{name.partition('.nq')[0]}.rows.tsv").write_text(rows, "utf-8")
    (tmp_path / "shapes.ttl").write_text(SHAPES, "utf-8")
    report = validate_command([tmp_path / name], tmp_path / "shapes.ttl")
    [result] = report.results
    assert (result.source, result.file, result.row) == ("ccew", "names.csv", 7)
    assert "ccew: names.csv:7" in " ".join(report.table(200).split())
    said = report.turtle()
    assert "civ:inSource <https://data.example.org/id/source/ccew>" in said
    assert 'civ:inFile "names.csv"' in said
    assert "civ:row 7" in said


def test_a_rows_file_without_numbers_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "oscr.rows.tsv"
    file.write_text("http://example.org/a\ttwelve\n")
    with pytest.raises(InputError, match=r"oscr.rows.tsv:1: row 'twelve' is not a number"):
        RowIndex((file,)).locate({"http://example.org/a"})


def test_n_quads_are_judged_as_the_merge_of_their_graphs(tmp_path: Path) -> None:
    a, name = "<http://example.org/a>", "<http://example.org/name>"
    kind = f"{a} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://example.org/Charity>"
    lines = [f"{kind} <http://example.org/g1> .", *(f'{a} {name} "A" <http://example.org/g{n}> .' for n in range(5))]
    (tmp_path / "one.nq").write_text("\n".join(lines) + "\n")
    (tmp_path / "two.nt.gz").write_bytes(gzip.compress(f'# a comment\n{a}\t{name} "B"@en.\r\n'.encode()))
    report = report_on([tmp_path / "one.nq", tmp_path / "two.nt.gz"])
    assert (report.triples, report.results) == (7, ())


def test_blank_nodes_of_two_files_stay_two(tmp_path: Path) -> None:
    files = [tmp_path / "one.nt", tmp_path / "two.nq"]
    for file in files:
        file.write_text(f'_:x <http://example.org/name> "{file.stem}" .\n')
    with merged(files) as graph:
        assert len({subject for _, subject, _, _ in graph.lines()}) == 2


@pytest.mark.parametrize(
    "text", ['"a\\tb\\u00e9\\"\\\\"', '"x"@en-GB', '"1"^^<http://www.w3.org/2001/XMLSchema#integer>', "<urn:x>"]
)
def test_a_usual_line_means_what_a_full_parser_says(text: str, tmp_path: Path) -> None:
    file = tmp_path / "a.nq"
    file.write_text(f"<urn:s> <urn:p> {text} <urn:g> .\n")
    [expected] = ox.parse(path=file)
    with merged([file]) as graph:
        [found] = ox.parse(path=graph.path)
    assert found.triple == expected.triple


BAD_FILES: dict[str, tuple[str, bytes, str]] = {
    "empty": ("a.nq", b"", "is empty"),
    "comments only": ("a.nt", b"# nothing\n", "holds no statement"),
    "binary": ("a.nq", b"PK\x03\x04\x00\x00", "is binary"),
    "UTF-16": ("a.ttl", "<a:a> <a:a> <a:a> .".encode("utf-16"), "is UTF-16"),
    "Latin-1": ("a.nt", '<a:a> <a:a> "caf\xe9" .\n'.encode("latin-1"), "is not UTF-8"),
    "not gzip": ("a.nq.gz", b"<a:a> <a:a> <a:a> .\n", "is not a whole gzip file"),
    "cut gzip": ("a.nq.gz", gzip.compress(b"<a:a> <a:a> <a:a> .\n" * 99)[:40], "is not a whole gzip file"),
    "cut line": ("a.nq", b"<a:a> <a:a> <a:a> .\n<a:a> <a:a> <a:", "a.nq:2: cannot be parsed"),
    "quad in triples": ("a.nt", b"<a:a> <a:a> <a:a> <a:g> .\n", "a.nt:1: cannot be parsed"),
    "bad IRI": ("a.nq", b"<a:a> <a:a> <a b> .\n", "a.nq:1: cannot be parsed"),
    "bad Turtle": ("a.ttl", b"<a:a> <a:a>\n<a:a> .\n<a:a> [[ .", "a.ttl:3: cannot be parsed"),
    "statement about a statement": ("a.nt", b"<a:a> <a:a> <<( <a:a> <a:a> <a:a> )>> .\n", "RDF 1.2"),
    "table": ("a.csv", b"a,b\n", "is not RDF by its name"),
}


@pytest.mark.parametrize(("name", "content", "fact"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_broken_file_is_one_line_with_place_fact_and_remedy(
    name: str, content: bytes, fact: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as raised:
        validate_command([tmp_path / name])
    message = str(raised.value)
    assert fact in message
    assert name in message
    assert "; " in message
    assert "\n" not in message
    assert raised.value.exit_code == 1


def test_a_missing_file_a_folder_and_no_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.nq").mkdir()
    for name, fact in (("none.nq", "does not exist"), ("folder.nq", "cannot be read")):
        with pytest.raises(InputError, match=fact):
            validate_command([tmp_path / name])
    with pytest.raises(UsageError) as raised:
        validate_command([])
    assert raised.value.exit_code == 2


def test_shapes_that_check_nothing_or_cannot_be_read_are_refused(tmp_path: Path) -> None:
    file = turtle(tmp_path, GOOD)
    for shapes, fact in (("", "no shape has a target"), ("<a", "is not Turtle"), (PREFIXES + "] .", "shapes:")):
        with pytest.raises(MappingError, match=fact):
            report_on([file], shapes)
