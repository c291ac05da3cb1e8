"""What is checked in a query before the parser sees it: its length, nesting, form, and that it stays at home.

The parser itself overflows the stack on deep nesting, and the engine follows SERVICE over the network. So a query
is first cut into tokens, in which strings, IRIs, comments, variables and names differ from keywords. The parser
has no word boundaries (`SILENTSERVICEex:a` is three tokens to it), which is why a bare word that only contains
`service` is refused too: no keyword or function of SPARQL does.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from endpoint.service.errors import BadQuery, ReadOnly, TooLarge

__all__ = ["FORMS", "Query", "Token", "check", "prefixes", "tokens"]

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
# Functions that give a new answer each time: an answer that used one is not to be kept.
FRESH = {"NOW", "RAND", "UUID", "STRUUID", "BNODE"}
OPENING, CLOSING = "([{", ")]}"

# Longer alternatives first. Words take letters of any script. Time is linear in the text: a prefix is looked for
# over 100 characters only, and a string that does not end ends the work.
TOKEN = re.compile(
    r"""
      (?P<space>\s+|\#[^\r\n]*)
    | (?P<iri><[^<>"{}|^`\x00-\x20]*>)
    | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
        |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<open>["'])
    | (?P<name>(?:[^\W\d_][\w.·‿⁀-]{0,99})?:(?:[\w:·‿⁀-]|%[0-9A-Fa-f]{2}|\\.|\.(?=[\w:%\\.·‿⁀-]))*
        |_:[\w.·‿⁀-]+)
    | (?P<number>[0-9]+(?:[eE][+-]?[0-9]+)?)
    | (?P<word>[^\W\d]\w*)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Token:
    """A piece of a query; `kind` is the name of its group in TOKEN."""

    kind: str
    text: str


@dataclass(frozen=True)
class Query:
    """What the tokens show. `form` is None where the text is not a query; the parser will give the reason."""

    form: str | None
    graphs: frozenset[str]
    fresh: bool


def tokens(text: str) -> Iterator[Token]:
    """The tokens of `text` in order, without white space and comments; BadQuery where a string does not end.

    >>> [token.kind for token in tokens("SELECT ?service { <urn:a> :SERVICE 'service' } # service")]
    ['word', 'variable', 'mark', 'iri', 'name', 'string', 'mark']
    """
    for found in TOKEN.finditer(text):
        if found.lastgroup == "open":
            line = text.count("\n", 0, found.start()) + 1
            raise BadQuery("query", f"a string that begins on line {line} does not end", "close its quotation mark")
        if found.lastgroup is not None and found.lastgroup != "space":
            yield Token(found.lastgroup, found.group())


def check(text: str, max_bytes: int, max_nesting: int) -> Query:
    """What kind of query `text` is; BadQuery, ReadOnly or TooLarge where it is not to reach the parser."""
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > max_bytes:
        raise TooLarge("query", f"it has {size:,} bytes, the limit is {max_bytes:,}", "send a shorter one")
    if not text.strip():
        raise BadQuery("query", "it is empty", "send a SPARQL query in `query`")
    parts = list(tokens(text))
    _check_nesting(parts, max_nesting)
    form = _form(parts)
    if "service" in text.lower():
        _check_service(parts)
    words = {part.text.upper() for part in parts if part.kind == "word"}
    return Query(form, frozenset(_graphs(parts)), not FRESH.isdisjoint(words))


def _check_nesting(parts: Iterable[Token], limit: int) -> None:
    depth = 0
    for part in parts:
        if part.kind == "mark" and part.text in OPENING:
            depth += 1
        elif part.kind == "mark" and part.text in CLOSING:
            depth -= 1
        if depth > limit:
            raise BadQuery("query", f"its brackets are nested more than {limit} deep", "write it less nested")


def _form(parts: list[Token]) -> str | None:
    """The first keyword after the prologue; ReadOnly when that begins an update."""
    for part in parts:
        word = part.text.upper()
        if part.kind != "word" or word in ("PREFIX", "BASE"):
            continue
        if word in UPDATES:
            remedy = "ask with SELECT, ASK, CONSTRUCT or DESCRIBE; the data changes only by a new build"
            raise ReadOnly("query", f"{word} would change data, and this service is read-only", remedy)
        # `SELECT*` and `ASK{` are cut by their marks; `SELECTDISTINCT` the parser takes for two words.
        return next((form for form in FORMS if word.startswith(form)), None)
    return None


def _check_service(parts: list[Token]) -> None:
    declared = {name for name, _ in prefixes(parts)}
    for place, part in enumerate(parts):
        if part.kind == "iri" and _may_be_comparison(part.text, declared):
            raise BadQuery("query", f"{part.text} may be an IRI or a comparison", "put a space after the `<`")
        reaches = part.kind == "word" and "service" in part.text.lower()
        if reaches or (part.kind == "name" and _hides_service(parts, place, declared)):
            remedy = "query the other service yourself and join the answers"
            raise ReadOnly("query", "SERVICE would have this service call another one, which it never does", remedy)


def _may_be_comparison(iri: str, declared: set[str]) -> bool:
    """Whether the parser could read `<5#>` as "less than 5" and a comment, which would put every later quotation
    mark in doubt. An IRI whose scheme is not a prefix of the query is only an IRI."""
    scheme = re.match(r"<([A-Za-z][A-Za-z0-9+.-]*):", iri)
    return "#" in iri and (scheme is None or scheme[1] in declared)


def _hides_service(parts: list[Token], place: int, declared: set[str]) -> bool:
    """Whether the parser could read a prefixed name such as `SERVICEex:a` as the keyword and `ex:a`."""
    prefix = parts[place].text.partition(":")[0]
    if "service" not in prefix.lower():
        return False
    before = parts[place - 1].text.upper() if place else ""
    followed = parts[place + 1].text if place + 1 < len(parts) else ""
    declares = before.endswith("PREFIX")
    return not declares and (prefix not in declared or (followed == "{" and before != "GRAPH"))


def prefixes(parts: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Declared prefixes without their colon, and their IRIs."""
    for word, name, iri in zip(parts, parts[1:], parts[2:], strict=False):
        if word.kind == "word" and word.text.upper() == "PREFIX" and name.kind == "name" and iri.kind == "iri":
            yield name.text.partition(":")[0], iri.text[1:-1]


def _graphs(parts: list[Token]) -> Iterator[str]:
    """The absolute IRIs of FROM and FROM NAMED; relative ones depend on BASE and are left to the engine."""
    known = dict(prefixes(parts))
    for place, part in enumerate(parts[:-1]):
        if part.kind != "word" or part.text.upper() not in ("FROM", "NAMED"):
            continue
        graph = parts[place + 1]
        if graph.kind == "iri" and re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", graph.text[1:]):
            yield graph.text[1:-1]
        elif graph.kind == "name":
            prefix, _, local = graph.text.partition(":")
            if prefix in known:
                yield known[prefix] + re.sub(r"\\(.)", r"\1", local)
