"""E-mail addresses in a text of plain signs: a name, a sign or word for *at*, and a domain with dots or words for them.

A sign is looked for first, and what is around it is bounded, so that a text of a megabyte takes moments. Entities, tags
and signs of other scripts are made plain before: see redaction.py.
"""

import re
from collections.abc import Iterator
from enum import IntEnum

# Domains that end sentences and names do not: the last part of one is known, where blanks or words are in it.
_GENERIC = (
    "academy|ac|agency|aero|arpa|biz|blog|care|cat|center|centre|charity|church|cloud|club|com|community|coop|cymru|dev|"
    "digital|earth|edu|education|email|eu|events|example|family|foundation|fund|gov|green|group|health|house|info|int|"
    "international|invalid|local|london|ltd|media|mil|mobi|museum|name|net|network|ngo|ong|online|org|page|pro|school|"
    "scot|site|social|solutions|space|store|support|team|tech|test|today|tv|uk|wales|website|work|world|xyz"
)
_COUNTRIES = (
    "ae|ar|au|az|ba|bd|bg|br|ca|ch|cl|cn|cy|cz|de|dk|ee|es|fi|fm|fr|ge|gg|gi|gr|gs|hk|hr|hu|ie|il|im|io|ir|je|jp|ke|kr|"
    "lk|lt|lu|lv|mt|mx|my|ng|nl|nz|pk|pl|pt|ro|rs|ru|se|sg|si|sk|th|tr|tw|ua|us|vn|za|рф|xn--[a-z0-9-]{2,40}"
)
_LAST = rf"(?:{_GENERIC}|{_COUNTRIES}|co)"
_LABEL = r"[^\W_](?:[\w-]{0,61}\w)?"
_DOT_WORD = r"\s?[(\[{<«*_]{0,2}\s?\bdot(?![^\W_])\s?[)\]}>»*_]{0,2}\s?"
_DOT = (
    rf"(?:\s?\.{{1,3}}(?:\s(?=(?-i:[a-z]{{2,4}}\b)))?|\s?[(\[{{<«]\s?\.\s?[)\]}}>»]\s?|{_DOT_WORD}"
    r"|\s?[*_|~]dot[*_|~]\s?|(?-i:DOT))"
)
_LABELS = rf"{_LABEL}(?:{_DOT}{_LABEL}){{0,6}}{_DOT}"
_KNOWN_DOMAIN = re.compile(rf"{_LABELS}{_LAST}(?:{_DOT}(?:uk|{_COUNTRIES}))?(?![\w@-])", re.I)
_ANY_DOMAIN = re.compile(rf"{_LABELS}[^\W\d_]{{2,24}}(?![\w@-])", re.I)
_ADDRESS_DOMAIN = re.compile(
    r"\[?\d{1,3}(?:\.\d{1,3}){3}\]?|(?:[\w-]{1,63}\.{1,3}){1,8}(?:xn--[a-zA-Z0-9-]{2,40}|[^\W\d_]{2,24})"
)
_ONE_LABEL = re.compile(r"[^\W\d_][\w-]{1,62}(?![\w.]*@)")
# The name before the sign, read backwards, because its end is what is known.
_QUOTED = r"\"[^\"\n]{1,64}\""
_NAME = r"[\w.%+'&!#$=~-]{1,64}"
_EMAN = re.compile(rf"{_QUOTED}|{_NAME}(?:(?:\s?[)\]}}>»]\s?(?:tod|\.)\s?[(\[{{<«]\s?|\stod\s){_NAME}){{0,3}}", re.I)
_SIGN = re.compile(r"(\s{0,2}[(\[{<«*_]?\s?)@{1,2}(\s?[)\]}>»*_]?\s{0,2})")
_BRACKETED = re.compile(r"at(?<=[(\[{<«*]at)(?:\s?sign)?[)\]}>»*]|at(?<=[(\[{<«]\sat)\s[)\]}>»]|at(?<=\s-at)-\s", re.I)
_JOINED = re.compile(r"at(?<=[_|~]at)[_|~]", re.I)
_LETTER_A = re.compile(r"\(a\)", re.I)
_WORD = re.compile(r"at(?<=\sat)\s", re.I)
_GLUED = re.compile(r"AT(?<=[a-z0-9]AT)(?=[a-z0-9])")
_AROUND = re.compile(r"[\s(\[{<«*_|~-]{0,3}$"), re.compile(r"(?:\s?sign)?[\s)\]}>»*_|~-]{0,3}")


class _Sure(IntEnum):
    """How sure it is that a sign or word is the middle of an address."""

    LITTLE, MOSTLY, WHOLLY = range(3)


_WORDS_FOR_SIGNS = ((_BRACKETED, _Sure.MOSTLY), (_JOINED, _Sure.LITTLE), (_WORD, _Sure.LITTLE), (_GLUED, _Sure.MOSTLY))
# What is not a name: what people write before "at" and the address of a site.
_NO_NAMES = (
    " a about advertised all also an and any application applications applied apply are article available based be"
    " blog body book booked booking bookings buy call catalogue charity check click contact content data detailed"
    " details direct directly directory document documents donate donated donation donations download downloaded"
    " downloads email event events facebook file files film find following form forms found free from get go guide"
    " help her here him hosted in information is it join know learn link links listed listen listings live located"
    " look looked looking map me meet meeting more new news now of on online only or order our out page pages"
    " participate policy portal posted practitioners product products profile programme projects provided published"
    " purchase purchased read register registered registration report reports resources see seen service services"
    " shop sign site sites so start stay support that the their them there these they this those tickets to too up"
    " updates us video view viewed visit visited was watch web webpage website websites were what which who with"
    " work worked working works you your "
)
_AROUND_WORDS = ".'&"
_NOT_IN_DOMAINS = frozenset(("the", "a", "an", "this", "our", "www"))
_PROVIDERS = re.compile(
    r"(?:gmail|googlemail|hotmail|outlook|yahoo|ymail|btinternet|icloud|aol|talktalk|virginmedia|protonmail|live|msn)"
    r"(?:[,\s.]{1,2}(?:com?|org|net)(?:[,\s.]{1,2}uk)?)?(?![\w@]|\.\w)",
    re.I,
)
_PLACES = frozenset(
    ("home", "play", "work", "school", "church", "risk", "last", "heart", "the", "hand", "war", "peace")
)


