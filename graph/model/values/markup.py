"""HTML where plain text is meant: what a reader would see of it, and from which part of the original it comes."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote

_BREAKS = {"p", "br", "li", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "tr"}
_ENTITY = r"&(?:#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6})|[A-Za-z]\w{1,30});"
_TAG = re.compile(rf"</?[a-zA-Z][^<>]{{0,300}}>|{_ENTITY}")
# Most tags are no more than a name, and texts with no others need no parser, which takes eight times as long.
_BARE_TAG = re.compile(rf"</?({'|'.join(sorted(_BREAKS))}|a|b|i|u|em|strong|span)\s*/?>", re.IGNORECASE)
# A blank to HTML, however it is written.
_LINE_FEED = re.compile(r"&(?:#0*1[03]|#x0*[ad]|NewLine)\b", re.IGNORECASE)

# Signs without a width, such as soft hyphens and marks of direction, which nobody sees between two letters.
UNSEEN = "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
# Browsers read most entities without their semicolon too.
ENTITIES = rf"&(?:amp;){{0,3}}(?:#(?:\d{{1,7}}|[xX][0-9a-fA-F]{{1,6}})|[A-Za-z]\w{{1,30}});?|{UNSEEN}"
TAGS = r"<!--.{0,300}?-->|</?[a-zA-Z][^<>]{0,300}>"
MARKUP = re.compile(f"{TAGS}|{ENTITIES}")
"""Whatever stands for something else than itself in HTML."""

# Words for signs that look like an entity or a tag.
_AT = re.compile("&at;?", re.I)
_AT_IN_TAG = {"<at>": "@", "<dot>": "."}
# Tags that part no words; comments are none either.
_WITHIN_WORDS = re.compile(r"<!|</?(?:a|abbr|b|big|code|em|font|i|mark|s|small|span|strong|sub|sup|u|wbr)\b", re.I)


def plain_text(text: str) -> str:
    """A text without HTML: blocks become lines, entities become characters.

    >>> plain_text("<p>Tea &amp; <b>talk</b></p><p>Mondays</p>")
    'Tea & talk\\nMondays'
    >>> plain_text("<p>Tea&#10;and talk</p>"), plain_text("<p class='x'>Tea&#10;and talk</p>")
    ('Tea and talk', 'Tea and talk')
    """
    if not ("&" in text or "<" in text) or not _TAG.search(text):
        return text
    bare = _BARE_TAG.sub(_break, text.replace("\n", " "))
    words = _read(text) if "<" in bare or _LINE_FEED.search(bare) else unescape(bare)
    lines = (" ".join(line.split()) for line in words.split("\n"))
    return "\n".join(line for line in lines if line)


def _break(tag: re.Match[str]) -> str:
    return "\n" if tag[1].lower() in _BREAKS else ""


def _read(text: str) -> str:
    """What a parser makes of a text whose tags are more than their names."""
    reader = _Words()
    reader.feed(text)
    reader.close()
    return "".join(reader.words)


class _Words(HTMLParser):
    """The text between the tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        _ = attrs
        self._unseen += tag in ("script", "style")
        self.words += ["\n"] * (tag in _BREAKS)

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in ("script", "style")
        self.words += ["\n"] * (tag in _BREAKS)

    def handle_data(self, data: str) -> None:
        if self._unseen <= 0:
            self.words.append(data.replace("\n", " "))


@dataclass(frozen=True, slots=True)
class Seen:
    """A text as it is read, and where each of its characters begins and ends in what was written."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def written(self, start: int, end: int) -> tuple[int, int]:
        """The place of a part of the text in the original."""
        return self.starts[start], self.ends[end - 1]


def seen(written: str, hidden: re.Pattern[str] = MARKUP) -> Seen:
    """What a reader sees of a text, in which all that a pattern finds is taken for what it means.

    >>> shown = seen("jo<b>&#64;</b>example.org")
    >>> shown.text, shown.written(2, 3)
    ('jo@example.org', (5, 10))
    """
    parts, starts, ends, place = list[str](), list[int](), list[int](), 0
    for found in hidden.finditer(written):
        meant = meaning(found)
        parts += (written[place : found.start()], meant)
        starts += range(place, found.start())
        ends += range(place + 1, found.start() + 1)
        starts += [found.start()] * len(meant)
        ends += [found.end()] * len(meant)
        place = found.end()
    starts += range(place, len(written))
    ends += range(place + 1, len(written) + 1)
    return Seen("".join((*parts, written[place:])), starts, ends)


def meaning(found: re.Match[str]) -> str:
    """What an entity, a tag, escaped signs or one unseen are read as; entities of entities too."""
    match found[0][0]:
        case "&":
            return "@" if _AT.fullmatch(found[0]) else unescape(unescape(found[0]))
        case "<":
            return _AT_IN_TAG.get(found[0].lower()) or ("" if _WITHIN_WORDS.match(found[0]) else "\n")
        case "%":
            return unquote(unquote(found[0]))
        case _:
            unseen = unicodedata.category(found[0]) in ("Cf", "Mn", "Me")
            return "" if unseen else unicodedata.normalize("NFKC", found[0])
