"""Answers about those who get grants: on which registers they are, what became of them, and how large they are."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache

from tests.questions import answers_ccew, answers_ccni, answers_links, answers_oscr
from tests.questions.answers_funders import ESMEE, address, share
from tests.questions.bodies import by_recipient, clusters, given
from tests.support.raw.grants import Grant
from tests.support.raw.rows import day, rows

YEAR = 366
"""Days that a year has at most."""


def identifiers(body: str) -> frozenset[str]:
    """All identifiers of a body."""
    return clusters().get(body, frozenset((body,)))


def registers() -> list[tuple[str, str, int]]:
    """Of each funder: how many recipients stand under an identifier of which list; funders' own names are one list."""
    of: dict[tuple[str, str], set[str]] = defaultdict(set)
    for _, funder, recipient in given():
        of[funder, "360G" if recipient.startswith("360G") else "-".join(recipient.split("-")[:2])].add(recipient)
    return [(address(funder), listed, len(found)) for (funder, listed), found in of.items()]


def on_no_list() -> list[tuple[str, int, Decimal]]:
    """Grants in pounds to bodies of which nothing tells a register's number, and their share of all, by funder."""
    all_of, of = Counter[str](), Counter[str]()
    for grant, funder, recipient in given():
        if grant.currency == "GBP":
            all_of[funder] += 1
            of[funder] += recipient.startswith("360G")
    return [(address(funder), of[funder], share(of[funder], all_of[funder])) for funder in all_of if of[funder]]


def handed_over() -> Iterator[tuple[Grant, str, str, date]]:
    """Grants to charities that merged into others: the grant, both charities, and the day."""
    merged: dict[str, set[tuple[str, date]]] = defaultdict(set)
    for before, after, handed in answers_links.mergers():
        if handed:
            merged[f"GB-CHC-{before}"].add((f"GB-CHC-{after}", date.fromisoformat(handed)))
    for grant, _, recipient in given():
        for identifier in identifiers(recipient):
            for after, when in merged.get(identifier, ()):
                yield grant, identifier, after, when


def merged_within_a_year() -> list[tuple[str, str, str, str]]:
    """Grants to charities that handed all over to another within a year after the award."""
    return [
        (grant.number, before[7:], after[7:], when.isoformat())
        for grant, before, after, when in handed_over()
        if grant.day and 0 <= (when - grant.day).days <= YEAR
    ]


def merged_before() -> list[tuple[str, str, str]]:
    """Grants to charities that had handed all over to another more than a year before."""
    return [
        (grant.number, before[7:], when.isoformat())
        for grant, before, _, when in handed_over()
        if grant.day and (grant.day - when).days > YEAR
    ]


def left_scotland() -> list[tuple[str, str, str, str]]:
    """Grants to charities that have left the Scottish register since: grant, number, day, reason."""
    former = {f"GB-SC-{row['Charity Number']}": row for row in answers_oscr.former()}
    return [
        (grant.number, row["Charity Number"], day(row["Ceased Date"]).isoformat(), grant.recipient.name)
        for grant, _, recipient in given()
        for identifier in identifiers(recipient)
        if (row := former.get(identifier)) and grant.day and grant.day < day(row["Ceased Date"])
    ]


@cache
def incomes() -> Mapping[str, Decimal]:
    """The largest income that any register tells of for any year, by identifier."""
    found: dict[str, list[Decimal]] = defaultdict(list)
    for row in answers_oscr.accounts():
        if row[answers_oscr.INCOME]:
            found[f"GB-SC-{row['Charity Number']}"].append(Decimal(row[answers_oscr.INCOME]))
    for path in (answers_ccni.LATER, answers_ccni.EARLIER):
        for row in answers_ccni.register(path):
            if {row["Total income"], row["Total spending"]} - {"", "0"}:
                found[f"GB-NIC-{row['Reg charity number']}"].append(Decimal(row["Total income"]))
    tables = (*answers_ccew.table("annual_return_history"), *answers_ccew.table("annual_return_parta"))
    for row in (*answers_ccew.table(), *tables):
        amount = row.get("latest_income") or row.get("total_gross_income")
        if amount and row.get("linked_charity_number", "0") == "0":
            found[f"GB-CHC-{row['registered_charity_number']}"].append(Decimal(amount))
    return {identifier: max(amounts) for identifier, amounts in found.items()}


