"""E-mail addresses and telephone numbers are taken out of free text before anything is written.

Registers ask for none in these fields, yet people type them in every way that a keyboard has. A text is made plain
first: entities, tags and escaped signs are what they mean, signs without a width are gone, and blanks, dashes and
digits of any script are those of ASCII. Then there is one rule for digits (telephone.py) and one for addresses
(mail_addresses.py). Quantifiers are bounded so that a cell of a megabyte cannot make the search quadratic.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from graph.model.values.mail_addresses import addresses, may_hold_address
from graph.model.values.markup import ENTITIES, TAGS, UNSEEN, plain_text, seen
from graph.model.values.telephone import dialled, numbers

EMAIL_MARK = "[e-mail removed]"
PHONE_MARK = "[phone removed]"

Span = tuple[int, int, str]
"""Where something begins and ends, and the mark for it."""

# Quick to search for: without as many digits near each other, there is no number.
_DIGITS = re.compile(r"[\dOIl](?:[\W_]{0,6}[\dOoIl]){8}")
_DIGIT, _FEWER = re.compile(r"\d"), re.compile(r"\d(?:[\W_]{0,4}\d){5}")
_FEWEST = 6
# A cell that is wholly one of these is searched for addresses alone: the identifier of a register's list, an address of
# a site, a number with a point or with thousands commas.
_WHOLE = re.compile(
    r"(?:[A-Z]{2}|X[A-Z]|360G|360g)-[A-Za-z0-9]{2,12}-[\w./:-]{1,200}"
    r"|(?:https?://|www\.)[^\s@]{1,2000}|-?\d{1,3}(?:,\d{3}){1,6}(?:\.\d+)?|-?\d{1,9}\.\d{1,20}"
)
# Words that people write beside a number, or that stand alone where it is taken out.
_LITTLE = {
    *("call", "cell", "contact", "email", "fax", "home", "m", "mail", "mob", "mobile", "mobiles", "no", "number"),
    *("office", "on", "or", "ph", "phone", "ring", "t", "tel", "tele", "telephone", "text", "whatsapp", "work"),
    *("a", "and", "at", "by", "e", "f", "me", "or", "p", "to", "us", "w"),
}
_WORDS = re.compile(r"[^\W_]+")
# In the address of a site a number is somebody's where a name says so, or blanks are in it; others are of pages.
_DIALLED = re.compile(
    r"(?:(?<![a-z])(?:tel|phone|mob|mobile|call|fax|t|wa\.me|whatsapp)[=:/]?\+?|[+ ]|%20)[(+]*\d|\d(?:[+ ]|%20)\d", re.I
)

# What an address or a number may be written with, besides itself.
_SIGNS_OF_SEVERAL = "\u2488-\u249b\U0001f100-\U0001f10a"
_MARKS = "[\u0300-\u036f\ufe00-\ufe0f\u20e3]"
_UNSEEN_AFTER = re.compile(f"{_MARKS}{{1,9}}")
_SPELT = rf"{ENTITIES}|{_MARKS}|[{_SIGNS_OF_SEVERAL}]|(?:%(?:25){{0,2}}[0-9A-Fa-f]{{2}})+"
# Within a tag as well as without the tags: a link holds an address in itself.
_VIEWS = re.compile(_SPELT), re.compile(f"{TAGS}|{_SPELT}")
_ODD = re.compile(
    f"{UNSEEN}|{_MARKS}|[{_SIGNS_OF_SEVERAL}\u00b2\u00b3\u00b9\u2070-\u2089\u2460-\u2487\u24ea\u2776-\u2793]|[\U0001d7ce-\U0001d7ff]"
)


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
        elif sign in "\u00b7\u2022\u2024\u2219\u3002":
            plain = "."
        elif sign in "\u2044\u2215":
            plain = "/"
        self[code] = plain if len(plain) == 1 and plain.isascii() else code
        return self[code]


_PLAIN = _Plain({code: code for code in range(128)})


def redact(text: str) -> str:
    """Take e-mail addresses and telephone numbers out of a text, leaving a mark in their place.

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
    hidden = ("&" in text or "<" in text or "%" in text or not text.isascii()) and _hides(text)
    if not (hidden or _suspicious(text)):
        return text
    whole = _WHOLE.fullmatch(text) is not None
    return _marked(text, _seen_contacts(text, whole) if hidden else _contacts(text, whole=whole))


