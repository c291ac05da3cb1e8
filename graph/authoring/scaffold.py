"""The start of a new source: its mapping, metadata, fixture and golden files, from the header and cells of a file.

No row of the file is copied: the fixture has invented rows in its form. A person chooses the terms.
"""

import csv
import importlib
import io
import json
import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from itertools import islice
from pathlib import Path
from typing import cast

from graph.acquisition.tables.table import read_table
from graph.authoring.columns import Column, Kind, guessed
from graph.errors import CivsocError, InputError, UsageError
from graph.mapping.run import map_source
from graph.model import iri
from graph.nquads.row_index import rows_file
from graph.sources.dialect import Dialect
from graph.sources.source import Source, mappings_folder, refuse_name

ROWS_READ = 2000
"""Rows of the file that the types of its columns are guessed from."""

ROWS_WRITTEN = 3
"""Rows of the fixture."""

_DELIMITERS = (",", ";", "\t", "|")

_READ = {
    Kind.NAME: "need({0})",
    Kind.DATE: "date({0}, {1})",
    Kind.FLAG: "flag({0})",
    Kind.POSTCODE: "postcode({0})",
    Kind.WEBSITE: "website({0}, bare=True)",
    Kind.YEAR: "year({0})",
    Kind.COUNT: "count({0})",
    Kind.MONEY: "money({0})",
    Kind.CODES: "text({0})",
    Kind.TEXT: "text({0})",
}
_KNOWN = {Kind.NAME: "SKOS.prefLabel", Kind.WEBSITE: "FOAF.homepage"}
"""The terms that need no choice, of the first column of a kind."""

_MAPPING = Path(__file__).with_name("new_mapping.txt").read_text("utf-8")
_METADATA = Path(__file__).with_name("new_metadata.txt").read_text("utf-8")


def new_source(name: str, file: Path) -> list[Path]:
    """Write all files of a new source into the checkout of the mappings; UsageError if one of them is there already."""
    refuse_name(name)
    checkout = mappings_folder().parent
    folder = checkout / "tests" / "sources" / name
    mapping, metadata = (mappings_folder() / f"{name}{suffix}" for suffix in (".py", ".toml"))
    fixture, golden, problems = folder / "fixture" / f"{name}.csv", folder / "golden.nq", folder / "golden.problems.txt"
    for path in (mapping, metadata, folder):
        if path.exists():
            raise UsageError(str(path), "is there already", "choose another name, so that nothing is lost")
    dialect, header, rows = _table(file)
    columns = guessed(header, rows)
    texts = {
        mapping: _mapping(name, columns),
        metadata: _metadata(name, columns, dialect, len(rows)),
        fixture: _fixture(columns, dialect),
    }
    return _written(name, texts, dialect, golden, problems)


def _written(name: str, texts: Mapping[Path, str], dialect: Dialect, golden: Path, problems: Path) -> list[Path]:
    """All files, or, on any error, none."""
    fixture = [*texts][-1]
    try:
        fixture.parent.mkdir(parents=True)
        for path, text in texts.items():
            path.write_text(text, dialect.encoding if path == fixture else "utf-8", newline="")
        importlib.invalidate_caches()
        run = map_source(Source.named(name), [fixture], golden, iri.base())
        rows_file(golden).unlink()
        problems.write_text("".join(f"{problem}\n" for problem in run.problems), "utf-8")
    except CivsocError:
        for path in (*texts, golden, rows_file(golden), problems):
            path.unlink(missing_ok=True)
        fixture.parent.rmdir()
        golden.parent.rmdir()
        raise
    return [*texts, golden, problems]


def _table(file: Path) -> tuple[Dialect, list[str], list[list[str]]]:
    """How a file is written, its header, and its first rows; InputError if its header does not name every column."""
    try:
        return _table_in(file, "utf-8")
    except InputError:
        return _table_in(file, "cp1252")  # the other encoding that spreadsheets write; what else is wrong shows again


def _table_in(file: Path, encoding: str) -> tuple[Dialect, list[str], list[list[str]]]:
    plain = (Dialect(encoding, sign, quoted=False) for sign in _DELIMITERS)  # quotes do not matter yet
    delimiter = max(plain, key=lambda each: len(_records(file, each, 1)[0])).delimiter
    dialect = Dialect(encoding, delimiter)
    header, *rows = _records(file, dialect, ROWS_READ + 1)
    names = [name.strip() for name in header]
    if not all(names) or len(set(names)) < len(names):
        fact = "has no header with a name of its own for each column"
        raise InputError(file.name, fact, "give it one, in its first row")
    return dialect, names, rows


