"""Answers about which identifiers are of one body, by the rules of docs/identity.md worked anew from the raw lists.

Registers' own words come first: company numbers of charities and co-operatives. Compiled lists come second, directories
and funders last. Two numbers of one register are never one body, nor are a charity and its successor.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import combinations

from tests.questions import answers_ccew, answers_ccni, answers_links, answers_oscr, recipients
from tests.support.raw import directories
from tests.support.raw.rows import rows

Pair = tuple[str, str]
CAP = 8
HANDED_TO = re.compile(
    r"(?:transferred|passed) its?|united with|now part of|amalgamation with|elected to retain", re.IGNORECASE
)


def register(identifier: str) -> str:
    """The list that an identifier is of; numbers that stand for a CIO or SCIO count as of one of their own.

    What a funder calls a body is of no register: each such name is a list of its own.
    """
    if identifier.startswith("360G-"):
        return identifier
    return "placeholder" if re.fullmatch(r"GB-COH-C[ES]\d+", identifier) else "-".join(identifier.split("-")[:2])


def stated() -> set[Pair]:
    """What registers say of their own entries."""
    found: set[Pair] = set()
    for path in (answers_ccni.LATER, answers_ccni.EARLIER):
        for row in answers_ccni.register(path):
            typed = row["Company number"]
            if re.fullmatch(r"\d{4,6}", typed) and typed not in answers_ccni.NO_COMPANY:
                found.add((f"GB-NIC-{row['Reg charity number']}", f"GB-COH-NI{typed:0>6}"))
    for row in answers_ccew.table():
        typed = row["charity_company_registration_number"].upper()
        if (
            row["linked_charity_number"] == "0"
            and re.fullmatch(r"\d{1,8}|[A-Z]{2}\d{1,6}", typed)
            and set(typed) != {"0"}
        ):
            letters, digits = typed[:2] if typed[:2].isalpha() else "", typed.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            found.add((f"GB-CHC-{row['registered_charity_number']}", f"GB-COH-{letters}{digits:0>{8 - len(letters)}}"))
    for row in rows("registers/co-operatives/coops-uk-organisations-2023-03-02.csv"):
        if re.fullmatch(r"\d{8}|[A-Z]{2}\d{6}", row["Companies House Number"]):
            found.add((f"GB-COOPUK-{row['Identifier']}", f"GB-COH-{row['Companies House Number']}"))
    return found


def compiled() -> set[Pair]:
    """What lists say that others compiled."""
    return {pair for kind in answers_links.SAME for pair in answers_links.same_body(kind)}


def claimed() -> list[set[Pair]]:
    """What directories and funders say, source by source in the order of their names."""
    return [directories.links(directories.FORTH), directories.links(directories.TAY), set(recipients.links())]


def successions() -> set[frozenset[str]]:
    """Pairs of which one followed the other."""
    found = {frozenset((f"GB-CHC-{a}", f"GB-CHC-{b}")) for a, b, _ in answers_links.mergers()}
    found |= {frozenset(pair) for pair in answers_links.anew()}
    for row in answers_oscr.former():
        number, reason = row["Charity Number"], row["Reason For Removal"]
        others = [each for each in dict.fromkeys(re.findall(r"SC\d{6}", reason)) if each != number]
        handed = HANDED_TO.search(reason)
        after = [each for each in re.findall(r"SC\d{6}", reason[handed.end() :]) if each != number] if handed else []
        if after or len(others) == 1:
            found.add(frozenset((f"GB-SC-{number}", f"GB-SC-{(after or others)[0]}")))
    return found


def components(links: Iterable[Pair]) -> dict[str, frozenset[str]]:
    """The cluster of each identifier."""
    cluster: dict[str, set[str]] = {}
    for a, b in links:
        merged = cluster.get(a, {a}) | cluster.get(b, {b})
        for member in merged:
            cluster[member] = merged
    return {member: frozenset(members) for member, members in cluster.items()}


def possible(members: frozenset[str], apart: set[frozenset[str]]) -> bool:
    registers = [register(each) for each in members]
    pairs = (frozenset(pair) for pair in combinations(members, 2))
    return len(members) <= CAP and len(set(registers)) == len(registers) and not any(pair in apart for pair in pairs)


@cache
def accepted() -> frozenset[Pair]:
    """The links that are acted on."""
    apart, kept = successions(), set[Pair]()
    for turn in (stated(), compiled(), *claimed()):
        passed = {(a, b) for a, b in turn if frozenset((a, b)) not in apart}
        of = components(kept | passed)
        fine = {members: possible(members, apart) for members in set(of.values())}
        kept |= {(a, b) for a, b in passed if fine[of[a]]}
    return frozenset(kept)


def bodies() -> set[frozenset[str]]:
    return set(components(accepted()).values())


def refused() -> list[tuple[int]]:
    """A link that two sources state counts twice, as each states one; so do the two years of the Irish register."""
    return [(sum(len(turn - accepted()) for turn in (stated(), compiled(), *claimed())),)]


def elsewhere() -> list[tuple[str, int]]:
    """How many charities of the Scottish register's files have entries in each other register."""
    scottish = {f"GB-SC-{row['Charity Number']}" for row in (*answers_oscr.former(), *answers_oscr.current())}
    count: dict[str, int] = defaultdict(int)
    for members in bodies():
        if members & scottish:
            listed = {"-".join(each.split("-")[:2]) for each in members if not each.startswith(("360G-", "DIR-"))}
            for other in listed - {"GB-SC"}:
                count[other] += 1
    return list(count.items())


def names_given_twice() -> list[tuple[str, str, str, str]]:
    """Of bodies on the registers of Scotland, and of England and Wales: both numbers, and the names that each gives."""
    scottish = {row["Charity Number"]: " ".join(row["Charity Name"].split())
                for row in (*answers_oscr.former(), *answers_oscr.current())
                if row["Charity Name"] not in answers_oscr.NAMELESS}  # fmt: skip
    english: dict[str, set[str]] = defaultdict(set)
    for row in answers_ccew.other_names():
        english[row["registered_charity_number"]].add(" ".join(row["charity_name"].split()))
    found: list[tuple[str, str, str, str]] = []
    for members in bodies():
        numbers = {register(each): each.split("-", 2)[2] for each in members}
        one, two = numbers.get("GB-SC", ""), numbers.get("GB-CHC", "")
        if one in scottish:
            found += [(one, two, scottish[one], name) for name in english.get(two, ())]
    return found


def identifiers_of_one() -> list[tuple[str]]:
    """All identifiers of the body whose Scottish number is SC039791, that one left out."""
    (members,) = (each for each in bodies() if "GB-SC-SC039791" in each)
    return [(each,) for each in members if each != "GB-SC-SC039791"]
