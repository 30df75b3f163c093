"""How a person is named, and how a name in one piece is taken apart."""

import pytest

from kimdesk.domain.naming import apart, full_name, list_name
from kimdesk.domain.records import Person

PARTICLES = frozenset({"von", "der", "al", "ben"})


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("Amna Osman", "Amna", "Osman"),
        ("Amna Lina Osman", "Amna Lina", "Osman"),
        ("Osman, Amna", "Amna", "Osman"),
        (" Osman ,  Amna Lina ", "Amna Lina", "Osman"),
        ("Osman, Amna, Lina", "Amna, Lina", "Osman"),
        ("Osman,", "", "Osman"),
        ("Osman", "", "Osman"),
        ("", "", ""),
        ("  ", "", ""),
        ("Sami al Hassan", "Sami", "al Hassan"),
        ("Sami AL Hassan", "Sami", "AL Hassan"),
        ("Anna Maria von der Heide", "Anna Maria", "von der Heide"),
        ("al Hassan", "", "al Hassan"),
        ("Al Hassan Sami", "", "Al Hassan Sami"),
        ("von der Heide", "", "von der Heide"),
        ("al", "", "al"),
        ("Sami al", "Sami", "al"),
        ("al Hassan, Sami", "Sami", "al Hassan"),
        ("Sami  \t ben  Ali", "Sami", "ben Ali"),
    ],
)
def test_a_name_in_one_piece_is_taken_apart(name: str, given: str, family: str) -> None:
    assert apart(name, PARTICLES) == (given, family)


@pytest.mark.parametrize(
    ("given", "family", "said", "listed"),
    [
        ("Amna", "Osman", "Amna Osman", "Osman, Amna"),
        ("", "Suharto", "Suharto", "Suharto"),
        ("Amna", "", "Amna", "Amna"),
        ("", "", "", ""),
    ],
)
def test_a_person_is_named_with_what_there_is(given: str, family: str, said: str, listed: str) -> None:
    person = Person(given_names=given, family_name=family)
    assert (full_name(person), list_name(person)) == (said, listed)
