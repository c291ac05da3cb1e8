"""Who the parties of grants are, by the rules of docs/sources/threesixty.md and docs/identity.md, worked anew.

An identifier of a register is read as the register writes it. What is none names a body within its publisher.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from urllib.parse import quote

from tests.support.raw.grants import Grant, Party, grants

NOTHING = re.compile(r"n/?a|none|unknown|dummy.*|.*-dummy-.*|tbc|tba|awaiting.*|not .*|x+|0+|-|\?+|pending.*", re.I)


def publisher(grant: Grant) -> str:
    """The publisher, as the grant's own identifier has it."""
    found = re.match(r"360G-([A-Za-z0-9]+)", grant.number)
    return found[1] if found else "unknown"


def spelled(name: str) -> str:
    """A name without case, accents, apostrophes and other marks, its words with a hyphen between."""
    plain = unicodedata.normalize("NFKD", re.sub("['’‘`´]", "", name).casefold().replace("&", " and "))
    flat = "".join(letter for letter in plain if not unicodedata.combining(letter))
    initials = re.sub(r"\b([^\W_])\.(?=[^\W_]\b)", r"\1", flat)
    return "-".join(re.findall(r"[^\W_]+", initials))


def register_number(written: str, charity: str = "") -> str:
    """An identifier as its register writes it; '' if it is none."""
    found = re.fullmatch(r"([A-Z]{2}-[A-Z0-9_]+)-(.+)", written.strip(), re.I)
    if not found or NOTHING.fullmatch(found[2].strip()):
        return ""
    of, number = found[1].upper(), found[2].strip()
    packed = re.sub(r"[\s/]", "", number).upper()
    scottish = re.fullmatch(r"SC[O0]?(\d{1,6})", packed)
    if of in ("GB-CHC", "GB-SC", "GB-NIC") and scottish and len(scottish[1].lstrip("0")) <= 6:
        return f"GB-SC-SC{scottish[1]:0>6}"
    if of == "GB-COH":
        return company(number, charity)
    if of == "GB-CHC":
        tax = re.fullmatch(r"X[A-Z]\d{4,6}", packed)
        return f"GB-REV-{packed}" if tax else f"GB-CHC-{packed}" if re.fullmatch(r"\d{6,7}", packed) else ""
    forms = {"GB-NIC": r"\d{6}", "GB-SC": r"SC\d{6}", "GB-EDU": r"\d{5,6}", "GB-REV": r"[A-Z]{1,2}\d{1,6}"}
    if of in forms:
        return f"{of}-{packed}" if re.fullmatch(forms[of], packed) else ""
    return f"{of}-{number}"


def company(number: str, charity: str) -> str:
    """A company number with its zeros; unless it is the charity number that stands beside it."""
    packed = re.sub(r"[^A-Z0-9]", "", number.upper())
    found = re.fullmatch(r"([A-Z]{0,2})(\d+)([A-Z]{0,4})", packed)
    if not found or len(packed) > 8 or not found[2].strip("0") or (found[3] and not found[1]):
        return ""
    if packed.lstrip("0") == charity and re.fullmatch(r"\d{6,7}", charity):
        return f"GB-CHC-{charity}"
    return f"GB-COH-{found[1]}{found[2]:0>{8 - len(found[1]) - len(found[3])}}{found[3]}"


def named(grant: Grant, party: Party) -> str:
    """The identifier of a party: a register's, the publisher's own, or what stands in its place."""
    written = party.written
    unfinished = written.endswith((":", "-"))  # a publisher's prefix alone
    if written.upper().startswith("360G-") and not unfinished and not NOTHING.fullmatch(written[5:]):
        return f"360G-{written[5:]}"
    if number := register_number(written, party.charity):
        return number
    tail = written.partition("-")[2].partition("-")[2] or written
    # What stands under a register's list and holds no number, such as "Exempt", is said of many bodies.
    word = re.match(r"GB-[A-Z]+-", written) and not re.search(r"\d{3}", tail)
    if not written or unfinished or word or NOTHING.fullmatch(written) or NOTHING.fullmatch(tail.strip()):
        written = spelled(party.name) or f"unnamed-{grant.number}"
    return f"360G-{publisher(grant)}-{written[:100]}"


def evidence(party: Party) -> Iterator[str]:
    """The registers' numbers beside an identifier that is the publisher's own: the charity's, else the company's."""
    if scottish := register_number(f"GB-SC-{party.charity}") if "SC" in party.charity.upper() else "":
        yield scottish
    elif re.fullmatch(r"\d{6,7}", party.charity):
        yield f"GB-CHC-{party.charity}"
    elif found := company(party.company, "") if party.company else "":
        yield found


@cache
def links() -> frozenset[tuple[str, str]]:
    """What grants say of the publishers' own identifiers: which register's number the body has."""
    found: set[tuple[str, str]] = set()
    for grant in grants():
        for party in (grant.funder, grant.recipient):
            if (own := named(grant, party)).startswith("360G-"):
                found |= {(quote(own, safe="-._~"), number) for number in evidence(party)}
    return frozenset(found)