def may_hold_address(text: str) -> bool:
    """Whether a text holds a sign or a word for the middle of an address; quick, as most texts hold none."""
    if "@" in text:
        return True
    if ("at" in text or "AT" in text or "At" in text) and (
        _WORD_AND_DOMAIN.search(text)
        or _BRACKETED.search(text)
        or _JOINED.search(text)
        or ("AT" in text and _GLUED.search(text))
    ):
        return True
    return ("(a)" in text or "(A)" in text) and _LETTER_A_AND_DOMAIN.search(text) is not None


_LETTER_A_AND_DOMAIN = re.compile(r"\([aA]\)\s?[\w-]{1,63}(?:\.|\s?\(?dot)")
_WORD_AND_DOMAIN = re.compile(
    r"[aA][tT](?<=\s[aA][tT])\s{1,2}[\w-]{1,63}(?:\.|\s\.|\s?[(\[{<*_]?\s?[dD][oO][tT])"
    r"|[aA][tT](?<=\s[aA][tT])\s(?i:gmail|hotmail|yahoo|outlook)"
)


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where e-mail addresses begin and end.

    >>> text = "jo.b+club@example.org, jo (at) example (dot) org, Stay & Play @ Rathen, apply at example.org"
    >>> [text[start:end] for start, end in addresses(text)]
    ['jo.b+club@example.org', 'jo (at) example (dot) org']
    """
    end = 0
    for start, after, sure in sorted(_middles(text)):
        if start < end:
            continue
        domain = _domain(text, start, after, sure)
        local = _EMAN.match(text[max(end, start - 140) : start][::-1]) if domain else None
        begin = start - local.end() if local else start
        if begin < start and (sure is not _Sure.LITTLE or _names(text[begin:start], text[max(0, begin - 20) : begin])):
            end = domain
            yield begin, domain


def _middles(text: str) -> Iterator[tuple[int, int, _Sure]]:
    """What parts names from domains: where it begins and ends, and how sure it is that it does."""
    for found in _SIGN.finditer(text):
        yield (*found.span(), _Sure.LITTLE if found[1] or found[2] else _Sure.WHOLLY)
    lower = "at" in text or "AT" in text or "At" in text
    for pattern, sure in _WORDS_FOR_SIGNS if lower else ():
        for found in pattern.finditer(text):
            yield _widened(text, *found.span(), sure)
    for found in _LETTER_A.finditer(text):
        start, end, _ = _widened(text, *found.span(), _Sure.LITTLE)
        yield start, end, _Sure.MOSTLY if (start, end) == found.span() else _Sure.LITTLE


def _widened(text: str, start: int, end: int, sure: _Sure) -> tuple[int, int, _Sure]:
    before, after = _AROUND[0].search(text, max(0, start - 3), start), _AROUND[1].match(text, end)
    return before.start() if before else start, after.end() if after else end, sure


def _domain(text: str, start: int, place: int, sure: _Sure) -> int:
    """Where the domain after a sign ends; 0 if there is none."""
    known = _PROVIDERS.match(text, place) or _KNOWN_DOMAIN.match(text, place, place + 260)
    if sure is _Sure.LITTLE:
        first = re.match(r"[\w-]*", text[place : place + 64])
        other = known is None or first is None or first[0].lower() in _NOT_IN_DOMAINS or text[known.end() :][:1] == "/"
        return 0 if known is None or other else known.end()
    if known or sure is _Sure.MOSTLY:
        found = known or _ANY_DOMAIN.match(text, place, place + 260)
        return found.end() if found else 0
    if (found := _ADDRESS_DOMAIN.match(text, place, place + 260)) and not _sentence(text, start, found):
        return found.end()
    return _single(text, place)


def _sentence(text: str, start: int, domain: re.Match[str]) -> bool:
    """Whether a domain is two words of a name, such as Oscars@St.John's: written with capitals, its end unknown."""
    return domain[0] != domain[0].lower() and not text[max(0, start - 1) : start].isdigit()


def _single(text: str, place: int) -> int:
    """The end of a domain of one part, where it is not a name such as Kids@Play or Club@Kinellar."""
    found = _ONE_LABEL.match(text, place)
    if found is None or found[0] != found[0].lower() or found[0] in _PLACES:
        return 0
    return found.end()


def _names(local: str, before: str) -> bool:
    """Whether words before *at* are somebody's name in an address, and not those of a sentence about a site."""
    word = local.rsplit(maxsplit=1)[-1]
    if f" {word.casefold().strip(_AROUND_WORDS)} " in _NO_NAMES:
        return False
    told = re.search(r"(?:more|further|full|additional|for)\s$", before, re.I)
    return told is None or word.casefold() not in ("info", "enquiries")
