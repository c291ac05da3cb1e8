"""Which format a client gets: by `format=`, by suffix, or by its Accept header (RFC 9110, section 12.5.1).

Knows nothing of HTTP requests or RDF libraries, so that SPARQL results and pages choose in the same way. The names and
media types that usual clients send beside the standard ones are here: those of SPARQLWrapper, rdflib, RDF4J, Jena.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from endpoint.service.errors import NotAcceptable

# Entries and their parts: what is between commas and semicolons outside quotes.
_QUOTED = r'"(?:\\.|[^"\\])*"?'
_ENTRY = re.compile(rf'(?:{_QUOTED}|[^,"])+')
_PART = re.compile(rf'(?:{_QUOTED}|[^;"])+')


@dataclass(frozen=True)
class Format:
    """A way to write an answer; `name` is its suffix and its value of `format=`, for which there are other names."""

    name: str
    label: str
    media_type: str
    aliases: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()

    @property
    def media_types(self) -> tuple[str, ...]:
        return (self.media_type, *self.aliases)


HTML = Format("html", "HTML", "text/html", ("application/xhtml+xml",))
JSON = Format("json", "JSON", "application/sparql-results+json", ("application/json",), ("srj", "sparql-results+json"))
XML = Format(
    *("xml", "XML", "application/sparql-results+xml", ("application/xml", "text/xml"), ("srx", "sparql-results+xml"))
)
CSV = Format("csv", "CSV", "text/csv")
TSV = Format("tsv", "TSV", "text/tab-separated-values")
_N3 = ("text/n3", "text/rdf+n3", "application/n3")  # of which Turtle is a part
TURTLE = Format(
    *("ttl", "Turtle", "text/turtle", ("application/x-turtle", "application/turtle", *_N3), ("turtle", "n3", "rdf+n3"))
)
NTRIPLES = Format(
    *("nt", "N-Triples", "application/n-triples", ("text/ntriples",), ("ntriples", "n-triples", "nt11", "ntriple"))
)
RDFXML = Format(
    *("rdf", "RDF/XML", "application/rdf+xml", ("application/xml", "text/xml"), ("rdf+xml", "rdfxml", "rdf/xml", "xml"))
)
JSONLD = Format(*("jsonld", "JSON-LD", "application/ld+json", ("application/json",), ("json-ld", "ld+json", "json")))
NQUADS = Format("nq", "N-Quads", "application/n-quads", ("text/x-nquads", "text/nquads"), ("nquads", "n-quads"))
TRIG = Format("trig", "TriG", "application/trig", ("application/x-trig",))

# A client that does not name a format gets the first.
RESULTS = (JSON, XML, CSV, TSV)
GRAPHS = (TURTLE, NTRIPLES, RDFXML, JSONLD, NQUADS, TRIG)


@dataclass(frozen=True)
class Choice:
    """A format and the media type to label it with: the one that the client named, where it named an alias."""

    format: Format
    media_type: str

    @property
    def content_type(self) -> str:
        text = self.media_type.startswith("text/") or self.media_type.endswith("/xhtml+xml")
        return f"{self.media_type}; charset=utf-8" if text else self.media_type


@dataclass(frozen=True)
class Range:
    type: str
    quality: float

    def matches(self, media_type: str) -> int:
        """How specifically this entry names `media_type`: 0 not at all, 1 `*/*`, 2 `text/*`, 3 by name."""
        if self.type == media_type:
            return 3
        if self.type == media_type.partition("/")[0] + "/*":
            return 2
        return 1 if self.type in ("*/*", "*") else 0  # Java's own client sends the star alone


def ranges(accept: str) -> list[Range]:
    """The entries of an Accept header; malformed entries are left out, as clients send all sorts.

    >>> ranges("text/turtle, */*;q=0.1, nonsense")
    [Range(type='text/turtle', quality=1.0), Range(type='*/*', quality=0.1)]
    >>> ranges('text/turtle;profile="a,b;c";q=0.5')
    [Range(type='text/turtle', quality=0.5)]
    """
    found: list[Range] = []
    for entry in _ENTRY.findall(accept):
        kind, *parameters = [part.strip().lower() for part in _PART.findall(entry)] or [""]
        quality = _quality(parameters)
        if (kind.count("/") == 1 or kind == "*") and quality is not None:
            found.append(Range(kind, quality))
    return found


def _quality(parameters: Iterable[str]) -> float | None:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            return _weight(value.strip())
    return 1.0


def _weight(value: str) -> float | None:
    """A weight as RFC 9110 writes it; `float()` alone would let `nan`, `1_0` and `1e3` in."""
    if not value or not value.isascii() or value.strip("0123456789.") or value.count(".") > 1 or value == ".":
        return None
    weight = float(value)
    return weight if weight <= 1 else None


def by_accept(accept: str | None, offered: Sequence[Format]) -> Choice | None:
    """The format that the client likes best, the first offered among equals; None when nothing fits.

    >>> by_accept("text/*;q=0.5, application/json", [TURTLE, JSONLD]).media_type
    'application/json'
    """
    if accept is None or not accept.strip():
        return Choice(offered[0], offered[0].media_type)
    wanted = ranges(accept)
    best, best_quality = None, 0.0
    for offer in offered:
        for media_type in offer.media_types:
            quality = _quality_of(media_type, wanted, named_only=media_type != offer.media_type)
            if quality > best_quality:
                best, best_quality = Choice(offer, media_type), quality
    return best


def _quality_of(media_type: str, wanted: Iterable[Range], *, named_only: bool) -> float:
    """The weight of the most specific entry; an alias counts only where the client names it."""
    least = 3 if named_only else 1
    matching = [(entry.matches(media_type), entry.quality) for entry in wanted]
    return max((pair for pair in matching if pair[0] >= least), default=(0, 0.0))[1]


def by_name(name: str, offered: Sequence[Format]) -> Choice | None:
    """The format of a suffix or of `format=`: its name, another of its names, or one of its media types.

    >>> by_name("rdf xml", GRAPHS).media_type  # a plus sign in a form that nobody encoded
    'application/rdf+xml'
    """
    wanted = name.strip().lower().replace(" ", "+")
    for offer in offered:
        if wanted in (offer.name, *offer.other_names) or wanted in offer.media_types:
            return Choice(offer, wanted if wanted in offer.media_types else offer.media_type)
    return None


def choose(accept: str | None, names: str | Sequence[str] | None, offered: Sequence[Format]) -> Choice:
    """The first of the names (a suffix, the values of `format=`) that can be had, otherwise by the Accept header.

    NotAcceptable when nothing fits.
    """
    names = [names] if isinstance(names, str) else names or ()
    named = [choice for name in names if (choice := by_name(name, offered))]
    choice = named[0] if named else by_accept(accept, offered)
    if choice is None:
        listed = ", ".join(f"{offer.name} ({offer.media_type})" for offer in offered)
        place = " and ".join([*(f"format={name}" for name in names), f"Accept: {accept}"])
        raise NotAcceptable(place[:200], "this answer does not come in such a format", f"ask for one of {listed}")
    return choice
