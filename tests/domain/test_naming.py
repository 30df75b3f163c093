"""How a person is named, and how a name in one piece is taken apart."""

import pytest
from hypothesis import given as given_by
from hypothesis import strategies as st

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
        ("Heide, Anna von der", "Anna", "von der Heide"),
        ("Sami al Sayed ben Ali", "Sami al Sayed", "ben Ali"),
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


def test_a_family_name_that_stands_first_takes_its_particles_along() -> None:
    assert apart("Al Hassan Omar", PARTICLES, family_first=True) == ("Omar", "Al Hassan")
    assert apart("Osman Amna Maria", PARTICLES, family_first=True) == ("Amna Maria", "Osman")


NAME = st.sampled_from(["Amna", "Lina", "Osman", "Heide", "O'Neill", "Şahin-Öz", "아라"])
PART = st.sampled_from([*sorted(PARTICLES), "Von", "AL"])


@given_by(st.lists(st.one_of(NAME, PART), max_size=6), st.booleans(), st.booleans())
def test_no_word_of_a_name_is_lost_and_a_family_name_is_always_there(
    words: list[str], comma: bool, family_first: bool
) -> None:
    whole = (", " if comma else " ").join((words[0], " ".join(words[1:]))) if words else ""
    given, family = apart(whole, PARTICLES, family_first=family_first)
    assert sorted(f"{given} {family}".replace(",", " ").split()) == sorted(words)
    assert bool(family) == bool(words)


@given_by(st.lists(NAME, min_size=1, max_size=3), st.lists(PART, max_size=2), NAME)
def test_a_name_is_the_same_person_however_it_is_written(
    given: list[str], particles: list[str], family: str
) -> None:
    whole = " ".join([*particles, family])
    both = (" ".join(given), whole)
    assert apart(f"{both[0]} {whole}", PARTICLES) == both
    assert apart(f"{whole}, {both[0]}", PARTICLES) == both
    assert apart(f"{family}, {' '.join([*given, *particles])}", PARTICLES) == both
    assert apart(f"{whole} {both[0]}", PARTICLES, family_first=True) == both
