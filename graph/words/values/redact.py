"""E-mail addresses and telephone numbers are taken out of free text before anything is written.

Registers ask for none in these fields, yet people type them. Quantifiers are bounded so that a cell of a
megabyte cannot make the search quadratic.
"""

import re

EMAIL_MARK = "[e-mail removed]"
PHONE_MARK = "[phone removed]"

# An address is looked for around its sign: a pattern that began with its first part would try every word of a text.
_LOCAL = re.compile(r"[\w.%+'-]{1,64}$")
_DOMAIN = re.compile(r"(?:@|%40)(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}")
# UK numbers as Ofcom's National Telephone Numbering Plan lays them out: 0 or +44, then nine or ten digits of which the
# first is no 0, with blanks, hyphens, full stops or brackets between. Not inside a word or a longer number.
_NUMBER = r"(?:(?:\+|00)44(?:[ .()-]{0,3}0)?|\(?0)[ .()-]{0,3}[1-9](?:[ .()-]{0,3}\d){8,10}(?!\w)"
# A UUID, which is nobody's number, may hold the like of one, and is taken as it is.
_UUID = r"(?P<uuid>\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b)"
_PHONE = re.compile(rf"{_UUID}|(?<![\w.]){_NUMBER}")
_PHONE_ALONE = re.compile(rf"{_UUID}|(?<![\w.-]){_NUMBER}")


def redact(text: str) -> str:
    """Take e-mail addresses and UK telephone numbers out of a text, leaving a mark in their place.

    >>> redact("Ring 0131 496 0000 or write to jo.bloggs@example.org")
    'Ring [phone removed] or write to [e-mail removed]'
    >>> redact("SC012345, 01/01/1992, 1234567")
    'SC012345, 01/01/1992, 1234567'
    >>> redact("03172045-1231-4f02-8b6e-0131496000aa")
    '03172045-1231-4f02-8b6e-0131496000aa'
    """
    if "@" in text or "%40" in text:
        text = _without_emails(text)
    if len(text) > 9 and "0" in text:
        text = _PHONE.sub(lambda found: found["uuid"] or PHONE_MARK, text)
    return text


def reaches_somebody(key: str) -> bool:
    """Whether a text that should tell things apart is an e-mail address or a telephone number, or holds one.

    Digits that follow a prefix and a hyphen are a number of something.

    >>> [reaches_somebody(key) for key in ("jo@example.org", "01632 960123", "360G-example-01632960123")]
    [True, True, False]
    """
    return _without_emails(key) != key or any(not found["uuid"] for found in _PHONE_ALONE.finditer(key))


def _without_emails(text: str) -> str:
    parts, end = list[str](), 0
    for found in _DOMAIN.finditer(text):
        if local := _LOCAL.search(text[max(end, found.start() - 64) : found.start()]):
            parts += [text[end : found.start() - len(local[0])], EMAIL_MARK]
            end = found.end()
    return "".join((*parts, text[end:])) if parts else text
