"""Passphrases worth having: made of words people know, rated honestly."""

import math
import re
from itertools import pairwise

import pytest

from kimdesk.vault import generate_passphrase, passphrase_strength
from kimdesk.vault.passphrase import word_list
from tests.conftest import PASSPHRASE


def test_the_words_are_short_distinct_and_on_every_keyboard() -> None:
    words = word_list()
    assert len(set(words)) == len(words)
    assert [word for word in words if not re.fullmatch("[a-z]{4,8}", word)] == []


def test_no_word_begins_with_another_one() -> None:
    words = sorted(word_list())
    assert [(a, b) for a, b in pairwise(words) if b.startswith(a)] == []


def test_a_generated_passphrase_has_at_least_65_bit() -> None:
    assert 6 * math.log2(len(word_list())) >= 65


def test_generated_passphrases_are_new_each_time_and_accepted() -> None:
    made = {generate_passphrase() for _ in range(50)}
    assert len(made) == 50
    for passphrase in made:
        assert len(passphrase.split(" ")) == 6
        assert set(passphrase.split(" ")) <= set(word_list())
        assert passphrase_strength(passphrase).acceptable


def test_the_passphrase_of_the_tests_is_one_of_these() -> None:
    assert set(PASSPHRASE.split()) <= set(word_list())


@pytest.mark.parametrize(
    ("text", "acceptable"),
    [
        ("", False),
        ("12345678", False),
        ("Passwort2026!", False),
        ("qwertzuiop", False),
        ("anker anker anker anker anker anker", False),
        ("Zwölf Störche lesen mittwochs Zeitung", True),
        ("k7$Vq!w9Zr#2mXp", True),
        ("ein Satz, den niemand kennt, über Rüben und Raketen, " * 5, True),
    ],
)
def test_a_passphrase_is_rated(text: str, acceptable: bool) -> None:
    rating = passphrase_strength(text)
    assert rating.acceptable is acceptable
    assert 0 <= rating.score <= 4
    assert rating.hint.endswith(".")
