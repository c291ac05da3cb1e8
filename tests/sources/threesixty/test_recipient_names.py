"""Recipients that are known by their names alone."""

from pathlib import Path

from tests.support.sources.groups import recipients


def test_trivial_corrections_of_a_name_change_no_address(tmp_path: Path) -> None:
    spellings = ("St. Andrew's Café & Hall", "ST ANDREWS CAFE AND HALL", "St Andrew’s  Cafe & Hall.")
    assert set(recipients(tmp_path, spellings)) == {"360G-glen-st-andrews-cafe-and-hall"}


def test_names_that_differ_in_a_word_or_in_other_letters_are_of_others(tmp_path: Path) -> None:
    names = ("Glen Choir", "The Glen Choir", "Glen Choirs", "Хор", "合唱団")
    assert len(set(recipients(tmp_path, names))) == len(names)


def test_recipients_without_a_name_are_not_taken_for_one(tmp_path: Path) -> None:
    assert recipients(tmp_path, ["", "?", "-"]) == [f"360G-glen-unnamed-360G-glen-{number}" for number in (1, 2, 3)]
