"""The real files of grants, counted again with the json, csv and openpyxl modules alone."""

import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple, cast
from urllib.parse import unquote

import openpyxl
import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from graph.mapping.run import map_source
from graph.model import iri
from graph.model.query import select
from graph.model.terms import CIV, SCHEMA, SKOS
from graph.nquads.mapped import Mapped
from graph.sources.source import Source
from tests.support.paths import DATA
from tests.support.real_files import real_files

FOLDER = DATA / "grants" / "360giving"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the real data are not at {FOLDER}")

FILES = real_files("threesixty")


class Grant(NamedTuple):
    """What is counted of a grant, as its file has it."""

    number: str
    funder: str
    currency: str
    amount: str
    date: str
    recipient: str


def _from_json(file: Path) -> Iterator[Grant]:
    for grant in json.loads(file.read_text("utf-8"), parse_float=str, parse_int=str)["grants"]:
        if "FundingOrgIdentifier" in grant:
            funder, recipient = grant["FundingOrgIdentifier"], grant.get("RecipientOrgName", "")
        elif grant["recipientOrganization"][0].get("organisationType") == "Individual":
            continue  # its recipient is a person
        else:
            funder, recipient = grant["fundingOrganization"][0]["id"], grant["recipientOrganization"][0]["name"]
        yield Grant(grant["id"], funder, grant["currency"], grant["amountAwarded"], grant["awardDate"], recipient)


def _from_table(rows: Iterator[Mapping[str, object]]) -> Iterator[Grant]:
    for row in rows:
        names = (
            "Identifier",
            "Funding Org:Identifier",
            "Currency",
            "Amount Awarded",
            "Award Date",
            "Recipient Org:Name",
        )
        yield Grant(*(str(row[name]) for name in names))


@cache
def _grants_of(file: Path) -> tuple[Grant, ...]:
    if file.suffix == ".json":
        return tuple(_from_json(file))
    if file.suffix == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as text:
            return tuple(_from_table(csv.DictReader(text)))
    with closing(openpyxl.load_workbook(file, read_only=True, data_only=True)) as book:
        head, *rows = book.worksheets[0].iter_rows(values_only=True)
        return tuple(_from_table(dict(zip(map(str, head), row, strict=True)) for row in rows))


@cache
def published() -> Mapping[str, Grant]:
    """Every grant once: of several copies one of a package of the standard, else that of the flattened list."""
    found: dict[str, Grant] = {}
    for file in sorted(FILES, key=lambda file: file.name == "stack.json"):
        for grant in _grants_of(file):
            found.setdefault(grant.number, grant)
    return {number: grant for number, grant in found.items() if re.fullmatch(r"[A-Z]{3}", grant.currency)}


def _year(text: str) -> str:
    found = re.search(r"(?:19|20)\d\d", text)
    assert found, text
    return found[0]


def _funder(grant: Grant) -> str:
    """The identifier under which the graph has the funder: one that is none is kept within its publisher."""
    if re.fullmatch(r"(GB-[A-Z]+|360G)-.+", grant.funder):
        return grant.funder
    return f"360G-{grant.number.split('-')[1]}-{grant.funder}"


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> Mapped:
    target = tmp_path_factory.mktemp("grants") / "grants.nq"
    return map_source(Source.named("threesixty"), FILES, target, iri.DEFAULT_BASE)


@pytest.fixture(scope="module")
def store(mapped: Mapped) -> Store:
    found = Store()
    found.bulk_load(path=mapped.output, format=RdfFormat.N_QUADS)
    return found


def _rows(store: Store, where: str, *names: str) -> Iterator[tuple[str, ...]]:
    query = f"SELECT {' '.join(names)} WHERE {{ GRAPH ?graph {{ {where} }} }}"
    for row in select(store, query):
        yield tuple(cast(Literal | NamedNode, row[name[1:]]).value for name in names)


def test_every_grant_is_there_once(mapped: Mapped, store: Store) -> None:
    numbers = [number for (number,) in _rows(store, f"?grant a {CIV.Grant} ; {SKOS.notation} ?id", "?id")]
    assert Counter(numbers) == Counter(list(published()))
    shifted = sum(problem.rule == "cells-shifted" for problem in mapped.problems)
    assert mapped.rows == len(numbers) + shifted == 9476


def test_counts_and_sums_by_funder_year_and_currency_are_those_of_the_files(store: Store) -> None:
    expected: dict[tuple[str, str, str], list[Decimal]] = defaultdict(list)
    for grant in published().values():
        expected[_funder(grant), _year(grant.date), grant.currency].append(Decimal(grant.amount))
    found: dict[tuple[str, str, str], list[Decimal]] = defaultdict(list)
    where = (
        f"?grant {SCHEMA.funder} ?funder ; {CIV.awardYear} ?year ; {SCHEMA.currency} ?currency ; "
        f"{CIV.amountAwarded} ?amount"
    )
    for funder, year, currency, amount in _rows(store, where, "?funder", "?year", "?currency", "?amount"):
        found[unquote(funder.rpartition("/")[2]), year, currency].append(Decimal(amount))
    assert {key: (len(amounts), sum(amounts)) for key, amounts in found.items()} == {
        key: (len(amounts), sum(amounts)) for key, amounts in expected.items()
    }
    assert len(expected) > 60
    assert {currency for _, _, currency in expected} == {"GBP", "USD"}


def test_a_grant_keeps_the_name_of_its_recipient_as_published(store: Store) -> None:
    where = f"?grant {SKOS.notation} ?id ; {CIV.recipientName} ?name"
    names = dict(cast("Iterator[tuple[str, str]]", _rows(store, where, "?id", "?name")))
    control = re.compile(r"[\x00-\x1f\x7f-\x9f]")  # one name holds a broken apostrophe
    expected = {number: " ".join(control.sub(" ", it.recipient).split()) for number, it in published().items()}
    different = {number for number, name in expected.items() if name and names.get(number) != name}
    assert not different


def test_what_is_mended_is_told_with_what_it_should_be(mapped: Mapped) -> None:
    mended = {it.value: dict(it.parameters)["meant"] for it in mapped.problems if "meant" in dict(it.parameters)}
    assert mended["GB-CHC-SCO 25038"] == "GB-SC-SC025038"
    assert mended["GB-CHC-XR23797"] == "GB-REV-XR23797"
    assert mended["GB-COH-6802694"] == "GB-COH-06802694"
    assert len(mended) > 150


def test_a_grant_of_two_files_names_both(store: Store) -> None:
    held: dict[str, set[str]] = defaultdict(set)
    for term in (CIV.publishedIn, CIV.alsoPublishedIn):
        for number, file in _rows(store, f"?grant {SKOS.notation} ?id ; {term} ?file", "?id", "?file"):
            held[number].add(file.rpartition("/")[2])
    copies: dict[str, set[str]] = defaultdict(set)
    for path in FILES:
        for grant in _grants_of(path):
            copies[grant.number].add(path.stem)
    assert {number: held[number] for number in published()} == {number: copies[number] for number in published()}


def test_the_days_of_awards_are_days_of_the_calendar(store: Store) -> None:
    days = [day for (day,) in _rows(store, f"?grant {CIV.awardDate} ?day", "?day")]
    assert len(days) > 9000
    assert all(datetime.fromisoformat(day) for day in days)