def income(body: str) -> Decimal | None:
    return max((incomes()[each] for each in identifiers(body) if each in incomes()), default=None)


def small_bodies() -> list[tuple[str, str, Decimal, int]]:
    """Funders of bodies that no register has ever known to take in £100,000 in a year: both, the most, the grants."""
    of = Counter((funder, recipient) for _, funder, recipient in given())
    return [
        (address(funder), address(recipient), most, count)
        for (funder, recipient), count in of.items()
        if (most := income(recipient)) is not None and most < 100_000
    ]


def tiny_bodies() -> list[tuple[str, int]]:
    """Funders of bodies whose income is known to be below £10,000, and never known to be more."""
    of: dict[str, set[str]] = defaultdict(set)
    for _, funder, recipient in given():
        if (most := income(recipient)) is not None and most < 10_000:
            of[funder].add(recipient)
    return [(address(funder), len(found)) for funder, found in of.items()]


def known_otherwise() -> list[tuple[str, str]]:
    """Recipients that a grant calls by a name which their register keeps as another name of theirs, in any letters."""
    others: dict[str, set[str]] = defaultdict(set)
    for row in answers_ccew.other_names():
        others[f"GB-CHC-{row['registered_charity_number']}"].add(" ".join(row["charity_name"].split()).lower())
    return list({
        (address(recipient), grant.recipient.name)
        for grant, _, recipient in given()
        for identifier in identifiers(recipient)
        if grant.recipient.name.lower() in others.get(identifier, ())
    })  # fmt: skip


def of_two_countries() -> list[tuple[str, int, int]]:
    """Funders of charities that are on the registers of Scotland, and of England and Wales: bodies and grants."""
    found = [(funder, recipient) for _, funder, recipient in given()
             if {each[:6] for each in identifiers(recipient)} >= {"GB-SC-", "GB-CHC"}]  # fmt: skip
    grants = Counter(funder for funder, _ in found)
    bodies = Counter(funder for funder, _ in set(found))
    return [(address(funder), bodies[funder], count) for funder, count in grants.items()]


def cooperatives() -> list[tuple[str, str, int, Decimal]]:
    """Co-operatives that got grants, with the name in the list of Co-operatives UK, the grants and their pounds."""
    table = {f"GB-COOPUK-{row['Identifier']}": " ".join(row["Name"].split())
             for row in rows("registers/co-operatives/coops-uk-organisations-2023-03-02.csv")}  # fmt: skip
    return [
        (address(recipient), table[identifier], len(found), sum((grant.amount for grant, _ in found), Decimal()))
        for recipient, found in by_recipient().items()
        for identifier in identifiers(recipient)
        if identifier in table
    ]


def societies() -> list[tuple[str, int, Decimal]]:
    """Funders of bodies that are mutual societies: how many bodies, how many pounds."""
    of: dict[str, set[str]] = defaultdict(set)
    pounds: dict[str, Decimal] = defaultdict(Decimal)
    for grant, funder, recipient in given():
        if any(each.startswith("GB-MPR-") for each in identifiers(recipient)):
            of[funder].add(recipient)
            pounds[funder] += grant.amount
    return [(address(funder), len(found), pounds[funder]) for funder, found in of.items()]


def by_a_dummy() -> list[tuple[str, str]]:
    """Grants whose recipient is given by the number that Companies House has for an incorporated charity."""
    dummies = [(grant, recipient) for grant, _, recipient in given() if grant.recipient.written.startswith("GB-COH-CE")]
    return [(grant.number, address(recipient)) for grant, recipient in dummies]


def spread_of_esmee() -> list[tuple[str, int, Decimal]]:
    """The Esmée Fairbairn Foundation's Scottish recipients with three grants or more: grants and pounds."""
    return [
        (address(recipient), len(mine), sum((grant.amount for grant in mine), Decimal()))
        for recipient, found in by_recipient().items()
        if any(each.startswith("GB-SC-") for each in identifiers(recipient))
        and len(mine := [grant for grant, funder in found if funder == ESMEE]) >= 3
    ]
