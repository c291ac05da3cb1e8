"""A report as the RDF that SHACL defines, with `civ:inSource`, `civ:inFile` and `civ:row` where the row is known."""

import re
from collections.abc import Iterator, Sequence

from graph.model import iri
from graph.model.terms import CIV, quoted
from graph.validation.results.result import Result

_HEAD = f"""@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix civ: <{CIV.base}> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

[] a sh:ValidationReport ;
    sh:conforms {{conforms}}"""
_TOKEN = re.compile(r"<[^>]*>|[()^/|*+?]")
_REPEATED = {"*": "sh:zeroOrMorePath", "+": "sh:oneOrMorePath", "?": "sh:zeroOrOnePath"}


def report_turtle(results: Sequence[Result]) -> str:
    """Turtle; result nodes are blank, as a report is read and thrown away, never linked to."""
    head = _HEAD.format(conforms="false" if results else "true")
    return head + "".join(f" ;\n    sh:result {_result(result)}" for result in results) + " .\n"


def _result(result: Result) -> str:
    body = "".join(f" ;\n        {line}" for line in _lines(result))
    return f"[\n        a sh:ValidationResult{body} ]"


def _lines(result: Result) -> Iterator[str]:
    yield f"sh:focusNode {result.focus}"
    if result.path is not None:
        yield f"sh:resultPath {path_turtle(result.path)}"
    if result.value is not None:
        yield f"sh:value {result.value}"
    yield f"sh:sourceShape {result.shape}"
    yield f"sh:sourceConstraintComponent {_sh(result.component)}"
    yield f"sh:resultSeverity {_sh(result.severity)}"
    yield f"sh:resultMessage {quoted(result.message)}"
    if result.source is not None:
        yield f"civ:inSource {iri.source(result.source)}"
    if result.file:
        yield f"civ:inFile {quoted(result.file)}"
    if result.row is not None:
        yield f"civ:row {result.row}"


def _sh(name: str) -> str:
    return name if name.startswith("<") else f"sh:{name}"


def path_turtle(path: str) -> str:
    """A SPARQL property path as the Turtle of a SHACL path.

    >>> path_turtle("^<http://ex/p>")
    '[ sh:inversePath <http://ex/p> ]'
    >>> path_turtle("(<http://ex/a>/(<http://ex/b>)+)")
    '( <http://ex/a> [ sh:oneOrMorePath <http://ex/b> ] )'
    """
    tokens = _TOKEN.findall(path)
    node, rest = _alternatives(tokens)
    if rest:
        raise ValueError(f"not a property path: {path!r}")
    return node


def _alternatives(tokens: list[str]) -> tuple[str, list[str]]:
    parts, tokens = _separated(tokens, "|")
    return (parts[0] if len(parts) == 1 else f"[ sh:alternativePath ( {' '.join(parts)} ) ]"), tokens


def _sequence(tokens: list[str]) -> tuple[str, list[str]]:
    parts, tokens = _separated(tokens, "/")
    return (parts[0] if len(parts) == 1 else f"( {' '.join(parts)} )"), tokens


def _separated(tokens: list[str], separator: str) -> tuple[list[str], list[str]]:
    read = _sequence if separator == "|" else _step
    part, tokens = read(tokens)
    parts = [part]
    while tokens and tokens[0] == separator:
        part, tokens = read(tokens[1:])
        parts.append(part)
    return parts, tokens


def _step(tokens: list[str]) -> tuple[str, list[str]]:
    if not tokens:
        raise ValueError("a property path ends too early")
    if tokens[0] == "^":
        node, tokens = _step(tokens[1:])
        return f"[ sh:inversePath {node} ]", tokens
    if tokens[0] == "(":
        node, tokens = _alternatives(tokens[1:])
        tokens = tokens[1:]  # the closing bracket
    else:
        node, tokens = tokens[0], tokens[1:]
    while tokens and tokens[0] in _REPEATED:
        node, tokens = f"[ {_REPEATED[tokens[0]]} {node} ]", tokens[1:]
    return node, tokens
