"""Persons are told from bodies by how their names are written; bodies that are named after persons are none."""

import pytest

from graph.model.values.persons import is_person

PERSONS = (
    *("Mrs A Hall", "J Smith", "J. A. Smith", "J.A. Smith", "Mr & Mrs Smith", "Mr and Mrs J Brown", "Smith, John"),
    *("SMITH, JOHN", "JOHN SMITH", "john smith", "Jane Brown t/a Little Stars", "Ann Lee, Trading as Wee Ones"),
    *("Susan Graham and Karen Campbell", "Robert & Mary Smith", "Ms Fiona MacLeod", "Miss O'Neil", "Jean-Paul Smith"),
    *(
        "Anne Mc Donald",
        "Dr Ann Smith",
        "Mrs. Jane Smith (Childminder)",
        "[individual]",
        "An individual",
        "Sole trader",
    ),
    *("Mary Ann Jones", "Susan J Smith", "Brown, Mrs J", "Karen Smith-Jones", "Elizabeth Hall", "Mr T. Singh"),
    "[individual] trading as Little Steps",
)
BODIES = (
    *(
        "James Watt Trust",
        "A B Charitable Trust",
        "J & M Smith Ltd",
        "Mary Smith Solicitors",
        "John Smith LLP",
        "Oxfam",
    ),
    *("Sir John Soane's Museum", "Dr Bell's Family Centre", "Lady Haig Poppy Factory Ltd", "Marie Curie", "Sue Ryder"),
    *("St Andrew's", "Grace Church", "George Watson's College", "Elizabeth Finn Care", "Alexander Nursery", "U3A Fife"),
    *("YMCA Perth", "The Robertson Trust", "T.S. Salisbury", "Harris & Lewis", "Peter Pan Playgroup"),
    *("Julian House", "A Brighter Tomorrow", "Age Scotland", "Mr Bee's Nursery", "", "12 Smith"),
)


@pytest.mark.parametrize("name", PERSONS)
def test_a_name_of_persons_is_one_however_it_is_written(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize("name", BODIES)
def test_a_body_is_no_person_even_if_it_is_named_after_one(name: str) -> None:
    assert not is_person(name)
