"""`BUILD.toml` read into a plan: sources and their files, base IRI, output folder, and rules for merging
identifiers."""

import datetime
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from graph.errors import InputError, UsageError
from graph.identity.rules import CAP, THRESHOLD, Rules, read_rejected
from graph.model import iri
from graph.privacy.suppression.list import Objections, read_objections
from graph.sources.planned import PlannedSource
from graph.sources.source import How, Source

DEFAULT_KEEP = 3
"""Releases that stay: the served one, the one before it, and one more to go back to."""

_Share = Annotated[float, Field(ge=0, le=1)]


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a build needs to know, checked: the files are there and the sources are known."""

    path: Path
    base: str
    out: Path
    keep: int
    sources: tuple[PlannedSource, ...]
    identity: Rules = field(default_factory=Rules)
    objections: Objections | None = None
    """What no release may hold, if the build file names such a list."""

    def only(self, names: set[str]) -> tuple[PlannedSource, ...]:
        """The sources of these names, all if none is given; UsageError for a name that is not planned."""
        planned = [source.name for source in self.sources]
        if unknown := sorted(names - set(planned)):
            raise UsageError(str(self.path), f"has no source {unknown[0]!r}", f"use one of {', '.join(planned)}")
        return tuple(source for source in self.sources if not names or source.name in names)


def read_plan(path: Path, only: Collection[str] = ()) -> Plan:
    """Read a build file. Paths in it are relative to its folder; without `base` the process's own is used.

    Of sources that are not in `only`, if it names any, the files need not be there.
    UsageError if the file is not there or names an unknown source, InputError for anything else that is wrong.
    """
    table = _read(path)
    folder = path.resolve().parent
    sources = tuple(_planned(path, name, entry) for name, entry in sorted(table.sources.items()))
    if not sources:
        raise InputError(str(path), "names no source", "add a table such as [sources.oscr] with its file")
    _refuse_shared_codes(path, sources)
    refuse_missing(path, (source for source in sources if not only or source.name in only))
    identity = _rules(folder, table.identity)
    objections = read_objections(folder / table.suppress.file) if table.suppress else None
    plan = Plan(path, table.base or iri.base(), folder / table.out, table.keep, sources, identity, objections)
    _refuse_objected(plan)
    return plan


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _ExpectTable(_Table):
    rows: Annotated[int, Field(ge=0)] | None = None
    problems: Annotated[float, Field(ge=0)] | None = None  # may pass 1: several to a row
    lost: _Share | None = None


class _SourceTable(_Table):
    source: str | None = None
    title: str | None = None
    publisher: str | None = None
    homepage: Annotated[str, Field(pattern="^https?://")] | None = None
    licence: Annotated[str, Field(pattern="^https?://")] | None = None
    attribution: str | None = None
    columns: str | None = None
    file: str | None = None
    files: list[str] = []
    url: Annotated[str, Field(pattern="^https?://")] | None = None
    fetch: How | None = None
    date: datetime.date | None = None
    expect: _ExpectTable = _ExpectTable()


class _IdentityTable(_Table):
    reject: str | None = None
    threshold: _Share = float(THRESHOLD)
    cap: Annotated[int, Field(ge=2)] = CAP
    kinds: list[str] = []


class _SuppressTable(_Table):
    file: str


class _PlanTable(_Table):
    sources: dict[str, _SourceTable]
    identity: _IdentityTable = _IdentityTable()
    suppress: _SuppressTable | None = None
    base: str | None = None
    out: str = "out"
    keep: Annotated[int, Field(ge=2)] = DEFAULT_KEEP


def _read(path: Path) -> _PlanTable:
    try:
        return _PlanTable.model_validate(tomllib.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        raise UsageError(str(path), "does not exist", "name a build file, such as sample/civsoc.toml") from None
    except IsADirectoryError:
        raise UsageError(str(path), "is a folder", "name the build file in it") from None
    except UnicodeDecodeError:
        raise InputError(str(path), "is not UTF-8", "save it as UTF-8") from None
    except tomllib.TOMLDecodeError as fault:
        raise InputError(str(path), f"is not TOML: {fault}", "correct the line it names") from None
    except ValidationError as fault:
        raise _in_words(path, fault.errors(include_url=False)[0]) from None


def _in_words(path: Path, fault: ErrorDetails) -> InputError:
    """The first thing that is wrong with the keys or values of a build file."""
    key = ".".join(str(part) for part in fault["loc"])
    forms: dict[int, type[_Table]] = {1: _PlanTable, 3: _SourceTable, 4: _ExpectTable}
    own: dict[str | int, type[_Table]] = {"identity": _IdentityTable, "suppress": _SuppressTable}
    form = own.get(fault["loc"][0]) or forms.get(len(fault["loc"]), _PlanTable)
    keys = ", ".join(form.model_fields)
    if fault["type"] == "extra_forbidden":
        return InputError(str(path), f"holds the unknown key {key!r}", f"the keys known there are {keys}")
    if fault["type"] == "missing":
        return InputError(str(path), f"lacks {key!r}", "add it; docs/builds.md has an example")
    value, message = repr(fault["input"])[:80], fault["msg"].removeprefix("Input ")
    if fault["type"] == "string_pattern_mismatch":  # addresses are the only texts with a pattern
        message = "should be an address that begins with https:// or http://"
    return InputError(str(path), f"{key!r} is {value}", f"it {message}")


def _rules(folder: Path, entry: _IdentityTable) -> Rules:
    """The rules of identity, with the list of what was rejected."""
    rejected = read_rejected(folder / entry.reject) if entry.reject else {}
    return Rules(Decimal(str(entry.threshold)), entry.cap, tuple(entry.kinds), rejected)


def _refuse_objected(plan: Plan) -> None:
    """What the build file itself says is published too: titles, names of files, reasons for rejecting a link."""
    texts = plan.objections.texts if plan.objections else None
    if not texts:
        return
    for each in plan.sources:
        of = each.source
        published = (each.name, of.title, of.publisher, of.homepage, of.licence, of.attribution, each.url or "")
        if texts.rows_in("\n".join((*published, *(file.name for file in each.files)))):
            fact = "says of itself, or in the name of a file, what an entry of the list in [suppress] names"
            raise InputError(f"{plan.path}: sources.{each.name}", fact, "call it otherwise, or leave it out")
    if texts.rows_in("\n".join(plan.identity.rejected.values())):
        fact = "holds a reason that names what an entry of the list in [suppress] names"
        raise InputError(f"{plan.path}: identity.reject", fact, "word the reason without it")


def _planned(path: Path, name: str, entry: _SourceTable) -> PlannedSource:
    """One source with its files checked and its expectations overridden."""
    place = f"{path}: sources.{name}"
    given = [key for key, value in (("file", entry.file), ("files", entry.files), ("url", entry.url)) if value]
    if len(given) != 1:
        fact = f"gives {' and '.join(given)}" if given else "gives no data"
        raise InputError(place, fact, "give one of file, files or url")
    names = [entry.file] if entry.file else entry.files
    files = tuple((path.resolve().parent / each).resolve() for each in names)
    if len({file.name for file in files}) < len(files):
        raise InputError(place, "names two files alike", "rename one: a file is known by its name")
    if files and not entry.date:
        raise InputError(place, "has no date", "add date = YYYY-MM-DD, the day the publisher made the file")
    source = _with_expect(_source(path, name, entry), entry.expect)
    return PlannedSource(source, files, entry.url, entry.date)


def _source(path: Path, name: str, entry: _SourceTable) -> Source:
    """The source of a name, or an instance of another one under this name, described as in the build file."""
    place = f"{path}: sources.{name}"
    known = Source.named(entry.source or name)
    try:
        columns = (path.resolve().parent / entry.columns).resolve() if entry.columns else None
        kind = known.instance(name).with_columns(columns)
    except UsageError as fault:
        raise InputError(place, fault.fact, fault.remedy) from fault
    source = replace(
        kind,
        title=entry.title or kind.title,
        publisher=entry.publisher or kind.publisher,
        homepage=entry.homepage or kind.homepage,
        licence=entry.licence or kind.licence,
        attribution=entry.attribution or kind.attribution,
        fetch=entry.fetch or kind.fetch,
    )
    _refuse_undescribed(place, source)
    return source


def _refuse_undescribed(place: str, source: Source) -> None:
    """What the catalogue says of every source, only the build file can know where the source is one of many lists."""
    described = {
        "title": source.title,
        "publisher": source.publisher,
        "homepage": source.homepage,
        "licence": source.licence,
        "attribution": source.attribution,
    }
    if missing := [key for key, value in described.items() if not value]:
        raise InputError(place, f"gives no {missing[0]}", f'add {missing[0]} = "…"; docs/builds.md has an example')


def refuse_missing(path: Path, sources: Iterable[PlannedSource]) -> None:
    """InputError if a file of these sources is not there; `path` is that of the build file."""
    for each in sources:
        for file in (*each.files, *filter(None, [each.source.column_mapping])):
            if not file.is_file():
                fact = f"there is no file {file}"
                raise InputError(f"{path}: sources.{each.name}", fact, "correct the path, or fetch the file first")


def _refuse_shared_codes(path: Path, sources: Iterable[PlannedSource]) -> None:
    """Two lists under one list code would give one IRI to two organisations."""
    taken: dict[str, str] = {}
    for each in sources:
        other = taken.setdefault(iri.list_code(each.name), each.name)
        if other != each.name:
            fact = f"differs from {other!r} in underscores alone, which identifiers leave out"
            raise InputError(f"{path}: sources.{each.name}", fact, "give one of the two another name")


def _with_expect(source: Source, own: _ExpectTable) -> Source:
    """The source's expectations, each replaced by the build file's own where it gives one."""
    return replace(source, expect=replace(source.expect, **own.model_dump(exclude_none=True)))
