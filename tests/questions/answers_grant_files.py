"""Answers about the files of grants: what stands in which, what was mended, how grants were awarded."""

import re
from collections import Counter, defaultdict
from decimal import Decimal

from tests.questions import answers_ccew, answers_ccni, answers_links, answers_oscr
from tests.questions.answers_funders import address, share
from tests.questions.answers_grant_places import POWER_TO_CHANGE
from tests.questions.bodies import clusters, given
from tests.questions.recipients import named
from tests.support.raw.grants import day, grants
from tests.support.raw.rows import rows


def in_several_files() -> list[tuple[str, str, int]]:
    """Pairs of files: that which tells of a grant, and another that holds it too."""
    of = Counter(
        (f"id/grant-file/{grant.file}", f"id/grant-file/{other}") for grant in grants() for other in grant.also
    )
    return [(told, other, count) for (told, other), count in of.items()]


def scots_elsewhere() -> list[tuple[str, str]]:
    """Scottish charity numbers that grants file under the register of England and Wales: as written, and as meant."""
    return list({
        (grant.recipient.written, number)
        for grant in grants()
        if grant.recipient.written.startswith("GB-CHC-")
        and (number := named(grant, grant.recipient)).startswith("GB-SC-")
    })  # fmt: skip


def by_open_call() -> list[tuple[str, int, Decimal]]:
    """Funders that tell: how many grants, and the share from an open call, per cent."""
    told: dict[str, list[bool]] = defaultdict(list)
    for grant, funder, _ in given():
        if grant.open_call:
            told[funder].append(grant.open_call == "Y")
    return [(address(funder), len(found), share(sum(found), len(found))) for funder, found in told.items()]


def longer_than_said() -> list[tuple[str, int]]:
    """Grants planned for twelve months or less that last more than five hundred days by their own dates."""
    found = [(grant.number, grant.months, day(grant.starts), day(grant.ends)) for grant in grants()]
    return [
        (number, int(months))
        for number, months, starts, ends in found
        if starts and ends and re.fullmatch(r"\d+", months) and int(months) <= 12 and (ends - starts).days > 500
    ]


def by_programme() -> list[tuple[str, int, Decimal]]:
    """Power to Change's programmes: grants and pounds."""
    of: dict[str, list[Decimal]] = defaultdict(list)
    for grant, funder, _ in given():
        if funder == POWER_TO_CHANGE:
            for title in grant.programmes:
                of[title].append(grant.amount)
    return [(title, len(found), sum(found, Decimal())) for title, found in of.items()]


def less_than_asked() -> list[tuple[str, int, int]]:
    """Funders that tell what was asked for: grants, and those of which less was awarded than asked for."""
    told: dict[str, list[bool]] = defaultdict(list)
    for grant, funder, _ in given():
        if grant.applied:
            told[funder].append(grant.amount < grant.applied)
    return [(address(funder), len(found), sum(found)) for funder, found in told.items()]


def named_elsewhere() -> list[tuple[str, int]]:
    """Registers and lists that give a name to recipients of grants, with how many."""
    known = {
        "oscr": {f"GB-SC-{row['Charity Number']}" for row in answers_oscr.current()},
        "oscr_former": {f"GB-SC-{row['Charity Number']}" for row in answers_oscr.former()
                        if row["Charity Name"] not in answers_oscr.NAMELESS},
        "ccni": {f"GB-NIC-{row['Reg charity number']}" for row in answers_ccni.register(answers_ccni.LATER)},
        "ccni_2020": {f"GB-NIC-{row['Reg charity number']}" for row in answers_ccni.register(answers_ccni.EARLIER)},
        "ccew": {f"GB-CHC-{row['registered_charity_number']}"
                 for row in (*answers_ccew.table(), *answers_ccew.other_names())},
        "cooperatives": {f"GB-COOPUK-{row['Identifier']}"
                         for row in rows("registers/co-operatives/coops-uk-organisations-2023-03-02.csv")},
    }  # fmt: skip
    bodies = [clusters().get(body, frozenset((body,))) for body in {recipient for _, _, recipient in given()}]
    counts = {source: sum(not members.isdisjoint(named) for members in bodies) for source, named in known.items()}
    return [(f"id/source/{source}", count) for source, count in counts.items() if count]


def successors_funded() -> list[tuple[str, str]]:
    """Charities of England and Wales that got grants and took over another that had got grants as well."""
    funded = {each for body in {recipient for _, _, recipient in given()} for each in clusters().get(body, {body})}
    return list({(before, after) for before, after, _ in answers_links.mergers()
                 if f"GB-CHC-{before}" in funded and f"GB-CHC-{after}" in funded})  # fmt: skip
