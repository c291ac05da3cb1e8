"""Finds the turns of docs/english.md wherever a person reads. `tests.docs.test_english` says which may wait.

`python -m tests.support.english` lists what it finds: place, turn, and what to write instead.
"""

import ast
import json
import re
import tokenize
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import cast

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from tests.support.paths import ROOT

GUIDE = "docs/english.md"
ROW = re.compile(r"^\| (?P<wording>[^|`]+) \| (?P<instead>[^|`]+) \| `(?P<pattern>.+)` \|$", re.MULTILINE)
CODE = re.compile(r"^```.*?^```|`[^`\n]+`|\]\([^)]*\)|<[^>\s]+>|\d+\. ", re.DOTALL | re.MULTILINE)
MARKUP = re.compile(r"{#.*?#}|{%.*?%}|<(?!%)[^>]*>|{{.*?}}", re.DOTALL)
QUOTED = re.compile(r'"([^"\n]*)"')
OTHERS = ("altLabel", "hiddenLabel", "example", "notation")
"""Last parts of the properties whose values are the wordings of other people, or data."""


@dataclass(frozen=True)
class Turn:
    """A line of the table: what not to write, what to write, and how the first is recognised."""

    wording: str
    instead: str
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Passage:
    """Text that a person reads: its kind, its file, and the line in which it begins."""

    kind: str
    file: str
    line: int
    text: str


@dataclass(frozen=True)
class Hit:
    """A turn in a passage."""

    passage: Passage
    turn: Turn
    line: int
    words: str

    def __str__(self) -> str:
        return f"{self.passage.file}:{self.line}: '{self.words}' ({self.passage.kind}); write: {self.turn.instead}"


def turns(guide: str) -> list[Turn]:
    """The table of the guide."""
    return [
        Turn(row["wording"], row["instead"], compiled(row["pattern"].replace("\\|", "|")))
        for row in ROW.finditer(guide)
    ]


def compiled(pattern: str) -> re.Pattern[str]:
    """A blank in a pattern is any blank; behind a `(?<!`, which needs a fixed width, it is one character."""
    ahead, *rest = re.split(r"(?<=\))(?!\(\?<)", pattern, maxsplit=1) if pattern.startswith("(?<!") else ("", pattern)
    return re.compile(ahead.replace(" ", r"\s") + "".join(rest).replace(" ", r"\s+"), re.IGNORECASE)


def blanked(text: str, hidden: re.Pattern[str]) -> str:
    """The text with what is no prose blanked out, so that lines keep their numbers."""
    return hidden.sub(lambda match: re.sub(r"[^\n]", "·", match.group()), text)


def markdown(path: Path) -> Iterator[Passage]:
    text = path.read_text("utf-8")
    if path == ROOT / GUIDE:
        text = text[: text.index("| not |")]
    yield passage("docs", path, 1, blanked(text, CODE))


def template(path: Path) -> Iterator[Passage]:
    """The words between tags, and those in quotes inside expressions."""
    text = path.read_text("utf-8")
    yield passage("pages", path, 1, blanked(text, MARKUP))
    for expression in re.finditer(r"{{.*?}}|{%.*?%}", text, re.DOTALL):
        for words in QUOTED.finditer(expression.group()):
            yield passage("pages", path, text.count("\n", 0, expression.start()) + 1, words[1])


def vocabulary(path: Path) -> Iterator[Passage]:
    """What terms, entries of code lists and shapes say of themselves."""
    text = path.read_text("utf-8")
    for statement in parse(text, RdfFormat.TURTLE, base_iri="http://localhost:8000/"):
        predicate, value = statement.predicate.value, statement.object
        if isinstance(value, Literal) and value.language == "en" and re.split(r"[#/]", predicate)[-1] not in OTHERS:
            subject = statement.subject.value if isinstance(statement.subject, NamedNode) else ""
            name = re.split(r"[#/]", subject)[-1]
            at = max(text.find(f"{name} a "), text.find(f"{name}> a "), 0)
            line = text.count("\n", 0, max(text.find(value.value.replace('"', '\\"'), at), at)) + 1
            yield passage("vocabulary", path, line, value.value)


def python(path: Path) -> Iterator[Passage]:
    """Docstrings, messages (every other string), comments."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    documentation = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    parts = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            words = "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
            yield passage("messages", path, node.lineno, words)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
            kind = "docstrings" if id(node) in documentation else "messages"
            yield passage(kind, path, node.lineno, blanked(node.value, CODE))
    with path.open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.type == tokenize.COMMENT:
                yield passage("comments", path, token.start[0], blanked(token.string, CODE))


def metadata(path: Path) -> Iterator[Passage]:
    """The texts of a source's metadata."""
    text = path.read_text("utf-8")
    for words in texts(tomllib.loads(text)):
        yield passage("metadata", path, text.count("\n", 0, max(text.find(words), 0)) + 1, words)


def columns(path: Path) -> Iterator[Passage]:
    """What the columns of the minimum data set mean."""
    for words in texts(json.loads(path.read_text("utf-8"))):
        yield passage("metadata", path, 1, words)


def queries(path: Path) -> Iterator[Passage]:
    """The titles and comments of an example query."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.lstrip().startswith("#"):
            yield passage("pages", path, number, line)


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from chain.from_iterable(texts(it) for it in cast(dict[str, object], value).values())
    elif isinstance(value, list):
        yield from chain.from_iterable(texts(it) for it in cast(list[object], value))


def passage(kind: str, path: Path, line: int, text: str) -> Passage:
    return Passage(kind, str(path.relative_to(ROOT)), line, text)


PLACES: tuple[tuple[str, Callable[[Path], Iterator[Passage]]], ...] = (
    ("README.md", markdown),
    ("CHANGELOG.md", markdown),
    ("sample/README.md", markdown),
    ("docs/**/*.md", markdown),
    ("endpoint/templates/*.html", template),
    ("endpoint/queries/*.rq", queries),
    ("ontology/*.ttl", vocabulary),
    ("ontology/lists/*.ttl", vocabulary),
    ("shapes/*.ttl", vocabulary),
    ("mappings/*.toml", metadata),
    ("graph/standards/directory/csv-metadata.json", columns),
    ("graph/**/*.py", python),
    ("endpoint/**/*.py", python),
    ("mappings/*.py", python),
)
"""Where people read. The cubes of `ontology/cubes` keep the words of their publishers."""


def passages() -> Iterator[Passage]:
    for pattern, reader in PLACES:
        for path in sorted(ROOT.glob(pattern)):
            yield from reader(path)


def hits_in(text: Passage, banned: list[Turn]) -> Iterator[Hit]:
    for turn in banned:
        for match in turn.pattern.finditer(text.text):
            line = text.line + text.text.count("\n", 0, match.start())
            yield Hit(text, turn, line, " ".join(match.group().split()))


def hits() -> list[Hit]:
    banned = turns((ROOT / GUIDE).read_text("utf-8"))
    return [hit for text in passages() for hit in hits_in(text, banned)]


if __name__ == "__main__":
    print(*hits(), sep="\n")  # noqa: T201 - a command
