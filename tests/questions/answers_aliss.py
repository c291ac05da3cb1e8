"""Answers about the services that ALISS lists, from its answers as they were saved."""

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from math import ceil
from typing import cast

from tests.questions import answers_places, answers_statistics
from tests.support.real_files import real_files

Fields = dict[str, object]


def members(holder: Fields, key: str) -> list[Fields]:
    """The objects in a field."""
    return cast("list[Fields]", holder.get(key) or [])


@cache
def services() -> dict[str, Fields]:
    """All services by their identifiers, each with the name of the organisation that provides it."""
    found: dict[str, Fields] = {}
    for file in real_files("aliss"):
        answer = cast("object", json.loads(file.read_text("utf-8")))
        for each in services_in(answer):
            found[str(each["id"])] = each
    return found


def services_in(answer: object) -> Iterator[Fields]:
    """The services in an answer: those of a list, those of an organisation, or the one that it is about."""
    page = cast(Fields, answer) if isinstance(answer, dict) else {}
    held = page.get("results", page.get("data"))
    for record in cast("list[Fields]", held if isinstance(held, list) else [held] if held else []):
        if "categories" in record:
            yield {**record, "provider": str(cast(Fields, record["organisation"])["name"])}
        for inner in members(record, "services"):
            yield {**inner, "provider": str(record["name"])}


def places_given(service: Fields) -> list[str]:
    """The postcodes of the named places where a service is given, without their blanks."""
    named = (each for each in members(service, "locations") if each["name"])
    return [answers_places.packed(str(each["postal_code"])) for each in named]


def services_by_council_of_today() -> list[tuple[str, str]]:
    """Services and the councils that they serve, by the codes of now."""
    now = dict(answers_places.former_codes()) | dict(answers_places.new_codes())
    found: list[tuple[str, str]] = []
    for number, service in services().items():
        for area in members(service, "service_areas"):
            code = str(area["code"])
            while code in now:
                code = now[code]
            if code.startswith("S12"):
                found.append((number, code))
    return found


def services_by_provider() -> list[tuple[str, int]]:
    return list(Counter(str(each["provider"]) for each in services().values()).items())


def services_by_fifth() -> list[tuple[str, int]]:
    """Services and the fifth of data zones, 1 the most deprived, in which a place of theirs lies."""
    ranks, places = answers_statistics.ranks(), answers_places.places()
    return [
        (number, ceil(int(ranks[places[code].zone]["SIMD2020v2_Rank"]) * 5 / answers_statistics.ZONES))
        for number, service in services().items()
        for code in places_given(service)
    ]
