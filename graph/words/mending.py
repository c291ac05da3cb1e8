"""Texts that went through the wrong hands: HTML for plain text, and characters read in the wrong encoding."""

import re
from html import unescape
from html.parser import HTMLParser

import ftfy

from graph.words.row import Row

_BREAKS = {"p", "br", "li", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "tr"}
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>|&[a-z]{2,8};|&#\d{1,6};")
# Most tags are no more than a name, and texts with no others need no parser, which takes eight times as long.
_BARE_TAG = re.compile(rf"</?({'|'.join(sorted(_BREAKS))}|a|b|i|u|em|strong|span)\s*/?>", re.IGNORECASE)
# A blank to HTML, however it is written.
_LINE_FEED = re.compile(r"&(?:#0*1[03]|#x0*[ad]|NewLine)\b", re.IGNORECASE)
_MOJIBAKE = re.compile("[ÃÂâ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\u00a0-\u00bf]")


def mended(text: str) -> str:
    """A text whose characters are what its writer typed; the same text if nothing is broken.

    >>> mended("theyâ€™re really delicious")
    'they’re really delicious'
    """
    return ftfy.fix_encoding(text) if _MOJIBAKE.search(text) else text


def plain_text(text: str) -> str:
    """A text without HTML: blocks become lines, entities become characters.

    >>> plain_text("<p>Tea &amp; <b>talk</b></p><p>Mondays</p>")
    'Tea & talk\\nMondays'
    >>> plain_text("<p>Tea&#10;and talk</p>"), plain_text("<p class='x'>Tea&#10;and talk</p>")
    ('Tea and talk', 'Tea and talk')
    """
    if not _TAG.search(text):
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


def title(row: Row, column: str) -> str:
    """A text on one line without which the row means nothing, its characters mended; that they were is told of."""
    return _told(row, column, row.need(column))


def line(row: Row, column: str) -> str | None:
    """A text on one line, its characters mended; that they were is told of."""
    text = row.text(column)
    return _told(row, column, text) if text else None


def prose(row: Row, column: str) -> str | None:
    """A text of several lines without HTML, its characters mended; that they were is told of."""
    text = row.prose(column)
    return _told(row, column, plain_text(text)) or None if text else None


def _told(row: Row, column: str, text: str) -> str:
    found = mended(text)
    if found != text:
        row.problem(column, "held characters of a wrong encoding, which were mended", "save it as UTF-8", "")
    return found


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
