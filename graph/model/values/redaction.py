"""E-mail addresses and telephone numbers are taken out of free text before anything is written.

Registers ask for none in these fields, yet people type them: with any blank or dash that a keyboard has, and with HTML
in or around them. Quantifiers are bounded so that a cell of a megabyte cannot make the search quadratic.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from graph.model.values.markup import ENTITIES, MARKUP, UNSEEN, meaning, plain_text, seen

EMAIL_MARK = "[e-mail removed]"
PHONE_MARK = "[phone removed]"

Span = tuple[int, int, str]
"""Where something begins and ends, and the mark for it."""

# An address is looked for around its sign: a pattern that began with its first part would try every word of a text.
_LOCAL = re.compile(r"[\w.%+'-]{1,64}$")
_DOMAIN = re.compile(r"(?:@|%40)(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}")

# Quick to search for: without as many digits near each other, there is no number.
_DIGITS = re.compile(r"\d(?:\W{0,6}\d){8}")
# UK numbers as Ofcom's National Telephone Numbering Plan lays them out: 0 or +44, then nine or ten digits of which the
# first is not 0, with blanks, hyphens, full stops or brackets between. Not inside a word or a longer number.
_BETWEEN = r"[\s.()-]{0,3}"
_OPENING = r"(?:\((?=\d{1,6}\)))?"
_NATIONAL = rf"{_OPENING}0{_BETWEEN}[1-9](?:{_BETWEEN}\d){{8,10}}"
_ABROAD = r"\(?(?:\+ ?|00)44(?:[\s./()-]{0,3}0)?[\s./()-]{0,3}[1-9](?:[\s./()-]{0,3}\d){8,10}"
# A slash parts the groups of a number, but days and years too.
_SLASHED = rf"{_OPENING}(?=0(?:[ ./)-]{{0,3}}\d){{9,10}}(?!\w))0[1-9]\d{{1,3}}\)? ?/ ?\d{{3,4}} ?[ ./-]? ?\d{{2,4}}"
# Without a plus it is one whose groups are those of a number.
_BARE = (
    r"(?=44(?: ?\(0\))?(?:[ -]?\d){10}(?!\w))"
    r"44(?: ?\(0\) ?|[ -])?[12378]\d{1,3}[ -]?\d{3,4}[ -]?\d{3,4}"
)
# Elsewhere it is recognised by its length and the plus before it.
_FOREIGN = r"\+[1-9](?:[\s./()-]{0,3}\d){8,13}"
_END = r"(?:(?!\w)|(?=(?i:extn?|ex|x|or|and|to)(?:\b|\d)))"
# What is nobody's number may hold the like of one, and is taken as it is: UUIDs, days, months, times and fractions.
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:1[89]|20)\d\d"
_HOUR = r"(?:[01]\d|2[0-3])[0-5]\d"
_OTHERS = "|".join(
    (
        r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b",
        rf"(?<!\d){_DAY}([./-]){_MONTH}\2(?:{_YEAR}(?!\d)|\d\d(?!\d|\2\d))",
        rf"(?<!\d){_YEAR}([./-]){_MONTH}\3{_DAY}(?!\d)",
        rf"(?<!\d){_MONTH}[./-]{_YEAR}(?!\d)",
        rf"(?<!\d)\d{{2,4}}/{_YEAR}/{_YEAR}(?!\d)",
        rf"(?<!\d){_HOUR} ?- ?{_HOUR}(?!\d| \d{{3}}(?!\d))",
        r"(?<!\d)0\.\d+",
    )
)
_PHONE = re.compile(rf"(?P<other>{_OTHERS})|(?<!\d)(?:{_ABROAD}|{_FOREIGN}|{_SLASHED}|{_BARE}|{_NATIONAL}){_END}")
# Words that people write right before a number, some without a blank.
_CALLING = {
    *("call", "cell", "contact", "email", "fax", "home", "m", "mail", "mob", "mobile", "mobiles", "no", "number"),
    *("office", "on", "or", "ph", "phone", "ring", "t", "tel", "tele", "telephone", "text", "whatsapp", "work"),
}
_LITTLE = _CALLING | {"a", "and", "at", "by", "e", "f", "me", "or", "p", "to", "us", "w"}
_WORD_BEFORE = re.compile(r"(?:^|[\W\d_])([^\W\d_]{1,12})_?$")
_WORDS = re.compile(r"[^\W_]+")

# What an address or a number may be written with, besides itself: entities, tags, signs of an IRI, words for signs.
# Two patterns, each of which begins with one sign, are looked for ten times as fast as one.
_AT, _AT_IN_SQUARES = re.compile(r"\(\s?(?:@|at)\s?\)"), re.compile(r"\[\s?(?:@|at)\s?\]")
_UNSEEN = re.compile(UNSEEN)
_ESCAPED = r"(?:%[0-9A-Fa-f]{2})+|\s?[\[(]\s?(?:@|at|dot|\.)\s?[\])]\s?"
_SPELT = re.compile(f"{ENTITIES}|{_ESCAPED}")
_TAGGED = re.compile(f"{MARKUP.pattern}|{_ESCAPED}")


class _Plain(dict[int, int | str]):
    """The sign of ASCII that another sign stands for: any blank, dash or digit; asked for once each."""

    def __missing__(self, code: int) -> int | str:
        sign = chr(code)
        plain, kind = unicodedata.normalize("NFKC", sign), unicodedata.category(sign)
        if kind == "Nd":
            plain = str(unicodedata.decimal(sign))
        elif kind == "Pd" or sign == "\u2212":
            plain = "-"
        elif kind.startswith("Z") or sign.isspace():
            plain = " " if kind.startswith("Z") else "\n"
        elif sign in "\u00b7\u2022\u2024\u2219":
            plain = "."
        elif sign in "\u2044\u2215":
            plain = "/"
        self[code] = plain if len(plain) == 1 and plain.isascii() else code
        return self[code]


_PLAIN = _Plain({code: code for code in range(128)})


def redact(text: str) -> str:
    """Take e-mail addresses and UK telephone numbers out of a text, leaving a mark in their place.

    >>> redact("Ring 0131 496 0000 or write to jo.bloggs@example.org")
    'Ring [phone removed] or write to [e-mail removed]'
    >>> redact("<b>0131</b>&nbsp;496 0000, jo&#64;example.org")
    '<b>[phone removed], [e-mail removed]'
    >>> redact("SC012345, 01/01/1992, 1234567")
    'SC012345, 01/01/1992, 1234567'
    >>> redact("03172045-1231-4f02-8b6e-0131496000aa")
    '03172045-1231-4f02-8b6e-0131496000aa'
    """
    if len(text) < 6:  # the shortest address has as many letters
        return text
    if _suspicious(text):
        text = _marked(text, _contacts(text))
    if "&" in text or "%" in text or "(" in text or "[" in text or not text.isascii():
        text = _seen_through(text, _SPELT) if _spells(text) else text
    return _seen_through(text, _TAGGED) if "<" in text else text


def reaches_somebody(key: str) -> bool:
    """Whether a text that should identify things is an e-mail address or a telephone number, or contains one.

    Digits that follow a prefix and a hyphen are a number of something.

    >>> [reaches_somebody(key) for key in ("jo@example.org", "01632 960123", "360G-example-01632960123")]
    [True, True, False]
    """
    hidden = _TAGGED.search(key) is not None
    spellings = (key, _SPELT.sub(meaning, key), _TAGGED.sub(meaning, key)) if hidden else (key,)
    return any(_suspicious(text) and any(_contacts(text, alone=True)) for text in spellings)


def holds_address(text: str) -> bool:
    """Whether a text holds an e-mail address, whatever its digits may be.

    >>> [holds_address(text) for text in ("360G-jo&#64;example.org", "360G-01632960123")]
    [True, False]
    """
    signs = "@" in text or "&" in text or "%" in text or "<" in text or not text.isascii()
    return signs and EMAIL_MARK in redact(text)


def says_nothing(text: str) -> bool:
    """Whether of a text nothing is left but marks, and words that stand before numbers.

    >>> says_nothing("Tel: [phone removed]"), says_nothing("Rowers, [phone removed]"), says_nothing("Contact")
    (True, False, False)
    """
    if "removed]" not in text:
        return False
    rest = text.replace(EMAIL_MARK, " ").replace(PHONE_MARK, " ")
    return rest != text and all(word.casefold() in _LITTLE for word in _WORDS.findall(plain_text(rest)))


def _suspicious(text: str) -> bool:
    """Whether a text may hold an address or a number; quick, as most texts hold none."""
    if "@" in text:
        return True
    if text.isascii():
        return len(text) > 9 and ("0" in text or "+" in text or "44" in text) and _DIGITS.search(text) is not None
    return _DIGITS.search(text) is not None or "\uff20" in text or "\ufe6b" in text


def _spells(text: str) -> bool:
    """Whether a text may hold an address or a number in other signs; quick."""
    if "&" in text or "%" in text or _AT.search(text) or _AT_IN_SQUARES.search(text):
        return True
    return not (text.isascii() or text.isprintable()) and _UNSEEN.search(text) is not None


def _contacts(text: str, *, alone: bool = False) -> Iterator[Span]:
    """The addresses and numbers of a text; with `alone` no number that is part of something longer."""
    plain = text if text.isascii() else text.translate(_PLAIN)
    yield from _emails(plain)
    place = 0
    while found := _PHONE.search(plain, place):
        if not found["other"] and _begins(plain, found.start(), alone):
            yield (*found.span(), PHONE_MARK)
            place = found.end()
        else:
            place = found.end() if found["other"] else found.start() + 1


def _begins(text: str, place: int, alone: bool) -> bool:
    """Whether a number may begin at a place: neither in a word, unless that says to call it, nor in a fraction."""
    before = text[max(0, place - 20) : place]
    last = before[-1:]
    if last == "." and not alone:
        return not before[-2:-1].isdigit()
    if last in "£$€" and last:
        return False
    if not (last.isalnum() or last == "_" or (alone and last in (".", "-"))):
        return True
    word = None if alone else _WORD_BEFORE.search(before)
    return word is not None and word[1].casefold() in _CALLING


def _emails(text: str) -> Iterator[Span]:
    end = 0
    for found in _DOMAIN.finditer(text):
        if local := _LOCAL.search(text[max(end, found.start() - 64) : found.start()]):
            end = found.end()
            yield found.start() - len(local[0]), end, EMAIL_MARK


def _seen_through(text: str, hidden: re.Pattern[str]) -> str:
    """A text without what only a reader sees in it, once entities, tags and the like are taken for what they mean."""
    if not _may_hide(text) or not hidden.search(text) or not _suspicious(hidden.sub(meaning, text)):
        return text
    shown = seen(text, hidden)
    return _marked(text, ((*shown.written(start, end), mark) for start, end, mark in _contacts(shown.text)))


def _may_hide(text: str) -> bool:
    """Whether there is enough of an address or a number to be seen through what hides it; quick."""
    if "@" in text or "&#" in text or "%" in text or "commat" in text or not text.isascii():
        return True
    digits = sum(map(text.count, "0123456789"))
    return digits > 8 or _AT.search(text) is not None or _AT_IN_SQUARES.search(text) is not None


def _marked(text: str, contacts: Iterable[Span]) -> str:
    """A text with a mark in the place of each; of two that overlap the first."""
    parts, place = list[str](), 0
    for start, end, mark in sorted(contacts, key=lambda span: (span[0], -span[1])):
        if start >= place:
            parts += (text[place:start], mark)
            place = end
    return "".join((*parts, text[place:])) if parts else text
