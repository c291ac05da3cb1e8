"""Finding things by name or number: a tantivy index in a release, written once and from then on only read.

How a text is matched and ranked is in `graph.release.ranking`; what is indexed, in `graph.release.entries`.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from pyoxigraph import Store
from tantivy import Document, Index, Query

from graph.errors import ReleaseError
from graph.model.values import names
from graph.model.values import register_numbers as numbers
from graph.release.entries import Entry, entries
from graph.release.ranking import FEW, SCHEMA, Wanted, parts, tiers

MOST_HITS = 1000
"""Hits given at once; who wants all names has the dumps and SPARQL."""

_HEAP = 64_000_000  # bytes: one segment for some hundred thousand names


@dataclass(frozen=True, slots=True)
class Hit:
    """A result row.

    `matched` is the name, or says what else was found: "known as: …", "number: …", "number that begins so: …",
    "postcode: …". `kind` is one of `entries.KINDS`. `place` is the main operating area and postcode of an
    organisation, the code list of a concept. Scores order the hits of one text and mean nothing across texts.
    """

    iri: str
    kind: str
    name: str
    number: str
    matched: str
    status: str
    place: str
    score: float


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of results, and how many there are in all."""

    total: int
    hits: list[Hit]


def build_index(store: Store, folder: Path) -> int:
    """Write the index of a store's default graph into a new or empty folder; gives the number of entries."""
    folder.mkdir(parents=True, exist_ok=True)
    index = Index(SCHEMA, path=str(folder), reuse=False)
    writer = index.writer(_HEAP, num_threads=1)  # one thread: the order of adding is the order among equals
    count = 0
    for entry in entries(store):
        writer.add_document(_document(entry))
        count += 1
    writer.commit()
    writer.wait_merging_threads()
    for lock in folder.glob(".*.lock"):  # a release holds data only
        lock.unlink()
    return count


class Search:
    """The index of one release, open for reading; may be used from several threads."""

    def __init__(self, folder: Path) -> None:
        self._searcher = _opened(folder).searcher()

    def find(self, text: str, limit: int = 20, offset: int = 0) -> Hits:
        """The best matches for any text; one without words gives none."""
        wanted = Wanted.of(text)
        limit, offset = min(max(limit, 1), MOST_HITS), max(offset, 0)
        total, best = 0, Query.empty_query()
        for step, query in enumerate(tiers(wanted)):
            count = cast(_Counted, cast(object, self._searcher.search(query, 1))).count
            if count > total:
                total, best = count, query
            if total >= (FEW if step == 0 else 1):
                break
        if offset >= total:
            return Hits(total, [])
        found = self._searcher.search(best, limit, offset=offset, count=False).hits
        return Hits(total, [_hit(self._searcher.doc(address), wanted, float(score)) for score, address in found])


class _Counted(Protocol):
    """A result of tantivy's, which counts although its type stub does not say so."""

    count: int


def _opened(folder: Path) -> Index:
    """Open through links in a folder of its own: tantivy writes a lock beside what it reads, a release never changes.

    Once open, all files are mapped into memory, so the links can go at once, unless
    tantivy is still at its lock.
    """
    with tempfile.TemporaryDirectory(prefix="civsoc-search-", ignore_cleanup_errors=True) as links:
        for file in folder.iterdir() if folder.is_dir() else ():
            (Path(links) / file.name).symlink_to(file.resolve())
        try:
            index = Index.open(links)
            index.config_reader(reload_policy="manual")
        except ValueError as error:
            raise ReleaseError(
                str(folder), f"holds no search index that opens ({error})", "build the release again"
            ) from None
        return index


def _document(entry: Entry) -> Document:
    document = Document()
    for field in ("iri", "kind", "name", "status", "area", "postcode"):
        document.add_text(field, str(getattr(entry, field)))
    for number in entry.numbers:
        document.add_text("numbers", number)
        for key in numbers.keys(number):
            document.add_text("key", key)
    if entry.kind == "postcode":
        document.add_text("key", numbers.compact(entry.name))
    for postcode in _postcode_keys(entry):
        document.add_text("postcode_key", postcode)
    if entry.active:
        document.add_text("active", "yes")
    document.add_text("place_words", names.whole(f"{entry.area} {entry.postcode}"))
    _add_names(document, entry)
    return document


def _add_names(document: Document, entry: Entry) -> None:
    if entry.named:
        whole = names.whole(entry.name)
        document.add_text("words", whole)
        document.add_text("whole", whole)
        _add_parts(document, entry.name)
    for other in entry.others:
        document.add_text("others", other)
        whole = names.whole(other)
        document.add_text("other_words", whole)
        document.add_text("other_whole", whole)
        _add_parts(document, other)


def _add_parts(document: Document, name: str) -> None:
    document.add_text("inside", " ".join(parts(name, "_")))
    document.add_text("joined", " ".join(parts(name, "")))


def _postcode_keys(entry: Entry) -> Sequence[str]:
    """A postcode and its district (EH1 1AA, EH1)."""
    postcode = entry.name if entry.kind == "postcode" else entry.postcode
    return [numbers.compact(postcode), numbers.compact(postcode.split(" ")[0])] if postcode else []


def _hit(document: Document, wanted: Wanted, score: float) -> Hit:
    shown = {
        field: str(document.get_first(field) or "") for field in ("iri", "kind", "name", "status", "area", "postcode")
    }
    filed = [str(number) for number in document.get_all("numbers")]
    others = [str(other) for other in document.get_all("others")]
    return Hit(
        iri=shown["iri"],
        kind=shown["kind"],
        name=shown["name"],
        number=filed[0] if filed else "",
        matched=_matched(wanted, shown["name"], others, filed, shown["postcode"]),
        status=shown["status"],
        place=", ".join(filter(None, (shown["area"], shown["postcode"]))),
        score=score,
    )


def _matched(wanted: Wanted, name: str, others: Sequence[str], filed: Sequence[str], postcode: str) -> str:
    """What matched in a thing: an identifier, otherwise the name that shares most with the text."""
    for number in filed:
        if not set(wanted.keys).isdisjoint(numbers.keys(number)):
            return f"number: {number}"
    for number in filed:
        if any(key.startswith(wanted.keys[-1:]) for key in numbers.keys(number)):
            return f"number that begins so: {number}"
    if wanted.postcode and numbers.compact(postcode).startswith(wanted.postcode):
        return f"postcode: {postcode}"
    best = max([name, *others], key=lambda candidate: _likeness(wanted, candidate))  # the first of equals: the name
    return name if best == name else f"known as: {best}"


def _likeness(wanted: Wanted, name: str) -> tuple[bool, float, bool]:
    """Compares names of one thing by how they answer a text: the same, words shared, a part inside."""
    theirs = names.words(name)
    shared = sum(1.0 if word in theirs else 0.5 for word in wanted.words if any(own.startswith(word) for own in theirs))
    return tuple(theirs) == wanted.words, shared, "".join(wanted.words) in "".join(theirs)
