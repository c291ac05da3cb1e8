"""Two invented directories for the build of the real files, of which no real one may be published.

`python -m tests.real.invented_lists` writes `tests/real/directories`: a Milo export, and a list in the minimum
data set. Bodies, services and words are invented and the same each time; postcodes are real, and so are the charity
numbers, so that the lists meet registers, areas and grants as a keeper's own would.
"""

import csv
import gzip
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tests.questions import answers_oscr, recipients
from tests.support.paths import DATA
from tests.support.raw.grants import grants

FOLDER = Path(__file__).parent / "directories"
POSTCODES = DATA / "geography/scotland-postcodes/scotland-postcodes-codepoint-2020-dz11.csv.gz"
COUNCILS = {
    "S12000014": "Falkirk",
    "S12000030": "Stirling",
    "S12000042": "Dundee City",
    "S12000047": "Fife",
    "S12000049": "City of Glasgow",
    "S12000017": "Highland",
    "S12000005": "Clackmannanshire",
}
WORDS = ("Ash", "Birch", "Cairn", "Dale", "Esk", "Firth", "Glen", "Haugh", "Isla", "Jura", "Kirk", "Loch", "Moss")
OTHER_WORDS = ("Inver", "Balna", "Auchter", "Strath", "Drum", "Pit", "Kin", "Craig", "Dun", "Aber")
KINDS = ("Choir", "Growers", "Walkers", "Carers", "Players", "Rovers", "Menders", "Readers", "Singers", "Friends")
WORK = ("Culture and Arts", "Sports clubs", "Environment", "Social services", "Housing", "Health")
GROUPS = ("Older people", "Carers", "Young People 12+", "General Public", "People with ill-health")
SERVICES = ("Lunch club", "Repair morning", "Walking group", "Advice hour", "Memory café", "Choir practice")
MILO, LISTED, SITES, SERVICE_COUNT, OPPORTUNITIES = 1100, 400, 90, 360, 120
NOT_YET = date(2026, 11, 1)
"""The day of both lists: nothing in them was changed or checked later."""

Row = Mapping[str, str]


@dataclass(frozen=True)
class Stock:
    """What is real in the lists: places as postcode and council, and charity numbers."""

    places: Sequence[tuple[str, str]]
    charities: Sequence[str]

    @classmethod
    def read(cls, chance: random.Random) -> "Stock":
        """Postcodes of seven councils; charities that got grants, that are on the register, that have left it."""
        with gzip.open(POSTCODES, "rt", encoding="ascii", newline="") as file:
            places = [(row["pcds"], COUNCILS[row["laua"]]) for row in csv.DictReader(file) if row["laua"] in COUNCILS]
        funded = sorted(number[6:] for number in _scottish_recipients())
        current = sorted(row["Charity Number"] for row in answers_oscr.current())
        former = sorted(row["Charity Number"] for row in answers_oscr.former())
        numbers = chance.sample(funded, 80) + chance.sample(current, 90) + chance.sample(former, 60)
        chance.shuffle(numbers)
        return cls(chance.sample(places, 2000), list(dict.fromkeys(numbers)))


def _scottish_recipients() -> Iterable[str]:
    named = (recipients.named(grant, grant.recipient) for grant in grants())
    return {number for number in named if number.startswith("GB-SC-")}


def milo(stock: Stock, chance: random.Random) -> list[Row]:
    """The export of one interface, with the dirt that such lists have; a few bodies stand in it twice."""
    rows = [_of_milo(number, stock, chance) for number in range(MILO)]
    return [*rows, *({**row, "Id": f"{row['Id']}-b"} for row in rows[1::200])]


