"""What the raw files of the sample give when nothing but the csv module counts them, and the cubes to compare."""

import csv
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import product
from math import ceil
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Store

from graph.build.plan import read_plan
from graph.build.run import build
from graph.model.query import select
from graph.model.terms import CIV, QB, SDMX_ATTRIBUTE, SDMX_DIMENSION, Iri
from tests.support.builds.running import Notes
from tests.support.paths import ROOT
from tests.support.statistics.attacker import Equation

SAMPLE = ROOT / "sample"
BASE = "http://localhost:8000/"
SPELLINGS = {"Aberdeen": "Aberdeen City", "Western Isles": "Na h-Eileanan Siar"}
BANDS = (12_500, 25_000, 50_000, 100_000, 500_000, 1_000_000)
FORMS = {
    "SCIO (Scottish Charitable Incorporated Organisation)": "scio",
    "Unincorporated association": "unincorporated-association",
    "Company (the charity is registered with Companies House)": "company",
}
STATUSES = {"Active": "active", "Inactive": "inactive", "Removed": "removed"}
PURPOSES = {"'The advancement of education'": "education", "'The advancement of religion'": "religion"}
LOADS = {"Registered Date": "01/01/1992", "Ceased Date": "02/06/2012"}
EVENTS = {"Registered Date": "registration", "Ceased Date": "removal"}
REGISTERS = {"oscr": ["oscr-charity-register.csv"], "oscr_former": ["oscr-former-charities.csv"]}
PLACES = {
    "areas": ["area-names.csv", "area-authorities.csv", "area-data-zones.csv", "area-history.csv"],
    "postcodes": ["nspl.csv"],
    "scottish_postcodes": ["code-point-scotland.csv"],
    "simd2020v2": ["statistics/simd-2020v2-ranks.csv", "statistics/simd-2020v2-indicators.csv"],
    "population": [
        "statistics/population-2020-data-zones.csv",
        "statistics/population-2021-data-zones.csv",
        "statistics/population-2021-councils.csv",
        "statistics/population-2022-councils.csv",
    ],
}
SCOTLAND = "S92000003"
STATUS, FORM, BAND, PURPOSE = CIV.countedStatus, CIV.countedLegalForm, CIV.sizeBand, CIV.countedPurpose
AREA = SDMX_DIMENSION.refArea

Codes = tuple[str, ...]


@dataclass(frozen=True)
class Charity:
    """A charity as the raw files tell of it."""

    row: dict[str, str]
    council: str
    board: str
    zone: str

    @property
    def areas(self) -> list[str]:
        return [area for area in (self.council, self.board, SCOTLAND if self.council else "") if area]

    @property
    def status(self) -> str:
        return STATUSES[self.row["Charity Status"]]

    @property
    def financial_year(self) -> str:
        _, month, year = map(int, self.row["Year End"].split("/"))
        first = year if month > 3 else year - 1
        return f"{first}-{str(first + 1)[2:]}"


