"""Every byte of a release as texts: dumps unpacked, the store's terms, what the search index holds, all other files."""

import gzip
import io
import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import cast
from urllib.parse import unquote

import pyoxigraph as ox
from tantivy import Index, Query

from graph.disk import files_under
from tests.support.privacy.known import Known
from tests.support.privacy.patterns import Leak, emails, leaks

OBJECT = re.compile(r'"(?P<text>(?:[^"\\]|\\.)*)"(?:@[\w-]+|\^\^<(?P<type>[^>]+)>)?|<(?P<iri>[^>]*)>')
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPED = {
    f"{XSD}decimal": r"-?(?:0|[1-9]\d*)(?:\.\d+)?",  # no number begins with a nought and goes on, as telephones do
    f"{XSD}integer": r"-?(?:0|[1-9]\d*)",
    f"{XSD}double": r"-?\d(?:\.\d+)?E-?\d+",
    f"{XSD}boolean": r"true|false",
    f"{XSD}date": r"\d{4}-\d\d-\d\d",
    f"{XSD}dateTime": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?",
    f"{XSD}gYear": r"\d{4}",
    f"{XSD}gYearMonth": r"\d{4}-\d\d",
    f"{XSD}time": r"\d\d:\d\d:\d\d",
    "http://www.opengis.net/ont/geosparql#wktLiteral": r"[A-Z]+\(?(?:[(),]|-?\d{1,3}(?:\.\d+)?[ ,)])+",
}
"""What literals of a type look like; what does is no telephone number, whatever its digits."""

READABLE = re.compile(r"[a-z0-9._-]{3,}@(?:[a-z0-9-]{3,}\.)+[a-z]{2,}")
"""An address among bytes that are no text, where chance makes short ones."""

FOLDED = re.compile(r"\\[nrt]")

SUSPECT = re.compile(r"[@%&<]|[^\x00-\x7f]|(?:0|44)(?:[ ./()-]{0,6}\d){8}")
"""What texts have that may hold an address or a number: told in a tenth of the time that the search takes."""


def release_leaks(release: Path, known: Known) -> Iterator[Leak]:
    """Everything personal in a release."""
    for file in files_under(release):
        place = str(file.relative_to(release))
        if place.endswith(".tsv.gz"):
            with gzip.open(file, "rt", encoding="utf-8") as lines:
                yield from text_leaks(place, lines, known)
        elif file.suffix == ".gz":
            with gzip.open(file, "rt", encoding="utf-8") as lines:
                yield from dump_leaks(place, lines, known)
        elif place.startswith(("store/", "search/")):
            if known.alone:
                continue
            raw = file.read_bytes().decode("latin-1")  # compressed in part: what can be read, is
            yield from (Leak(place, "e-mail", found) for found in emails(raw) if READABLE.search(found))
        elif file.name == "release.json":
            yield from text_leaks(place, list(_texts(json.loads(file.read_text("utf-8")))), known)
        else:
            yield from text_leaks(place, file.read_text("utf-8").splitlines(), known)
    yield from index_leaks(release / "search", known)


def store_leaks(release: Path, known: Known) -> Iterator[Leak]:
    """Everything personal among the statements of the store itself."""
    store = ox.Store.read_only(str(release / "store"))
    statements = io.BytesIO()
    store.dump(statements, ox.RdfFormat.N_QUADS)
    yield from dump_leaks("store", io.StringIO(statements.getvalue().decode()), known)


def dump_leaks(place: str, lines: Iterable[str], known: Known) -> Iterator[Leak]:
    """Everything personal in N-Quads, each term once: two of three statements repeat what another one holds."""
    seen = set[str]()
    for batch in _batches(lines):
        if known.alone and not _may_hold(batch, known):
            continue
        for line in batch:
            subject, _, rest = line.split(" ", 2)
            for term in (subject, rest):
                if term not in seen:
                    seen.add(term)
                    yield from _term_leaks(place, term, known)


def _may_hold(batch: list[str], known: Known) -> bool:
    text = FOLDED.sub("  ", "".join(batch))
    return known.may_stand_in(text) or ("%" in text and known.may_stand_in(unquote(text)))


def _batches(lines: Iterable[str]) -> Iterator[list[str]]:
    """The lines, some thousands at a time."""
    rest = iter(lines)
    while batch := list(islice(rest, 5_000)):
        yield batch


def _term_leaks(place: str, term: str, known: Known) -> Iterator[Leak]:
    found = OBJECT.match(term)
    assert found, term[:200]
    text = found["iri"] if found["text"] is None else found["text"]
    if found["type"] in TYPED and re.fullmatch(TYPED[found["type"]], text):
        return
    text = FOLDED.sub("  ", text)
    if not known.alone and SUSPECT.search(text):
        yield from leaks(place, text)
    yield from known.leaks(place, unquote(text) if found["text"] is None else text)


def text_leaks(place: str, lines: Iterable[str], known: Known) -> Iterator[Leak]:
    """Everything personal in lines of text."""
    for number, line in enumerate(lines, start=1):
        if not known.alone:
            yield from leaks(f"{place}:{number}", line)
        yield from known.leaks(f"{place}:{number}", line)


def index_leaks(folder: Path, known: Known) -> Iterator[Leak]:
    """Everything personal among the stored fields of the search index."""
    index = Index.open(str(folder))
    searcher = index.searcher()
    for _, address in searcher.search(Query.all_query(), max(searcher.num_docs, 1)).hits:
        for field, values in searcher.doc(address).to_dict().items():
            yield from text_leaks(f"search/{field}", map(str, values), known)


def _texts(value: object) -> Iterator[str]:
    """Names and values of a manifest, less checksums, which are nobody's."""
    if isinstance(value, dict):
        for key, inside in cast("dict[str, object]", value).items():
            yield from (str(key), *_texts(inside))
    elif isinstance(value, list):
        for inside in cast("list[object]", value):
            yield from _texts(inside)
    elif not (isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value)):
        yield str(value)
