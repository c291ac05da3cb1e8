"""Answers about who funds whom, how often, and what: worked out of the files of grants."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from decimal import Decimal
from itertools import combinations
from statistics import median

from tests.questions.bodies import by_recipient, given
from tests.support.raw.grants import grants
from tests.support.raw.rows import rounded

LLOYDS, ESMEE, BARING, TEN_THOUSAND = "GB-CHC-327114", "GB-CHC-200051", "GB-CHC-258583", 10_000


def address(identifier: str) -> str:
    return f"id/organisation/{identifier}"


def awards_each_year() -> list[tuple[str, int, str, int, Decimal]]:
    """Grants and their sum by funder, year and currency; pounds and dollars are never added up."""
    of: dict[tuple[str, int, str], list[Decimal]] = defaultdict(list)
    for grant, funder, _ in given():
        of[funder, grant.year, grant.currency].append(grant.amount)
    return [(address(funder), year, currency, len(found), sum(found, Decimal()))
            for (funder, year, currency), found in of.items()]  # fmt: skip


def pounds_of_each() -> Mapping[str, list[Decimal]]:
    """The amounts of each funder's grants in pounds."""
    of: dict[str, list[Decimal]] = defaultdict(list)
    for grant, funder, _ in given():
        if grant.currency == "GBP":
            of[funder].append(grant.amount)
    return of


def medians() -> list[tuple[str, Decimal]]:
    """The median of each funder's grants in pounds: the middle amount, or the mean of the two in the middle."""
    return [(address(funder), Decimal(median(amounts)).normalize()) for funder, amounts in pounds_of_each().items()]


def small_grants() -> list[tuple[str, int, Decimal]]:
    """Funders with a hundred grants or more: how many, and which share of them, per cent, is below £10,000."""
    of = ((funder, found) for funder, found in pounds_of_each().items() if len(found) >= 100)
    return [(address(funder), len(found), share(sum(each < TEN_THOUSAND for each in found), len(found)))
            for funder, found in of]  # fmt: skip


def share(part: int | Decimal, whole: int | Decimal) -> Decimal:
    return rounded(100 * Decimal(part) / whole, 1).normalize()


def beside_baring() -> list[tuple[str, int, int]]:
    """Funders of those whom the Baring Foundation funds: how many of them, with how many grants."""
    recipients = {recipient for recipient, found in by_recipient().items() if BARING in {funder for _, funder in found}}
    found = [(funder, recipient) for _, funder, recipient in given() if recipient in recipients and funder != BARING]
    return [(address(funder), len({recipient for other, recipient in found if other == funder}), count)
            for funder, count in Counter(funder for funder, _ in found).items()]  # fmt: skip


def overlaps() -> list[tuple[str, str, int]]:
    """Pairs of funders that have ten recipients in common or more."""
    of = Counter(pair for found in by_recipient().values()
                 for pair in combinations(sorted({address(funder) for _, funder in found}), 2))  # fmt: skip
    return [(one, two, count) for (one, two), count in of.items() if count >= 10]


def funded_by_four() -> list[tuple[str, int, int]]:
    """Recipients of four funders or more: how many funders, how many grants."""
    of = ((recipient, {funder for _, funder in found}, len(found)) for recipient, found in by_recipient().items())
    return [(address(recipient), len(funders), count) for recipient, funders, count in of if len(funders) >= 4]


def again() -> list[tuple[int, int]]:
    """How many recipients of the Esmée Fairbairn Foundation got how many grants from it."""
    of = Counter(recipient for _, funder, recipient in given() if funder == ESMEE)
    return list(Counter(of.values()).items())


def newcomers() -> list[tuple[int, int, int]]:
    """Lloyds Bank Foundation, each year: its recipients, and those of them that it had never funded before."""
    years: dict[str, set[int]] = defaultdict(set)
    for grant, funder, recipient in given():
        if funder == LLOYDS:
            years[recipient].add(grant.year)
    of, new = Counter(year for found in years.values() for year in found), Counter(map(min, years.values()))
    return [(year, count, new[year]) for year, count in of.items()]


def nothing_awarded() -> list[tuple[str, str, Decimal]]:
    return [(grant.number, address(funder), grant.amount) for grant, funder, _ in given() if grant.amount <= 0]


def in_dollars() -> list[tuple[str, str, Decimal]]:
    """Grants in another currency than pounds."""
    return [(grant.number, grant.currency, grant.amount) for grant in grants() if grant.currency != "GBP"]


def called_otherwise() -> list[tuple[str, str, str]]:
    """Recipients that the Lloyds Bank and Esmée Fairbairn Foundations call by no common name, in any letters."""
    names: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for grant, funder, recipient in given():
        names[recipient][funder].add(grant.recipient.name)
    return [
        (address(recipient), min(of[LLOYDS]), min(of[ESMEE]))
        for recipient, of in names.items()
        if LLOYDS in of and ESMEE in of and not {n.lower() for n in of[LLOYDS]} & {n.lower() for n in of[ESMEE]}
    ]


def favourites() -> list[tuple[str, str, Decimal]]:
    """The recipient that got most pounds of each funder with a hundred grants or more; of equals, all."""
    of: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for grant, funder, recipient in given():
        if grant.currency == "GBP":
            of[funder][recipient] += grant.amount
    large = {funder for funder, found in pounds_of_each().items() if len(found) >= 100}
    return [(address(funder), address(recipient), pounds) for funder in large
            for recipient, pounds in of[funder].items() if pounds == max(of[funder].values())]  # fmt: skip