def raw(name: str) -> list[dict[str, str]]:
    with (SAMPLE / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def spaced(postcode: str) -> str:
    bare = postcode.upper().replace(" ", "")
    return f"{bare[:-3]} {bare[-3:]}" if bare else ""


@cache
def charities() -> tuple[Charity, ...]:
    """All charities of the two files, each number once."""
    councils = {row["ltla19_name"]: row["ltla19_code"] for row in raw("statistics/population-2022-councils.csv")}
    boards = {row["ltla20_code"]: row["hb19_code"] for row in raw("area-data-zones.csv")}
    places = {row["pcds"]: (row["laua"], row["hlthau"], row["lsoa11"]) for row in raw("nspl.csv")}
    places |= {row["pcds"]: (row["laua"], row["hb"], row["dz11"]) for row in raw("code-point-scotland.csv")}
    found: dict[str, Charity] = {}
    for row in raw("oscr-charity-register.csv") + raw("oscr-former-charities.csv"):
        name = row["Main Operating Location"]
        council = councils.get(SPELLINGS.get(name, name.replace("&", "and")), "")
        place = places.get(spaced(row["Postcode"]), (council, boards.get(council, ""), ""))
        found[row["Charity Number"]] = Charity(row, *place)
    return tuple(found.values())


def built(folder: Path, sources: dict[str, list[str]]) -> tuple[Path, list[str]]:
    """The folder of a release of some sources of the sample, and what the build had to say."""
    plan, heard = folder / "build.toml", Notes()
    for name, files in sources.items():
        paths = [str(SAMPLE / file) for file in files]
        with plan.open("a") as text:
            text.write(
                f"[sources.{name}]\nfiles = {paths}\ndate = 2026-11-01\nexpect = {{ rows = 1, problems = 0.5 }}\n"
            )
    build(read_plan(plan), out=folder / "out", progress=heard)
    return folder / "out" / (folder / "out" / "current").readlink(), heard.notes


def last(term: object) -> str:
    assert isinstance(term, NamedNode | Literal)
    return term.value.rsplit("/", 1)[-1]


def cells(store: Store, name: str, dimensions: tuple[Iri, ...], measure: Iri) -> dict[Codes, Decimal]:
    """The figures of a cube by the last parts of what its dimensions say."""
    said = "".join(f" ; {prop} ?d{place}" for place, prop in enumerate(dimensions))
    names = " ".join(f"?d{place}" for place in range(len(dimensions)))
    cube = f"{QB.dataSet} <{BASE}id/dataset/{name}>"
    rows = select(store, f"SELECT {names} ?value {{ ?it {cube}{said} ; {measure} ?value }}")
    return {tuple(map(last, row))[:-1]: Decimal(last(row["value"])) for row in rows}


def withheld(store: Store, name: str, dimensions: tuple[Iri, ...]) -> set[Codes]:
    """The cells of a cube that are withheld."""
    said = "".join(f" ; {prop} ?d{place}" for place, prop in enumerate(dimensions))
    cube = f"{QB.dataSet} <{BASE}id/dataset/{name}-withheld> ; {SDMX_ATTRIBUTE.obsStatus} ?why"
    names = " ".join(f"?d{place}" for place in range(len(dimensions)))
    return {tuple(map(last, row)) for row in select(store, f"SELECT {names} {{ ?it {cube}{said} }}")}


def by_area(codes: dict[str, list[str]]) -> Counter[Codes]:
    """Charities by area, status and some codes of theirs (by number), with totals."""
    found: Counter[Codes] = Counter()
    for charity in charities():
        own = codes[charity.row["Charity Number"]]
        found.update(product(charity.areas, ("all", charity.status), ("all", *own)))
    return found


def deprived() -> Counter[Codes]:
    """Active charities by council or country, and by the fifth or tenth of their data zone."""
    ranks = {row["Data_Zone"]: int(row["SIMD2020v2_Rank"]) for row in raw("statistics/simd-2020v2-ranks.csv")}
    found: Counter[Codes] = Counter()
    for each in charities():
        if each.status == "active" and each.zone in ranks:
            tenth, fifth = (ceil(ranks[each.zone] * parts / 6976) for parts in (10, 5))
            found.update(product((each.council, SCOTLAND), ("all", f"quintile-{fifth}")))
            found[SCOTLAND, f"decile-{tenth}"] += 1
    return found


def zones_of() -> dict[str, dict[str, list[str]]]:
    """The data zones of each council by fifth, which anybody can look up."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: {f"quintile-{fifth}": [] for fifth in range(1, 6)})
    councils = {row["dz11_code"]: row["ltla20_code"] for row in raw("area-data-zones.csv")}
    for row in raw("statistics/simd-2020v2-ranks.csv"):
        found[councils[row["Data_Zone"]]][f"quintile-{ceil(int(row['SIMD2020v2_Rank']) * 5 / 6976)}"].append(
            row["Data_Zone"]
        )
    return found


def sums(councils: Sequence[str]) -> Iterator[tuple[Codes, list[Codes]]]:
    """Each total of the cubes of deprivation and of small areas, and its parts."""
    fifths = [f"quintile-{number}" for number in range(1, 6)]
    zones = zones_of()
    for area in (SCOTLAND, *councils):
        yield (area, "all"), [(area, fifth) for fifth in fifths]
    for number, fifth in enumerate(fifths):
        yield (SCOTLAND, fifth), [(SCOTLAND, f"decile-{2 * number + 1}"), (SCOTLAND, f"decile-{2 * number + 2}")]
        yield (SCOTLAND, fifth), [(council, fifth) for council in councils]
        for council in councils:
            yield (council, fifth), [(zone,) for zone in zones[council][fifth]]


def told(total: Codes, parts: list[Codes], hidden: Collection[Codes], values: Mapping[Codes, int]) -> Equation:
    """A sum as an equation in what is withheld."""
    signs = {total: -1, **dict.fromkeys(parts, 1)}
    unknown: dict[Hashable, int] = {key: sign for key, sign in signs.items() if key in hidden}
    return unknown, -sum(sign * values.get(key, 0) for key, sign in signs.items() if key not in hidden)