def _records(file: Path, dialect: Dialect, most: int) -> list[list[str]]:
    with closing(cast("Generator[tuple[int, list[str]]]", read_table(file, dialect))) as records:
        read = [cells for _, cells in islice(records, most) if cells]
    if not read:
        raise InputError(file.name, "has no header", "give it one, in its first row")
    return read


def _mapping(name: str, columns: Sequence[Column]) -> str:
    key = next(column for column in columns if column.kind is Kind.IDENTIFIER)
    lines = list(_lines(columns))
    used = ("CIV", *(term for term in ("FOAF", "SKOS") if any(f"{term}." in line for line in lines)))
    return _MAPPING.format(
        title=_title(name),
        terms=", ".join(used),
        list_code=f"XX-{name.replace('_', '').upper()}",
        key=_text(key.name),
        lines="\n".join(f"    {line}" for line in lines),
    )


def _lines(columns: Sequence[Column]) -> Iterator[str]:
    """What is said of a row, a line a column; a term is chosen where a kind of column has one of its own."""
    known = dict(_KNOWN)
    for column in columns:
        if column.kind in _READ:
            term = known.pop(column.kind, "SKOS.note")
            read = _READ[column.kind].format(_text(column.name), _text(column.form))
            entries = f"  # a closed list: {', '.join(column.codes)[:60]}" if column.kind is Kind.CODES else ""
            yield f"body.add({term}, row.{read}){entries}"


def _metadata(name: str, columns: Sequence[Column], dialect: Dialect, rows: int) -> str:
    key = next(column for column in columns if column.kind is Kind.IDENTIFIER)
    usual = Dialect()
    written = {
        "encoding": dialect.encoding * (dialect.encoding != usual.encoding),
        "delimiter": dialect.delimiter * (dialect.delimiter != usual.delimiter),
    }
    personal = [column for column in columns if column.kind is Kind.PERSONAL]
    return _METADATA.format(
        title=_text(_title(name)),
        name=_title(name),
        key=_text(key.name),
        columns=", ".join(_text(column.name) for column in columns),
        dialect="".join(f"{key} = {_text(value)}\n" for key, value in written.items() if value),
        ignored="".join(f'{_text(column.name)} = "personal: may identify a person"\n' for column in personal),
        rows=max(1, min(rows, ROWS_READ - 1) * 9 // 10),
    )


def _fixture(columns: Sequence[Column], dialect: Dialect) -> str:
    text = io.StringIO()
    table = csv.writer(text, delimiter=dialect.delimiter, lineterminator="\n")
    table.writerow(column.name for column in columns)
    table.writerows([_cell(column, number) for column in columns] for number in range(1, ROWS_WRITTEN + 1))
    return text.getvalue()


def _cell(column: Column, number: int) -> str:
    """An invented cell, in the form of those in the file."""
    match column.kind:
        case Kind.PERSONAL:
            return ""
        case Kind.IDENTIFIER:
            return f"{_shape(column.cell)[:-1]}{number}"
        case Kind.NAME:
            return f"Example {number}"
        case Kind.DATE:
            return date(2020, 1, 10 + number).strftime(column.form)
        case Kind.FLAG | Kind.CODES:
            return column.codes[(number - 1) % len(column.codes)]
        case Kind.WEBSITE:
            return "https://www.example.org/" if "//" in column.cell else "www.example.org"
        case Kind.MONEY:
            return f"{'£' * ('£' in column.cell)}{number}000"
        case kind:
            return {Kind.POSTCODE: "EH1 1AA", Kind.YEAR: "2020", Kind.COUNT: str(number)}.get(kind, "Example")


def _shape(text: str) -> str:
    """An identifier that has the signs of another and is nobody's.

    >>> _shape("SC012345/a")
    'XX900000/X'
    """
    letters = re.sub(r"[^\W\d_]", "X", re.sub(r"\d", "0", text))
    return letters.replace("0", "9", 1)


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _text(text: str) -> str:
    """A text as Python and TOML write it."""
    return json.dumps(text, ensure_ascii=False)
