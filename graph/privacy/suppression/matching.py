"""Finding texts that must not be published, whatever their case, blanks, accents and punctuation.

A text is found as whole words: in "Anne Leeds", "Anne Lee" is not. What costs time is looking at every byte of a graph,
so one split into words and one look-up in a set tell for a block of lines that none of the texts can be in it, however
many there are.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache

from graph.model.values.markup import MARKUP, seen

MARK = "[withheld]"
"""What replaces a text that was taken out."""

Rows = Set[int]
"""Rows of the list with a text."""

_PIECE = re.compile(r"[^\W\d_]+|\d+")
_WORD = re.compile(r"[^\W_]+")
_ACCENTS = re.compile("[\u0300-\u036f]")
# Letters that have no accent in Unicode of their own, as people without them on their keyboard type them.
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
_ESCAPED = re.compile(r"\\[nrt]")
_SPLITTING = bytes(ord(chr(code).lower()) if code < 128 and chr(code).isalnum() else 32 for code in range(256))
_SUSPECT = (b"%", b"\\", b"</")
# An entity that may be a letter; most others are blanks and signs, which hide no word.
_LETTER = re.compile(rb"&(?!(?:amp|nbsp|quot|apos|#0?39)\b)#?\w{2}")


def fold(text: str) -> str:
    """A text without accents and cases.

    >>> fold("Bríd Ó SÉ"), fold("Jørgen Łuczak")
    ('brid o se', 'jorgen luczak')
    """
    if text.isascii():
        return text.lower()
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).upper().casefold().translate(_STROKES)


def compact(text: str) -> str:
    """The letters and digits of a text alone, which is what two spellings of one text have in common.

    >>> compact("eh1 1aa"), compact("O’Neil-Example")
    ('eh11aa', 'oneilexample')
    """
    return "".join(_WORD.findall(fold(text)))


@dataclass(frozen=True, slots=True)
class Found:
    """A text that must not be published, from one place in another to the place before the next."""

    start: int
    end: int
    rows: Rows


class Texts:
    """Texts to look for, each with the rows of the list that name it."""

    def __init__(self, texts: Mapping[str, Rows]) -> None:
        self._rows: dict[str, set[int]] = {}
        self.keys: set[bytes] = set()
        """Words one of which is in all lines that contain a text, and are plain ASCII."""
        self._words: set[str] = set()
        for order, rows in ((order, rows) for text, rows in texts.items() for order in _orders(text)):
            if not (spelling := compact(order)):
                continue
            self._rows.setdefault(spelling, set()).update(rows)
            keys = [*_keys(fold(order))]
            self._words.update(keys)
            self.keys.update(key.encode() for key in keys)
        self._lengths = sorted({len(text) for text in self._rows}, reverse=True)

    def __bool__(self) -> bool:
        return bool(self._rows)

    def impossible(self, lines: bytes) -> bool:
        """Whether none of the texts can be in lines of N-Quads; quick, and right about what it excludes."""
        return impossible(self.keys, lines)

    def within(self, text: str) -> list[Found]:
        """Where in a text they stand, in order and without overlaps."""
        plain = _ESCAPED.sub("  ", text) if "\\" in text else text
        found = self._found(plain)
        if MARKUP.search(plain):
            shown = seen(plain)
            found += [Found(*shown.written(it.start, it.end), it.rows) for it in self._found(shown.text)]
            found = [*_apart(found)]
        return found

    def rows_in(self, text: str) -> Rows:
        """The rows of the list whose texts are in a text."""
        return {row for found in self.within(text) for row in found.rows}

    def taken_out(self, text: str) -> str:
        """A text with a mark in the place of each."""
        parts, end = list[str](), 0
        for found in self.within(text):
            parts += [text[end : found.start], MARK]
            end = found.end
        return "".join((*parts, text[end:])) if parts else text

    def _found(self, text: str) -> list[Found]:
        """Those that are in a text as it is written."""
        return [] if self._words.isdisjoint(_WORD.findall(fold(text))) else [*self._spelled(text)]

    def _spelled(self, text: str) -> Iterator[Found]:
        letters, places, begins = _letters(text)
        place, size = 0, len(letters)
        while place < size:
            length = self._length_at(letters, begins, place) if begins[place] else 0
            if length:
                rows = self._rows[letters[place : place + length]]
                yield Found(places[place], places[place + length - 1] + 1, rows)
            place += length or 1

    def _length_at(self, letters: str, begins: list[bool], place: int) -> int:
        """How long the longest text is that begins here and ends with a word."""
        for length in self._lengths:
            end = place + length
            if end <= len(letters) and (end == len(letters) or begins[end]) and letters[place:end] in self._rows:
                return length
        return 0


def _orders(text: str) -> Iterable[str]:
    """A text, and if it may be somebody's name, the same with the surname first.

    >>> [*_orders("Jane Ann Leeds")], [*_orders("ZE1 9ZZ")]
    (['Jane Ann Leeds', 'Leeds Jane Ann'], ['ZE1 9ZZ'])
    """
    yield text
    words = text.split()
    if 1 < len(words) < 5 and not any(map(str.isdigit, text)):
        yield " ".join((words[-1], *words[:-1]))


def _apart(found: Iterable[Found]) -> Iterator[Found]:
    """In order, without what begins in the one before."""
    end = 0
    for it in sorted(found, key=lambda it: (it.start, -it.end)):
        if it.start >= end:
            end = it.end
            yield it


def impossible(keys: Set[bytes], lines: bytes) -> bool:
    """Whether lines of N-Quads hold none of some keys, and nothing that would hide one from a quick look."""
    if not lines.isascii() or any(sign in lines for sign in _SUSPECT) or (b"&" in lines and _LETTER.search(lines)):
        return False
    return keys.isdisjoint(lines.translate(_SPLITTING).split())


def _keys(folded: str) -> Iterable[str]:
    """The words one of which is in every text that holds this one, however it is spaced.

    Its longest piece, alone and joined with its neighbours; of equals the last, as postcodes differ most there.

    >>> sorted(_keys("jane bloggs"))
    ['bloggs', 'janebloggs']
    """
    pieces = _PIECE.findall(folded)
    longest = max(range(len(pieces)), key=lambda number: (len(pieces[number]), number), default=0)
    for first in range(longest + 1):
        for last in range(longest, len(pieces)):
            yield "".join(pieces[first : last + 1])


@cache
def _folded_sign(sign: str) -> str:
    return "".join(each for each in fold(sign) if each.isalnum())


def _letters(text: str) -> tuple[str, list[int], list[bool]]:
    """The letters and digits of a text, where each stands, and whether a word begins with it."""
    letters, places, begins = list[str](), list[int](), list[bool]()
    begin = True
    for place, sign in enumerate(text):
        folded = _folded_sign(sign)
        for letter in folded:
            letters.append(letter)
            places.append(place)
            begins.append(begin)
            begin = False
        if not folded and not unicodedata.combining(sign):
            begin = True
    return "".join(letters), places, begins
