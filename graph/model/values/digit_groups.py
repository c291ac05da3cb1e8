"""The groups of digits in a text of plain signs, less those of days, hours, fractions and other things with a form.

Which groups are a telephone number is decided in telephone.py.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

# A letter that is typed for a digit counts as the digit, in what is mostly digits.
_MOSTLY_DIGITS = re.compile(r"(?<![^\W_])(?=[OolI]?\d|[OolI]\d?\d)(?=\d{0,12}[OolI])[\dOolI]{3,14}(?![^\W_])")
_LETTERS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1"})
_FIRST_LETTER = re.compile(r"(?<![^\W_])[lI](?=\d{10}(?!\d))")

# What is nobody's number may hold the like of one: UUIDs and other hexadecimal texts, days, months, hours, fractions,
# ISBNs, references to the National Grid.
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:1[89]|20)\d\d"
_HOUR = r"(?:[01]\d|2[0-3])[0-5]\d"
_OTHERS = re.compile(
    "|".join(
        (
            r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b",
            r"\b(?=\d{0,63}[a-fA-F]\d{0,9}[a-fA-F])[0-9a-fA-F]{16,64}\b",
            rf"(?<!\d){_DAY}([./ -]){_MONTH}\1(?:{_YEAR}(?!\d)|\d\d(?!\d|\1\d))",
            rf"(?<!\d){_YEAR}([./-]){_MONTH}\2{_DAY}(?!\d)",
            rf"(?<!\d){_MONTH}[./-]{_YEAR}(?!\d)",
            rf"(?<!\d)\d{{2,4}}/{_YEAR}/{_YEAR}(?!\d)",
            rf"(?<!\d){_HOUR} ?- ?{_HOUR}(?!\d| \d{{3}}(?!\d))",
            r"(?<![\d.:])(?:[01]?\d|2[0-3])[:.][0-5]\d(?::[0-5]\d)?(?![\d.:]?\d)",
            r"(?<![\d.])(?:0\.(?!7[1-9]\d{8}(?!\d))\d+(?!\.?\d)|[1-9]\d{0,2}\.(?!07\d{9}(?!\d))\d{5,})",
            r"(?<!\d)\d-\d{2,7}-\d{2,7}-[\dX]\b",
            r"\b[HNOST][A-HJ-Z] ?\d{5} ?\d{5}(?!\d)",
        )
    )
)
_DIGITS, _BETWEEN = re.compile(r"\d+"), re.compile(r"[\W_]{0,6}")


class Group(NamedTuple):
    """Digits that follow each other, and whether what is before them lets a number go on."""

    start: int
    end: int
    digits: str
    goes_on: bool


def with_digits(text: str) -> str:
    """A text of the same length in which letters that are typed for digits are digits.

    >>> with_digits("O131 496 0l23, Oslo")
    '0131 496 0123, Oslo'
    """
    return _MOSTLY_DIGITS.sub(lambda found: found[0].translate(_LETTERS), _FIRST_LETTER.sub("0", text))


def groups_of(text: str) -> Iterator[Group]:
    """The groups of digits, less those of what is nobody's number."""
    others, last = _OTHERS.finditer(text), -7
    skip = next(others, None)
    for found in _DIGITS.finditer(text):
        start, end = found.span()
        while skip and skip.end() <= start:
            skip = next(others, None)
        if skip and skip.start() <= start:
            last = -7
            continue
        gap = start - last
        goes_on = (
            not text[last].isalpha() if gap == 1 else gap < 7 and _BETWEEN.fullmatch(text, last, start) is not None
        )
        yield Group(start, end, found[0], goes_on)
        last = end
