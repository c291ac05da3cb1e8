"""E-mail addresses and telephone numbers are taken out of free text before anything is written.

Registers ask for none in these fields, yet people type them. Quantifiers are bounded so that a cell of a
megabyte cannot make the search quadratic.
"""

import re

EMAIL_MARK = "[e-mail removed]"
PHONE_MARK = "[phone removed]"

_EMAIL = re.compile(r"[\w.%+'-]{1,64}@(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}")
# UK numbers as Ofcom's National Telephone Numbering Plan lays them out: 0 or +44, then nine or ten digits,
# with blanks, hyphens, full stops or brackets between. Not inside a word, a date or a longer number.
# A UUID, which is nobody's number, may hold the like of one, and is taken as it is.
_PHONE = re.compile(
    r"(?P<uuid>\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b)"
    r"|(?<![\w/.])(?:\+44|0044|\(?0)(?:[ .()-]{0,3}\d){9,11}(?![\w/])"
)


def redact(text: str) -> str:
    """Take e-mail addresses and UK telephone numbers out of a text, leaving a mark in their place.

    >>> redact("Ring 0131 496 0000 or write to jo.bloggs@example.org")
    'Ring [phone removed] or write to [e-mail removed]'
    >>> redact("SC012345, 01/01/1992, 1234567")
    'SC012345, 01/01/1992, 1234567'
    >>> redact("03172045-1231-4f02-8b6e-0131496000aa")
    '03172045-1231-4f02-8b6e-0131496000aa'
    """
    if "@" in text:
        text = _EMAIL.sub(EMAIL_MARK, text)
    if len(text) > 9 and "0" in text:
        text = _PHONE.sub(lambda found: found["uuid"] or PHONE_MARK, text)
    return text
