"""Files to be validated, read as one graph: N-Quads lose their graph names, so that all sources speak together."""

import gzip
import io
import re
import tempfile
import zlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO, TextIO

import pyoxigraph as ox

from graph.errors import InputError, UsageError
from graph.nquads.merged_graph import MergedGraph

_IRI = r'<[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>"{}|^`\\]*>'
_LITERAL = (
    r'"[^"\\\n\r]*(?:\\[tbnrf"\'\\][^"\\\n\r]*)*"'
    rf"(?:\^\^{_IRI}|@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*)?"
)
_TRIPLE = rf"({_IRI} {_IRI} (?:{_IRI}|{_LITERAL}))"
_GRAPHS = {".nt": "", ".nq": rf"(?: {_IRI})?"}
_FORMATS = {".nt": ox.RdfFormat.N_TRIPLES, ".nq": ox.RdfFormat.N_QUADS, ".ttl": ox.RdfFormat.TURTLE}
_REMEDY = "write it again from its source"


@contextmanager
def merged(files: Sequence[Path], base: str | None = None) -> Generator[MergedGraph]:
    """One graph of all files, in a temporary folder that is gone afterwards.

    `base` resolves relative IRIs in Turtle. InputError names the first file, and line, that cannot be read.
    """
    if not files:
        raise UsageError("validate", "no file given", "name at least one .nq, .nt or .ttl file, .gz or not")
    with tempfile.TemporaryDirectory(prefix="civsoc-") as folder:
        target = Path(folder) / "merged.nt"
        with target.open("w", encoding="utf-8", newline="\n") as out:
            parts = [_append(file, f"f{number}", base, out) for number, file in enumerate(files)]
        in_order = len(parts) == 1 and parts[0][1]
        yield MergedGraph(target, sum(written for written, _ in parts), in_order)


def _append(file: Path, label: str, base: str | None, out: TextIO) -> tuple[int, bool]:
    """Write the statements of a file: how many there are, and whether they are in order, as those of mappings are."""
    suffix = _suffix(file)
    _refuse_what_is_no_text(file)
    written, last, in_order = 0, "", True
    with _readable(file) as source:
        for line in _turtle(file, source, base) if suffix == ".ttl" else _lines(file, suffix, label, source):
            out.write(line)
            written += 1
            in_order = in_order and last <= line
            last = line
    if not written:
        raise InputError(str(file), "holds no statement", "leave it out, or " + _REMEDY)
    return written, in_order


def _suffix(file: Path) -> str:
    name = file.name.removesuffix(".gz")
    suffix = Path(name).suffix.lower()
    if suffix not in _FORMATS:
        raise InputError(str(file), f"is not RDF by its name ({suffix or 'no suffix'})", "give .nq, .nt or .ttl")
    return suffix


def _opened(file: Path) -> io.BufferedReader:
    return io.BufferedReader(gzip.open(file, "rb")) if file.name.endswith(".gz") else file.open("rb")


@contextmanager
def _readable(file: Path) -> Generator[IO[bytes]]:
    """Open, and turn what reading may run into into the one line that a person can act on."""
    try:
        with _opened(file) as source:
            yield source
    except FileNotFoundError as error:
        raise InputError(str(file), "does not exist", "check the path") from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise InputError(str(file), f"is not a whole gzip file ({error})", "compress or download it again") from error
    except UnicodeDecodeError as error:
        raise InputError(str(file), f"is not UTF-8 ({error.reason})", "save it as UTF-8") from error
    except (IsADirectoryError, PermissionError) as error:
        raise InputError(str(file), f"cannot be read ({error.strerror})", "give a readable file") from error


def _refuse_what_is_no_text(file: Path) -> None:
    with _readable(file) as source:
        start = source.read(8192)
    if not start:
        raise InputError(str(file), "is empty", "leave it out, or " + _REMEDY)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(str(file), "is UTF-16", "save it as UTF-8")
    if b"\x00" in start:
        raise InputError(str(file), "is binary, not text", "give .nq, .nt or .ttl, compressed only as .gz")


def _turtle(file: Path, source: IO[bytes], base: str | None) -> Iterator[str]:
    try:
        for quad in ox.parse(source, ox.RdfFormat.TURTLE, base_iri=base, rename_blank_nodes=True):
            yield f"{_plain(quad.triple, file, None)} .\n"
    except SyntaxError as error:
        raise _syntax_error(file, error.lineno, error) from error


def _lines(file: Path, suffix: str, label: str, source: IO[bytes]) -> Iterator[str]:
    usual = _usual(suffix).fullmatch
    for number, raw in enumerate(source, start=1):
        line = raw.decode("utf-8")
        if found := usual(line):
            yield found[1] + " .\n"
            continue
        try:
            for quad in ox.parse(line, _FORMATS[suffix]):
                yield f"{_plain(_relabelled(quad.triple, label), file, number)} .\n"
        except SyntaxError as error:
            raise _syntax_error(file, number, error) from error


@cache
def _usual(suffix: str) -> re.Pattern[str]:
    """What our own files look like, and so nearly every line; all else goes through a full parser, line by line."""
    return re.compile(rf"{_TRIPLE}{_GRAPHS[suffix]} \.\n")  # when it is first needed: this takes a tenth of a second


def _relabelled(triple: ox.Triple, label: str) -> ox.Triple:
    """Blank nodes of two files are two nodes, whatever their labels."""
    subject, value = triple.subject, triple.object
    if isinstance(subject, ox.BlankNode):
        subject = ox.BlankNode(f"{label}x{subject.value}")
    if isinstance(value, ox.BlankNode):
        value = ox.BlankNode(f"{label}x{value.value}")
    return ox.Triple(subject, triple.predicate, value)


def _plain(triple: ox.Triple, file: Path, line: int | None) -> ox.Triple:
    if isinstance(triple.object, ox.Triple):
        place = f"{file}:{line}" if line else str(file)
        raise InputError(place, "a statement about a statement (RDF 1.2)", "state it in RDF 1.1")
    return triple


def _syntax_error(file: Path, line: int | None, error: SyntaxError) -> InputError:
    fact = re.sub(r"^Parser error at line \d+ (between columns|column) ", "column ", error.msg)
    fact = f"cannot be parsed ({fact[:300]})"
    return InputError(f"{file}:{line}" if line else str(file), fact, "correct the line, or " + _REMEDY)
