"""Telephone numbers in a text of plain signs: runs of digits that are dialled, whatever is between the digits.

A number is known by how many digits it has, how they are grouped and what they begin with (Ofcom, National Telephone
Numbering Plan; ITU-T E.164). Groups are looked at one after the other and never more than a number has, so that a text
of a megabyte takes moments. Entities, tags and signs of other scripts are made plain before: see redaction.py.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from graph.model.values.digit_groups import Group, groups_of, with_digits

_PLUS = re.compile(r"\+[\s(]{0,2}$")
_SOFT = re.compile(r"[\s.()/_-]*")
_YEARS = re.compile(r"(?:19|20)\d\d")
_MORE = re.compile(
    r"(?:\s?/\s?\d{1,6}(?!\d)(?![\s.-]{0,2}\d{3})"
    r"|\s?(?:,?\s(?:or|and)\s|&\s?)\d{3,6}(?!\d)(?![:.,%]\d|[\s.-]{0,2}\d{3}|\s?(?:am|pm)\b))+"
)
# Words that people write right before a number, some without a blank; after the first of them a number may be short.
_DIALLED = r"tel|tele|telephone|phone|ph|fax|mob|mobile|cell|ring|whatsapp|landline"
_CALLED = re.compile(rf"(?<![^\W_])(?:{_DIALLED})(?:[\s.]{{1,2}}(?:no|number|us|me|on|is))?[\s.:;,#(+-]{{0,4}}$", re.I)
_WORD_FOR_NUMBERS = re.compile(_DIALLED, re.I)
_CODE_LETTER = re.compile(r"(?<![^\W_])[A-CGIJ-LNQRSUVX-Z]$")
_CURRENCY = ("£", "$", "€")
# The areas of the largest cities, whose codes have three digits after the 0.
_AREA_OF_THREE = re.compile("1[2-9]1|11[3-8]")
_LONGEST = 15
_DIALLED_FIRST = tuple("1235789")


def dialled(text: str) -> bool:
    """Whether a text has a word that people write right before a number."""
    return _WORD_FOR_NUMBERS.search(text) is not None


def numbers(text: str, *, alone: bool = False) -> Iterator[tuple[int, int]]:
    """Where telephone numbers begin and end; with `alone`, none that is a part of something longer.

    >>> text = "0900-1700 on 07700 900123, 01/02/2003"
    >>> [text[start:end] for start, end in numbers(text)]
    ['07700 900123']
    """
    text = with_digits(text)
    groups, place = list(groups_of(text)), 0
    while place < len(groups):
        after = _after(text, groups, place, alone)
        if after > place:
            yield _whole(text, groups[place].start, groups[after - 1].end)
            place = after
        else:
            place += 1


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A number with its sign and bracket before, and the other endings that are given after it."""
    before = re.search(r"(?:\(?\+[\s(]{0,2}|\()$", text[max(0, start - 4) : start])
    more = _MORE.match(text, end)
    return start - (len(before[0]) if before else 0), more.end() if more else end


def _after(text: str, groups: Sequence[Group], place: int, alone: bool) -> int:
    """The group after the number that begins with a group; the same group if none does."""
    first = groups[place]
    promising = _promising(groups, place)
    if len(first.digits) > _LONGEST or (first.goes_on and not promising and text[first.start - 1] not in "+( "):
        return place
    before = text[max(0, first.start - 3) : first.start]
    plus = "+" in before and _PLUS.search(before) is not None
    called = not first.goes_on and _CALLED.search(text, max(0, first.start - 24), first.start) is not None
    if not (plus or called or promising) or not _may_begin(text, first, alone):
        return place
    run = [first, *takewhile(_goes_on, groups[place + 1 : place + 17])]
    return place + (_Run(text, run).length(plus, called) if sum(len(group.digits) for group in run) > 5 else 0)


def _goes_on(group: Group) -> bool:
    return group.goes_on


def _promising(groups: Sequence[Group], place: int) -> bool:
    """Whether the first digits may be those of a number; quick, as most digits are of something else."""
    digits = groups[place].digits
    if digits[0] != "0":
        return digits[0] in "1247" and (digits.startswith("44") or digits == "4" or len(digits) in (3, 4))
    if len(digits) == 1 and place + 1 < len(groups):
        digits += groups[place + 1].digits
    if len(digits) == 2 and place + 2 < len(groups):
        digits += groups[place + 2].digits
    return digits[1:2] in _DIALLED_FIRST or (digits[1:2] == "0" and digits[2:3] > "0")


def _may_begin(text: str, first: Group, alone: bool) -> bool:
    """Whether a number may begin here: not as money, nor behind a letter as a code, nor within a key."""
    before = text[max(0, first.start - 2) : first.start]
    if alone and before and (before[-1].isalnum() or before[-1] in "_.-"):
        return False
    if before.rstrip().endswith(_CURRENCY):
        return False
    return first.digits.startswith("07") or not _CODE_LETTER.search(before)


