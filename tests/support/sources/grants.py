"""Files of a few grants each, and what the mapping says of them."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse

from graph.export.threesixty import grants as exported
from graph.mapping.run import map_source
from graph.model import iri
from graph.model.terms import CIV
from graph.nquads.mapped import Mapped
from graph.sources.source import Source

Fields = Mapping[str, object]


def grant(number: str, recipient: Fields | None = None, **fields: object) -> Fields:
    """A grant that keeps to the standard, but for what is given."""
    return {
        "id": f"360G-glen-{number}",
        "title": "A roof",
        "description": "Slates",
        "currency": "GBP",
        "amountAwarded": 100,
        "awardDate": "2021-01-01",
        "fundingOrganization": [{"id": "GB-CHC-900002", "name": "Example Trust"}],
        "recipientOrganization": [recipient or {"id": "GB-CHC-900001", "name": "Glen Example Hall"}],
        **fields,
    }


def read(folder: Path, *files: Sequence[Fields], **package: object) -> Mapped:
    """What is made of files of grants, `1.json` and so on, with fields of the packages."""
    paths = [folder / f"{number}.json" for number in range(1, len(files) + 1)]
    for path, grants in zip(paths, files, strict=True):
        path.write_text(json.dumps({**package, "grants": grants}), "utf-8")
    return map_source(Source.named("threesixty"), paths, folder / "out.nq", iri.DEFAULT_BASE)


def back(run: Mapped) -> Mapping[str, Fields]:
    """The grants as the export writes them, by identifier."""
    store = Store()
    quads = parse(path=run.output, format=RdfFormat.N_QUADS)
    store.extend(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in quads)
    return {str(each["id"]): each for each in exported(store)}


def recipients(run: Mapped) -> list[str]:
    """Who got the grants, by the number of the grant."""
    found: dict[str, str] = {}
    for line in run.output.read_text("utf-8").splitlines():
        subject, predicate, value, _ = line.split(" ", 3)
        if predicate == CIV.recipient:
            found[subject] = unquote(value.rsplit("/", 1)[1][:-1])
    return [found[number] for number in sorted(found)]


def said(run: Mapped, thing: str) -> Mapping[str, list[str]]:
    """What is said of a thing, by the last words of its IRI and of predicates, as texts or the ends of IRIs."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in run.output.read_text("utf-8").splitlines():
        subject, predicate, rest = line.split(" ", 2)
        if unquote(subject).endswith(f"/{thing}>"):
            value = rest.rsplit(" <", 1)[0]
            plain = value.split('"')[1] if value.startswith('"') else unquote(value.rsplit("/", 1)[1][:-1])
            found[predicate.rsplit("/", 1)[1].rpartition("#")[2].rstrip(">")].append(plain)
    return found


def told(run: Mapped) -> list[str]:
    """The problems, in words."""
    return [str(problem) for problem in run.problems]