def _of_milo(number: int, stock: Stock, chance: random.Random) -> Row:
    postcode, council = stock.places[number]
    modified = date(2021, 1, 1) + timedelta(days=chance.randrange((NOT_YET - date(2021, 1, 1)).days))
    charity = stock.charities[number // 5 % len(stock.charities)] if number % 5 == 1 else ""
    return {
        "Id": f"m-{number:04}",
        "title": f"{WORDS[number % 13]} {WORDS[number // 13 % 13]} {KINDS[number % 10]}",
        "description": "" if number % 3 else "We meet &amp; talk.",
        "main_activities_global": "" if number % 2 else ";".join(chance.sample(WORK, 2)),
        "location_region": "Brigadoon" if number % 200 == 9 else council,
        "postcode": "" if number % 10 == 0 else "ZZ99" if number % 100 == 7 else postcode,
        "charity_number": f"sc {charity[2:]}" if charity and number % 15 == 1 else charity,
        "website": "http://" if number % 50 == 3 else f"https://www.group{number}.example.org" if number % 4 else "",
        "date_last_modified": str((modified - date(1970, 1, 1)).days * 86_400_000),
        "tsi_name": "Forth Example Interface",
        "publish_to_strive_directory": "false" if number % 40 == 7 else "true",
    }


def organisations(stock: Stock, others: Sequence[Row]) -> list[Row]:
    """The list of another keeper, who knows some of the same groups, not always by the same name."""
    return [_listed(number, stock, others) for number in range(LISTED)]


def _listed(number: int, stock: Stock, others: Sequence[Row]) -> Row:
    postcode, council = stock.places[1200 + number]
    name = f"{OTHER_WORDS[number % 10]}{WORDS[number // 10 % 13].lower()} {KINDS[number // 40 % 10]}"
    charity = stock.charities[-1 - number // 8] if number % 8 == 2 else ""
    if number % 8 == 5:  # of the other keeper's list as well
        other = others[number * 2 + 1]
        charity = other["charity_number"].upper().replace(" ", "")
        name, postcode = (f"{other['title']} SCIO" if charity else other["title"]), other["postcode"]
    return {
        "reference": f"T{number:03}",
        "name": name,
        "activities": WORK[number % 6] if number % 3 else "",
        "beneficiaries": GROUPS[number % 5],
        "area": council if number % 8 != 5 else "",
        "postcode": postcode,
        "premises": "yes" if number % 7 == 0 else "",
        "charity_number": charity,
        "status": "closed" if number % 25 == 6 else "active",
        "last_checked": (NOT_YET - timedelta(days=number * 5 % 1500)).isoformat(),
        "checked_by": "Tay Example Voluntary Action",
    }


def sites(stock: Stock) -> list[Row]:
    """Places of some of its organisations."""
    return [
        {
            "reference": f"P{number:02}",
            "organisation": f"T{number * 4:03}",
            "name": f"Hall {number}",
            "postcode": stock.places[1650 + number][0],
            "premises": "yes" if number % 3 else "no",
            "opening_times": "Mondays, 10 to 12" if number % 2 else "",
        }
        for number in range(SITES)
    ]


def services(stock: Stock) -> list[Row]:
    """What its organisations do for whom, where, and what it costs."""
    near = [place for place in stock.places if place[1] in ("Stirling", "Falkirk", "Dundee City")]
    return [_service(number, *near[number % len(near)]) for number in range(SERVICE_COUNT)]


def _service(number: int, postcode: str, council: str) -> Row:
    return {
        "reference": f"S{number:03}",
        "organisation": f"T{number * 7 % LISTED:03}",
        "name": SERVICES[number % 6],
        "activities": WORK[number % 6] if number % 4 else "",
        "beneficiaries": "; ".join(dict.fromkeys((GROUPS[number % 3], GROUPS[number % 5]))),
        "area": council,
        "postcode": postcode,
        "premises": "" if number % 3 == 2 else "yes",
        "times": ("Mondays, 10 to 12", "Thursdays at two", "")[number % 3],
        "cost": ("Free", "£2", "A donation", "")[number % 4],
        "status": "closed" if number % 30 == 4 else "active",
        "last_checked": (NOT_YET - timedelta(days=number * 11 % 1200)).isoformat(),
    }


def opportunities(stock: Stock) -> list[Row]:
    """Where people may volunteer."""
    return [
        {
            "reference": f"V{number:03}",
            "organisation": f"T{number * 3 % LISTED:03}",
            "title": f"Volunteer for the {SERVICES[number % 6].lower()}",
            "themes": ("Older People", "Carers", "Children & Families")[number % 3],
            "minimum_age": ("", "14", "16", "18")[number % 4],
            "expenses_paid": ("yes", "no", "")[number % 3 if number % 5 else 2],
            "area": stock.places[1200 + number * 3 % LISTED][1],
            "closes": (NOT_YET + timedelta(days=number * 9 % 400 - 100)).isoformat(),
        }
        for number in range(OPPORTUNITIES)
    ]


def tables() -> Mapping[str, list[Row]]:
    """All tables by the name of their file."""
    chance = random.Random(83)
    stock = Stock.read(chance)
    export = milo(stock, chance)
    return {
        "forth-milo.csv": export,
        "tay-organisations.csv": organisations(stock, export),
        "tay-sites.csv": sites(stock),
        "tay-services.csv": services(stock),
        "tay-opportunities.csv": opportunities(stock),
    }


def write(folder: Path) -> None:
    """Write the lists into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables().items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, [*rows[0]], lineterminator="\n")
            table.writeheader()
            table.writerows(rows)


if __name__ == "__main__":
    write(FOLDER)
