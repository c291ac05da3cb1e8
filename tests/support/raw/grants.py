"""The grants of the real files, each once, read with the json, csv and openpyxl modules alone.

Of the copies of a grant that of a package of the standard goes before the flattened list, then the one modified last,
then that of the file named first. Whose identifier means whom is in `recipients`.
"""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import cast

import openpyxl

from tests.support.paths import DATA

FOLDER = DATA / "grants" / "360giving"
FLATTENED = "sample-2016/stack.json"
FILES = (  # in the order of the build file
    *("ab-charitable-trust/abct-2021-03.json", "ab-charitable-trust/abct-2021-03.xlsx"),
    *("lloyds-bank-foundation/lbfew-2010-2015.xlsx", "power-to-change/power-to-change-2019-05.json"),
    *("sample-2016/baring.json", "sample-2016/indigo-trust-360giving.csv", "sample-2016/indigo.json"),
    *("sample-2016/nominet.json", "sample-2016/ocf1.json", "sample-2016/ocf2.json", "sample-2016/ocf3.json"),
    FLATTENED,
)
FORMS = ("%d/%m/%Y", "%d/%m/%Y %H:%M", "%d %B %Y", "%Y-%m-%d", "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S%z",
         "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M:%S")  # fmt: skip

Cells = Mapping[str, object]


@dataclass(frozen=True)
class Party:
    """Who gives or gets, as a grant has it."""

    written: str
    """Its identifier as written."""
    name: str
    charity: str = ""
    company: str = ""
    postcode: str = ""


@dataclass(frozen=True)
class Grant:
    """A grant, as the file has it that tells of it."""

    number: str
    file: str
    title: str
    description: str
    currency: str
    amount: Decimal
    awarded: str
    funder: Party
    recipient: Party
    applied: Decimal | None = None
    open_call: str = ""
    programmes: Sequence[str] = ()
    starts: str = ""
    ends: str = ""
    months: str = ""
    modified: str = ""
    area_codes: Sequence[str] = ()
    also: Sequence[str] = field(default=(), compare=False)
    """The other files that hold it."""

    @property
    def day(self) -> date | None:
        """The day of the award; None where only a month is told."""
        return day(self.awarded)

    @property
    def year(self) -> int:
        """The year of the award."""
        found = re.search(r"(?:19|20)\d\d", self.awarded)
        assert found, self.awarded
        return int(found[0])


def day(text: str) -> date | None:
    """A day, in any of the forms that the files have."""
    for form in FORMS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


@cache
def grants() -> Sequence[Grant]:
    """Every grant once; rows of the flattened list whose cells are shifted are none."""
    copies: dict[str, list[tuple[int, Grant]]] = defaultdict(list)
    for place, file in enumerate(FILES):
        for grant in of_file(file):
            copies[grant.number].append((place, grant))
    return [grant for found in copies.values() if re.fullmatch("[A-Z]{3}", (grant := told(found)).currency)]


def told(copies: Sequence[tuple[int, Grant]]) -> Grant:
    """The copy that counts, with the names of the other files."""

    def worth(copy: tuple[int, Grant]) -> tuple[bool, str, int]:
        place, grant = copy
        modified = day(grant.modified)
        return FILES[place] != FLATTENED, modified.isoformat() if modified else "", -place

    first = max(copies, key=worth)[1]
    others = dict.fromkeys(grant.file for _, grant in copies if grant.file != first.file)
    return replace(first, also=tuple(others))


@cache
def of_file(file: str) -> Sequence[Grant]:
    """The grants of one file."""
    path = FOLDER / file
    if file == FLATTENED:
        return [flattened(each) for each in package(path)]
    if path.suffix == ".json":
        return [whole(path, each) for each in package(path) if not to_a_person(each)]
    return [tabled(path, each) for each in table(path)]


def package(path: Path) -> list[Cells]:
    """The grants of a package; numbers as they are written."""
    return cast("list[Cells]", json.loads(path.read_text("utf-8"), parse_float=Decimal, parse_int=str)["grants"])


def table(path: Path) -> Iterator[Cells]:
    """The rows of a spreadsheet by the titles of their columns."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as text:
            yield from csv.DictReader(text)
        return
    with closing(openpyxl.load_workbook(path, read_only=True, data_only=True)) as book:
        head, *rows = book.worksheets[0].iter_rows(values_only=True)
        for row in rows:
            yield dict(zip(map(str, head), row, strict=True))


def words(value: object) -> str:
    """A cell as text on one line; control characters are broken apostrophes."""
    return "" if value is None else " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", str(value)).split())


def flattened(row: Cells) -> Grant:
    amount = words(row["amountAwarded"])
    return Grant(
        words(row["id"]),
        Path(FLATTENED).stem,
        "",
        "",
        words(row["currency"]),
        Decimal(amount) if re.fullmatch(r"-?[\d.]+", amount) else Decimal(),
        words(row["awardDate"]),
        Party(words(row["FundingOrgIdentifier"]), words(row["FundingOrgName"])),
        Party(words(row["RecipientOrgIdentifier"]), words(row.get("RecipientOrgName"))),
    )


def parts(row: Cells, name: str) -> list[Cells]:
    return cast("list[Cells]", row.get(name, []))


def whole(path: Path, row: Cells) -> Grant:
    """A grant of a package."""

    def party(name: str) -> Party:
        (cells,) = parts(row, name)
        return Party(*(words(cells.get(key)) for key in ("id", "name", "charityNumber", "companyNumber", "postalCode")))

    nothing: Cells = {}
    period = next(iter(parts(row, "plannedDates")), nothing)
    return Grant(
        words(row["id"]), path.stem, words(row.get("title")), words(row.get("description")), words(row["currency"]),
        Decimal(words(row["amountAwarded"])), words(row["awardDate"]),
        party("fundingOrganization"), party("recipientOrganization"),
        applied=number(row.get("amountAppliedFor")),
        open_call=words(row.get("fromOpenCall"))[:1],
        programmes=[words(each.get("title")) for each in parts(row, "grantProgramme") if each.get("title")],
        starts=words(period.get("startDate")), ends=words(period.get("endDate")), months=words(period.get("duration")),
        modified=words(row.get("dateModified")),
        area_codes=[words(each.get("geoCode")) for each in parts(row, "beneficiaryLocation") if each.get("geoCode")],
    )  # fmt: skip


def to_a_person(row: Cells) -> bool:
    """Whether a grant says that its recipient is a person: two small grants of one file do."""
    return any(party.get("organisationType") == "Individual" for party in parts(row, "recipientOrganization"))


def number(value: object) -> Decimal | None:
    return None if value in (None, "") else Decimal(str(value))


def tabled(path: Path, row: Cells) -> Grant:
    """A row of a spreadsheet."""

    def cell(title: str) -> str:
        return words(row.get(title))

    return Grant(
        cell("Identifier"), path.stem, cell("Title"), cell("Description"), cell("Currency"),
        Decimal(cell("Amount Awarded")), cell("Award Date"),
        Party(cell("Funding Org:Identifier"), cell("Funding Org:Name")),
        Party(*(cell(f"Recipient Org:{title}")
                for title in ("Identifier", "Name", "Charity Number", "Company Number", "Postal Code"))),
        applied=number(row.get("Amount Applied For")),
        open_call=cell("From an open call?")[:1],
        programmes=[title for title in [cell("Grant Programme:Title")] if title],
        starts=cell("Planned Dates:Start Date"), ends=cell("Planned Dates:End Date"),
        months=cell("Planned Dates:Duration (months)"),
        modified=cell("Last modified"),
    )  # fmt: skip
