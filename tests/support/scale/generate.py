"""Invented files in the layout of real ones, of any size and the same each time.

Header and dialect are those of `mappings/<source>.toml`; a column without a recipe here stays empty. Rows are made from
their number alone, so nothing is kept in memory.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.model import iri
from graph.sources.source import Source

Values = Mapping[str, str | int | float]

AREAS = ["S12000033", "S12000034", "S12000036", "S12000041", "S12000047", "S12000049"]
UNIT = "ABDEFGHJLNPQRSTUWXYZ"
"""The letters that postcodes end in."""
DISTRICTS = [f"{first}{second}" for first in "BCDEGHLMNPRSTW" for second in "ABDEHLNRSTW"]


@dataclass(frozen=True)
class Recipe:
    """How one table is filled: a text for each column, in which {names} stand for the values of a row."""

    table: str
    rows: int
    columns: Mapping[str, str]
    values: Callable[[int], Values]


def postcode(number: int) -> str:
    """The postcode of a number, which no other number below ten million has.

    >>> postcode(0), postcode(4001)
    ('BA1 0AA', 'BA2 0AB')
    """
    rest, unit = divmod(number, 400)
    rest, sector = divmod(rest, 10)
    letters, district = divmod(rest, 20)
    ending = UNIT[unit // 20] + UNIT[unit % 20]
    return f"{DISTRICTS[letters % len(DISTRICTS)]}{district + 1} {sector}{ending}"


def write(recipe: Recipe, source: Source, path: Path) -> Path:
    """Write one table as its publisher would."""
    columns, dialect = source.tables[recipe.table].columns, source.dialect
    if unknown := recipe.columns.keys() - set(columns):
        raise KeyError(f"{recipe.table} has no column {', '.join(sorted(unknown))}")
    cells = [recipe.columns.get(column, "") for column in columns]
    quoted = [f'"{cell}"' for cell in cells] if dialect.quoted else cells
    line = dialect.delimiter.join(quoted) + "\n"
    with path.open("w", encoding=dialect.encoding, newline="", buffering=1 << 20) as file:
        file.write(dialect.delimiter.join(columns) + "\n")
        file.writelines(line.format_map(recipe.values(number)) for number in range(recipe.rows))
    return path


# Of a thousand companies, as the monthly list has them; all others are private limited companies.
FORMS = {
    "PRI/LTD BY GUAR/NSC (Private, limited by guarantee, no share capital)": 20,
    "Community Interest Company": 6,
    "Charitable Incorporated Organisation": 6,
    "Registered Society": 2,
    "Scottish Charitable Incorporated Organisation": 1,
    "Royal Charter Company": 1,
}
CATEGORIES = [form for form, share in FORMS.items() for _ in range(share)]
PREFIXES = {"Charitable Incorporated Organisation": "CE", "Scottish Charitable Incorporated Organisation": "CS"}


def companies_house(companies: int, folder: Path) -> list[Path]:
    """The whole monthly list."""
    columns = {
        "CompanyName": "INVENTED COMPANY {n} LIMITED",
        "CompanyNumber": "{number}",
        "RegAddress.AddressLine1": "{n} EXAMPLE STREET",
        "RegAddress.PostTown": "EXAMPLETON",
        "RegAddress.PostCode": "{postcode}",
        "CompanyCategory": "{category}",
        "CompanyStatus": "Active",
        "CountryOfOrigin": "United Kingdom",
        "IncorporationDate": "{day:02}/{month:02}/{year}",
        "Accounts.AccountRefDay": "31",
        "Accounts.AccountRefMonth": "3",
        "Accounts.NextDueDate": "31/12/2027",
        "Accounts.LastMadeUpDate": "31/03/2026",
        "Accounts.AccountCategory": "MICRO ENTITY",
        "Mortgages.NumMortCharges": "0",
        "Mortgages.NumMortOutstanding": "0",
        "Mortgages.NumMortPartSatisfied": "0",
        "Mortgages.NumMortSatisfied": "0",
        "SICCode.SicText_1": "85590 - Other education n.e.c.",
        "LimitedPartnerships.NumGenPartners": "0",
        "LimitedPartnerships.NumLimPartners": "0",
        "URI": "http://business.data.gov.uk/id/company/{number}",
        "PreviousName_1.CONDATE": "{day:02}/{month:02}/2020",
        "PreviousName_1.CompanyName": "FORMER NAME {n} LIMITED",
        "ConfStmtNextDueDate": "31/12/2027",
        "ConfStmtLastMadeUpDate": "31/12/2026",
    }
    return [write(Recipe("", companies, columns, _company), Source.named("companies_house"), folder / "companies.csv")]


def _company(n: int) -> Values:
    place = n * 7919 % 1000  # spreads the forms over the list
    category = CATEGORIES[place] if place < len(CATEGORIES) else "Private Limited Company"
    prefix = PREFIXES.get(category, "")
    number = f"{prefix}{n // 5 + 1:06}" if prefix else f"{n + 1:08}"
    when = {"day": n % 28 + 1, "month": n % 12 + 1, "year": 1990 + n % 36}
    return {"n": n, "number": number, "category": category, "postcode": postcode(n % 2_700_000), **when}


def postcodes(number: int, folder: Path) -> list[Path]:
    """The whole National Statistics Postcode Lookup, here with the areas of Scotland."""
    columns = {
        "pcd": "{packed}",
        "pcd2": "{packed}",
        "pcds": "{postcode}",
        "dointr": "198001",
        "doterm": "{ended}",
        "usertype": "0",
        "oseast1m": "288795",
        "osnrth1m": "0680221",
        "osgrdind": "1",
        "oa11": "S00{output:06}",
        "cty": "S99999999",
        "laua": "{council}",
        "ward": "S13{ward:06}",
        "hlthau": "S08000019",
        "ctry": "S92000003",
        "rgn": "S99999999",
        "pcon": "S14000028",
        "ttwa": "S22000061",
        "park": "S99999999",
        "lsoa11": "S01{zone:06}",
        "msoa11": "S02{middle:06}",
        "lat": "{lat:.6f}",
        "long": "{long:.6f}",
        "imd": "1481",
    }
    return [write(Recipe("", number, columns, _place), Source.named("postcodes"), folder / "nspl.csv")]


def _place(n: int) -> Values:
    code = postcode(n)
    return {
        "postcode": code,
        "packed": code.replace(" ", ""),
        "ended": "200506" if n % 3 == 0 else "",
        "council": AREAS[n % len(AREAS)],
        "output": n // 12,
        "zone": n // 60,
        "middle": n // 300,
        "ward": n // 700,
        "lat": 55 + n % 40_000 / 10_000,
        "long": -6 + n % 50_000 / 10_000,
    }


def referenced_postcodes(number: int, path: Path) -> Path:
    """Every seventh postcode, sorted, as a build lists what its other sources mention."""
    codes = sorted(iri.postcode(postcode(n)).value for n in range(0, number, 7))
    path.write_text("".join(f"{code}\n" for code in codes), encoding="utf-8")
    return path


def referenced_companies(number: int, path: Path) -> Path:
    """Every tenth company number, sorted."""
    found = sorted(iri.organisation("GB-COH", str(_company(n)["number"])).value for n in range(0, number, 10))
    path.write_text("".join(f"{company}\n" for company in found), encoding="utf-8")
    return path
