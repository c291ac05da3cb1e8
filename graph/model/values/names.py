"""Names made comparable: what two spellings share once case, accents and punctuation are gone. No ranking here."""

import re
import unicodedata

# Every mark that people type for an apostrophe; it goes without leaving a gap, so that women's = womens.
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʹ′`´＇"))
# Letters that Unicode does not decompose into a base letter and a mark.
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "&": " and "}
)
_INITIALS = re.compile(r"\b([^\W_])\.(?=[^\W_]\b)")
_WORD = re.compile(r"[^\W_]+")

LITTLE_WORDS = frozenset({"a", "an", "and", "at", "de", "for", "in", "na", "nan", "of", "on", "the", "to"})
"""Words that people leave out of names, or put in, without meaning another body."""


def words(text: str) -> list[str]:
    """The words of a name in lower-case letters and digits, accents and apostrophes gone.

    >>> words("Comunn na Gàidhlig & Women’s Aid (R.N.L.I.)")
    ['comunn', 'na', 'gaidhlig', 'and', 'womens', 'aid', 'rnli']
    """
    if text.isascii():  # as nearly all names: the general way takes twice as long
        flat = text.replace("'", "").replace("`", "").lower().replace("&", " and ")
    else:
        flat = text.translate(_APOSTROPHES)
        flat = "".join(mark for mark in unicodedata.normalize("NFKD", flat) if not unicodedata.combining(mark))
        flat = flat.casefold().translate(_LETTERS)
    return _WORD.findall(_INITIALS.sub(r"\1", flat) if "." in flat else flat)


def whole(text: str) -> str:
    """A name as its words with one blank between: equal for two spellings of one name.

    >>> whole("St. Andrew's  Hall") == whole("St Andrews hall")
    True
    """
    return " ".join(words(text))


_FORMS = frozenset(("ltd", "limited", "plc", "llp", "cic", "cio", "scio", "inc", "incorporated", "charity"))
_SHORT = {"saint": "st", "company": "co", "association": "assoc", "society": "soc"}


def bare(text: str) -> str:
    """A name as its letters without little words, legal forms and blanks: what is left if only spelling differs.

    >>> bare("The Litter-Pickers of Dysart Ltd.") == bare("Litter Pickers, Dysart")
    True
    """
    kept = (_SHORT.get(word, word) for word in words(text) if word not in LITTLE_WORDS and word not in _FORMS)
    return "".join(kept) or whole(text)


def handle(text: str) -> str:
    """A name as a part of an address: equal for two spellings of one name, itself where it has no words.

    >>> handle("Café & Co."), handle("?!")
    ('cafe-and-co', '?!')
    """
    return "-".join(words(text)) or text
