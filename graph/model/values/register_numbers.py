"""Identifiers in the spellings that people use for them, read back into the registers' own. No look-ups here."""

import re
import unicodedata
from urllib.parse import unquote

# The Scottish Charity Register: SC and six digits. Seen with blanks, without zeros, with a letter O for the first.
_SCOTTISH = re.compile(r"SC([O0]?\d[\dO]{0,5})")
# Companies House: eight characters, of which letters may stand at the front, and at the end of societies' numbers.
_COMPANY = re.compile(r"(?=.{1,8}$)(?:([A-Z]{1,2})(\d+)([A-Z]{0,4})|(\d+))")
_LIST_CODES = re.compile(r"GB(?:SC|CHC|COH|NIC)(?=[A-Z\d])")
_SUFFIX = re.compile(r"\.(?:html|ttl|nt|nq|jsonld|rdf|csv)$", re.IGNORECASE)
_NOISE = re.compile(r"(?:SCOTTISH|CHARITY|REGISTERED|NUMBER|NO)+(?=(?:GB|SC|\d))")

LONGEST = 300
"""Characters that are looked at: longer than any identifier or address of ours."""


def charity_number(text: str) -> str | None:
    """The Scottish charity number that a text spells, as the register writes it; None if it spells none.

    >>> [charity_number(text) for text in ("sc 12345", "SCO12345", "GB-SC-SC012345", "GB-SC-012345")]
    ['SC012345', 'SC012345', 'SC012345', 'SC012345']
    >>> charity_number("12345") is None  # could be a number of any register: see `candidates`
    True
    """
    key = _NOISE.sub("", compact(last_segment(text)), count=1)
    # A Scottish number keeps its SC under whatever list code it was filed; bare digits need the right one.
    bare = f"SC{key[4:]}" if re.fullmatch(r"GBSC[\dO]+", key) else _LIST_CODES.sub("", key)
    found = _SCOTTISH.fullmatch(bare)
    if found is None:
        return None
    digits = found[1].replace("O", "0").lstrip("0")
    return f"SC{digits:0>6}" if 0 < len(digits) <= 6 else None


def company_number(text: str) -> str | None:
    """The eight characters of a company number that lost its zeros or gained blanks; None if the text is none.

    >>> [company_number(text) for text in ("2050843", "sc 12345", "IP28755R", "NI621437", "Ltd")]
    ['02050843', 'SC012345', 'IP28755R', 'NI621437', None]
    """
    found = _COMPANY.fullmatch(compact(text))
    if found is None:
        return None
    letters, digits, suffix = found[1] or "", found[2] or found[4], found[3] or ""
    return f"{letters}{digits:0>{8 - len(letters) - len(suffix)}}{suffix}" if digits.strip("0") else None


def candidates(text: str) -> list[str]:
    """Keys (see `compact`) under which the identifier that a text may be is filed, likeliest first; [] if it is none.

    >>> candidates("SC 12345"), candidates("12345"), candidates("Edinburgh")
    (['SC012345', 'SC12345'], ['12345'], [])
    """
    key = compact(last_segment(text))
    if len(key) > 40 or not any(sign.isdigit() for sign in key):
        return []
    keys = [charity_number(text), key.lstrip("0") if key.isdigit() else key]
    return list(dict.fromkeys(found for found in keys if found))


def compact(text: str) -> str:
    """A text as its letters and digits, upper case: one key for all ways to space and punctuate an identifier.

    >>> compact("GB-SC-SC 012345")
    'GBSCSC012345'
    """
    folded = unicodedata.normalize("NFKC", text[:LONGEST]).upper()
    return "".join(sign for sign in folded if sign.isascii() and sign.isalnum())


def keys(number: str) -> list[str]:
    """The keys to file an identifier under: as it is, and its digits alone without leading zeros.

    >>> keys("SC012345")
    ['SC012345', '12345']
    """
    digits = re.sub(r"\D", "", compact(number)).lstrip("0")
    return list(dict.fromkeys(key for key in (compact(number), digits) if key))


def last_segment(text: str) -> str:
    """What stands after the last slash of an address, less a file suffix; other texts stay as they are.

    >>> last_segment("http://localhost:8000/id/organisation/GB-SC-SC012345"), last_segment("either/or")
    ('GB-SC-SC012345', 'either/or')
    """
    text = text[:LONGEST].strip().strip("<>")
    if "://" not in text:
        return text
    return unquote(_SUFFIX.sub("", text.split("?")[0].split("#")[0].rstrip("/").rsplit("/", 1)[-1]))
