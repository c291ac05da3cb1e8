"""The two invented directories of the build of the real files, read with the csv module alone."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from tests.support.paths import ROOT

FOLDER = ROOT / "tests" / "real" / "directories"
FORTH, TAY = "FORTHMILO", "TAYDIRECTORY"
LISTS = {FORTH: "forth-milo.csv", TAY: "tay-organisations.csv"}
COUNCILS = {
    "Clackmannanshire": "S12000005",
    "Falkirk": "S12000014",
    "Highland": "S12000017",
    "Stirling": "S12000030",
    "Dundee City": "S12000042",
    "Fife": "S12000047",
    "City of Glasgow": "S12000049",
}

Row = Mapping[str, str]


@dataclass(frozen=True)
class Entry:
    """An organisation in a directory."""

    directory: str
    reference: str
    name: str
    charity: str
    """Its Scottish charity number, as the register writes it; '' if none is given."""
    council: str
    """The code of the council that the row names; '' if it names none."""
    postcode: str
    checked: date
    open: bool = True
    premises: bool = False

    @property
    def identifier(self) -> str:
        """The identifier that the directory gives it."""
        return f"DIR-{self.directory}-{self.reference}"


def table(name: str) -> list[Row]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def entries(directory: str) -> Sequence[Entry]:
    """The organisations of a directory that it lets be published."""
    rows = table(LISTS[directory])
    if directory == FORTH:
        return [_of_milo(row) for row in rows if row["publish_to_strive_directory"] == "true"]
    return [_of_profile(row) for row in rows]


def _of_milo(row: Row) -> Entry:
    modified = datetime.fromtimestamp(int(row["date_last_modified"]) / 1000, UTC).date()
    number, council = charity(row["charity_number"]), COUNCILS.get(row["location_region"], "")
    return Entry(FORTH, row["Id"], row["title"], number, council, row["postcode"], modified)


def _of_profile(row: Row) -> Entry:
    number, council = charity(row["charity_number"]), COUNCILS.get(row["area"], "")
    checked, still = date.fromisoformat(row["last_checked"]), row["status"] == "active"
    premises = row["premises"] == "yes"
    return Entry(TAY, row["reference"], row["name"], number, council, row["postcode"], checked, still, premises)


def charity(typed: str) -> str:
    found = re.fullmatch(r"SC ?(\d{6})", typed.upper())
    return f"SC{found[1]}" if found else ""


def links(directory: str) -> set[tuple[str, str]]:
    """What a directory says of the numbers of its organisations."""
    return {(each.identifier, f"GB-SC-{each.charity}") for each in entries(directory) if each.charity}


def everything() -> list[Entry]:
    return [*entries(FORTH), *entries(TAY)]
