"""E-mail addresses and telephone numbers in any text: bounded, so that a megabyte of anything takes moments.

Written without a look at graph.words.values.redact, whose work they check.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

LOCAL = re.compile(r"[\w.%+'-]{1,64}$")
DOMAIN = re.compile(r"(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w])")
# 0, +44 or 0044, then nine or ten digits with at most three signs between two of them (Ofcom, National Telephone
# Numbering Plan: national numbers have nine or ten digits after the 0).
PHONE = re.compile(
    r"(?<![\w.])(?:(?:\+|00)44[ .()-]{0,3}(?:\(0\)[ .-]{0,3})?[1-9]|\(?0[1-9])(?:[ .()-]{0,3}\d){8,9}(?!\w)"
)
FRACTION = re.compile(r"0\.\d+")


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
        texts.add(unescape(text))
    for spelling in sorted(texts):
        yield from (Leak(place, "e-mail", found) for found in emails(spelling))
        yield from (Leak(place, "phone", found) for found in phones(spelling))


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
    """Each number of the United Kingdom; a fraction such as 0.1234567890 is none."""
    for found in PHONE.finditer(text):
        if not FRACTION.fullmatch(found[0]):
            yield found[0]
