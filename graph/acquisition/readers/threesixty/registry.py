"""The registry of 360Giving: which datasets there are, by whom, under what licence, and where they are to be had."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from graph.errors import InputError

_MARK = b'"distribution"'
_HEAD = 65536


class _Publisher(BaseModel):
    name: str = ""
    prefix: str = ""


class _Distribution(BaseModel):
    download_url: Annotated[str, Field(alias="downloadURL")] = ""


class _Entry(BaseModel):
    model_config = ConfigDict(extra="ignore")
    identifier: str
    title: str = ""
    license: str = ""
    modified: str = ""
    publisher: _Publisher = _Publisher()
    distribution: list[_Distribution] = []


_FORM = TypeAdapter(list[_Entry])

_OPEN = re.compile(
    r"https?://(?:www\.)?(?:"
    r"creativecommons\.org/(?:licenses/by(?:-sa)?|publicdomain/(?:zero|mark))/"
    r"|nationalarchives\.gov\.uk/doc/open-government-licence/"
    r"|opendatacommons\.org/licenses/(?:pddl|by|odbl)"
    r"|opendefinition\.org/licen[cs]es/(?:odc-(?:pddl|by|odbl)|cc-(?:by|by-sa|zero))\b(?!-n)"
    r")"
)
"""Licences that let anybody reuse the data, for whatever purpose: those that 360Giving's own guidance names."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """One dataset as its publisher registered it; '' where the registry does not say."""

    identifier: str
    title: str = ""
    publisher: str = ""
    prefix: str = ""
    licence: str = ""
    modified: str = ""
    url: str = ""

    @property
    def may_be_reused(self) -> bool:
        """Whether its licence lets anybody use it for anything, if named.

        >>> Dataset("a", licence="https://creativecommons.org/licenses/by/4.0/").may_be_reused
        True
        >>> Dataset("a", licence="https://creativecommons.org/licenses/by-nc/4.0/").may_be_reused
        False
        """
        return _OPEN.match(self.licence) is not None


def read_registry(files: Sequence[Path]) -> tuple[Mapping[str, Dataset], list[Path]]:
    """The datasets of the registries among some files, by identifier, and the other files."""
    registries = [file for file in files if _is_registry(file)]
    found = {dataset.identifier: dataset for file in registries for dataset in datasets(file)}
    return found, [file for file in files if file not in registries]


def datasets(file: Path) -> Iterator[Dataset]:
    """The datasets of a registry; InputError if the file is none."""
    try:
        entries = _FORM.validate_json(file.read_bytes())
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = f"{file.name}: {'.'.join(map(str, first['loc']))}"
        raise InputError(place, "does not have the form of the 360Giving registry", "get the registry again") from None
    for entry in entries:
        url = next((each.download_url for each in entry.distribution if each.download_url), "")
        publisher = entry.publisher
        yield Dataset(
            entry.identifier, entry.title, publisher.name, publisher.prefix, entry.license, entry.modified, url
        )


def _is_registry(file: Path) -> bool:
    """Whether a file is an array of objects that describe distributions."""
    if not file.is_file():
        return False
    with file.open("rb") as binary:
        start = binary.read(_HEAD)
    return start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"[") and _MARK in start
