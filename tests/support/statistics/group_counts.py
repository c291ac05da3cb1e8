"""The grades of the sample's organisations, worked out of its raw files by nothing but the csv and json modules."""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime

from tests.support.paths import ROOT

SAMPLE = ROOT / "sample"
DAY, YEAR_BEFORE = "2026-11-01", "2025-11-01"
"""The day of the directories' data in the sample, and a year earlier."""

Grades = dict[str, tuple[str, frozenset[str]]]
"""A grade with what it rests on, as the last parts of IRIs, by identifier."""
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    with (SAMPLE / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def grades() -> Grades:
    """Of all that two files of the Scottish register, two directories and three files of grants name."""
    found: Grades = {}
    for row in rows("oscr-charity-register.csv") + rows("oscr-former-charities.csv"):
        name = f"GB-SC-{row['Charity Number']}"
        current = row["Charity Status"] == "Active"
        found[name] = ("registered" if current else "formerly-registered", frozenset({name}))
    for identifier, number, status, checked in listed():
        grade = "mentioned" if status == "closed" else "checked" if YEAR_BEFORE <= checked <= DAY else "listed"
        if not number:
            found[identifier] = (grade, frozenset({identifier}))
    for recipient, grants in awards().items():
        if recipient not in found:
            grade = "funded" if recipient.startswith("360G") else "number-stated"
            found[recipient] = (grade, frozenset(grants))
    return found


def unregistered() -> set[str]:
    """Those of them that are on no register."""
    return {name for name in grades() if name.startswith(("DIR-", "360G-"))}


def listed() -> Iterator[tuple[str, str, str, str]]:
    """Identifier, charity number, status and day of the last check of each entry in the directories."""
    for row in rows("directories/kingdom-organisations.csv"):
        number = row["charity_number"].upper().replace(" ", "")
        checked = row["last_checked"] if is_day(row["last_checked"]) else ""
        known = number if re.fullmatch(r"SC\d{6}", number) else ""
        yield f"DIR-KINGDOM-{row['reference']}", known, row["status"], checked
    for record in json.loads((SAMPLE / "directories" / "perth-milo.json").read_text("utf-8")):
        if record["publish_to_strive_directory"] == "true":
            checked = datetime.fromtimestamp(int(record["date_last_modified"]) / 1000, UTC).date().isoformat()
            yield f"DIR-PERTHMILO-{record['Id']}", record.get("charity_number", ""), "", checked


def is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def awards() -> dict[str, set[str]]:
    """The grants that award something, by who gets them; all recipients with a Scottish number are in the register."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in ("kelvin", "lathrisk"):
        for grant in json.loads((SAMPLE / "grants" / f"{name}.json").read_text("utf-8"))["grants"]:
            for party in grant.get("recipientOrganization", ()):
                if grant["amountAwarded"] > 0 and not party.get("charityNumber") and "SC9" not in party["id"]:
                    found[party["id"].replace(":", "%3A")].add(grant["id"])
    for row in rows("grants/balmurrich.csv"):
        if not row["Recipient Org:Identifier"]:
            slug = row["Recipient Org:Name"].lower().replace(" ", "-")
            found[f"360G-balmurrich-{slug}"].add(row["Identifier"])
    return found
