"""E-mail addresses and telephone numbers in any text: bounded, so that a megabyte of anything takes moments.

Written without a look at graph.model.values.redaction, whose work they check.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

LOCAL = re.compile(r"[\w.%+'-]{1,64}$")
DOMAIN = re.compile(r"(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w])")
# 0, 44, +44 or 0044, then nine or ten digits with at most three signs between two of them (Ofcom, National Telephone
# Numbering Plan: national numbers have nine or ten digits after the 0).
PHONE = re.compile(
    r"(?<!\d)(?:(?:\+ ?|00)44[ ./()-]{0,3}(?:\(0\)[ ./-]{0,3})?[1-9](?:[ ./()-]{0,3}\d){8,9}"
    r"|\(?0[ ()]{0,3}[1-9](?:[ .()-]{0,3}\d){8,9}"
    r"|\(?0[1-9]\d{1,3}\)? ?/ ?\d{3,4} ?/? ?\d{3,4}"
    r"|(?=44(?: ?\(0\))?(?:[ -]?\d){10}(?!\w))44(?: ?\(0\) ?|[ -])?[1-37-8]\d{1,3}[ -]?\d{3,4}[ -]?\d{3,4})"
    r"(?:(?!\w)|(?=e?xt?n?\W?\d))"
)
# A number begins after a sign, or after a word that tells to call it; it is no part of one that a full stop parts.
CALLING = "t|m|tel|telephone|phone|mob|mobile|fax|ring|call"
BEFORE = re.compile(rf"(?:^|[^\w.£$€]|(?:^|\D)\.|(?:^|[\W\d_])(?:{CALLING}))$", re.IGNORECASE)
FRACTION = re.compile(r"0\.\d+")
# Days, spans of years and of hours, which have as many digits as numbers have.
TIMES = re.compile(
    r"(?<!\d)(?:\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d\d)|\d{4}([./-])\d\d\2\d\d|\d\d[./-](?:19|20)\d\d"
    r"|\d{2,4}/(?:19|20)\d\d/(?:19|20)\d\d|[012]\d[0-5]\d ?- ?[012]\d[0-5]\d(?! \d{3}\b))(?!\d)"
)
INLINE = re.compile(r"</?(?:a|abbr|b|code|em|i|mark|small|span|strong|sub|sup|u|wbr)\b[^<>]{0,300}>", re.I)
BLOCK = re.compile(r"<[a-zA-Z/!][^<>]{0,300}>")


@dataclass(frozen=True, slots=True)
class Leak:
    """Something personal, where it stands, and what it is."""

    place: str
    kind: str
    text: str


def leaks(place: str, text: str) -> Iterator[Leak]:
    """The addresses and numbers in a text, also where a page or an IRI spells them with entities or percents."""
    texts = {text}
    if "%" in text:
        texts.add(unquote(text))
    if "&" in text:
        texts |= {unescape(text), unescape(unescape(text))}
    texts |= {BLOCK.sub("|", INLINE.sub("", each)) for each in texts if "<" in each}
    for spelling in sorted({typed(each) for each in texts}):
        yield from (Leak(place, "e-mail", found) for found in emails(spelling))
        yield from (Leak(place, "phone", found) for found in phones(spelling))


def typed(text: str) -> str:
    """A text as a plain keyboard would have it: one kind of blank, of dash and of digits, no signs without a width."""
    if text.isascii():
        return text
    signs = (sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    return "".join(map(_typed_sign, signs))


def _typed_sign(sign: str) -> str:
    if sign.isdigit() and unicodedata.category(sign) == "Nd":
        return str(unicodedata.digit(sign))
    if unicodedata.category(sign) == "Pd" or sign == "\u2212":
        return "-"
    return " " if sign.isspace() else "." if sign in "\u00b7\u2022" else sign


def emails(text: str) -> Iterator[str]:
    """Each address; looked for around its sign, because a pattern that begins with words would try every word."""
    place = text.find("@")
    while place >= 0:
        domain = DOMAIN.match(text, place + 1)
        local = LOCAL.search(text[max(0, place - 64) : place]) if domain else None
        if domain and local:
            yield f"{local[0]}@{domain[0]}"
        place = text.find("@", place + 1)


def phones(text: str) -> Iterator[str]:
    """Each number of the United Kingdom; a fraction such as 0.1234567890 is none, nor is a day or a span of years."""
    text = TIMES.sub(lambda time: "|" * len(time[0]), " ".join(text.splitlines()))
    place = 0
    while found := PHONE.search(text, place):
        begins = BEFORE.search(text[max(0, found.start() - 12) : found.start()])
        if begins and not FRACTION.match(found[0]):
            yield found[0]
        place = found.end() if begins else found.start() + 1
