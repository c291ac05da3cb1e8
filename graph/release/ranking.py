"""How a text is matched to names and numbers: the fields of the index, and the queries tried in turn.

Scores come in steps, so that a row's place has one reason: an identifier, then a whole name, then organisations
before other things, then how rare the matched words are (BM25).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tantivy import Occur, Query, Schema, SchemaBuilder

from graph.model.values import names
from graph.model.values import register_numbers as numbers

IDENTIFIED, SAME_NAME, SAME_OTHER_NAME, ORGANISATION, SAME_START, ACTIVE = 1000.0, 100.0, 80.0, 20.0, 5.0, 2.0
FEW = 5
"""With fewer hits by whole words and their beginnings, parts inside words are looked at too."""

_LONGEST_TEXT, _MOST_WORDS, _LONGEST_WORD = 300, 12, 40
_DISTINCTIVE = 8  # letters from which a part inside a name is not found by chance: "playgroup" in "Play Group"
_FUZZY_FROM = 5  # letters; shorter words have too many neighbours
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?(?:\d[A-Z]{2})?")


def _schema() -> Schema:
    build = SchemaBuilder()
    for field in ("iri", "kind"):
        build.add_text_field(field, stored=True, tokenizer_name="raw", index_option="basic")
    for field in ("name", "others", "numbers", "status", "area", "postcode"):
        # Only shown; what is searched is the folded text below.
        build.add_text_field(field, stored=True, tokenizer_name="raw", index_option="basic")
    for field in ("key", "postcode_key", "whole", "other_whole", "active"):
        build.add_text_field(field, tokenizer_name="raw", index_option="basic")
    for field in ("words", "other_words", "place_words"):
        build.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    for field in ("inside", "joined"):
        build.add_text_field(field, tokenizer_name="whitespace", index_option="position")
    return build.build()


SCHEMA = _schema()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A text that somebody typed, read as words, as an identifier (keys: see `numbers`), a postcode and an address."""

    words: tuple[str, ...]
    keys: tuple[str, ...]
    postcode: str
    address: str

    @classmethod
    def of(cls, text: str) -> "Wanted":
        """Read any text at all; what is too long to be a name is cut.

        >>> Wanted.of("eh1 1aa").postcode
        'EH11AA'
        """
        text = text[:_LONGEST_TEXT].strip().encode("utf-8", "ignore").decode()
        address = text.strip("<>").replace("/doc/", "/id/", 1) if "://" in text else ""
        words = [] if address else list(dict.fromkeys(names.words(text)))[:_MOST_WORDS]
        compact = numbers.compact(text)
        return cls(
            words=tuple(word[:_LONGEST_WORD] for word in words),
            keys=tuple(numbers.candidates(text)),
            postcode=compact if _POSTCODE.fullmatch(compact) else "",
            address=address,
        )


def singular(word: str) -> str:
    """What a word is the plural of, by its ending, '' where it has none of a plural.

    >>> singular("choirs"), singular("societies"), singular("access"), singular("bus")
    ('choir', 'society', '', '')
    """
    if len(word) < 5 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return ""
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]


def parts(name: str, blank: str) -> list[str]:
    """The runs of three signs of a name, its blanks written so: names with a common part have runs of these in common.

    >>> parts("Fife A.", "_"), parts("Fife A.", "")
    (['fif', 'ife', 'fe_', 'e_a'], ['fif', 'ife', 'fea'])
    """
    run = blank.join(names.words(name))
    return [run[start : start + 3] for start in range(len(run) - 2)]


def tiers(wanted: Wanted) -> Iterator[Query]:
    """The queries to try in turn while there are none, or few, hits: strict ones first."""
    sure = _identified(wanted)
    if not wanted.words:
        yield _any(*sure)
        return
    strict = [*sure, _all_words(wanted, fuzzy=False), *_part(wanted, "joined", _DISTINCTIVE)]
    yield _ranked(wanted, *strict)
    yield _ranked(wanted, *strict, *_part(wanted, "inside", 3))
    yield _ranked(wanted, _all_words(wanted, fuzzy=True))
    if len(wanted.words) > 2:
        yield _ranked(wanted, _most_words(wanted))


