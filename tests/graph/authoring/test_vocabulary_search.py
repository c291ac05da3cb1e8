"""Looking for a term: by name, by part of one, by what is said of it, and misspelt."""

import pytest

from graph.authoring.vocabulary_search import find_terms, shortened
from graph.errors import InputError


@pytest.mark.parametrize(
    ("word", "term", "kind"),
    [
        ("charity", "civ:Charity", "class"),
        ("Registered  On", "civ:registeredOn", "property"),
        ("registeredOn", "civ:registeredOn", "property"),
        ("scio", "def/legal-form/scio", "concept"),
        ("legal-form", "def/legal-form", "code list"),
    ],
)
def test_the_term_of_that_name_comes_first(word: str, term: str, kind: str) -> None:
    first = find_terms(word)[0]
    assert (shortened(first.iri), first.kind) == (term, kind)


def test_part_of_a_name_finds_all_that_hold_it() -> None:
    found = {shortened(term.iri) for term in find_terms("income from")}
    assert {"civ:incomeFromDonations", "civ:incomeFromInvestments"} <= found


def test_a_word_of_the_comment_finds_a_term() -> None:
    assert "civ:incomeFromDonations" in {shortened(term.iri) for term in find_terms("gifts and legacies")}


def test_a_misspelt_word_finds_what_it_is_like() -> None:
    assert any("egistered" in term.iri for term in find_terms("regsitered on"))


def test_a_term_shows_label_comment_ends_and_address() -> None:
    text = str(find_terms("registered on")[0])
    assert text.startswith("civ:registeredOn  (property)  registered on\n")
    assert "of civ:Registration; takes xsd:date" in text and "<https://w3id.org/civsoc/ns#registeredOn>" in text
    assert "The day on which the register took the organisation in" in text


def test_a_word_that_fits_nothing_is_an_error_with_a_hint() -> None:
    with pytest.raises(InputError, match="'zzzqq': fits no term of the vocabulary; try") as error:
        find_terms("zzzqq")
    assert error.value.exit_code == 1