class _Run:
    """Groups of digits with nothing but signs between them, and how many of them are one number."""

    __slots__ = ("digits", "gaps", "groups", "sizes")

    def __init__(self, text: str, groups: Sequence[Group]) -> None:
        self.groups = groups
        self.sizes = [len(group.digits) for group in groups]
        self.gaps = [text[left.end : right.start] for left, right in pairwise(groups)]
        self.digits = "".join(group.digits for group in groups)

    def length(self, plus: bool, called: bool) -> int:
        """How many groups the number has; 0 if there is none."""
        if plus:
            return self._abroad(0) or self._national()
        if self.digits.startswith("00"):
            return self._abroad(2)
        if self.digits.startswith("0"):
            return self._national() or (self._short() if called else 0)
        if self.digits.startswith("44") and (found := self._abroad(0)) and self._soft(found):
            return found
        return self._without_nought() or (self._short() if called else 0)

    def _upto(self, digits: int) -> int:
        """How many groups have so many digits together; 0 if the last of them would be cut."""
        total = 0
        for count, size in enumerate(self.sizes, 1):
            total += size
            if total >= digits:
                return count if total == digits else 0
        return 0

    def _soft(self, count: int) -> bool:
        return all(map(_SOFT.fullmatch, self.gaps[: count - 1]))

    def _national(self) -> int:
        """A number with its 0: eleven digits, or ten as the oldest have."""
        if self.digits[1:2] not in _DIALLED_FIRST:
            return 0
        for digits in (11, 10, 12):
            count = self._upto(digits)
            if count and self._plausible(count, digits) and self._shaped(count):
                return count
        return 0

    def _plausible(self, count: int, digits: int) -> bool:
        """Whether a number of other than the usual length may be one."""
        if digits == 10 and count < 3:
            usual = self.digits[1] in "1578" if count == 1 else self.sizes[0] < 7 and self._group(1)[0] > "0"
            return usual and self._soft(count)
        if digits == 12:
            return self.digits[1] == "7" and count < 4 and self._soft(count) and self.sizes[0] in (5, 12)
        return digits == 11 or count > 2 or self._soft(count)

    def _shaped(self, count: int) -> bool:
        """Whether groups are those of a number, and not of counts, hours, days or pages."""
        first, rest = self.sizes[0], self.sizes[1:count]
        if not rest:
            return True
        if set(rest) == {1} and first in (1, 3, 4, 5):
            return self._soft(count) and not self.digits.startswith("0123456789")
        if not self._soft(count):
            return first in (3, 4, 5, 6) and min(rest) > 2
        if first == 1:
            return rest[0] > 1 and min(rest) > 2
        return self._pairs(count) or (min(rest) > 2 if first == 2 else first != 8)

    def _pairs(self, count: int) -> bool:
        """Whether all groups are pairs, too large for hours and days, as numbers are written elsewhere."""
        pairs = set(self.sizes[: count - 1]) == {2} and len(set(self.gaps[: count - 1])) == 1
        return pairs and count == len(self.sizes) and any(group.digits > "59" for group in self.groups[:count])

    def _abroad(self, noughts: int) -> int:
        """A number with the code of its country, behind a plus, two noughts or nothing."""
        digits = self.digits[noughts:]
        if digits[:1] in ("", "0"):
            return 0
        if digits.startswith("44"):
            trunk = noughts + 2 + (digits[2:3] == "0")
            known = self.digits[trunk : trunk + 1] in _DIALLED_FIRST and not _YEARS.fullmatch(self._group(1))
            return (self._upto(trunk + 10) or self._upto(trunk + 9)) if known else 0
        return self._foreign(noughts)

    def _group(self, place: int) -> str:
        return self.groups[place].digits if place < len(self.groups) else ""

    def _foreign(self, noughts: int) -> int:
        """A number of another country: as many soft groups as fit into fifteen digits, nine at least."""
        total = count = 0
        for size, gap in zip(self.sizes, ("", *self.gaps), strict=True):
            if total + size > _LONGEST + noughts or not _SOFT.fullmatch(gap):
                break
            total, count = total + size, count + 1
        first = self.sizes[0] - noughts
        grouped = first in (-1, 0, 1, 2, 3) if count > 1 else first > 8 + noughts
        return count if total >= 9 + noughts and grouped else 0

    def _without_nought(self) -> int:
        """A number whose 0 is left out: known by its groups alone."""
        sizes, soft = tuple(self.sizes[:3]), self._soft(min(3, len(self.sizes)))
        if not soft or self.digits[0] not in "1237":
            return 0
        mobile = self.digits[0] == "7" and self.sizes[0] == 4 and self.digits[1] != "0"
        if mobile and (sizes == (4, 3, 3) or sizes[:2] == (4, 6)):
            return 3 if sizes == (4, 3, 3) else 2
        local = sizes == (3, 3, 4) and len(set(self.gaps[:2])) == 1 and len(self.gaps[0]) == 1
        return 3 if local and _AREA_OF_THREE.fullmatch(self._group(0)) and self._group(1) != "000" else 0

    def _short(self) -> int:
        """A number without its area code, where a word before it says that it is dialled."""
        count = total = 0
        for size, gap in zip(self.sizes, ("", *self.gaps), strict=True):
            another = count and size > 2 and len(self.digits) - total > 9 and self.digits[total] == "0"
            if total + size > 12 or another or not _SOFT.fullmatch(gap):
                break
            total, count = total + size, count + 1
        years = all(_YEARS.fullmatch(group.digits) or len(group.digits) < 3 for group in self.groups[:count])
        return count if total > 5 and not years else 0