def reaches_somebody(key: str) -> bool:
    """Whether a text that should identify things is an e-mail address or a telephone number, or contains one.

    Digits that follow a prefix and a hyphen are a number of something.

    >>> [reaches_somebody(key) for key in ("jo@example.org", "01632 960123", "360G-example-01632960123")]
    [True, True, False]
    """
    spellings = (key, *(seen(key, view).text for view in _VIEWS)) if _hides(key) else (key,)
    return any(_suspicious(text) and any(_contacts(text, alone=True)) for text in spellings)


def reaches_somebody_through(site: str) -> bool:
    """Whether the address of a site holds an e-mail address, or a number that it says is dialled.

    >>> sites = ("http://example.org/t01632960123", "http://example.org/?to=jo%40example.org", "http://a.org/01632960123")
    >>> [reaches_somebody_through(site) for site in sites]
    [True, True, False]
    """
    if not (_suspicious(site) or "%" in site or "&" in site):
        return False
    shown = seen(site, _VIEWS[0]).text
    spellings = (site, shown, shown.replace("+", " "))
    return any(
        mark == EMAIL_MARK or _DIALLED.search(text[max(0, start - 9) : end])
        for text in spellings
        for start, end, mark in _contacts(text)
    )


def holds_address(text: str) -> bool:
    """Whether a text holds an e-mail address, whatever its digits may be.

    >>> [holds_address(text) for text in ("360G-jo&#64;example.org", "360G-01632960123")]
    [True, False]
    """
    return EMAIL_MARK in redact(text)


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
    if len(text) > 8 and _DIGIT.search(text) and (_DIGITS.search(text) or (_FEWER.search(text) and dialled(text))):
        return True
    if may_hold_address(text):
        return True
    return not text.isascii() and ("\uff20" in text or "\ufe6b" in text)


def _hides(text: str) -> bool:
    """Whether a text may hold an address or a number that is seen only once its signs are taken for what they mean."""
    if "&" in text or "<" in text or "%" in text:
        enough = sum(map(text.count, "0123456789")) >= _FEWEST or may_hold_address(text)
        if (
            enough
            or "#" in text
            or "%25" in text
            or "&at" in text
            or "%40" in text
            or "commat" in text
            or not text.isascii()
        ):
            return _VIEWS[1].search(text) is not None
    return not text.isascii() and _ODD.search(text) is not None


def _seen_contacts(text: str, whole: bool) -> Iterator[Span]:
    """The addresses and numbers that a reader sees in a text, where they are written in it."""
    for view in _VIEWS if "<" in text else _VIEWS[:1]:
        shown = seen(text, view)
        for start, end, mark in _contacts(shown.text, whole=whole):
            begin, end = shown.written(start, end)
            unseen = _UNSEEN_AFTER.match(text, end)
            yield begin, unseen.end() if unseen else end, mark


def _contacts(text: str, *, alone: bool = False, whole: bool = False) -> Iterator[Span]:
    """The addresses and numbers of a text; with `alone` no number that is part of something longer."""
    plain = text if text.isascii() else text.translate(_PLAIN)
    yield from ((start, end, EMAIL_MARK) for start, end in addresses(plain))
    if not whole:
        yield from ((start, end, PHONE_MARK) for start, end in numbers(plain, alone=alone))


def _marked(text: str, contacts: Iterable[Span]) -> str:
    """A text with a mark in the place of each; of two that overlap the first."""
    parts, place = list[str](), 0
    for start, end, mark in sorted(contacts, key=lambda span: (span[0], -span[1])):
        if start >= place:
            parts += (text[place:start], mark)
            place = end
    return "".join((*parts, text[place:])) if parts else text
