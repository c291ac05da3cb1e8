"""Answers about services in feeds of the Open Referral UK standard, from the pages as they were saved."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import cast

from tests.support.paths import DATA
from tests.support.real_files import real_files

Fields = dict[str, object]

FOLDER = DATA / "directories" / "open-referral-uk" / "bristol"


def services(*files: Path) -> Iterator[Fields]:
    """The services of files, in full or in lists; of one that stands in several, each."""
    for file in files or real_files("bristol"):
        page = cast(Fields, json.loads(file.read_text("utf-8")))
        yield from cast("list[Fields]", page.get("contents", [page]))


def inside(service: Fields, key: str) -> Fields:
    """The object in a field."""
    return cast(Fields, service[key])


def area_names(service: Fields) -> Iterator[str]:
    """The areas that a service names."""
    for area in cast("list[Fields]", service.get("service_areas", [])):
        yield str(area["name"])


def known() -> dict[str, Fields]:
    """The services by their identifiers."""
    return {str(each["id"]): each for each in services()}


def by_area() -> list[tuple[str, str]]:
    """The names of services, and of the areas that each names."""
    return sorted({(str(each["name"]), area) for each in services() for area in area_names(each)})


def of_unregistered() -> list[tuple[str, str]]:
    """Services, and the names of their providers for which the feed gives no number on a register."""
    found = [(each, inside(each, "organization")) for each in known().values()]
    return [(str(each["name"]), str(body["name"])) for each, body in found if not body.get("organization_identifiers")]


def latest_assured() -> list[tuple[str, date, str]]:
    """Services with the day on which each was assured and the time at which it was changed, the latest first."""
    found = [
        (str(each["name"]), date.fromisoformat(str(each["assured_date"])), str(each["last_modified"])[:19])
        for each in known().values()
    ]
    return sorted(found, key=lambda row: row[1], reverse=True)
