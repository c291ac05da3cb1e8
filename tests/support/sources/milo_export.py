"""A Milo-like export as large as Scotland's, with the dirt that such lists have: invented bodies, counted faults."""

import json
import random
from dataclasses import dataclass, field
from pathlib import Path

PLANTED = ("Planted Person", "planted.person@example.org", "01632 960123", "7 Planted Street")
"""Personal values that stand in personal fields; nothing that is published may hold them."""

PLACES = ("Fife", "Highland", "City of Glasgow", "Perth & Kinross", "Dundee City", "Moray", "Falkirk", "Stirling")
WORK = ("Culture and Arts", "Sports", "Environment", "Health", "Social services", "Housing", "Animal protection")
LATELY, LONG_AGO = 1_785_000_000_000, 1_700_000_000_000
"""Days of July 2026 and of November 2023 as the export counts time: entries changed within a year of it, and not."""
KINDS = ("Choir", "Growers", "Walkers", "Carers", "Players", "Rovers", "Menders", "Readers", "Singers", "Friends")
WORDS = ("Ash", "Birch", "Cairn", "Dale", "Esk", "Firth", "Glen", "Haugh", "Isla", "Jura", "Kirk", "Loch", "Moss")


@dataclass
class Seeded:
    """What was put into an export, by kind: the number of each fault, as its column and rule."""

    faults: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    private_postcodes: set[str] = field(default_factory=set[str])

    def add(self, column: str, rule: str) -> None:
        """Count one fault."""
        self.faults[column, rule] = self.faults.get((column, rule), 0) + 1


def organisations(size: int, postcodes: list[str], seed: int = 7) -> tuple[list[dict[str, object]], Seeded]:
    """So many records in the fields of Milo's index; a tenth without address, half without activities."""
    chance, seeded = random.Random(seed), Seeded()
    records = [_organisation(number, chance, postcodes, seeded) for number in range(size)]
    for number in range(0, size, 400):  # doubles under a new reference, a quarter of a percent
        double = dict(records[number]) | {"Id": f"double-{number}"}
        records.append(double)
        _of_double(double, seeded)
    return records, seeded


def _organisation(number: int, chance: random.Random, postcodes: list[str], seeded: Seeded) -> dict[str, object]:
    name = f"{WORDS[number % 13]} {WORDS[number // 13 % 13]} {KINDS[number % 10]} {number}"
    person, email, phone, street = PLANTED
    record: dict[str, object] = {
        "Id": f"milo-{number}",
        "slug": f"org-{number}",
        "title": name,
        "location_street": street,
        "location_region": chance.choice(PLACES),
        "postcode": "" if number % 10 == 0 else chance.choice(postcodes),
        "main_activities_global": [] if number % 2 else chance.sample(WORK, 2),
        "description_html": f"<p>{name} meets &amp; talks.</p>\r\n<p>All welcome.</p>",
        "charity_number": f"SC{800000 + number:06}" if number % 4 == 1 else "",
        "email": email,
        "phone": phone,
        "tsi_name": "Example Interface",
        "publish_to_strive_directory": "true",
        "date_last_modified": str((LONG_AGO if number % 500 == 17 else LATELY) + number),
        "website": f"https://www.group{number}.example.org",
    }
    _spoil(record, number, seeded)
    _ = person
    return record


def _spoil(record: dict[str, object], number: int, seeded: Seeded) -> None:
    """Faults at fixed places, so that their number is known."""
    if not record["main_activities_global"]:
        seeded.add("activities", "no-activities")
    if number % 500 == 17:
        seeded.add("last_checked", "not-checked")
    if number % 50 == 3:
        record["website"] = "http://"
        seeded.add("website", "website-none")
    elif number % 50 == 4:
        record["website"] = ""
    if number % 100 == 7:
        record["postcode"] = "ZZ99"
        seeded.add("postcode", "postcode-invalid")
    if number % 200 == 9:
        record["location_region"] = "Brigadoon"
        seeded.add("area", "area-unknown")
    if number % 250 == 11:
        record["charity_number"] = "pending"
        seeded.add("charity_number", "charity-number-invalid")
    if number % 300 == 13:
        record["description_html"] = f"Write to {PLANTED[1]} or ring {PLANTED[2]}."
        seeded.add("description", "contact-details")
    if number % 350 == 15:
        record["description_html"] = "What isnâ€™t mended here is not broken."
        seeded.add("description", "encoding-corrected")


def _of_double(double: dict[str, object], seeded: Seeded) -> None:
    """What is told of a record that repeats another under a new reference: its likeness, and its own faults again."""
    if double["postcode"]:
        seeded.add("name", "name-repeated")
    else:
        seeded.add("name", "same-name-and-place")
    if double["charity_number"]:
        seeded.add("charity_number", "charity-number-repeated")


def corrected(records: list[dict[str, object]], seed: int = 8) -> list[dict[str, object]]:
    """The same list later: in another order, a tenth of the names corrected, some websites mended."""
    chance = random.Random(seed)
    later = [dict(record) for record in records]
    for record in later[::10]:
        record["title"] = f"{record['title']} (Scotland)"
    for record in later:
        if record["website"] == "http://":
            record["website"] = ""
    chance.shuffle(later)
    return later


def write(records: list[dict[str, object]], file: Path) -> Path:
    """Write an export as JSON."""
    file.write_text(json.dumps(records, ensure_ascii=False), "utf-8")
    return file
