"""Feeds of Open Referral UK: the sets of real files, the fixture, and mapping them."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

import pytest

from graph.export.oruk import Catalogue
from graph.nquads.mapped import Mapped
from tests.support.paths import DATA, fixture_folder
from tests.support.real_files import real_files
from tests.support.sources.oruk_objects import (
    FEEDS,
    Object,
    normal,
    store_of,
)

FIXTURES = fixture_folder("oruk")
CONFORMANCE = DATA.parent / "conformance" / "hsds-3.0-examples"
MOCKS = FEEDS / "validator-mocks-2026-03"
EXAMPLES = FEEDS / "hsds-uk-3.0-examples"
BRISTOL = FEEDS / "bristol"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"the real data are not at {DATA}")
SETS = {
    "bristol": (BRISTOL, "*.json"),
    "examples": (EXAMPLES, "*.json"),
    "tables": (EXAMPLES / "csv", "*.csv"),
    "good": (MOCKS / "good", "*.json"),
    "warn": (MOCKS / "warn", "*.json"),
    "fail": (MOCKS / "fail", "*.json"),
    "hsds": (CONFORMANCE, "*.json"),
    "hsds_tables": (CONFORMANCE / "csv", "*.csv"),
}


def files_of(name: str) -> list[Path]:
    """The files of a set: of a feed those that the build names, of the standard's examples all: each must be read."""
    if name == "bristol":
        return [*real_files("bristol")]
    folder, pattern = SETS[name]
    found = sorted(folder.glob(pattern))
    assert found, folder
    return [file for file in found if file.name != "datapackage.json"]  # a link that leads nowhere


def catalogue(*runs: Mapped) -> Catalogue:
    return Catalogue(store_of(*runs))


def expected(value: Object, form: str, back: Object) -> Object:
    """What a file gives, with what the way back adds: identifiers that are UUIDs, the kind of a number where the feed
    names only its scheme, and of what stands within an organisation or a taxonomy, which one that is.
    """
    given = json.loads(json.dumps(value))
    for number in given.get("organization_identifiers", []):
        number.setdefault("identifier_type", number["identifier_scheme"])
    for name in ("organization_identifiers", "attributes"):
        by_words = {words_of(each): each["id"] for each in cast("Sequence[Mapping[str, str]]", back.get(name, []))}
        for part in given.get(name, []):
            part["id"] = part["id"] if len(part["id"]) == 36 else by_words[words_of(part)]
    for term in given.get("taxonomy_terms", []):
        term["taxonomy_id"] = given["id"]
    for service in given.get("services", []):
        service["organization_id"] = given["id"]
    if form == "Service" and "organization" in given:
        given.pop("organization_id", None)
    return normal(given, form)


def words_of(part: Mapping[str, object]) -> str:
    return str(sorted((name, str(value)) for name, value in part.items() if name != "id"))