def _identified(wanted: Wanted) -> list[Query]:
    """Exact matches of an identifier or postcode, and numbers that begin so."""
    found = [_scored("key", key, IDENTIFIED) for key in wanted.keys]
    if wanted.address:
        found.append(_scored("iri", wanted.address, IDENTIFIED))
    if wanted.postcode:
        found.append(_scored("postcode_key", wanted.postcode, SAME_START))
    if wanted.keys and len(wanted.keys[-1]) > 3:
        found.append(Query.const_score_query(_starting("key", wanted.keys[-1]), 1.0))
    return found


def _ranked(wanted: Wanted, *matches: Query) -> Query:
    """Things that match in one of these ways, with what lifts some of them above others."""
    name = " ".join(wanted.words)
    lifts = [
        _scored("whole", name, SAME_NAME),
        _scored("other_whole", name, SAME_OTHER_NAME),
        Query.const_score_query(_starting("whole", name), SAME_START),
        _scored("kind", "organisation", ORGANISATION),
        _scored("active", "yes", ACTIVE),
    ]
    return Query.boolean_query([(Occur.Must, _any(*matches)), *((Occur.Should, lift) for lift in lifts)])


def _all_words(wanted: Wanted, *, fuzzy: bool) -> Query:
    """Every word matches, in any order: the name, or for all words but one the place."""
    distinctive = [word for word in wanted.words if word not in names.LITTLE_WORDS] or list(wanted.words)
    little = [word for word in wanted.words if word not in distinctive]
    named = [_word(word, fuzzy=fuzzy) for word in distinctive]
    placed = [_any(match, _boosted("place_words", word, 0.3)) for match, word in zip(named, distinctive, strict=True)]
    return Query.boolean_query(
        [
            (Occur.Must, _any(*named)),
            *((Occur.Must, match) for match in placed),
            *((Occur.Should, _scored("words", word, 0.2)) for word in little),
        ]
    )


def _most_words(wanted: Wanted) -> Query:
    """Two words in three match: for names typed with a word too many."""
    matches = [(Occur.Should, _word(word, fuzzy=False)) for word in wanted.words]
    return Query.boolean_query(matches, minimum_number_should_match=max(2, len(matches) * 2 // 3))


def _word(word: str, *, fuzzy: bool) -> Query:
    """A word of a name, its beginning, or its singular; fuzzy: with one letter wrong, missing, added or two swapped."""
    matches = [_boosted("words", word, 1.0), _boosted("other_words", word, 0.8)]
    if single := singular(word):
        matches += [_boosted("words", single, 0.6), _boosted("other_words", single, 0.5)]
    for field, score in (("words", 0.5), ("other_words", 0.4)):
        matches.append(Query.const_score_query(_starting(field, word), score))
        if fuzzy and len(word) >= _FUZZY_FROM:
            near = Query.fuzzy_term_query(SCHEMA, field, word, distance=1, transposition_cost_one=True)
            matches.append(Query.const_score_query(near, score / 2))
    return Query.disjunction_max_query(matches)


def _part(wanted: Wanted, field: str, shortest: int) -> list[Query]:
    """The text as a part inside a name; in the field "joined", blanks are left out of both."""
    grams = parts(" ".join(wanted.words), "" if field == "joined" else "_")
    if len(grams) < shortest - 2:
        return []
    found = (
        Query.phrase_query(SCHEMA, field, list(grams)) if len(grams) > 1 else Query.term_query(SCHEMA, field, grams[0])
    )
    return [Query.const_score_query(found, 0.2)]


def _any(*queries: Query) -> Query:
    return Query.disjunction_max_query(list(queries))


def _boosted(field: str, term: str, boost: float) -> Query:
    return Query.boost_query(Query.term_query(SCHEMA, field, term), boost)


def _scored(field: str, term: str, score: float) -> Query:
    return Query.const_score_query(Query.term_query(SCHEMA, field, term), score)


def _starting(field: str, start: str) -> Query:
    # Distance 0: only the beginning matters. A regular expression costs half a millisecond to compile.
    return Query.fuzzy_term_query(SCHEMA, field, start, distance=0, prefix=True)
